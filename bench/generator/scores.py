"""Published figures of some inspections: what a report would have printed, computed without the warehouse.

Criteria, sections, the overall figure and the Risk of Harm thread of group `all`; other groups and management
ratings in words are left out.
"""

from math import floor

import numpy as np

from bench.generator.judgements import NOT_APPLICABLE
from bench.generator.reference import criteria, seed_rows, thread_questions

Published = list[tuple[str, str, float]]
"""level, code, score as a proportion."""


def published_scores(framework_code: str, asked: list[dict[str, str]], answers: np.ndarray) -> Published:
    """The figures that follow from the answers of main cases (case x question), by the framework's methods."""
    framework = next(row for row in seed_rows("inspection/frameworks.csv") if row["framework_code"] == framework_code)
    proportions = _proportions(answers)
    by_criterion = _criterion_scores(framework, asked, proportions)
    by_section = _section_scores(framework, by_criterion)
    return [
        *(("criterion", code, score) for code, score in by_criterion.items()),
        *(("section", code, score) for code, score in by_section.items()),
        *_overall(framework, by_section),
        *_thread(framework, asked, proportions),
    ]


def as_published(score: float) -> int:
    """A proportion as the whole per cent that reports print: half up."""
    return floor(round(score * 100, 9) + 0.5)


def _proportions(answers: np.ndarray) -> list[float | None]:
    relevant = (answers != NOT_APPLICABLE).sum(axis=0)
    above_line = (answers <= 1).sum(axis=0)
    return [float(above / count) if count else None for above, count in zip(above_line, relevant, strict=True)]


def _mean(parts: list[tuple[float | None, float]]) -> float | None:
    """Mean of (value, weight) pairs; what has no value or no weight is left out."""
    present = [(value, weight) for value, weight in parts if value is not None and weight > 0]
    return sum(value * weight for value, weight in present) / sum(w for _, w in present) if present else None


def _criterion_scores(
    framework: dict[str, str], asked: list[dict[str, str]], proportions: list[float | None]
) -> dict[str, float]:
    scores = {}
    for criterion in criteria(framework["framework_code"], "percentage"):
        parts = [
            (question, value)
            for question, value in zip(asked, proportions, strict=True)
            if question["criterion_code"] == criterion["criterion_code"]
        ]
        score = _criterion_score(framework["criterion_method"], parts)
        if score is not None:
            scores[criterion["criterion_code"]] = score
    return scores


def _criterion_score(method: str, parts: list[tuple[dict[str, str], float | None]]) -> float | None:
    plain = _mean([(value, float(question["weight"])) for question, value in parts if question["is_summary"] == "0"])
    summary = _mean([(value, 1.0) for question, value in parts if question["is_summary"] == "1"])
    return _mean([(plain, 0.8), (summary, 0.2)]) if method == "questions_80_summary_20" else plain


def _section_scores(framework: dict[str, str], by_criterion: dict[str, float]) -> dict[str, float]:
    parts: dict[str, list[tuple[float | None, float]]] = {}
    for row in criteria(framework["framework_code"], "percentage"):
        if row["criterion_code"] in by_criterion:
            part = (by_criterion[row["criterion_code"]], float(row["weight"]))
            parts.setdefault(row["section_code"], []).append(part)
    return {code: score for code, values in parts.items() if (score := _mean(values)) is not None}


def _overall(framework: dict[str, str], by_section: dict[str, float]) -> Published:
    """The overall figure, which exists only where every weighted section does."""
    weights = {
        row["section_code"]: float(row["overall_weight"])
        for row in seed_rows("inspection/sections.csv")
        if row["framework_code"] == framework["framework_code"] and row["overall_weight"]
    }
    if not weights or not set(weights) <= set(by_section):
        return []
    return [("overall", "".join(weights), sum(by_section[code] * weight for code, weight in weights.items()))]


def _thread(framework: dict[str, str], asked: list[dict[str, str]], proportions: list[float | None]) -> Published:
    """The Risk of Harm thread, which inspections without an overall figure have."""
    if framework["overall_method"]:
        return []
    thread = thread_questions(framework["framework_code"], "ROH")
    judged = zip(asked, proportions, strict=True)
    score = _mean(
        [
            (value, 1.0)
            for question, value in judged
            if question["question_code"] in thread and float(question["weight"]) > 0
        ]
    )
    return [("thread", "ROH", score)] if score is not None else []
