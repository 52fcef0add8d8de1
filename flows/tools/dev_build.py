"""Builds for maintainers: models over the example deliveries, in a warehouse of their own below target/.

What dbt's state (the manifest and the results of the last build) cannot tell apart is part of a fingerprint: when it
changes, all is built again.
"""

import shutil
from collections.abc import Sequence
from datetime import date

from flows.base.code_fingerprint import PACKAGES, fingerprint
from flows.base.errors import TransformFailed
from flows.base.night import Night, alone, begin
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.intake import land, load, shares
from flows.warehouse import changes, dbt
from flows.warehouse.nodes import Node, node_of

HOME = PROJECT / "target" / "dev"
STATE = HOME / "state"
FILES_OF_STATE = ("manifest.json", "run_results.json")
BUILT_FROM = HOME / "built_from"

EXAMPLES = PROJECT / "examples"
BUSINESS_DATE = date(2009, 1, 20)
"""A fixed date, by which all example deliveries had come: the day of a build moves no figure."""

UNSEEN = ("dbt_project.yml", "profiles", "flows", "expectations", "examples")
"""What decides what is built and is in no state of dbt."""

BUILD = ("build", "--full-refresh", "--exclude-resource-type", "exposure")
"""In full, as nights build where the code changed: an incremental model would keep the rows of the code before."""

CHANGED_OR_FAILED = "state:modified+ result:error+ result:fail result:skipped"


def build(selection: str | None = None) -> list[Node]:
    """Build and test what changed or failed since the last build, or a selection in dbt's words; what became of it.

    A selection leaves the state as it is: what else changed is still to be built. Errors: TransformFailed where the
    project cannot be parsed.
    """
    night = _night()
    with alone(night.warehouse):
        manifest = dbt.parse(night, write=True)
        result = dbt.run_dbt(night.warehouse, [*BUILD, *_options(selection)], manifest)
        nodes = [node_of(outcome) for outcome in getattr(result.result, "results", [])]
        if not nodes and not result.success:
            raise TransformFailed(f"dbt could not build: {result.exception}")
        if not selection and nodes:
            _remember(night.warehouse)
    return nodes


def _night() -> Night:
    """With the example deliveries taken in. Where nothing is to be built upon, the warehouse is begun again."""
    code = fingerprint(UNSEEN, PACKAGES)
    warehouse = Warehouse(HOME / "warehouse")
    if not BUILT_FROM.exists() or BUILT_FROM.read_text(encoding="utf-8") != code:
        shutil.rmtree(HOME, ignore_errors=True)
    night = begin(EXAMPLES, warehouse.root, BUSINESS_DATE)
    night.warehouse.make()
    if not BUILT_FROM.exists():
        _take_in(night)
        BUILT_FROM.write_text(code, encoding="utf-8")
    return night


def _take_in(night: Night) -> None:
    """The first half of a night."""
    land.land(night)
    examined = shares.examine_all(night)
    load.load(night, examined.read, examined.checked)
    changes.changed_inputs(night)


def _options(selection: str | None) -> Sequence[str]:
    if selection:
        return ["--select", selection]
    if not STATE.exists():
        return []
    # That a criterion finds nothing is an error in nights only: most often nothing failed.
    return ["--state", str(STATE), "--select", CHANGED_OR_FAILED, "--warn-error-options", "{}"]


def _remember(warehouse: Warehouse) -> None:
    STATE.mkdir(exist_ok=True)
    for name in FILES_OF_STATE:
        shutil.copyfile(warehouse.dbt_target / name, STATE / name)


def summary(nodes: Sequence[Node]) -> str:
    """One line: how many nodes were built, how many of them are tests, and how many failed."""
    tests = sum(node.kind in {"test", "unit_test"} for node in nodes)
    failed = sum(node.failed for node in nodes)
    return f"Built {len(nodes) - tests:,} seeds and models, ran {tests:,} tests: {failed:,} failed."
