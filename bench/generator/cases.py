"""The cases sampled for an inspection, and what became of them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bench.generator.chance import draw, stream
from bench.generator.files import day_number, iso_dates, write_delivery
from bench.generator.inspections import Inspection
from bench.generator.plan import Plan

ORDER_MIX: dict[str, dict[str, float]] = {
    "ESI": {"CRO": 0.4, "CPO": 0.15, "CPRO": 0.1, "DTTO": 0.05, "LIC": 0.3},
    "OMI": {"CO": 0.45, "SSO": 0.2, "LIC": 0.25, "CUS": 0.1},
}
POST_CJA_MIX = {"CO": 0.7, "SSO": 0.3}
REQUIREMENTS: dict[str, dict[str, float]] = {
    "CRO": {"SUP": 0.6, "SUP;AP": 0.4},
    "CPO": {"UPW": 1},
    "CPRO": {"SUP;UPW": 1},
    "DTTO": {"SUP;DRR": 1},
    "LIC": {"SUP": 0.7, "SUP;AP": 0.3},
    "CO": {"SUP": 0.4, "SUP;AP": 0.2, "UPW": 0.2, "SUP;UPW": 0.1, "SUP;DRR": 0.07, "SUP;ATR": 0.03},
    "SSO": {"SUP;UPW": 0.5, "SUP;AP": 0.5},
    "CUS": {"": 1},
}
FOLLOW_UP_REQUIREMENTS: dict[str, dict[str, float]] = {**REQUIREMENTS, "CPO": {"SUP;UPW": 1}}
"""A follow-up has no stand-alone unpaid work."""

ETHNICITY = {"W1": 0.8, "W2": 0.02, "W9": 0.03, "M1": 0.02, "A1": 0.03, "A2": 0.03, "B1": 0.04, "O9": 0.01, "NS": 0.02}
RISK_OF_HARM = {"L": 0.5, "M": 0.35, "H": 0.12, "V": 0.03}
AGE_BAND = {"18-20": 0.12, "21-24": 0.2, "25-34": 0.36, "35-44": 0.22, "45+": 0.1}
FIRST_POST_CJA_ORDER = date(2005, 4, 4)


@dataclass(frozen=True)
class Sample:
    """The sampled cases as arrays, an element a case; what judgements and published figures depend on."""

    case_id: np.ndarray
    is_main: np.ndarray
    order_type: np.ndarray
    requirements: np.ndarray
    risk_of_harm: np.ndarray
    mappa_level: np.ndarray
    by_area_assessor: np.ndarray
    commenced: np.ndarray


def write_cases(plan: Plan, inspection: Inspection, folder: Path) -> Sample:
    """Write `case_sample` and `case_outcome` of an inspection."""
    rng = stream(plan, "cases", inspection.number)
    sample = _sample(rng, inspection)
    _write_sample(rng, inspection, sample, folder)
    _write_outcomes(rng, inspection, sample, folder)
    return sample


def _sample(rng: np.random.Generator, inspection: Inspection) -> Sample:
    extra = max(3, inspection.cases // 10) if inspection.post_cja else 0
    size = inspection.cases + extra
    is_main = np.arange(size) < inspection.cases
    order_type = draw(rng, ORDER_MIX[inspection.framework_code], size)
    order_type[~is_main] = draw(rng, POST_CJA_MIX, extra)
    risk_of_harm = draw(rng, RISK_OF_HARM, size)
    is_high = np.isin(risk_of_harm, ["H", "V"])
    prefix = f"{inspection.inspection_id.split('-', 1)[1].replace('-', '/')}/"
    return Sample(
        case_id=np.array([f"{prefix}{number:04d}" for number in range(1, size + 1)], dtype=object),
        is_main=is_main,
        order_type=order_type,
        requirements=_requirements(rng, order_type, is_follow_up=bool(inspection.follow_up_of)),
        risk_of_harm=risk_of_harm,
        mappa_level=np.where(is_high, draw(rng, {"": 0.4, "1": 0.2, "2": 0.3, "3": 0.1}, size), ""),
        by_area_assessor=np.arange(size) % 3 == 0,
        commenced=_commenced(rng, inspection, is_main),
    )


def _requirements(rng: np.random.Generator, order_type: np.ndarray, is_follow_up: bool) -> np.ndarray:
    by_order = FOLLOW_UP_REQUIREMENTS if is_follow_up else REQUIREMENTS
    requirements = np.empty(len(order_type), dtype=object)
    for order, shares in by_order.items():
        of_order = order_type == order
        requirements[of_order] = draw(rng, shares, int(of_order.sum()))
    return requirements


def _commenced(rng: np.random.Generator, inspection: Inspection, is_main: np.ndarray) -> np.ndarray:
    commenced = day_number(inspection.fieldwork_from) - rng.integers(150, 330, len(is_main))
    earliest = np.where(is_main, 0, day_number(FIRST_POST_CJA_ORDER))
    return np.maximum(commenced, earliest)


def _write_sample(rng: np.random.Generator, inspection: Inspection, sample: Sample, folder: Path) -> None:
    size = len(sample.case_id)
    is_high = np.isin(sample.risk_of_harm, ["H", "V"])
    columns = {
        "inspection_id": inspection.inspection_id,
        "area_code": inspection.area_code,
        "case_id": sample.case_id,
        "sample": np.where(sample.is_main, "main", "post_cja"),
        "order_type": sample.order_type,
        "requirements": sample.requirements,
        "commenced_on": iso_dates(sample.commenced),
        "sex": draw(rng, {"M": 0.87, "F": 0.12, "U": 0.01}, size),
        "ethnicity": draw(rng, ETHNICITY, size),
        "age_band": draw(rng, AGE_BAND, size),
        "risk_of_harm": sample.risk_of_harm,
        "ppo": draw(rng, {"N": 0.92, "Y": 0.08}, size),
        "mappa_level": sample.mappa_level,
        "tier": np.where(is_high, rng.integers(3, 5, size), rng.integers(1, 4, size)),
        "oasys_alcohol": rng.integers(0, 9, size),
        "oasys_drugs": rng.integers(0, 9, size),
        "assessor_type": np.where(sample.by_area_assessor, "area_assessor", "inspector"),
        "team_code": np.array([f"{inspection.area_code}-{team:02d}" for team in rng.integers(1, 7, size)]),
    }
    write_delivery(folder, "case_sample", inspection.inspection_id, columns)


def _write_outcomes(rng: np.random.Generator, inspection: Inspection, sample: Sample, folder: Path) -> None:
    size = len(sample.case_id)
    start = rng.integers(10, 140, size)
    is_rescored, is_reconvicted = rng.random(size) < 0.6, rng.random(size) < 0.4
    observed_to = day_number(inspection.published_on) + rng.integers(300, 720, size)
    latest = np.clip(start + rng.integers(-30, 15, size), 0, 200)
    rescored = np.maximum(sample.commenced, day_number(inspection.fieldwork_from) - rng.integers(1, 100, size))
    reconvicted = sample.commenced + rng.integers(30, 450, size)
    columns = {
        "inspection_id": inspection.inspection_id,
        "case_id": sample.case_id,
        "oasys_start": start,
        "oasys_latest": np.where(is_rescored, latest.astype(str), ""),
        "oasys_rescored_on": np.where(is_rescored, iso_dates(rescored), ""),
        "reconvicted_on": np.where(is_reconvicted, iso_dates(reconvicted), ""),
        "observed_to": iso_dates(observed_to),
    }
    write_delivery(folder, "case_outcome", inspection.inspection_id, columns)
