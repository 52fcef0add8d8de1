"""What a release says, as the attack sees it: sets of records and the counts that are published of them."""

from dataclasses import dataclass, field

Part = tuple[int, int]
"""First month (12 times the year plus the month) and number of months."""

PLACES = ("area", "region", "nation")


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


@dataclass(frozen=True)
class Published:
    """One row of a release about a set of records.

    side: the perturbed count (people without the outcome). base: the count of the set. rounded: to what number the base
    is rounded; 0 where it is perturbed as the side is. share: as shown, in whole per cents. marked: whether it is [r].
    seeded: by what else than the table of noise it was perturbed, as measures of totals are. status: met, close, missed.
    """

    records: Records
    table: str
    side: int | None = None
    base: int | None = None
    rounded: int = 0
    share: float | None = None
    status: str | None = None
    target: float | None = None
    marked: bool = False


@dataclass(frozen=True)
class Release:
    """A release: its figures, in the order of publication, and what else can be counted of its rows.

    regions: the region of each area.
    """

    name: str
    figures: list[Published]
    regions: dict[str, str] = field(default_factory=dict)
