"""The folders of a warehouse: where everything stands, made on first use."""

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.intake import create_tables
from flows.settings import Settings

OWNER_ONLY = 0o700


@dataclass(frozen=True)
class Warehouse:
    """A warehouse by its root folder. `restricted/` is its owner's only; `published/` and `current` are for readers."""

    root: Path

    @property
    def restricted(self) -> Path:
        return self.root / "restricted"

    @property
    def archive(self) -> Path:
        """Every delivery's bytes, by their sha256."""
        return self.restricted / "archive"

    @property
    def database(self) -> Path:
        return self.restricted / "warehouse.duckdb"

    @property
    def batch(self) -> Path:
        """Tonight's new rows as text, until they are loaded."""
        return self.restricted / "batch.duckdb"

    @property
    def temporary(self) -> Path:
        return self.restricted / "tmp"

    @property
    def key_file(self) -> Path:
        return self.restricted / "case_key.secret"

    @property
    def lock_file(self) -> Path:
        return self.restricted / "night.lock"

    @property
    def pin_file(self) -> Path:
        """There while a rollback keeps readers on an earlier publication; holds its run id."""
        return self.restricted / "pinned"

    @property
    def dbt_target(self) -> Path:
        return self.restricted / "dbt"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def current(self) -> Path:
        """The symlink readers follow."""
        return self.root / "current"

    def make(self) -> None:
        """Make the folders that are missing; `restricted/` with owner-only rights, also where it was there."""
        for folder in (self.restricted, self.archive, self.temporary, self.published):
            folder.mkdir(parents=True, exist_ok=True)
        os.chmod(self.restricted, OWNER_ONLY)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """The restricted warehouse, with its intake and raw tables."""
        connection = connect(self.database, self)
        create_tables(connection)
        return connection


def duckdb_config(warehouse: Warehouse) -> dict[str, str | int | bool]:
    """The machine's share that the settings give the night, spilling into the restricted folder."""
    settings = Settings()
    return {
        "threads": settings.threads,
        "memory_limit": settings.memory,
        "temp_directory": str(warehouse.temporary),
        "preserve_insertion_order": False,
    }


def connect(path: Path, warehouse: Warehouse) -> duckdb.DuckDBPyConnection:
    """A connection to one of the night's own files."""
    return duckdb.connect(str(path), config=duckdb_config(warehouse))


def sql_text(text: str) -> str:
    """Text as a SQL literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"
