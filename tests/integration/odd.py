"""One warehouse of all that five modules of tests deliver, since building it takes longer than what they ask of it.

What they deliver is apart by kind, key or inspection; each looks at its own.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb

from flows.base.warehouse_paths import Warehouse
from tests.conftest import write_delivery
from tests.integration.models import build_models, take_in
from tests.once import once

MODULES = ("odd_inspections", "odd_performance", "themes_and_needs", "third_framework")
"""Each has its DELIVERIES, by the file's name, which come on the last night of those of `test_replaced`."""


@dataclass(frozen=True)
class Odd:
    """The warehouse, and questions to it."""

    warehouse: Warehouse

    def query(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with duckdb.connect(str(self.warehouse.database), read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()


def odd_warehouse(prepared: Path) -> Odd:
    """The warehouse, built by whichever module asks first."""
    nights, seed_rows = _nights(), _module("third_framework").SEED_ROWS
    content = hashlib.sha256(json.dumps([nights, seed_rows]).encode()).hexdigest()[:12]

    def make(folder: Path) -> None:
        for night in nights:
            for path, text in night.items():
                if text is None:
                    (folder / "landing" / path).unlink()
                else:
                    write_delivery(folder / "landing", path, text)
            take_in(prepared, folder)
        build_models(prepared, folder, seed_rows)

    return Odd(Warehouse(once(f"odd-{content}", make) / "warehouse"))


def _nights() -> list[Mapping[str, str | None]]:
    """What each night finds: text by path, and None where a file was taken away."""
    nights = [*_module("replaced").NIGHTS]
    for name in MODULES:
        deliveries = _module(name).DELIVERIES
        assert not nights[-1].keys() & deliveries.keys()
        nights[-1] = {**nights[-1], **deliveries}
    return nights


def _module(name: str) -> Any:
    return import_module(f"tests.integration.test_{name}")
