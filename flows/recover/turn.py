"""A night of the deployment waits for its turn: one that finds another at work is no failure.

The warehouse's lock is all that keeps nights apart. The operating system frees it however a night ends, so that there
is no place of a dead night for Prefect to keep taken.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect.client.schemas.objects import FlowRun
from prefect.context import FlowRunContext
from prefect.states import Completed

from flows.base.errors import AnotherNightRunning
from flows.base.night import started
from flows.base.settings import Settings
from flows.base.warehouse_paths import Warehouse
from flows.publish import publish
from flows.recover import stop

LOG = logging.getLogger("casebook.turn")

SECONDS_BETWEEN_LOOKS = 20
MOST_SECONDS = 6 * 3600
SECONDS_TO_REPORT = 120
SKIPPED = "Skipped"
"""State of a flow run that had nothing to do: it counts as completed, and nobody is alarmed."""

P = ParamSpec("P")
R = TypeVar("R")


def in_turn(night: Callable[P, R]) -> Callable[P, R]:
    """The night, which waits where it is a deployment's. By command it says at once that another is running."""

    @wraps(night)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> Any:
        run = _deployed()
        if run is None:
            return night(*args, **kwargs)
        given = signature(night).bind(*args, **kwargs).arguments
        warehouse = Warehouse(Path(given.get("warehouse") or Settings().warehouse).absolute())
        try:
            return _wait(run, warehouse, lambda: night(*args, **kwargs))
        finally:
            # What is left is to say so to Prefect's server, which may be gone.
            stop.leave_within(SECONDS_TO_REPORT, 1)

    return waiting


def _wait(run: FlowRun, warehouse: Warehouse, night: Callable[[], Any]) -> Any:
    """What the night returns once it has the warehouse to itself, or the state Skipped."""
    deadline, level = time.monotonic() + MOST_SECONDS, logging.INFO
    while True:
        done = _passed_by(run, warehouse)
        if done:
            return _skipped(f"The night {done} began after this one was due and has published: nothing is left to do.")
        try:
            return night()
        except AnotherNightRunning as busy:
            if time.monotonic() > deadline:
                return _skipped(f"{busy} It waited {MOST_SECONDS // 3600} hours.")
            LOG.log(level, "waits: another night, or a command, is at work on %s", warehouse.root)
            level = logging.DEBUG
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _passed_by(run: FlowRun, warehouse: Warehouse) -> str | None:
    """The newest publication, where its night began after this run was due. A run by hand has its own reasons."""
    runs = publish.publications(warehouse)
    due = run.expected_start_time
    if not runs or due is None or not run.auto_scheduled or run.run_count > 1:
        return None
    return runs[-1] if started(runs[-1]) >= due.astimezone(UTC) else None


def _skipped(sentence: str) -> Any:
    LOG.info("skipped: %s", sentence)
    return Completed(name=SKIPPED, message=sentence)


def _deployed() -> FlowRun | None:
    """The flow run, where it is a deployment's."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    return run if run and run.deployment_id else None
