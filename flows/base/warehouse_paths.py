"""The folders of a warehouse: where everything stands, made on first use."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from flows.base.errors import WarehouseUnusable
from flows.base.intake_tables import SCHEMA_VERSION, create_tables, has_layout, is_new, schema_version
from flows.base.settings import Settings

OWNER_ONLY = 0o700

ANALYST_FILE = "analyst.duckdb"
"""The file of a publication that analysts read."""

PUBLIC_FILE = "public.duckdb"
"""The file of a release that everyone may read."""

DAMAGE = (
    *("not a valid DuckDB database file", "Corrupt database file", "Could not read enough bytes"),
    *("Serialization Error", "WAL file"),
)
"""What DuckDB says of a file that it cannot read, as it does not of one that is locked or may not be opened."""


@dataclass(frozen=True)
class Warehouse:
    """A warehouse by its root folder. `restricted/` is its owner's only; `published/` and `current` are for readers.

    source: the root whose archive and case key a temporary warehouse uses instead of its own.
    """

    root: Path
    source: Path | None = None

    @property
    def restricted(self) -> Path:
        return self.root / "restricted"

    @property
    def archive(self) -> Path:
        """Every delivery's bytes, by their sha256."""
        return (self.source or self.root) / "restricted" / "archive"

    @property
    def seen(self) -> Path:
        """Fingerprints of what stands in the landing folder."""
        return self.restricted / "seen.json"

    @property
    def register(self) -> Path:
        """What each archived file was."""
        return self.archive / "register.jsonl"

    @property
    def head(self) -> Path:
        """The last line of the register that was written whole."""
        return self.archive / "register.head"

    @property
    def database(self) -> Path:
        return self.restricted / "warehouse.duckdb"

    @property
    def batches(self) -> Path:
        """Tonight's new rows as text, until the next night: a folder of its own for each night."""
        return self.restricted / "batch"

    @property
    def returns(self) -> Path:
        """What each sender is to mend: a CSV a file with trouble. Shows rows as delivered."""
        return self.restricted / "returns"

    @property
    def temporary(self) -> Path:
        return self.restricted / "tmp"

    @property
    def key_file(self) -> Path:
        return (self.source or self.root) / "restricted" / "case_key.secret"

    @property
    def erased_cases(self) -> Path:
        """Tombstones of erased cases, a second time beside the register's."""
        return (self.source or self.root) / "restricted" / "erased_cases.jsonl"

    @property
    def prefect_auth_file(self) -> Path:
        """What Prefect's API asks of whoever uses it."""
        return self.restricted / "prefect_auth.secret"

    @property
    def lock_file(self) -> Path:
        return self.restricted / "night.lock"

    @property
    def pin_file(self) -> Path:
        """There while a rollback keeps readers on an earlier publication; holds its run id."""
        return self.restricted / "pinned"

    @property
    def as_of(self) -> Path:
        """Publications of past dates that were rebuilt for a question."""
        return self.restricted / "as_of"

    @property
    def render_cache(self) -> Path:
        """Pages and downloads of earlier nights to be reused; like them, for people with access."""
        return self.restricted / "render_cache"

    @property
    def dbt_target(self) -> Path:
        return self.restricted / "dbt"

    @property
    def manifest(self) -> Path:
        """What dbt knew of the project when the warehouse was built."""
        return self.dbt_target / "manifest.json"

    @property
    def quality(self) -> Path:
        """The Data Docs of the last night: a symlink to their folder."""
        return self.restricted / "quality"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def current(self) -> Path:
        """The symlink readers follow."""
        return self.root / "current"

    @property
    def releases(self) -> Path:
        """What everyone may read: a folder for each release, and their index."""
        return self.root / "releases"

    def make(self) -> None:
        """Make the folders that are missing; `restricted/` with owner-only rights, also where it was there.

        Errors: WarehouseUnusable where there can be no such folder.
        """
        try:
            for folder in (self.restricted, self.archive, self.temporary, self.published):
                folder.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise WarehouseUnusable(f"The warehouse and its folders cannot be made at {self.root}: {why}.") from error
        self.restricted.chmod(OWNER_ONLY)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """The restricted warehouse, with its intake and raw tables.

        Errors: WarehouseUnusable where its file is damaged, or another version of Casebook left it.
        """
        with damage_told():
            connection = connect(self.database, self)
            try:
                _require_tables(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    @contextmanager
    def held_open(self) -> Iterator[None]:
        """It stays open while stages open it one after the other, which each would take a while."""
        connection = self.connect()
        try:
            yield
        finally:
            connection.close()


def _require_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of a new warehouse. Errors: WarehouseUnusable where another version of Casebook left them."""
    if is_new(connection):
        create_tables(connection)
    version = schema_version(connection)
    if version > SCHEMA_VERSION:
        raise WarehouseUnusable(
            f"A newer version of Casebook made this warehouse (its tables are of version {version}, those of this one "
            f"of version {SCHEMA_VERSION}): use that version, or go back with `casebook rebuild`."
        )
    if version < SCHEMA_VERSION or not has_layout(connection):
        raise WarehouseUnusable(
            "An earlier version of Casebook left this warehouse: run a night, which first rebuilds it from its archive."
        )


@contextmanager
def damage_told() -> Iterator[None]:
    """Say what to do where DuckDB finds the restricted warehouse's file damaged, whichever library passes it on.

    Errors: WarehouseUnusable.
    """
    try:
        yield
    except WarehouseUnusable:
        raise
    except Exception as error:
        if not any(sign in str(error) for sign in DAMAGE):
            raise
        raise WarehouseUnusable(
            "The restricted warehouse's file is damaged: run `casebook rebuild`, which makes it again from the "
            f"archive, then the night again. (It was found so by: {str(error).splitlines()[0]})"
        ) from error


def duckdb_config(warehouse: Warehouse, processes: int = 1) -> dict[str, Any]:
    """What the settings give the night of the machine, spilling into the restricted folder.

    processes: how many use it at once and each get an equal part.
    """
    settings = Settings()
    return {
        "threads": max(settings.threads // processes, 1),
        "memory_limit": _part(settings.memory, processes),
        "temp_directory": str(warehouse.temporary),
        "preserve_insertion_order": False,
    }


def _part(memory: str, processes: int) -> str:
    """Of an amount as DuckDB spells it; what is spelt otherwise is left to DuckDB to refuse."""
    amount = re.fullmatch(r"\s*([0-9.]+)\s*([A-Za-z]+)\s*", memory)
    return f"{float(amount[1]) / processes:.3f}{amount[2]}" if amount else memory


def connect(path: Path, warehouse: Warehouse, processes: int = 1) -> duckdb.DuckDBPyConnection:
    """A connection to one of the night's own files. processes: see `duckdb_config`."""
    connection = duckdb.connect(str(path), config=duckdb_config(warehouse, processes))
    # The night shows progress itself; DuckDB's bar would be drawn across it on a terminal.
    connection.execute("set enable_progress_bar = false")
    return connection


def open_public(file: Path, read_only: bool = True, **config: Any) -> duckdb.DuckDBPyConnection:
    """A connection to the file of a release. It is attached under another name than its own.

    DuckDB calls a file that is opened directly by its name, so that `public.<table>` could be a table of the file or of
    its schema, and is refused as ambiguous.
    """
    connection = duckdb.connect(config=config)
    connection.execute(f"attach {sql_text(str(file))} as release{' (read_only)' if read_only else ''}")
    connection.execute("use release")
    return connection


def read_beside(connection: duckdb.DuckDBPyConnection, publication: Path) -> None:
    """Let views of an analysts' file find the Parquet files that they read, beside it."""
    connection.execute(f"set file_search_path = {sql_text(str(publication.parent))}")


def sql_text(text: str) -> str:
    """Text as a SQL literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def sync_file(path: Path) -> None:
    """A file's content on disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def write_durably(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all; on disk with its name when this returns."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    sync_file(part)
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The names in a folder on disk, after a rename."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
