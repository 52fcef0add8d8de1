"""Performance returns and the targets they are held against."""

from datetime import date
from pathlib import Path

import numpy as np

from bench.generator.chance import stream
from bench.generator.files import data_period, performance_year, write_delivery
from bench.generator.plan import Plan
from bench.generator.planted import MonthFigure, Planted
from bench.generator.reference import returned_measures, seed_rows

SHARE = {"PSR": 0.9, "VICTIM": 0.88, "DRR_RATE": 0.4, "REM_STAFF": 0.06, "STAND": 0.03}
OTHER_SHARE = 0.8
NATIONAL_TARGET = {"CMP": 0.7, "CON_KEPT": 0.65, "SICK": 9.0, "STAND": 0.025, "DRR_RATE": 0.35, "REM_STAFF": 0.05}
OTHER_NATIONAL_TARGET = 0.85
DAYS_LOST_PER_HEAD_AND_MONTH = 0.8


def write_return(plan: Plan, area_code: str, month: date, planted: Planted, folder: Path) -> None:
    """Write the return of one area and month, and its correction where one is planted."""
    measures = returned_measures(performance_year(month))
    rng = stream(plan, "returns " + area_code, plan.month_starts.index(month))
    figures = {row["measure_code"]: _figure(rng, plan, area_code, row) for row in measures}
    broken, corrected = planted.broken_month, planted.corrected_month
    if (area_code, month) == (broken.area_code, broken.month.period_month):
        figures[broken.measure_code] = _pair(broken.month)
    if (area_code, month) != (corrected.area_code, corrected.period_month):
        _write(folder, area_code, month, figures)
        return
    for numerator, ending in ((corrected.numerator_before, ""), (corrected.numerator_after, f"_r{corrected.revision}")):
        figures[corrected.measure_code] = (str(numerator), str(corrected.denominator))
        _write(folder, area_code, month, figures, ending)


def write_targets(plan: Plan, year: str, folder: Path) -> None:
    """Write the targets of a performance year: of counts by area, of everything else for everywhere."""
    rows = seed_rows("performance/measures.csv")
    targets = [("ENW", row, _national_target(row["measure_code"])) for row in rows if row["unit"] != "count_vs_target"]
    counted = [row for row in returned_measures(year) if row["unit"] == "count_vs_target"]
    targets += [(area, row, _annual_target(plan, area, row)) for area in plan.area_codes for row in counted]
    columns = {
        "performance_year": year,
        "area_code": [area for area, _, _ in targets],
        "measure_code": [row["measure_code"] for _, row, _ in targets],
        "target": [target for _, _, target in targets],
        "direction": [row["direction"] for _, row, _ in targets],
    }
    write_delivery(folder, "performance_target", year.replace("/", "-"), columns)


def _figure(rng: np.random.Generator, plan: Plan, area_code: str, measure: dict[str, str]) -> tuple[str, str]:
    """Numerator and denominator of a usual month."""
    code, unit = measure["measure_code"], measure["unit"]
    if unit == "count_vs_target":
        return str(rng.poisson(_annual_target(plan, area_code, measure) / 12)), ""
    size = int(_size(plan, area_code) * rng.uniform(0.9, 1.1))
    if unit == "days_per_head":
        return str(rng.poisson(size * DAYS_LOST_PER_HEAD_AND_MONTH)), str(size)
    return str(rng.binomial(size, SHARE.get(code, OTHER_SHARE))), str(size)


def _pair(figure: MonthFigure) -> tuple[str, str]:
    return str(figure.numerator), str(figure.denominator)


def _size(plan: Plan, area_code: str) -> float:
    """How big an area is, as staff in post."""
    return float(stream(plan, "size " + area_code).uniform(150, 900))


def _annual_target(plan: Plan, area_code: str, measure: dict[str, str]) -> int:
    share = stream(plan, f"target {area_code} {measure['measure_code']}").uniform(0.3, 1.5)
    return round(_size(plan, area_code) * share)


def _national_target(measure_code: str) -> float:
    return NATIONAL_TARGET.get(measure_code, OTHER_NATIONAL_TARGET)


def _write(folder: Path, area_code: str, month: date, figures: dict[str, tuple[str, str]], ending: str = "") -> None:
    columns = {
        "area_code": area_code,
        "data_period": data_period(month),
        "measure_code": list(figures),
        "numerator": [numerator for numerator, _ in figures.values()],
        "denominator": [denominator for _, denominator in figures.values()],
    }
    write_delivery(folder, "performance_return", f"{area_code}_{data_period(month)}{ending}", columns)
