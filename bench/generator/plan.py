"""What to generate: how many areas, months and inspections, and how big."""

from dataclasses import dataclass
from datetime import date

from bench.generator.reference import seed_rows
from expectations.contract import OF_PERIODS


class PlanError(ValueError):
    """A plan that cannot be carried out; the message says what to change."""


@dataclass(frozen=True)
class Plan:
    """The size of a set of deliveries.

    areas: the first so many areas of the seed. months: from `first_month` on, for NSmart and performance returns.
    inspections: taking the frameworks in turn. cases: main sample of an inspection (a follow-up has half).
    nsmart_rows: cases per area and month. seed: another seed, other figures.
    """

    areas: int = 42
    months: int = 36
    first_month: date = date(2004, 4, 1)
    inspections: int = 100
    cases: int = 110
    nsmart_rows: int = 30
    seed: int = 1

    def __post_init__(self) -> None:
        known = len(seed_rows("common/areas.csv"))
        if not 1 <= self.areas <= known:
            raise PlanError(f"Ask for 1 to {known} areas: that is how many the areas seed has.")
        _at_least("months", self.months, 3)
        _at_least("inspections", self.inspections, 1)
        _at_least("cases", self.cases, 10)
        _at_least("nsmart-rows", self.nsmart_rows, 10)
        _at_least("seed", self.seed, 0)
        earliest, latest = OF_PERIODS
        if self.first_month.year < earliest or self.month_starts[-1].year >= latest:
            raise PlanError(f"Choose months from {earliest} on and before {latest}.")

    @property
    def area_codes(self) -> list[str]:
        """Codes of the areas that deliver."""
        return [row["area_code"] for row in seed_rows("common/areas.csv")[: self.areas]]

    @property
    def month_starts(self) -> list[date]:
        """First day of each month delivered."""
        first = self.first_month.year * 12 + self.first_month.month - 1
        return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + self.months)]


def _at_least(option: str, value: int, minimum: int) -> None:
    if value < minimum:
        raise PlanError(f"Ask for at least {minimum} with --{option}.")


PRESETS: dict[str, Plan] = {
    "tiny": Plan(areas=2, months=3, inspections=2, cases=20, nsmart_rows=12),
    "fullness": Plan(areas=42, months=36, inspections=100, cases=110, nsmart_rows=30),
    "benchmark": Plan(areas=42, months=18, inspections=100, cases=250, nsmart_rows=397),
    "large": Plan(areas=42, months=21, inspections=300, cases=832, nsmart_rows=3_400),
    "decade": Plan(areas=42, months=120, first_month=date(1999, 4, 1), inspections=100, cases=110, nsmart_rows=100),
}
"""tiny: for tests. fullness: every area and month, inspections as big as real ones. decade: ten years of history.

benchmark, with the seeds as they stand: 42 areas x 18 months x 397 cases = 0.3 million NSmart rows. 100 inspections
are 50 OMI of 182 questions, 45 ESI of 86 and 5 ESI follow-ups of half the cases and 21 questions: with 250 cases each
(and a tenth more, sampled after the 2003 Act, in 23 ESI inspections) 3.3 million judgements. Files: 42 x 18 x 2
monthly ones = 1,512, seven or nine an inspection = 740 and a handful of yearly ones: about 2,260.

large is ten times that: 33 million judgements and 3 million NSmart rows in about 4,000 files.
"""
