"""What a version of Casebook loaded that did not search free text: recorded on the first night of one that does."""

from collections.abc import Iterator
from itertools import groupby

import duckdb

from expectations.deliveries import DELIVERIES
from flows import free_text
from flows.archive import archive_path
from flows.errors import ArchiveIncomplete
from flows.folders import Warehouse, sql_text
from flows.names import DeliveryName, parse_name
from flows.read import NewFile, read

RECORDED = "free_text_recorded"

BYTES_AT_ONCE = 64 << 20
"""Delivered bytes of earlier files that are read again at once."""


def record(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection, case_key: bytes) -> None:
    """Record identifiers and texts of the files that are loaded already, unless that was done.

    The raw tables have no identifiers, so these are read from the archive again. Leaves the table `tonight` as it was.
    Errors: ArchiveIncomplete where bytes are missing.
    """
    if connection.execute("select 1 from intake.setting where name = ?", [RECORDED]).fetchone():
        return
    for files in _in_parts(_loaded(warehouse, connection)):
        connection.execute("insert into tonight (file_id) select unnest(?::bigint[])", [[f.file_id for f in files]])
        _record_identifiers(warehouse, connection, files, case_key)
        for kind in {file.name.kind for file in files}:
            free_text.record_texts(connection, DELIVERIES[kind], case_key)
        connection.execute("delete from tonight")
    connection.execute("insert into intake.setting values (?, 'yes')", [RECORDED])


def _loaded(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection) -> list[NewFile]:
    rows = connection.execute(
        "select file_id, file_name, sha256, size_bytes from intake.file where state = 'loaded' order by kind, file_id"
    ).fetchall()
    named = [(file_id, parse_name(file_name), *of_bytes) for file_id, file_name, *of_bytes in rows]
    return [NewFile(file_id, name, *of_bytes) for file_id, name, *of_bytes in named if isinstance(name, DeliveryName)]


def _in_parts(files: list[NewFile]) -> Iterator[list[NewFile]]:
    """In their order, about `BYTES_AT_ONCE` a part."""
    read_until = 0

    def part(file: NewFile) -> int:
        nonlocal read_until
        read_until += file.size
        return read_until // BYTES_AT_ONCE

    yield from (list(group) for _, group in groupby(files, key=part))


def _record_identifiers(
    warehouse: Warehouse, connection: duckdb.DuckDBPyConnection, files: list[NewFile], case_key: bytes
) -> None:
    naming = [file for file in files if DELIVERIES[file.name.kind].identifier]
    missing = next((file for file in naming if not archive_path(warehouse, file.sha256).exists()), None)
    if missing:
        raise ArchiveIncomplete(
            f"The archive lacks the bytes of {missing.name.kind} {missing.name.key}, whose cases must be known so that "
            "no text names one: restore them from the archive's backup and run the night again."
        )
    if not naming:
        return
    database = warehouse.batches / "earlier.duckdb"
    database.parent.mkdir(parents=True, exist_ok=True)
    database.unlink(missing_ok=True)
    batch = read(warehouse, naming, database).batches[0]
    connection.execute(f"attach {sql_text(str(database))} as earlier (read_only)")
    for kind in batch.kinds:
        free_text.record_identifiers(connection, "earlier", DELIVERIES[kind], case_key)
    connection.execute("detach earlier")
    database.unlink()
