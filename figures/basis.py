"""Whether tables are what they were in another publication: digests of their content, by the queries that read them."""

from collections.abc import Iterable
from typing import Any

import duckdb

from figures.dictionary import Table, tables_in, tables_of
from flows.base.render_cache import code, digest

CONTENTS = "select table_schema || '.' || table_name, content_hash from ops.publication_table"


class Basis:
    """Digests of what figures of one publication are made of. tables: of the edition, by name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.tables = tables_of(connection)
        hashes = _content_hashes(connection)
        self._digests = {
            table.full_name: _digest(table, hashes[table.full_name])
            for table in self.tables
            if table.full_name in hashes
        }

    def of(self, queries: Iterable[str], *more: Any) -> bytes | None:
        """Digest of the code, of what else there is, and of the tables that queries read; None where one is unknown."""
        names = sorted({name for query in queries for name in tables_in(query)})
        if not self._digests.keys() >= set(names):
            return None
        return digest(code(), [(name, self._digests[name]) for name in names], *more)


def _digest(table: Table, content_hash: str) -> bytes:
    """The hash of a table's content does not know what its columns are called."""
    return digest(table, content_hash)


def _content_hashes(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """As the publication records them; a file without `ops.publication_table` has none."""
    told = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'ops' and table_name = 'publication_table'"
    ).fetchall()
    return dict(connection.execute(CONTENTS).fetchall()) if told else {}
