"""Scores with their uncertainty by numpy and scipy, from judgements and seeds alone: no SQL of the project.

What a question counts for in a score follows from the weights of the framework, and everything else from the matrix of
cases and questions (statistics specification, Standard errors, Intervals, Differences, Pools).
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, t

from flows.base.settings import PROJECT

Floats = npt.NDArray[np.float64]
NOISE = 1e-20
"""A variance below it is 0 but for the last bits of its terms."""

Key = tuple[str, str]
"""Level and code of a score."""


@dataclass(frozen=True)
class Sample:
    """Cases with the answers to the questions that applied to any of them. units: the inspection of each case."""

    framework_code: str
    cases: list[str]
    units: list[str]
    codes: list[str]
    above: Floats
    relevant: Floats


@dataclass(frozen=True)
class Estimate:
    """A score. deviations: by case, in the order of its sample. caseload: the interval for a caseload, if asked."""

    cases: int
    score: float
    variance: float
    floor: float
    n_eff: float
    interval: tuple[float, float] | None
    reliability: str
    deviations: Floats
    caseload: tuple[float, float] | None = None


@cache
def seed(name: str) -> list[dict[str, str]]:
    path = PROJECT / "seeds" / "inspection" / f"{name}.csv"
    return list(csv.DictReader(path.open(encoding="utf-8")))


def coefficients(framework_code: str, codes: Sequence[str], sections: bool = True) -> dict[Key, Floats]:
    """What each question counts for in each score, its parts scaled up where others are missing."""
    rows = {row["question_code"]: row for row in seed("questions") if row["framework_code"] == framework_code}
    questions = [rows[code] for code in codes]
    criteria = {
        row["criterion_code"]: row
        for row in seed("criteria")
        if row["framework_code"] == framework_code and row["scoring"] == "percentage"
    }
    tried = {code: _criterion(framework_code, questions, code) for code in criteria}
    found = {code: weights for code, weights in tried.items() if weights is not None}
    made: dict[Key, Floats] = {("criterion", code): weights for code, weights in found.items()}
    if not sections:
        return made
    in_section: dict[str, list[str]] = {}
    for code in found:
        in_section.setdefault(criteria[code]["section_code"], []).append(code)
    for section, members in in_section.items():
        shares = [float(criteria[code]["weight"]) if framework_code == "ESI" else 1.0 for code in members]
        made["section", section] = np.average([found[code] for code in members], axis=0, weights=shares)
    if framework_code == "ESI" and set("BCD") <= in_section.keys():
        made["overall", "BCD"] = np.average([made["section", section] for section in "BCD"], axis=0, weights=[3, 4, 3])
    return made | _thread(framework_code, questions)


def _criterion(framework_code: str, questions: list[dict[str, str]], criterion: str) -> Floats | None:
    weights = np.array([float(row["weight"]) if row["criterion_code"] == criterion else 0.0 for row in questions])
    if weights.sum() == 0:
        return None
    if framework_code == "ESI":
        return np.asarray(weights / weights.sum())
    is_summary = np.array([row["is_summary"] == "1" for row in questions])
    sides = [(0.8, weights * ~is_summary), (0.2, weights * is_summary)]
    there = [(share, side / side.sum()) for share, side in sides if side.sum() > 0]
    made: Floats = np.average([side for _, side in there], axis=0, weights=[share for share, _ in there])
    return made


def _thread(framework_code: str, questions: list[dict[str, str]]) -> dict[Key, Floats]:
    about = {row["question_code"] for row in seed("thread_questions") if row["framework_code"] == framework_code}
    counted = np.array(
        [
            row["question_code"] in about and row["criterion_code"][0] in "12" and float(row["weight"]) > 0
            for row in questions
        ],
        dtype=float,
    )
    return {("thread", "ROH"): counted / counted.sum()} if counted.sum() else {}


def estimates(
    sample: Sample, sections: bool = True, pool: bool = False, caseload: int | None = None
) -> dict[Key, Estimate]:
    """Every score of a sample. pool: its inspections are the sampling units."""
    return {
        key: _estimate(sample, weights, pool, caseload)
        for key, weights in coefficients(sample.framework_code, sample.codes, sections).items()
    }


def _estimate(sample: Sample, weights: Floats, pool: bool, caseload: int | None) -> Estimate:
    n, bases = len(sample.cases), sample.relevant.sum(axis=0)
    proportions = sample.above.sum(axis=0) / bases
    score = float(weights @ proportions)
    deviations: Floats = ((sample.above - proportions * sample.relevant) * weights / bases).sum(axis=1)
    variance = n / (n - 1) * float((deviations**2).sum()) if n > 1 else np.nan
    if pool:
        variance = float(np.maximum(variance, _between(sample.units, deviations)))
    ends = (proportions == 0) | (proportions == 1)
    floor = float((weights**2 * (bases + 0.5) / (2 * bases * (bases + 1) ** 2))[ends].sum())
    used = weights > 0
    if (proportions[used] == 0).all() or (proportions[used] == 1).all():
        score = float(round(score))
        n_eff = min(n, float(1 / (weights**2 / bases).sum()))
    else:
        n_eff = score * (1 - score) / (variance + floor) if variance + floor > NOISE else np.nan
    word = _reliability(sample, pool, n_eff * min(score, 1 - score), weights, bases)
    df = (len(set(sample.units)) if pool else n) - 1
    drawn = n / caseload if caseload else 0
    return Estimate(
        n, score, variance, floor, n_eff,
        None if word == "too few" else wilson(score, n_eff, df),
        word, deviations,
        wilson(score, n_eff / (1 - drawn), df) if word != "too few" and 0.05 <= drawn < 1 else None,
    )  # fmt: skip


def _between(units: list[str], deviations: Floats) -> float:
    totals = [float(deviations[[unit == one for unit in units]].sum()) for one in set(units)]
    m = len(totals)
    return m / (m - 1) * float(np.square(totals).sum()) if m > 1 else np.nan


def _reliability(sample: Sample, pool: bool, rarer: float, weights: Floats, bases: Floats) -> str:
    n, m = len(sample.cases), len(set(sample.units))
    largest = max(sample.units.count(unit) for unit in set(sample.units)) / n
    if n < 10 or weights[bases < 5].sum() > 0.2 + 1e-9 or (pool and m < 3):
        return "too few"
    rare = n < 30 or not rarer >= 5 or weights[bases < 10].sum() > 0.2 + 1e-9
    return "indicative" if rare or (pool and (m < 10 or largest > 1 / 3)) else "reliable"


def wilson(score: float, n_eff: float, df: int) -> tuple[float, float]:
    """Ends of Wilson's 95 % interval with Student's t."""
    q = float(t.ppf(0.975, df) if df <= 200 else norm.ppf(0.975))
    middle = score + q * q / (2 * n_eff)
    half = q * np.sqrt(score * (1 - score) / n_eff + q * q / (4 * n_eff**2))
    return float((middle - half) / (1 + q * q / n_eff)), float((middle + half) / (1 + q * q / n_eff))


def p_value(difference: float, variance: float, df: int) -> float:
    """Two-sided, by Wallace's normal approximation of Student's t."""
    z = np.sqrt(df * np.log1p(difference**2 / variance / df)) * (8 * df + 1) / (8 * df + 3)
    return float(2 * norm.sf(z))


def overlapping(part: Estimate, in_whole: npt.NDArray[np.bool_], whole: Estimate) -> tuple[float, float, int]:
    """Difference of a subsample from the whole, its variance and degrees of freedom. in_whole: which cases it has."""
    deviations = -whole.deviations
    deviations[in_whole] += part.deviations
    variance = whole.cases / (whole.cases - 1) * float((deviations**2).sum())
    return part.score - whole.score, variance, min(part.cases, whole.cases - part.cases) - 1


def in_group(group: dict[str, str]) -> Callable[[dict[str, str | int | None]], bool]:
    """Whether a case belongs to a sample group of the seed."""

    def belongs(case: dict[str, str | int | None]) -> bool:
        requirements = str(case["requirements"] or "").split(";")
        needs = max(int(case[f"oasys_{need}"] or 0) for need in ("alcohol", "drugs"))
        return (
            case["sample"] == group["sample"]
            and all(
                not group[name] or str(case[name]) == group[name]
                for name in ("order_type", "tier", "ppo", "assessor_type")
            )
            and (not group["risk_of_harm"] or case["risk_of_harm"] in group["risk_of_harm"].split(";"))
            and (not group["requirement"] or group["requirement"] in requirements)
            and (not group["excluded_requirements"] or (case["requirements"] or "") != group["excluded_requirements"])
            and (not group["oasys_need_from"] or needs >= int(group["oasys_need_from"]))
        )

    return belongs
