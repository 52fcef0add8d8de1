"""How the attack reads tables, and what a rounded rate says."""

from typing import Any

import duckdb

from tests.attack.solver import Knowledge, Name

HALF = 0.005
"""Rounded to the whole per cent."""


class Tables:
    """The tables that are read: `public`, or `marts` for the truth to compare with."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, schema: str) -> None:
        self.connection, self.schema = connection, schema

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query that writes `public.` before its tables."""
        return self.connection.execute(sql.replace("public.", f"{self.schema}.")).fetchall()


def follow_rate(
    knowledge: Knowledge, numerator: Name, denominator: Name, rate: float | None, half: float = 1e-9
) -> None:
    """The numerator is the rate times the denominator, to within what rounding leaves open."""
    if rate is not None:
        knowledge.relate({numerator: 1, denominator: -(rate - half)}, 0, float("inf"))
        knowledge.relate({numerator: 1, denominator: -(rate + half)}, -float("inf"), 0)
