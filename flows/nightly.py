"""The night, as a Prefect flow: land, read, validate in, load, transform, assemble, validate out, publish, report."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import assemble, check, gate, land, load, publish, read, report, transform
from flows.errors import CasebookError, PublicationPinned
from flows.night import Night, alone, begin
from flows.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Clock:
    """Seconds of each stage, in the order in which they ran."""

    seconds: dict[str, float] = field(default_factory=dict)

    def time(self, stage: str, run: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a stage and remember how long it took."""
        started = time.monotonic()
        try:
            return run(*args, **kwargs)
        finally:
            self.seconds[stage] = round(time.monotonic() - started, 3)


def _worth_another_try(task: Any, run: Any, state: Any) -> bool:
    """A landing folder on a network share can be away for a moment; a refusal of our own will not change."""
    return not isinstance(state.result(raise_on_failure=False), CasebookError)



land_files = task(land.land, name="land", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=10, retry_condition_fn=_worth_another_try)
read_files = task(read.read, name="read", cache_policy=NO_CACHE)
validate_in = task(check.check, name="validate in", cache_policy=NO_CACHE)
load_rows = task(load.load, name="load", cache_policy=NO_CACHE)
build_layer = task(transform.build_layer, name="transform", task_run_name="transform {layer}", cache_policy=NO_CACHE)
assemble_file = task(assemble.assemble, name="assemble", cache_policy=NO_CACHE)
validate_out = task(gate.gate, name="validate out", cache_policy=NO_CACHE)
publish_file = task(publish.publish, name="publish", cache_policy=NO_CACHE)
write_report = task(report.report, name="report", cache_policy=NO_CACHE)


@flow(name="nightly", flow_run_name="nightly", log_prints=False)
def nightly(
    landing: Path | None = None,
    warehouse: Path | None = None,
    business_date: date | None = None,
    accept_volumes: bool = False,
) -> str:
    """One night: everything new in the landing folder into a tested publication. Returns the line that sums it up.

    landing, warehouse: folders; by default those of the settings. business_date: by default today in London.
    accept_volumes: publish although tables lost half of their rows, because a person has looked.
    Errors: CasebookError, with what to do; nothing is published then.
    """
    settings = Settings()
    night = begin(landing or settings.landing, warehouse or settings.warehouse, business_date)
    night.warehouse.make()
    with alone(night.warehouse):
        publish.discard_dead(night.warehouse)
        report.open_run(night)
        clock = Clock()
        try:
            line = _run(night, clock, accept_volumes)
        except PublicationPinned:
            report.close_run(night, "pinned", clock.seconds)
            raise
        except BaseException:
            publish.discard(night)
            report.close_run(night, "failed", clock.seconds)
            raise
        report.close_run(night, "published", clock.seconds)
    return line


def _run(night: Night, clock: Clock, accept_volumes: bool) -> str:
    clock.time("land", land_files, night)
    batch = clock.time("read", read_files, night)
    checked = clock.time("validate in", validate_in, night, batch)
    loaded = clock.time("load", load_rows, night, batch, checked)
    report.count_run(night, loaded)
    clock.time("transform", _transform, night)
    candidate = clock.time("assemble", assemble_file, night, clock.seconds)
    clock.time("validate out", validate_out, night, candidate, accept_volumes)
    clock.time("publish", publish_file, night)
    line = report.summary(night, loaded)
    clock.time("report", write_report, night, line, checked, clock.seconds)
    return line


def _transform(night: Night) -> None:
    """The layers one after the other; nothing at all where nothing changed."""
    if not transform.needs_build(night):
        transform.LOG.info("transform: files, date and code are those of the last build; nothing to do")
        return
    manifest, unit_tested = transform.prepare(night)
    for layer in transform.LAYERS:
        report.node_artifact(layer, build_layer(night, layer, manifest, unit_tested))
    transform.complete(night)
