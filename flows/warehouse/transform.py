"""Transform: dbt builds the restricted warehouse from raw, intake and seeds.

dbt runs in this process, so that the project is parsed once a night. What follows from something that changed is
rebuilt from all there is and tested: kinds of delivery, the business date, the code. Seeds, which know no deliveries,
go with the code. Then it is built a layer at a time; else in one go, because for a few nodes dbt takes as long to begin
as to build. When nothing changed since the last complete build, nothing is called. Unit tests know no deliveries
either: they run where the code is tested (tests/unit/test_rules.py), not in a night.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from expectations.deliveries import DELIVERIES
from flows.base.errors import TransformFailed
from flows.base.machine_errors import OUT_OF_MEMORY
from flows.base.night import Night
from flows.warehouse import changes, dbt
from flows.warehouse.changes import CALENDAR_MODEL, CODE, DATE
from flows.warehouse.engines.engine import engine
from flows.warehouse.nodes import Node, failure_of, node_of, table_of

LOG = logging.getLogger("casebook.transform")

LAYERS = ("seeds", "staging", "intermediate", "marts")
"""The layers of a whole build in order, each a selector of selectors.yml."""

FILE_STATUS = "int_delivery__file_status"
"""The model that says what counts."""

DELIVERY_STATE = "tag:delivery_state"
"""What every file changes, whatever its kind."""

CHANGED = "changed"
"""What stands for the layers where only what follows from what changed is built."""

CALENDAR = "calendar"
"""The layer of `CALENDAR_MODEL`. Most days it comes out as on the day before, and then nothing is built from it."""

REBUILT = "tag:rebuilt"
"""Tables that follow from what is delivered; seeds and the views of staging follow from the code alone."""

BUILD = ("build", "--no-write-json", "--exclude-resource-type", "unit_test", "exposure")
"""Parsing has written the manifest; writing it again for every layer would cost seconds. An exposure builds nothing."""


@dataclass(frozen=True)
class Plan:
    """What to build with the parsed project.

    changed: the inputs that are not those of the last build, or whose build was not completed. whole: everything is
    built, since the code is among them. tables: which run built each table that is there. calendar: content of the
    calendar that they were built from, None where that is not known. tested: what is built is tested too.
    """

    changed: frozenset[str]
    whole: bool
    manifest: Any
    tables: dict[str, str]
    calendar: str | None
    tested: bool = True

    def built(self, nodes: Iterable[Node], run_id: str) -> dict[str, str]:
        """Which run built each table, once these nodes were built by this one.

        A table of which nothing is known, because a night died, counts as built by it too.
        """
        there = dict.fromkeys(map(table_of, self.manifest.nodes.values()), run_id)
        return {**there, **self.tables, **{node.table: run_id for node in nodes}}

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers to build, in order; `changed` for what follows from what changed in all of them."""
        if self.whole:
            return LAYERS
        return (CALENDAR, CHANGED) if DATE in self.changed else (CHANGED,)

    @property
    def roots_of_date(self) -> tuple[str, ...]:
        """What the date decides directly, the calendar left out."""
        night = "model.casebook.stg_night"
        models = (node for node in self.manifest.nodes.values() if node.resource_type == "model")
        return tuple(
            f"{model.name}+" for model in models if night in model.depends_on_nodes and model.name != CALENDAR_MODEL
        )


def prepare(night: Night, changed: frozenset[str]) -> Plan:
    """What is to be built. Forgets that the warehouse was built from it, until that is so again.

    Errors: TransformFailed where the project cannot be parsed.
    """
    whole = CODE in changed
    LOG.info("transform: changed since the last build: %s", "everything" if whole else ", ".join(sorted(changed)))
    with night.warehouse.connect() as connection:
        tables = {} if whole else changes.built_by(connection)
        calendar = changes.built_calendar(connection)
    changes.forget(night, changed)
    # The same code makes the same manifest; writing it takes longer than everything else that parsing then does.
    manifest = dbt.parse(night, write=whole or not dbt.has_manifest(night))
    engine().start(night)
    return Plan(changed, whole, manifest, tables, calendar)


