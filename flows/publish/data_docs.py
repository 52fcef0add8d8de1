"""Quality: the night's Data Docs in the restricted folder, replaced as a whole."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.base.night import Night
from flows.base.warehouse_paths import OWNER_ONLY, Warehouse

if TYPE_CHECKING:
    from expectations.engine import RuleResult

LOG = logging.getLogger("casebook.quality")

NIGHTS_SHOWN = 30
"""How many nights with deliveries the trend goes back; `ops.quality_result` has all of them."""


def write_documents(night: Night, suites: Mapping[str, Sequence[RuleResult]]) -> None:
    """Data Docs of what was checked tonight, by suite, instead of those of the night before.

    Nothing is raised: readers must get their figures also where the pages about them cannot be written.
    """
    from expectations import documents

    # The gate judges again where deliveries are set aside, and each time needs a folder of its own.
    folder = night.warehouse.restricted / f".quality-{night.run_id}-{time.monotonic_ns()}"
    try:
        folder.mkdir(mode=OWNER_ONLY)
        documents.write(folder, night.run_id, {name: found for name, found in suites.items() if found}, _trend(night))
        _show(night.warehouse, folder)
    except Exception as error:
        LOG.warning("quality: the Data Docs of this night could not be written: %s", error)
        shutil.rmtree(folder, ignore_errors=True)


def _trend(night: Night) -> list[tuple[object, ...]]:
    with night.warehouse.connect() as connection:
        return connection.execute(
            """
            with nights as (
                select run_id from intake.quality_result group by run_id order by run_id desc limit ?
            )
            select
                run.business_date,
                suite,
                max(rows_checked),
                coalesce(sum(rows_failing) filter (severity = 'critical'), 0)::bigint,
                coalesce(sum(rows_failing) filter (severity = 'warning'), 0)::bigint,
                coalesce(sum(rows_failing) filter (severity = 'info'), 0)::bigint
            from intake.quality_result
            semi join nights using (run_id)
            inner join intake.run using (run_id)
            group by run_id, run.business_date, suite
            order by run_id desc, suite
            """,
            [NIGHTS_SHOWN],
        ).fetchall()


def _show(warehouse: Warehouse, folder: Path) -> None:
    """Swap one symlink, so that the pages are of one night; then clear those of others."""
    link = warehouse.quality
    if link.is_dir() and not link.is_symlink():
        # A copy of the warehouse that followed its links.
        shutil.rmtree(link)
    following = warehouse.restricted / ".quality-next"
    following.unlink(missing_ok=True)
    following.symlink_to(folder.name)
    following.replace(link)
    for old in warehouse.restricted.glob(".quality-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
