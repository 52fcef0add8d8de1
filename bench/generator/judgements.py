"""Judgements: each case against each question of its framework."""

from pathlib import Path

import numpy as np

from bench.generator.cases import Sample
from bench.generator.chance import stream
from bench.generator.files import write_delivery
from bench.generator.inspections import Inspection
from bench.generator.plan import Plan
from bench.generator.planted import LenientAssessor
from bench.generator.reference import questions

ANSWERS = np.array(["excellent", "sufficient", "insufficient", "poor", "not_applicable"], dtype=object)
NOT_APPLICABLE = 4

RELEVANT_SHARE = {"all": 0.96, "absence": 0.5, "breach": 0.3, "court_report": 0.6, "victim": 0.2}
OTHER_RELEVANT_SHARE = 0.25
"""Chance that a question is relevant to a case, where the case's own record does not say so (`_applies`)."""


def write_judgements(
    plan: Plan, inspection: Inspection, sample: Sample, lenient: LenientAssessor, folder: Path
) -> tuple[list[dict[str, str]], np.ndarray]:
    """Write `judgement`; gives the questions judged and the answers (case x question, numbers of ANSWERS)."""
    rng = stream(plan, "judgements", inspection.number)
    asked = _asked(inspection)
    chances = _above_line_chances(rng, inspection, sample, len(asked), lenient)
    answers = _answers(rng, chances, _relevant(rng, sample, asked))
    columns = {
        "inspection_id": inspection.inspection_id,
        "case_id": np.repeat(sample.case_id, len(asked)),
        "question_code": [question["question_code"] for question in asked] * len(answers),
        "answer": ANSWERS[answers.ravel()],
    }
    write_delivery(folder, "judgement", inspection.inspection_id, columns)
    return asked, answers


def _asked(inspection: Inspection) -> list[dict[str, str]]:
    every = questions(inspection.framework_code)
    return [one for one in every if one["in_follow_up"] == "1"] if inspection.follow_up_of else every


def _above_line_chances(
    rng: np.random.Generator, inspection: Inspection, sample: Sample, asked: int, lenient: LenientAssessor
) -> np.ndarray:
    """Chance of an answer above the line, case x question; flat where a lenient assessor is planted."""
    if inspection.inspection_id == lenient.inspection_id:
        shares = (lenient.above_line_share, lenient.inspector_above_line_share)
        return np.repeat(np.where(sample.by_area_assessor, *shares)[:, None], asked, axis=1)
    of_area = rng.normal(0.68, 0.06)
    of_case, of_question = rng.normal(0, 0.08, len(sample.case_id)), rng.normal(0, 0.1, asked)
    return np.clip(of_area + of_case[:, None] + of_question[None, :], 0.05, 0.97)


def _relevant(rng: np.random.Generator, sample: Sample, asked: list[dict[str, str]]) -> np.ndarray:
    """Whether a question is relevant to a case, case x question."""
    chances = np.column_stack([_applies(sample, question["applies_to"]) for question in asked])
    return rng.random(chances.shape) < chances


def _applies(sample: Sample, applies_to: str) -> np.ndarray:
    """Chance that a question of this kind is relevant, by case."""
    has = {
        "high_roh": np.isin(sample.risk_of_harm, ["H", "V"]),
        "licence": sample.order_type == "LIC",
        "mappa": sample.mappa_level != "",
        "unpaid_work": _requires(sample, "UPW"),
        "accredited_programme": _requires(sample, "AP"),
        "additional_requirement": _requires(sample, "AP", "DRR", "ATR"),
    }
    if applies_to in has:
        return np.where(has[applies_to], 0.96, 0.01)
    return np.full(len(sample.case_id), RELEVANT_SHARE.get(applies_to, OTHER_RELEVANT_SHARE))


def _requires(sample: Sample, *codes: str) -> np.ndarray:
    return np.array([bool(set(codes) & set(listed.split(";"))) for listed in sample.requirements])


def _answers(rng: np.random.Generator, chances: np.ndarray, relevant: np.ndarray) -> np.ndarray:
    is_below = rng.random(chances.shape) >= chances
    is_extreme = rng.random(chances.shape) < 0.2
    answers = np.where(is_below, np.where(is_extreme, 3, 2), np.where(is_extreme, 0, 1))
    return np.where(relevant, answers, NOT_APPLICABLE)
