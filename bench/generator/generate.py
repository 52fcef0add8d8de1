"""Carry out a plan: write every delivery of every kind."""

from collections.abc import Callable
from pathlib import Path

from bench.generator.cases import write_cases
from bench.generator.context import write_context
from bench.generator.files import performance_year
from bench.generator.findings import write_findings
from bench.generator.inspections import Inspection, inspections
from bench.generator.judgements import write_judgements
from bench.generator.nsmart import write_nsmart
from bench.generator.plan import Plan, PlanError
from bench.generator.planted import MissingMonth, Planted, plant
from bench.generator.reports import write_reports
from bench.generator.returns import write_return, write_targets
from bench.generator.scores import published_scores
from bench.generator.themes import write_themes


def generate(plan: Plan, out: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Planted:
    """Write the plan's invented deliveries to the folder `out` and say what is planted in them.

    progress is told, after each area and inspection, how many are done of how many.
    Raises PlanError if the folder has something in it.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise PlanError(f"{out} is not an empty folder: name a new one, so that nothing delivered is written over.")
    planted, planned = plant(plan), inspections(plan)
    total = len(plan.area_codes) + len(planned)
    for done, area_code in enumerate(plan.area_codes, start=1):
        _write_area(plan, area_code, planted, out)
        progress(done, total)
    for done, inspection in enumerate(planned, start=len(plan.area_codes) + 1):
        _write_inspection(plan, inspection, planted, out / inspection.inspection_id)
        progress(done, total)
    for year in sorted({performance_year(month) for month in plan.month_starts}):
        write_targets(plan, year, out / "performance_target")
    write_context(plan, out)
    write_themes(planned, out)
    return planted


def _write_area(plan: Plan, area_code: str, planted: Planted, out: Path) -> None:
    for month in plan.month_starts:
        if MissingMonth(area_code, month) != planted.missing_month:
            write_nsmart(plan, area_code, month, planted.improvement, out / "nsmart")
            write_return(plan, area_code, month, planted, out / "performance_return")


def _write_inspection(plan: Plan, inspection: Inspection, planted: Planted, folder: Path) -> None:
    sample = write_cases(plan, inspection, folder)
    asked, answers = write_judgements(plan, inspection, sample, planted.lenient_assessor, folder)
    published = published_scores(inspection.framework_code, asked, answers[sample.is_main])
    write_reports(plan, inspection, published, folder)
    write_findings(plan, inspection, sample, folder)
