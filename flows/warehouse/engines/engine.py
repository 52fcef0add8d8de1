"""Engine: where dbt builds the models. The one place that knows that there is more than one.

DuckDB builds in the restricted warehouse's own file, where tables stay for the next night. Spark is in `spark.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import duckdb

from flows.base.night import Night
from flows.base.settings import Settings
from flows.base.warehouse_paths import Warehouse

if TYPE_CHECKING:
    from flows.warehouse.published_tables import PublishedTable


class Engine(Protocol):
    """What the night asks of an engine.

    target: dbt's name of it. packages: those of its own. keeps_tables: what was built is there the next night, which
    builds only what follows from what changed.
    """

    target: str
    packages: tuple[str, ...]
    keeps_tables: bool

    def require(self) -> None:
        """Refuse a night that could not build. Errors: EngineMissing."""

    def environment(self, warehouse: Warehouse) -> dict[str, str]:
        """What its target in profiles/profiles.yml takes from the environment."""
        ...

    def start(self, night: Night) -> None:
        """Make ready for the models: what was loaded is where they find it. Errors: EngineMissing."""

    def let_go(self) -> None:
        """After each command of dbt."""

    def bring_back(self, night: Night, table: str) -> None:
        """Between commands of dbt: a table that was built (schema.name) is in the restricted warehouse's file."""

    def hand_back(self, night: Night, tables: list[PublishedTable], folder: Path) -> list[PublishedTable]:
        """After the last command of dbt: the tables with their sources as the restricted warehouse's file reads them.

        folder: the publication that is being put together.
        """
        ...

    def finish(self, night: Night, candidate: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """Add what it publishes beside the analysts' file. candidate: a connection to which that is attached."""


class DuckDB:
    """dbt builds in the restricted warehouse's file."""

    target = "duckdb"
    packages: tuple[str, ...] = ("dbt-duckdb",)
    keeps_tables = True

    def require(self) -> None:
        """It is always there."""

    def environment(self, warehouse: Warehouse) -> dict[str, str]:
        """The file, and the machine's share."""
        settings = Settings()
        return {
            "CASEBOOK_DUCKDB": str(warehouse.database),
            "CASEBOOK_TEMP": str(warehouse.temporary),
            "CASEBOOK_THREADS": str(settings.threads),
            "CASEBOOK_MEMORY": settings.memory,
        }

    def start(self, night: Night) -> None:
        """Everything is in the file already."""

    def let_go(self) -> None:
        """dbt keeps the database's lock after it returns."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        DuckDBConnectionManager.close_all_connections()

    def bring_back(self, night: Night, table: str) -> None:
        """It is there already."""

    def hand_back(self, night: Night, tables: list[PublishedTable], folder: Path) -> list[PublishedTable]:
        """They are in the file already."""
        return tables

    def finish(self, night: Night, candidate: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """The analysts' file is all there is."""


def engine() -> Engine:
    """The engine of the settings."""
    if Settings().engine == "spark":
        # Loaded here: nobody else needs it.
        from flows.warehouse.engines.spark import Spark

        return Spark()
    return DuckDB()
