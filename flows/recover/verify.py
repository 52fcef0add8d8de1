"""Verify: does a publication follow from the inputs it names? It is built from them again and compared."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.base.content_hash import content_query, moved_query
from flows.base.errors import ArchiveIncomplete
from flows.base.night import code_version
from flows.base.warehouse_paths import Warehouse, read_beside, sql_text
from flows.intake.events import ArchivedFile
from flows.intake.register import Register, read_register
from flows.publish.publication import damage
from flows.publish.publish import current_run, kept_file
from flows.recover.replay import Inputs, Replayed, replay, require_bytes, temporary_warehouse, without_erased

HAS_ERASED = "has rows that were erased since; the next night makes it again without them"

LAST_BITS = "same but for last bits"


@dataclass(frozen=True)
class Verdict:
    """The answer: same, same but for last bits, different, rules changed or erased; the sentence that says it."""

    answer: str
    sentence: str

    @property
    def exit_code(self) -> int:
        """Of the command: 0 for the same, also but for last bits; one for each other answer."""
        return {"same": 0, LAST_BITS: 0, "different": 5, "rules changed": 6, "erased": 7}[self.answer]


def verify(warehouse: Warehouse, run_id: str | None) -> Verdict:
    """Compare a kept publication, by default the current one, with what its inputs give now.

    Errors: NothingPublished where it is not kept; ArchiveIncomplete where inputs are gone without a tombstone.
    """
    run_id = current_run(warehouse) if run_id is None else run_id
    register = read_register(warehouse)
    publication = kept_file(warehouse, run_id)
    found = damage(publication)
    if found:
        return Verdict(
            "different",
            f"Publication {run_id} is damaged: no reader should get it (casebook rollback, or a night). ({found})",
        )
    with duckdb.connect(str(publication), read_only=True) as connection:
        erased = erased_inputs(connection, register)
        again = _made_again(connection)
        if erased:
            return Verdict("erased", f"Publication {run_id} {HAS_ERASED} ({', '.join(erased)}).")
        inputs, code = inputs_of(connection, register)
    require_bytes(warehouse, inputs.files)
    with temporary_warehouse(warehouse) as temporary:
        # For which date each delivery came, only the nights know, of which the publication tells. What its tables must
        # hold, a night has tested; here they are compared.
        differing = _differing(publication, replay(temporary, inputs, publication, tested=False))
    return _verdict(f"{run_id}{again}", code, differing)


def _verdict(run_id: str, code: str, differing: dict[str, bool]) -> Verdict:
    """differing: names of tables that are not the same, and whether they differ in more than last bits."""
    moved = [name for name, is_moved in differing.items() if is_moved]
    bits = [name for name, is_moved in differing.items() if not is_moved]
    outcome = f"these tables are different: {', '.join(moved)}" if moved else "every table is the same"
    if bits:
        outcome += f"{'; ' if moved else ' but for '}the last bits of floats in {', '.join(bits)}"
    if code != code_version():
        return Verdict(
            "rules changed",
            f"The rules, or packages that apply them, have changed since publication {run_id} was built "
            f"(code {code}, now {code_version()}). "
            f"Built from its deliveries with the rules of now, {outcome}.",
        )
    answer = "different" if moved else LAST_BITS if bits else "same"
    return Verdict(answer, f"Publication {run_id}, built again from its deliveries: {outcome}.")


def _made_again(connection: duckdb.DuckDBPyConnection) -> str:
    """When and why a publication was made again after an erasure; empty where it is as it was first published."""
    try:
        rows = connection.execute("select made_again_at::date, reason from ops.erasure order by all").fetchall()
    except duckdb.Error:
        return ""
    day, reason = rows[-1]
    return f" (made again on {day} after an erasure: {reason})"


def erased_inputs(connection: duckdb.DuckDBPyConnection, register: Register) -> dict[str, str]:
    """Files whose rows the publication was built from and that were erased, in whole or in part: sentence by name."""
    rows = connection.execute(
        "select file_id, file_name, sha256, rows_landed is not null from ops.load_file order by 1"
    )
    return {
        name: register.erased.get(file_id, register.erased_bytes.get(sha256, ""))
        for file_id, name, sha256, was_read in rows.fetchall()
        if (was_read and file_id in register.erased) or _was_rewritten(register.files.get(file_id), sha256, register)
    }


def _was_rewritten(file: ArchivedFile | None, sha256: str, register: Register) -> bool:
    return file is not None and file.sha256 != sha256 and (file.path, sha256) in register.erased_places


def inputs_of(connection: duckdb.DuckDBPyConnection, register: Register) -> tuple[Inputs, str]:
    """What the publication says that it was built from, without what was erased since; and by which code.

    Errors: ArchiveIncomplete where it does not say so, or the register does not know it.
    """
    try:
        row = connection.execute("select run_id, business_date, case_key_check, code_version from ops.publication")
    except duckdb.CatalogException:
        raise ArchiveIncomplete("The publication is of a version that did not tell what it was built from.") from None
    run_id, business_date, key_check, code = row.fetchall()[0]
    files = dict(connection.execute("select file_id, sha256 from ops.load_file").fetchall())
    known = [
        file
        for file_id, file in register.files.items()
        if file_id in files and (files[file_id] == file.sha256 or _was_rewritten(file, files[file_id], register))
    ]
    if len(known) < len(files):
        raise ArchiveIncomplete(
            f"The archive's register does not know {len(files) - len(known):,} of the deliveries of publication "
            f"{run_id}: restore archive/register.jsonl from its backup."
        )
    files_then = without_erased(known, register)
    decided = register.withdrawn_before(run_id), register.set_aside_in(run_id), register.gone_before(run_id)
    invented = register.invented_before(run_id)
    return Inputs(run_id, business_date, key_check, files_then, *decided, invented), code


def _differing(publication: Path, replayed: Replayed) -> dict[str, bool]:
    """Tables of which the two files do not have the same content, and whether more than last bits of floats differ.

    What tells of earlier nights is left out.
    """
    history = {(table.schema, table.name) for table in replayed.tables if table.from_history}
    then, now = _contents(publication, history), _contents(replayed.file, history)
    unlike = sorted(table for table in then.keys() | now.keys() if then.get(table) != now.get(table))
    with duckdb.connect() as connection:
        for name, file in (("past", publication), ("again", replayed.file)):
            connection.execute(f"attach {sql_text(str(file))} as {name} (read_only)")
        return {f"{schema}.{name}": _is_moved(connection, schema, name) for schema, name in unlike}


def _is_moved(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    columns = [
        connection.execute(
            "select column_name, data_type from duckdb_columns() "
            "where database_name = ? and schema_name = ? and table_name = ? order by column_index",
            [database, schema, name],
        ).fetchall()
        for database in ("past", "again")
    ]
    if columns[0] != columns[1]:
        return True
    try:
        query = moved_query(f'past."{schema}"."{name}"', f'again."{schema}"."{name}"', columns[0])
        return connection.execute(query).fetchall() != [(0,)]
    # A table that is a view of files beside one of the two cannot be read beside the other.
    except duckdb.IOException:
        return True


def _contents(file: Path, left_out: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Content hash by schema and table, of the file as it is now and by the DuckDB of now."""
    with duckdb.connect() as connection:
        read_beside(connection, file)
        connection.execute(f"attach {sql_text(str(file))} as publication (read_only)")
        tables = connection.execute("select table_schema, table_name from publication.ops.publication_table")
        compared = [table for table in tables.fetchall() if table not in left_out]
        rows = connection.execute(content_query(compared, "publication")).fetchall()
    return {(schema, name): f"{count} {content}" for schema, name, count, content in rows}
