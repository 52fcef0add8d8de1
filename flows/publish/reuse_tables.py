"""Carry over: tables of the last publication that no night has built since stay in its file, which is copied whole.

Sorting and writing a table anew takes many times longer. What the earlier file holds is not taken on trust: its tables
are those that its night fingerprinted, or they are written anew.
"""

import logging
import shutil
from pathlib import Path

import duckdb

from flows.base.content_hash import content_query
from flows.base.warehouse_paths import Warehouse, sql_text
from flows.publish.publish import publications, published_file
from flows.warehouse.changes import built_by

LOG = logging.getLogger("casebook.carry")

UNKNOWN = "~"
"""Sorts after every run id: a table of which nobody knows which run built it."""


def carry_over(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, candidate: Path, sources: dict[str, str]
) -> set[str]:
    """The tables that the candidate has already; where there are none, no file was made.

    sources: of each published table the one of the restricted warehouse that it is copied from.
    """
    earlier = _last_publication(connection, warehouse)
    built = built_by(connection)
    unchanged = {table for table, source in sources.items() if built.get(source, UNKNOWN) <= earlier}
    if not unchanged:
        return set()
    try:
        shutil.copyfile(published_file(warehouse, earlier), candidate)
        connection.execute(f"attach {sql_text(str(candidate))} as candidate")
        try:
            return _keep(connection, unchanged)
        finally:
            connection.execute("detach candidate")
    except (duckdb.Error, OSError) as error:
        LOG.warning("assemble: nothing is carried over from %s, which cannot be read: %s", earlier, error)
        candidate.unlink(missing_ok=True)
        return set()


def _last_publication(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> str:
    """Run id of the newest publication, if this warehouse built it and is not an older one that was brought back."""
    newest = publications(warehouse)[-1:]
    known = connection.execute("select run_id from intake.run where run_id in (select unnest(?))", [newest]).fetchone()
    return str(known[0]) if known else ""


def _keep(connection: duckdb.DuckDBPyConnection, unchanged: set[str]) -> set[str]:
    """Drop from the copied file what is not unchanged, or is not what was fingerprinted. Returns what stays."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'candidate'"
    ).fetchall()
    compared = [(schema, name) for schema, name in tables if f"{schema}.{name}" in unchanged]
    stay = _as_fingerprinted(connection, compared) if compared else set()
    for schema, name in tables:
        if f"{schema}.{name}" not in stay:
            connection.execute(f"drop table candidate.{schema}.{name}")
    return stay


def _as_fingerprinted(connection: duckdb.DuckDBPyConnection, tables: list[tuple[str, str]]) -> set[str]:
    rows = connection.execute(
        f"""
        select table_schema || '.' || table_name
        from ({content_query(tables, "candidate")})
        semi join candidate.ops.publication_table using (table_schema, table_name, content_hash)
        """
    )
    return {table for (table,) in rows.fetchall()}
