"""The gate's own look for identifiers of cases: in the columns of the candidate that hold what senders wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.base.night import Night
from flows.intake.case_key import secret_key
from flows.intake.free_text import Place, named_in
from flows.publish.assemble import PublishedTable

ROWS_NAMED = 5
"""How many delivered rows a sentence names; who must act finds the others beside them."""

SCOPES = {"inspection_id": "inspection", "area_code": "area", "unit_code": "area"}
"""Columns by which a row of a table is of an inspection or an area."""


@dataclass(frozen=True)
class NamedCase:
    """A text of the candidate that names a case. table: with its schema. places: delivered rows that it can be from."""

    table: str
    column: str
    places: tuple[Place, ...]

    def is_in(self, table: str, column: str) -> bool:
        """Whether it is in this column."""
        return (self.table, self.column) == (table, column)

    @property
    def sentence(self) -> str:
        """Where it is and which deliveries it can be from; never the identifier."""
        rows = [f"{place.file_name} row {place.row_number} ({place.header})" for place in self.places[:ROWS_NAMED]]
        more = f" and {len(self.places) - ROWS_NAMED:,} more" if len(self.places) > ROWS_NAMED else ""
        source = f"it comes from {', '.join(rows)}{more}" if rows else "no loaded row with it was found"
        return f"a text in column {self.column} of {self.table} names a case: {source}"


def named_cases(night: Night, candidate: Path, tables: Iterable[PublishedTable]) -> list[NamedCase]:
    """The texts of the candidate that name a case, each table and column with its own."""
    texts: list[tuple[str, str, str, str, str]] = []
    with duckdb.connect(str(candidate), read_only=True) as connection:
        for table in tables:
            texts += [row for column in table.free_texts for row in _texts(connection, table, column)]
    with night.warehouse.connect() as warehouse:
        names = ("table", "column", "source", "scope", "text")
        columns = {name: pa.array([text[at] for text in texts], pa.string()) for at, name in enumerate(names)}
        shown = pa.table({"place": pa.array(range(len(texts)), pa.int64()), **columns})
        found = named_in(
            warehouse, shown.select(["place", "source", "scope", "text"]), secret_key(night.warehouse, warehouse)
        )
    return [NamedCase(*texts[place][:2], places) for place, places in found.items()]


def _texts(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, column: str
) -> list[tuple[str, str, str, str, str]]:
    """Distinct texts of a column with whose they are: the inspection's or the area's, as far as the table says."""
    scope = next((name for name in SCOPES if name in table.columns), None)
    whose, source = (scope, SCOPES[scope]) if scope else ("''", "")
    rows = connection.execute(
        f"select distinct {whose}, {column} from {table.full_name} where {column} is not null"
    ).fetchall()
    return [(table.full_name, column, source, own or "", text) for own, text in rows]
