"""An inspection's own record and what its report says in words: evidence, adjustments, surveys, recommendations."""

from datetime import timedelta
from pathlib import Path

import numpy as np

from bench.generator.chance import draw, stream
from bench.generator.files import day_number, iso_dates, write_delivery
from bench.generator.inspections import Inspection
from bench.generator.plan import Plan
from bench.generator.reference import criteria, seed_rows
from bench.generator.scores import Published, as_published

REPORT_EVERY = 5
"""Every fifth inspection has an adjusted rating and published figures; the reports of the others are not delivered."""

EVIDENCE = {"very_strong": 0.1, "strong": 0.3, "good": 0.25, "satisfactory": 0.25, "weak": 0.1}
SURVEYS = {
    "offender": "Supervision was clearly explained",
    "victim": "Information was easy to understand",
    "sentencer": "Satisfied with court reports",
    "staff": "Training needs well met",
    "beneficiary": "Satisfied with the work done",
}
THEMES = ("quality of risk management plans", "timeliness of reviews", "quality assurance", "use of performance data")


def write_reports(plan: Plan, inspection: Inspection, published: Published, folder: Path) -> None:
    """Write every delivery of an inspection that is not about its cases."""
    rng = stream(plan, "reports", inspection.number)
    _write_inspection(inspection, folder)
    _write_evidence(rng, inspection, folder)
    _write_recommendations(rng, inspection, folder)
    _write_survey(rng, inspection, folder)
    if is_published(inspection):
        _write_adjustment(inspection, folder)
        _write_published(inspection, published, folder)


def is_published(inspection: Inspection) -> bool:
    """Whether the inspection's published figures and adjustments are delivered."""
    return inspection.number % REPORT_EVERY == 0 and not inspection.follow_up_of


def _write_inspection(inspection: Inspection, folder: Path) -> None:
    names = {row["area_code"]: row["area_name"] for row in seed_rows("common/areas.csv")}
    kind = "follow-up inspection" if inspection.follow_up_of else "inspection"
    columns = {
        "inspection_id": [inspection.inspection_id],
        "framework_code": inspection.framework_code,
        "area_code": inspection.area_code,
        "inspection_title": f"{names[inspection.area_code]} {inspection.framework_code} {kind} (invented)",
        "fieldwork_from": inspection.fieldwork_from.isoformat(),
        "fieldwork_to": inspection.fieldwork_to.isoformat(),
        "published_on": inspection.published_on.isoformat(),
        "follow_up_of": inspection.follow_up_of,
        "performance_year": f"{inspection.year - 1}/{inspection.year % 100:02d}",
    }
    write_delivery(folder, "inspection", inspection.inspection_id, columns)


def _write_evidence(rng: np.random.Generator, inspection: Inspection, folder: Path) -> None:
    codes = [row["criterion_code"] for row in criteria(inspection.framework_code, "descriptive")]
    items = 5
    columns = {
        "inspection_id": inspection.inspection_id,
        "sample_group": "all",
        "criterion_code": np.repeat(codes, items),
        "item_no": np.tile(np.arange(1, items + 1), len(codes)),
        "responsible": draw(rng, {"area": 0.9, "NPD": 0.1}, items * len(codes)),
        "rating": draw(rng, EVIDENCE, items * len(codes)),
    }
    write_delivery(folder, "management_evidence", inspection.inspection_id, columns)


def _write_adjustment(inspection: Inspection, folder: Path) -> None:
    columns = {
        "inspection_id": inspection.inspection_id,
        "sample_group": "all",
        "criterion_code": [criteria(inspection.framework_code, "descriptive")[0]["criterion_code"]],
        "adjusted_rating": "Partly met",
        "reason": "invented: plans were agreed after fieldwork had begun",
        "decided_by": "lead inspector (invented)",
        "decided_on": (inspection.fieldwork_to + timedelta(days=30)).isoformat(),
    }
    write_delivery(folder, "score_adjustment", inspection.inspection_id, columns)


def _write_published(inspection: Inspection, published: Published, folder: Path) -> None:
    levels, codes, scores = zip(*published, strict=True)
    columns = {
        "inspection_id": inspection.inspection_id,
        "sample_group": "all",
        "level": levels,
        "code": codes,
        "published_score_pct": [as_published(score) for score in scores],
        "published_rating": "",
        "source": "invented",
        **dict.fromkeys(("published_numerator", "published_denominator", "published_below"), ""),
    }
    write_delivery(folder, "published_score", inspection.inspection_id, columns)


def _write_survey(rng: np.random.Generator, inspection: Inspection, folder: Path) -> None:
    asked = rng.integers(3, 120, len(SURVEYS))
    responded = rng.binomial(asked, 0.5)
    columns = {
        "inspection_id": inspection.inspection_id,
        "respondent_group": list(SURVEYS),
        "survey_question": list(SURVEYS.values()),
        "asked": asked,
        "responded": responded,
        "positive": rng.binomial(responded, 0.8),
    }
    write_delivery(folder, "survey", inspection.inspection_id, columns)


def _write_recommendations(rng: np.random.Generator, inspection: Inspection, folder: Path) -> None:
    codes = [row["criterion_code"] for row in criteria(inspection.framework_code, "percentage")]
    published = day_number(inspection.published_on)
    status = draw(rng, {"open": 0.5, "closed": 0.4, "superseded": 0.1}, len(THEMES))
    columns = {
        "inspection_id": inspection.inspection_id,
        "recommendation_no": np.arange(1, len(THEMES) + 1),
        "theme": THEMES,
        "criterion_code": rng.choice(codes, len(THEMES)),
        "addressed_to": "Board",
        "due_on": (inspection.published_on + timedelta(days=365)).isoformat(),
        "status": status,
        "status_on": iso_dates(np.where(status == "open", published, published + rng.integers(30, 400, len(THEMES)))),
        "part": "main",
    }
    write_delivery(folder, "recommendation", inspection.inspection_id, columns)
