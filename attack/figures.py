"""What a release says, as the attack sees it: sets of records and the counts that are published of them."""

from dataclasses import dataclass, field

Part = tuple[int, int]
"""First month (12 times the year plus the month) and number of months."""

PLACES = ("area", "region", "nation")
QUESTION = "question"
"""The level of counts of answers, which judge work and not people."""


@dataclass(frozen=True, order=True)
class Records:
    """A set of records that a count is of: those of a measure in a place and a part of time, or a group of them.

    group: a characteristic and its category, joined by "="; all records where it is empty.
    """

    measure: str
    level: str
    place: str
    first: int
    months: int
    group: str = ""

    def __str__(self) -> str:
        year, month = divmod(self.first, 12)
        span = f"{year}-{month + 1:02d}" + (f" ({self.months} months)" if self.months > 1 else "")
        return " ".join(filter(None, (self.measure, self.place, span, self.group)))


def programme_year(records: Records) -> int:
    """The programme year, from April, that a set of records is of."""
    return (records.first - 3) // 12


@dataclass(frozen=True)
class Published:
    """A published count of a set of records.

    side: the perturbed count (people without the outcome, or those counted). base: the count of the set, where it is
    one. rounded: to what number the base is rounded; 0 where it is perturbed as the side is. marked: whether it is [r].
    fewest_side, fewest_base: how many people there are at least, because there is a row.
    """

    records: Records
    table: str
    side: int | None = None
    base: int | None = None
    rounded: int = 0
    marked: bool = False
    fewest_side: int = 0
    fewest_base: int = 0


@dataclass(frozen=True)
class Shown:
    """A figure that is computed from published counts: of one set of records, or of the sum of its published periods.

    numerator, denominator: as shown beside it. counted: whether the perturbed side is the numerator. value: a share in
    whole per cents. direction: higher where more is better. status: met, close or missed; or NULL. word: what stands
    for a share of few people.
    """

    records: Records
    table: str
    numerator: float | None = None
    denominator: float | None = None
    counted: bool = False
    value: float | None = None
    target: float | None = None
    direction: str = "higher"
    status: str | None = None
    word: str = ""


@dataclass(frozen=True)
class Ranked:
    """A score and its rank among those of one list."""

    list: str
    unit: str
    score: float | None
    rank: int | None


@dataclass(frozen=True)
class Release:
    """What a release says. regions: the region of each area. amounts: sums of appointments, which count no people."""

    name: str
    figures: list[Published]
    regions: dict[str, str] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    ranked: list[Ranked] = field(default_factory=list)
    amounts: list[Published] = field(default_factory=list)


@dataclass(frozen=True)
class Finding:
    """Something a release says beyond its method: the rule that is broken, table and figures, and how often.

    fails: whether the release must not go out; otherwise somebody should look.
    """

    rule: str
    where: str
    says: str
    times: int = 1
    fails: bool = True
