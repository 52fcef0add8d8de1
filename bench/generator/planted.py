"""The effects that are planted in the deliveries, and the truth about each."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from bench.generator.inspections import Inspection, inspections
from bench.generator.plan import Plan


@dataclass(frozen=True)
class MonthFigure:
    """A measure's figure in one month."""

    period_month: date
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Improvement:
    """An area whose measure rises steadily, month by month."""

    area_code: str
    measure_code: str
    months: tuple[MonthFigure, ...]


@dataclass(frozen=True)
class BrokenMonth:
    """One month of one measure in one area that is far outside what is usual there."""

    area_code: str
    measure_code: str
    month: MonthFigure
    usual_value: float


@dataclass(frozen=True)
class LenientAssessor:
    """An inspection whose area assessors judge above the line more often than inspectors; both shares are chances."""

    inspection_id: str
    assessor_type: str
    above_line_share: float
    inspector_above_line_share: float


@dataclass(frozen=True)
class MissingMonth:
    """A month for which an area delivered neither an NSmart extract nor a performance return."""

    area_code: str
    period_month: date


@dataclass(frozen=True)
class CorrectedMonth:
    """A performance return delivered again as `_r2` with another numerator; the second one counts."""

    area_code: str
    measure_code: str
    period_month: date
    revision: int
    denominator: int
    numerator_before: int
    numerator_after: int


@dataclass(frozen=True)
class Planted:
    """Every planted effect with its keys and the truth."""

    improvement: Improvement
    broken_month: BrokenMonth
    lenient_assessor: LenientAssessor
    missing_month: MissingMonth
    corrected_month: CorrectedMonth

    def as_json(self) -> str:
        """The same as JSON, dates as yyyy-mm-dd."""
        return json.dumps(asdict(self), indent=2, default=str) + "\n"


def plant(plan: Plan) -> Planted:
    """Where the plan's effects go. Three different months of the last area, so that they never meet."""
    area, months = plan.area_codes[-1], plan.month_starts
    missing = MissingMonth(area, months[plan.months * 3 // 4])
    return Planted(
        improvement=_improvement(plan, missing),
        broken_month=BrokenMonth(area, "PSR", MonthFigure(months[plan.months // 2], 60, 300), usual_value=0.9),
        lenient_assessor=_lenient_assessor(inspections(plan)),
        missing_month=missing,
        corrected_month=CorrectedMonth(area, "VICTIM", months[plan.months // 4], 2, 40, 22, 36),
    )


def _improvement(plan: Plan, missing: MissingMonth) -> Improvement:
    area, required = plan.area_codes[0], plan.nsmart_rows // 2
    met = [round(required * (0.5 + 0.45 * number / (plan.months - 1))) for number in range(plan.months)]
    months = [MonthFigure(month, count, required) for month, count in zip(plan.month_starts, met, strict=True)]
    delivered = (month for month in months if MissingMonth(area, month.period_month) != missing)
    return Improvement(area, "ENF", tuple(delivered))


def _lenient_assessor(planned: list[Inspection]) -> LenientAssessor:
    return LenientAssessor(planned[0].inspection_id, "area_assessor", 0.9, 0.6)