def selection(layer: str, plan: Plan, same_calendar: bool = False) -> list[str]:
    """dbt's arguments for one layer, or for what lies downstream of the changed inputs.

    A model that asks only for the state of files, not for their rows, must be a view: nothing here rebuilds it.
    same_calendar: it came out as in the last complete build.
    """
    if plan.whole or layer == CALENDAR:
        return ["--selector", layer]
    kinds = plan.changed - {DATE}
    roots = [f"source:raw.{kind}+" for kind in sorted(kinds & DELIVERIES.keys())]
    roots += ["stg_night+"] if DATE in plan.changed and not same_calendar else []
    downstream = [f"{REBUILT},{root}" for root in roots]
    downstream += plan.roots_of_date if DATE in plan.changed and same_calendar else []
    return ["--select", *downstream, *([DELIVERY_STATE] if kinds else [])]


def build_layer(night: Night, layer: str, plan: Plan) -> list[Node]:
    """Build and test one layer, or what follows from what changed.

    Nodes are built side by side and divide the memory; what it was too little for is built again one at a time.
    Errors: TransformFailed, naming the nodes that failed.
    """
    same_calendar = layer == CHANGED and changes.calendar(night) == plan.calendar
    result, nodes = _build(night, plan, selection(layer, plan, same_calendar))
    left = _left_for_lack_of_memory(nodes)
    if left:
        LOG.info("transform: memory was too little for nodes side by side, so %s are built one at a time", len(left))
        # Tests that waited are among them, so that none comes with a node.
        one_by_one = ["--select", *left, "--indirect-selection", "empty", "--threads", "1"]
        result, again = _build(night, plan, one_by_one)
        nodes = list({node.name: node for node in [*nodes, *again]}.values())
    failed = [node for node in nodes if node.failed]
    if failed or not result.success:
        raise TransformFailed(_told(layer, failed, result.exception), [failure_of(night, node) for node in failed])
    tests = sum(node.kind == "test" for node in nodes)
    LOG.info("transform: %s built, %s nodes, %s of them tests", layer, len(nodes), tests)
    return nodes


def _build(night: Night, plan: Plan, selected: Sequence[str]) -> tuple[Any, list[Node]]:
    """What dbt returned, and what became of each node."""
    options = [*([] if plan.tested else ["test"]), *selected, *(["--full-refresh"] if plan.whole else [])]
    result = dbt.run_dbt(night.warehouse, [*BUILD, *options], plan.manifest)
    return result, [node_of(outcome) for outcome in getattr(result.result, "results", [])]


def _left_for_lack_of_memory(nodes: Iterable[Node]) -> list[str]:
    """Names of nodes that failed and those that waited for them, where memory is all that was missing."""
    failed = [node for node in nodes if node.failed]
    if not failed or not all(OUT_OF_MEMORY in node.message for node in failed):
        return []
    return [node.name for node in nodes if node.failed or node.status == "skipped"]


def build_states(night: Night, manifest: Any) -> None:
    """Which deliveries count, wherever the build stopped."""
    if engine().keeps_tables:
        dbt.run_dbt(night.warehouse, ["run", "--no-write-json", "--selector", "file_states"], manifest)
    engine().bring_back(night, f"intermediate.{FILE_STATUS}")


def still_failing(night: Night, manifest: Any, names: Iterable[str]) -> set[str]:
    """Which of the models and tests fail now that other deliveries are set aside. Builds no more than they need.

    What it builds is a trial: what the tables were built from must have been forgotten.
    """
    wanted = set(names)
    if not engine().keeps_tables:
        return _failing_in_whole(night) & wanted
    selected = [f"source:intake.set_aside+,+{name}" for name in sorted(wanted)]
    options = ["--indirect-selection", "empty", "--full-refresh"]
    result = dbt.run_dbt(night.warehouse, [*BUILD, "--select", *selected, *options], manifest)
    nodes = [node_of(outcome) for outcome in getattr(result.result, "results", [])]
    return wanted - {node.name for node in nodes if node.status in {"success", "pass", "warn"}}


def _failing_in_whole(night: Night) -> set[str]:
    """What fails where everything is built anew."""
    plan = prepare(night, changes.changed_inputs(night))
    try:
        for layer in plan.layers:
            build_layer(night, layer, plan)
    except TransformFailed as failed:
        return {failure.rule for failure in failed.failures}
    return set()


def _told(layer: str, failed: list[Node], exception: BaseException | None) -> str:
    if not failed:
        return f"dbt could not build {layer}: {exception}"
    first = "; ".join(f"{node.kind} {node.name}: {node.message.strip()}" for node in failed[:3])
    more = f" (and {len(failed) - 3} more)" if len(failed) > 3 else ""
    return f"{len(failed)} of the {layer} layer failed, so nothing is published: {first}{more}"
