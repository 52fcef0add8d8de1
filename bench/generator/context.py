"""Deliveries about areas as a whole: profiles, IPPF grades, unpaid work, and each area's caseload."""

from pathlib import Path

import numpy as np

from bench.generator.chance import draw, stream
from bench.generator.files import write_delivery
from bench.generator.plan import Plan

METRICS = {
    "NS Public Protection (invented)": "Public Protection",
    "NS Enforcement (invented)": "Offender Management",
    "OBP Completions (invented)": "Interventions",
    "Sickness Absence (invented)": "Operational Capability, Resource Use and Strategy",
}
UNPAID_WORK_ITEMS = {"Orders commenced": "count", "Placements surveyed": "count", "Share spent on staff": "percent"}

CASELOAD_ITEMS = {"Total caseload": "cases", "Female": "percent", "Minority ethnic (where known)": "percent"}


def write_context(plan: Plan, out: Path) -> None:
    """Write `area_profile`, `ippf`, `unpaid_work` and `caseload` of the plan's last year, for all areas."""
    year = plan.month_starts[-1].year
    rng = stream(plan, "context")
    _write_profiles(rng, plan, year, out / "area_profile")
    _write_ippf(rng, plan, year, out / "ippf")
    _write_unpaid_work(rng, plan, year, out / "unpaid_work")
    for area_code in plan.area_codes:
        _write_caseload(rng, plan, area_code, out / "caseload")


def _write_profiles(rng: np.random.Generator, plan: Plan, year: int, folder: Path) -> None:
    size = plan.areas
    columns = {
        "area_code": plan.area_codes,
        "as_at": f"{year}-03-31",
        "population": rng.integers(300_000, 3_000_000, size),
        "density_per_sq_km": rng.integers(60, 4_000, size),
        "minority_ethnic_pct": rng.uniform(1, 30, size).round(1),
        "recorded_crime_per_1000": rng.integers(60, 140, size),
        "violent_crime_per_1000": rng.integers(10, 30, size),
        "found_guilty_or_cautioned_per_100k": rng.integers(700, 1_500, size),
        "family_group": draw(rng, {"small size - higher density": 1, "large size - lower density": 1}, size),
        "main_revenue_gbp_m": rng.uniform(5, 60, size).round(1),
        "size_rank": rng.permutation(size) + 1,
        "scorecard_rank": rng.permutation(size) + 1,
        "scorecard_units": size,
        "source": "invented",
    }
    write_delivery(folder, "area_profile", str(year), columns)


def _write_ippf(rng: np.random.Generator, plan: Plan, year: int, folder: Path) -> None:
    rows = plan.areas * len(METRICS)
    actual, grade = rng.integers(50, 100, rows), rng.integers(1, 5, rows)
    columns = {
        "area_code": np.repeat(plan.area_codes, len(METRICS)),
        "period_from": f"{year}-04-01",
        "period_to": f"{year}-12-31",
        "domain": list(METRICS.values()) * plan.areas,
        "metric": list(METRICS) * plan.areas,
        "actual": [f"{percent}%" for percent in actual],
        "target": "85%",
        "national": "80%",
        "previous_year": [f"{percent - 3}%" for percent in actual],
        "ippf_grade": grade,
        "counts_towards_domain": "1",
    }
    write_delivery(folder, "ippf", str(year), columns)


def _write_unpaid_work(rng: np.random.Generator, plan: Plan, year: int, folder: Path) -> None:
    columns = {
        "area_code": np.repeat(plan.area_codes, len(UNPAID_WORK_ITEMS)),
        "year": f"{year - 1}/{year % 100:02d}",
        "table": "unpaid work in the year (invented)",
        "item": list(UNPAID_WORK_ITEMS) * plan.areas,
        "value": rng.integers(1, 90, plan.areas * len(UNPAID_WORK_ITEMS)),
        "unit": list(UNPAID_WORK_ITEMS.values()) * plan.areas,
    }
    write_delivery(folder, "unpaid_work", str(year), columns)


def _write_caseload(rng: np.random.Generator, plan: Plan, area_code: str, folder: Path) -> None:
    """Of the year before the first month, so that inspections have one before their fieldwork."""
    year = plan.month_starts[0].year
    columns = {
        "area_code": area_code,
        "year": f"{year - 1}/{year % 100:02d}",
        "table": "caseload at the end of the year (invented)",
        "item": list(CASELOAD_ITEMS),
        "value": [int(rng.integers(2_000, 9_000)), round(rng.uniform(8, 14), 1), round(rng.uniform(1, 30), 1)],
        "unit": list(CASELOAD_ITEMS.values()),
    }
    write_delivery(folder, "caseload", f"{area_code}_{year}", columns)
