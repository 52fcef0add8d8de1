"""Keys of figures: digests of what they are made of, by the tables that their queries read."""

from collections.abc import Iterable
from typing import Any

import duckdb

from figures.dictionary import Table, tables_in, tables_of
from flows.base.render_cache import code, digest

CONTENTS = "select table_schema || '.' || table_name, content_hash from ops.publication_table"


class Sources:
    """The tables of one publication and the digests of their content. tables: of the edition."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.tables = tables_of(connection)
        hashes = _content_hashes(connection)
        self._digests = {
            table.full_name: _digest(table, hashes[table.full_name])
            for table in self.tables
            if table.full_name in hashes
        }

    def key(self, queries: Iterable[str], *more: Any) -> str:
        """Digest of code, tables that queries read and what else there is; empty where a table's content is unknown."""
        names = sorted({name for query in queries for name in tables_in(query)})
        if not self._digests.keys() >= set(names):
            return ""
        return digest(code(), [(name, self._digests[name]) for name in names], *more)


def _digest(table: Table, content_hash: str) -> str:
    """The hash of a table's content does not cover the names of its columns."""
    return digest(table, content_hash)


def _content_hashes(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """As the publication records them; a file without `ops.publication_table` has none."""
    recorded = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'ops' and table_name = 'publication_table'"
    ).fetchall()
    return dict(connection.execute(CONTENTS).fetchall()) if recorded else {}
