"""What an inspection found beside scores: needs and classes of its cases, and what was decided."""

from pathlib import Path

import numpy as np

from bench.generator.cases import Sample
from bench.generator.chance import draw, stream
from bench.generator.files import write_delivery
from bench.generator.inspections import Inspection
from bench.generator.plan import Plan
from bench.generator.reference import seed_rows

NEEDS_OF_A_CASE = 3
PROGRESS = {"": 0.2, "better": 0.5, "same": 0.2, "worse": 0.1}


def write_findings(plan: Plan, inspection: Inspection, sample: Sample, folder: Path) -> None:
    """Write `case_need`, `case_classification` and `decision` of an inspection."""
    rng = stream(plan, "findings", inspection.number)
    _write_needs(rng, inspection, sample, folder)
    _write_classification(rng, inspection, sample, folder)
    _write_decision(inspection, folder)


def _write_needs(rng: np.random.Generator, inspection: Inspection, sample: Sample, folder: Path) -> None:
    needs = np.array([row["need"] for row in seed_rows("inspection/needs.csv")], dtype=object)
    size = len(sample.case_id)
    first = rng.integers(0, len(needs), size)
    columns = {
        "inspection_id": inspection.inspection_id,
        "case_id": np.tile(sample.case_id, NEEDS_OF_A_CASE),
        "need": np.concatenate([needs[(first + step) % len(needs)] for step in range(NEEDS_OF_A_CASE)]),
        "progress": draw(rng, PROGRESS, size * NEEDS_OF_A_CASE),
    }
    write_delivery(folder, "case_need", inspection.inspection_id, columns)


def _write_classification(rng: np.random.Generator, inspection: Inspection, sample: Sample, folder: Path) -> None:
    size = len(sample.case_id)
    columns = {
        "inspection_id": inspection.inspection_id,
        "case_id": sample.case_id,
        "risk_of_harm_manager": np.where(rng.random(size) < 0.1, "unclear", sample.risk_of_harm),
        "risk_of_harm_inspector": sample.risk_of_harm,
    }
    write_delivery(folder, "case_classification", inspection.inspection_id, columns)


def _write_decision(inspection: Inspection, folder: Path) -> None:
    columns = {
        "inspection_id": [inspection.inspection_id],
        "decision": "no_further_inspection",
        "basis": "invented",
        "decided_on": inspection.published_on.isoformat(),
    }
    write_delivery(folder, "decision", inspection.inspection_id, columns)
