"""Which periods and how many areas the rows of a table are of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from figures.show import month

PERIODS = {
    "period_month": "",
    "fieldwork_from": "fieldwork ",
    "as_at": "",
    "period_from": "",
    "performance_year": "",
    "year": "",
}
"""Columns that say of when a row is, the first that a table has; and what is said before them."""

AREA, INSPECTION = "area_code", "inspection_id"
EVERYWHERE = "ENW"
"""Stands in the place of an area's code and is none."""


@dataclass(frozen=True)
class Coverage:
    """periods: in words, empty where rows have none. areas: how many; 0 where rows are of no area."""

    periods: str = ""
    areas: int = 0

    @property
    def words(self) -> str:
        """All of it, such as: April 2004 to March 2005, 42 areas."""
        areas = f"{self.areas} area{'s' if self.areas != 1 else ''}" if self.areas else ""
        return ", ".join(filter(None, (self.periods, areas)))


NOTHING = Coverage()


def coverage_of(connection: duckdb.DuckDBPyConnection, schema: str, name: str, columns: Iterable[str]) -> Coverage:
    """What the rows of a table cover; those of inspections by the inspections that they name."""
    own = {column: f"t.{column}" for column in columns}
    source = f"{schema}.{name} as t"
    if INSPECTION in own and name != "dim_inspection":
        own = {"fieldwork_from": "i.fieldwork_from", AREA: f"i.{AREA}"} | own
        source += f" left join {schema}.dim_inspection as i on t.{INSPECTION} = i.{INSPECTION}"
    period = next((column for column in PERIODS if column in own), None)
    if period is None and AREA not in own:
        return NOTHING
    when, area = own.get(period or "", "null"), own.get(AREA, "null")
    query = f"select min({when}), max({when}), count(distinct nullif({area}, '{EVERYWHERE}')) from {source}"
    ((first, last, areas),) = connection.execute(query).fetchall()
    return Coverage(f"{PERIODS[period]}{_span(first, last)}" if period and first else "", areas)


def _span(first: date | str, last: date | str) -> str:
    ends = [month(each) if isinstance(each, date) else each for each in (first, last)]
    return " to ".join(dict.fromkeys(ends))
