"""The project as dbt parsed it, once for every night that is forked: parsing takes seconds and finds the same.

What parsing does is tested in tests/unit/test_rules.py, and by the nights that are no forks.
"""

import shutil
from pathlib import Path
from typing import Any

from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.warehouse import dbt
from tests.once import once


def share() -> None:
    """Parse the project, and let every process that is forked from this one take what was found."""
    known = Warehouse(once("parsed", _parse))
    manifest = _parsed(known, "--no-write-json")

    def parse(night: Night, write: bool) -> Any:
        if write:
            night.warehouse.dbt_target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(known.manifest, night.warehouse.manifest)
            dbt.share_parsed(known, night.warehouse)
        return manifest

    dbt.parse = parse


def _parse(folder: Path) -> None:
    _parsed(Warehouse(folder))


def _parsed(warehouse: Warehouse, *options: str) -> Any:
    done = dbt.run_dbt(warehouse, ["parse", *options])
    assert done.success, done.exception
    return done.result
