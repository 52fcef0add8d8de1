"""NSmart extracts: the monthly sample of cases of an area.

Acts are either plainly in time or plainly late, so that what is planted holds whichever days are bank holidays.
"""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench.generator.cases import ETHNICITY, RISK_OF_HARM
from bench.generator.chance import draw, stream
from bench.generator.files import data_period, day_number, dmy_dates, write_delivery
from bench.generator.plan import Plan
from bench.generator.planted import Improvement

ORDER_TYPES = {"CRO": 0.3, "CPO": 0.25, "CPRO": 0.1, "DTTO": 0.05, "LIC": 0.3}
BREACH_REQUIRED_SHARE = 0.2

TEN_WORKING_DAYS = (13, 35)
"""Up to 12 days have at most ten working days; 35 or more have more than ten even around Christmas."""

FIVE_WORKING_DAYS = (7, 25)
"""Likewise: up to 6 days have at most five working days; 25 or more have more."""


def write_nsmart(plan: Plan, area_code: str, month: date, improvement: Improvement, folder: Path) -> None:
    """Write the extract of one area and month."""
    place = plan.month_starts.index(month)
    rng = stream(plan, "nsmart " + area_code, place)
    numbers = place * plan.nsmart_rows + np.arange(1, plan.nsmart_rows + 1)
    columns = {
        "area_code": area_code,
        "data_period": data_period(month),
        "record_no": numbers,
        "case_ref": np.array([f"{area_code}{10000 + number}" for number in numbers], dtype=object),
        "ethnicity": draw(rng, ETHNICITY | {"": 0.02, "9": 0.02}, plan.nsmart_rows),
        "sex": draw(rng, {"M": 0.87, "F": 0.12, "U": 0.01}, plan.nsmart_rows),
        "team_code": np.array([f"{area_code}-{team:02d}" for team in rng.integers(1, 7, plan.nsmart_rows)]),
        **_contacts(rng, plan.nsmart_rows),
        **_breaches(rng, plan.nsmart_rows, month, _planted_counts(improvement, area_code, month)),
        **_assessments(rng, plan.nsmart_rows, month),
    }
    write_delivery(folder, "nsmart", f"{area_code}_{data_period(month)}", columns)


def _contacts(rng: np.random.Generator, rows: int) -> dict[str, Any]:
    required = rng.integers(5, 17, rows)
    arranged = np.maximum(required + rng.integers(-4, 2, rows), 1)
    absences = draw(rng, {"0": 0.5, "1": 0.25, "2": 0.15, "3": 0.07, "5": 0.03}, rows)
    return {
        "order_type": draw(rng, ORDER_TYPES, rows),
        "appts_required": required,
        "appts_arranged": arranged,
        "appts_kept": rng.binomial(arranged, 0.7),
        "unacceptable_absences": absences,
        "allowed_to_continue": draw(rng, {"N": 0.92, "Y": 0.08}, rows),
    }


def _planted_counts(improvement: Improvement, area_code: str, month: date) -> tuple[int, int] | None:
    """Breaches required and initiated in time, where the improvement fixes them."""
    if area_code != improvement.area_code:
        return None
    figure = next(figure for figure in improvement.months if figure.period_month == month)
    return figure.denominator, figure.numerator


def _breaches(
    rng: np.random.Generator, rows: int, month: date, counts: tuple[int, int] | None
) -> dict[str, np.ndarray]:
    required, met = counts or _usual_counts(rng, rows)
    order = rng.permutation(rows)
    is_required, is_met = order < required, order < met
    in_time, late = TEN_WORKING_DAYS
    required_on = day_number(month) + rng.integers(0, 28, rows)
    initiated_on = required_on + np.where(is_met, rng.integers(0, in_time, rows), rng.integers(late, 90, rows))
    is_initiated = is_met | (is_required & (rng.random(rows) < 0.5))
    return {
        "breach_required_on": np.where(is_required, dmy_dates(required_on), ""),
        "breach_initiated_on": np.where(is_initiated, dmy_dates(initiated_on), ""),
    }


def _usual_counts(rng: np.random.Generator, rows: int) -> tuple[int, int]:
    required = int(rng.binomial(rows, BREACH_REQUIRED_SHARE))
    return required, int(rng.binomial(required, 0.85))


def _assessments(rng: np.random.Generator, rows: int, month: date) -> dict[str, np.ndarray]:
    risk_of_harm, ppo = draw(rng, RISK_OF_HARM, rows), draw(rng, {"N": 0.93, "Y": 0.07}, rows)
    is_due = np.isin(risk_of_harm, ["H", "V"]) | (ppo == "Y")
    commenced = day_number(month) - rng.integers(60, 330, rows)
    acts = ("risk_assessment_on", "risk_plan_on", "sentence_plan_on")
    return {
        "risk_of_harm": risk_of_harm,
        "ppo": ppo,
        "commenced_on": dmy_dates(commenced),
        **{act: np.where(is_due, dmy_dates(_act_days(rng, commenced)), "") for act in acts},
    }


def _act_days(rng: np.random.Generator, commenced: np.ndarray) -> np.ndarray:
    in_time, late = FIVE_WORKING_DAYS
    rows = len(commenced)
    is_late = rng.random(rows) < 0.06
    return commenced + np.where(is_late, rng.integers(late, 60, rows), rng.integers(0, in_time, rows))
