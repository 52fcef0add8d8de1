"""The night, as a Prefect flow: land, read, validate in, load, archive, transform, assemble, validate out, pages,
downloads, publish, report."""

import importlib
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import duckdb
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from flows.base import machine_errors
from flows.base.errors import CasebookError, PublicationPinned, WarehouseUnusable
from flows.base.night import Night, alone, begin
from flows.base.places import require_places
from flows.base.settings import Settings
from flows.base.warehouse_paths import damage_told
from flows.intake import land, load, returns, shares
from flows.intake.check import Checked, check
from flows.intake.read import read
from flows.publish import assemble, gate, history, publish, readers, report
from flows.publish.summary import summary
from flows.recover import erase, fsck, rebuild, set_aside
from flows.recover.turn import in_turn
from flows.warehouse import changes, dbt, transform
from flows.warehouse.engines.engine import engine

LOG = logging.getLogger("casebook.nightly")
# What the stages say of their progress is told wherever the flow runs: by the command, or in Prefect's logs.
logging.getLogger("casebook").setLevel(logging.INFO)

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Clock:
    """Seconds of each stage, in the order in which they ran."""

    seconds: dict[str, float] = field(default_factory=dict)

    def time(self, stage: str, run: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a stage and remember how long it took."""
        LOG.debug("%s", stage)
        started = time.monotonic()
        try:
            return run(*args, **kwargs)
        finally:
            # A stage runs again where deliveries are set aside.
            self.seconds[stage] = round(self.seconds.get(stage, 0) + time.monotonic() - started, 3)

    def divide(self, stage: str, into: dict[str, float]) -> None:
        """Replace a stage by the two or more that it was made of, by the seconds that each had of the work."""
        whole, work = self.seconds.pop(stage), sum(into.values())
        self.seconds |= {part: round(whole * seconds / work, 3) for part, seconds in into.items()}


def _worth_another_try(task: Any, run: Any, state: Any) -> bool:
    """A landing folder on a network share can be away for a moment; a refusal of our own will not change."""
    return not isinstance(state.result(raise_on_failure=False), CasebookError)


def _stage(name: str, **options: Any) -> Any:
    """A stage as a task. Its inputs are the night's own values, so nothing is cached or persisted.

    What is large is passed as `quote`: Prefect looks through everything else for results of other tasks, which in a
    plan, with dbt's manifest in it, takes seconds a task.
    """
    return task(name=name, cache_policy=NO_CACHE, **options)


def load_ahead() -> None:
    """Load what stages load when they begin. It takes seconds, which a night that waits for Prefect's server has."""
    for module in ("expectations.engine", "expectations.documents", "expectations.publication", "pages", "downloads"):
        importlib.import_module(module)


def _build_pages(candidate: Path, cache: Path) -> Any:
    # Loaded here: a deployed night that stops earlier need not spend the time (load_ahead is for one by command).
    from pages import build_site

    return build_site(candidate, candidate.parent / "site", cache / "site")


def _write_downloads(candidate: Path, cache: Path) -> Any:
    # Loaded here for the same reason.
    from downloads import write_downloads
    from pages import list_downloads

    written = write_downloads(candidate, candidate.parent / "downloads", cache / "downloads")
    list_downloads(candidate.parent)
    return written


# Only landing is worth repeating: everything after it works on local files.
land_files = _stage("land", retries=2, retry_delay_seconds=10, retry_condition_fn=_worth_another_try)(land.land)
read_files = _stage("read")(read)
validate_in = _stage("validate in")(check)
read_and_validate = _stage("read and validate in")(shares.examine_shares)
load_rows = _stage("load")(load.load)
check_archive = _stage("archive")(fsck.check_part)
build_layer = _stage("transform", task_run_name="transform {layer}")(transform.build_layer)
assemble_file = _stage("assemble")(assemble.assemble)
validate_out = _stage("validate out")(gate.gate)
write_pages = _stage("pages")(_build_pages)
write_downloads = _stage("downloads")(_write_downloads)
publish_file = _stage("publish")(publish.publish)
write_returns = _stage("returns")(returns.write_returns)
write_report = _stage("report")(report.report)


@flow(name="nightly", flow_run_name="nightly", log_prints=False)
@in_turn
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
    with machine_errors.told(), _opened(landing, warehouse, business_date) as night:
        clock = Clock()
        try:
            with damage_told():
                line = _run(night, clock, accept_volumes)
        except PublicationPinned:
            report.close_run(night, "pinned", clock.seconds)
            raise
        except BaseException:
            publish.discard(night)
            # The error that stopped the night is the one to tell, also where the warehouse cannot be written any more.
            with suppress(duckdb.Error, WarehouseUnusable):
                report.close_run(night, "failed", clock.seconds)
            raise
        report.close_run(night, "published", clock.seconds)
    return line


@contextmanager
def _opened(landing: Path | None, warehouse: Path | None, business_date: date | None) -> Iterator[Night]:
    """A night on its warehouse, alone and without what dead nights left."""
    settings = Settings()
    readers.rights()
    engine().require()
    night = begin(landing or settings.landing, warehouse or settings.warehouse, business_date)
    require_places(night.landing, night.warehouse)
    os.umask(readers.OWNERS_UMASK)
    night.warehouse.make()
    with alone(night.warehouse):
        publish.discard_dead(night.warehouse)
        rebuild.migrate(night.warehouse)
        report.open_run(night)
        yield night


def _run(night: Night, clock: Clock, accept_volumes: bool) -> str:
    erase.finish_begun(night.warehouse)
    with night.warehouse.held_open():
        landed, examined = _take_in(night, clock)
    candidate = set_aside.settle(night, lambda: _build(night, clock, examined, accept_volumes))
    with night.warehouse.held_open():
        return _give_out(night, clock, landed, candidate, examined)


def _take_in(night: Night, clock: Clock) -> tuple[land.Landed, shares.Examined]:
    clock.time("history", history.record, night.warehouse)
    landed = clock.time("land", land_files, night)
    examined = _examine(night, clock)
    loaded = clock.time("load", load_rows, night, examined.read, quote(examined.checked))
    report.count_run(night, loaded)
    clock.time("archive", _check_archive, night)
    return landed, examined


def _check_archive(night: Night) -> None:
    checked = check_archive(night.warehouse, night.started_at.date())
    report.archive_artifact(checked.files, checked.damages)


def _examine(night: Night, clock: Clock) -> shares.Examined:
    """Two stages one after the other, or, where there is much, both at once for each share of the files."""
    parts = shares.shares(night)
    if len(parts) == 1:
        (share,) = parts
        rows = clock.time("read", read_files, night.warehouse, share.files, share.batch)
        checked = clock.time("validate in", validate_in, night.warehouse, night.business_date, rows)
        examined = shares.Examined(rows, checked)
    else:
        examined = clock.time("read and validate in", read_and_validate, parts)
        clock.divide("read and validate in", examined.seconds)
    examined.tell()
    return examined


def _build(night: Night, clock: Clock, examined: shares.Examined, accept_volumes: bool) -> Path:
    """A candidate that passed the gate. Errors: TransformFailed, GateClosed."""
    clock.time("transform", _transform, night)
    with night.warehouse.held_open():
        candidate: Path = clock.time("assemble", assemble_file, night, clock.seconds)
        clock.time("validate out", validate_out, night, candidate, quote(examined.checked), accept_volumes)
    return candidate


def _give_out(night: Night, clock: Clock, landed: land.Landed, candidate: Path, examined: shares.Examined) -> str:
    clock.time("pages", write_pages, candidate, night.warehouse.render_cache)
    clock.time("downloads", write_downloads, candidate, night.warehouse.render_cache)
    clock.time("publish", publish_file, night)
    line = summary(night, landed)
    clock.time("report", _report, night, line, examined.checked, clock.seconds)
    return line


def _report(night: Night, line: str, checked: Checked, stage_seconds: dict[str, float]) -> None:
    """To senders what they should mend, to operators what the night did."""
    write_returns(night)
    write_report(night, line, quote(checked), stage_seconds)


def _transform(night: Night) -> None:
    """The layers one after the other, of what follows from what changed."""
    changed = changes.changed_inputs(night)
    if not changed:
        transform.LOG.info("transform: files, date and code are those of the last build; nothing to do")
        if not dbt.has_manifest(night):
            dbt.parse(night, write=True)
        return
    plan = transform.prepare(night, changed)
    built = []
    for layer in plan.layers:
        LOG.debug("transform: %s", layer)
        nodes = build_layer(night, layer, quote(plan))
        report.node_artifact(layer, nodes)
        built += nodes
    changes.complete(night, plan.built(built, night.run_id))
