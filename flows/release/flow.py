"""Releases as flows of Prefect's: one drafts and checks, another publishes what a person has looked at in between.

Neither is on a schedule, and neither waits for anybody.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect import flow

from flows.base import machine_errors
from flows.base.settings import Settings
from flows.base.warehouse_paths import Warehouse
from flows.publish import readers
from flows.release.check import check
from flows.release.draft import draft
from flows.release.manifest import programme_years
from flows.release.publish import publish

logging.getLogger("casebook").setLevel(logging.INFO)


@flow(name="release-draft", flow_run_name="draft {name}", log_prints=False)
def draft_release(
    name: str, notes: Path, run: str | None = None, revise: list[int] | None = None, warehouse: Path | None = None
) -> str:
    """Draft a release and check it; returns what the attack found. Errors: CasebookError, with what to do."""
    with _warehouse(warehouse) as where:
        draft(where, name, notes, run, programme_years(revise or ()))
        return check(where, name)


@flow(name="release-publish", flow_run_name="publish {name}", log_prints=False)
def publish_release(name: str, warehouse: Path | None = None) -> str:
    """Publish a draft that was checked; returns where. Errors: CasebookError, with what to do."""
    with _warehouse(warehouse) as where:
        publish(where, name)
        return str(where.releases / name)


@contextmanager
def _warehouse(folder: Path | None) -> Iterator[Warehouse]:
    os.umask(readers.OWNERS_UMASK)
    with machine_errors.told():
        yield Warehouse((folder or Settings().warehouse).absolute())
