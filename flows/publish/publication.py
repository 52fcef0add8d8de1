"""A publication's file, open for queries that can do nothing but read it, and whether it can be read at all."""

from collections.abc import Iterator
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from flows.base.content_hash import content_query
from flows.base.errors import NoPermission, PublicationDamaged
from flows.base.machine_errors import user
from flows.base.warehouse_paths import DAMAGE, read_beside, sql_text

PARQUET_DAMAGE = ("No magic bytes found", "Snappy decompression", "ZSTD Decompression", "Invalid Parquet", "TProtocol")

CLOSED = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set python_enable_replacements = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
"""No network, no extensions, no files but those named before, no variables of Python, and nothing to undo it."""


@contextmanager
def reading(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a publication's file that reads it and the Parquet files beside it, and nothing else.

    The working folder is the publication's while it is open: DuckDB looks there first for the files of its views.

    Raises:
        PublicationDamaged: DuckDB finds the file damaged, now or in any query until it is closed.
        NoPermission: the user may not read it.
    """
    require_readable(file)
    try:
        with (
            _spilling() as spill,
            chdir(file.parent),
            duckdb.connect(str(file), read_only=True) as connection,
        ):
            _close(connection, file, spill)
            yield connection
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        raise PublicationDamaged(
            f"The publication {file.parent.name} is damaged: readers get an earlier one with `casebook rollback`, a "
            f"new one with the next night, which does not need it (casebook nightly). ({first_line(error)})"
        ) from None


@contextmanager
def _spilling() -> Iterator[str]:
    """A folder for what does not fit into memory: never one beside the publication. Empty where none can be made."""
    try:
        folder = TemporaryDirectory(prefix="casebook-")
    except OSError:
        yield ""
        return
    with folder as name:
        yield name


def damage(file: Path) -> str | None:
    """The error of DuckDB for a publication that it cannot read to the end, or None where every row can be read."""
    try:
        with reading(file) as connection:
            tables = connection.execute(
                "select table_schema, table_name from information_schema.tables "
                "where table_catalog = current_database() and table_schema not in ('information_schema', 'pg_catalog')"
            ).fetchall()
            (database,) = connection.execute("select current_database()").fetchall()[0]
            if tables:
                connection.execute(content_query(tables, f'"{database}"')).fetchall()
    except (duckdb.Error, PublicationDamaged) as error:
        return first_line(error)
    return None


def opens(file: Path) -> bool:
    """Whether a publication can be opened and lists its tables: a quick look, which does not read every row."""
    try:
        with reading(file) as connection:
            connection.execute("select count(*) from duckdb_tables()").fetchall()
    except (duckdb.Error, PublicationDamaged):
        return False
    return True


def has_public_schema(file: Path) -> bool:
    """Whether an earlier version made it, with a schema `public` whose suppressed figures could be recovered."""
    try:
        with reading(file) as connection:
            return bool(connection.execute("select 1 from duckdb_tables() where schema_name = 'public'").fetchall())
    except (duckdb.Error, PublicationDamaged):
        return False


def is_damage(error: duckdb.Error) -> bool:
    """Whether an error is of a file that is damaged, not of the query."""
    words = str(error)
    return isinstance(error, duckdb.FatalException) or any(sign in words for sign in (*DAMAGE, *PARQUET_DAMAGE))


def first_line(error: Exception) -> str:
    """DuckDB's words, without what it adds for its own developers."""
    return str(error).split("\n", 1)[0]


def may_not_read(file: Path) -> NoPermission:
    """What to say to a user who may not read a publication."""
    return NoPermission(f"{user()} may not read {file}: ask to be made a member of the group that reads the warehouse.")


def require_readable(file: Path) -> None:
    """Errors: NoPermission where the user may not read it, PublicationDamaged where nobody can."""
    try:
        with file.open("rb"):
            pass
    except PermissionError:
        raise may_not_read(file) from None
    except OSError as error:
        raise PublicationDamaged(f"{file} cannot be read: {error.strerror}.") from None


def _close(connection: duckdb.DuckDBPyConnection, file: Path, spill: str) -> None:
    """Leave the connection what it needs to answer queries."""
    read_beside(connection, file)
    with suppress(duckdb.CatalogException):
        connection.execute("set search_path = 'marts,ops'")
    connection.execute(f"set temp_directory = {sql_text(spill)}")
    parquet = file.parent.resolve() / "parquet"
    if parquet.is_dir():
        connection.execute(f"set allowed_directories = [{sql_text(str(parquet))}]")
    for setting in CLOSED:
        connection.execute(setting)
