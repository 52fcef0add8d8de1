"""A warehouse with its landing folder, and the command on them as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from expectations.reference import PROJECT
from tests import forked

EXAMPLES = PROJECT / "examples"
CASEBOOK = Path(sys.executable).with_name("casebook")
BUSINESS_DATE = "2026-11-20"
KEY = {"CASEBOOK_CASE_KEY": "a key for the tests"}


@dataclass(frozen=True)
class House:
    """A landing folder and a warehouse, and the command on them, with the tests' own key.

    Its nights run without Prefect, but for those of `command`. pages: whether these nights build pages and downloads;
    a test that looks at neither does without.
    """

    landing: Path
    warehouse: Path
    pages: bool = True

    def casebook(
        self, *arguments: str, env: Mapping[str, str] | None = None, given: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the command in a process that starts at once. given: on its standard input."""
        return forked.casebook(arguments, self.environment(env), given, self.pages)

    def command(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run the command as a user does, with a new interpreter and Prefect's server, which takes seconds."""
        return subprocess.run(
            [CASEBOOK, *arguments], env=self.environment(env), capture_output=True, text=True, check=False
        )

    def environment(self, env: Mapping[str, str] | None = None) -> dict[str, str]:
        """The variables that the command gets."""
        own = {"CASEBOOK_LANDING": str(self.landing), "CASEBOOK_WAREHOUSE": str(self.warehouse), "COLUMNS": "200"}
        return {**os.environ, **own, **KEY, **(env or {})}

    def night(self, env: Mapping[str, str] | None = None) -> str:
        """A night that must be published; returns the line that sums it up."""
        done = self.casebook("nightly", "--date", BUSINESS_DATE, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def night_without_deliveries(self) -> None:
        """A first night that builds and publishes all tables empty, and no pages, which the command refuses to do."""
        done = forked.run(_night_without_deliveries, environment=self.environment())
        assert done.returncode == 0, done.stdout + done.stderr

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """A query of the publication that readers get now."""
        with duckdb.connect(str(self.warehouse.resolve() / "current" / "analyst.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def contents(self) -> dict[str, str]:
        """Content hash of each mart that readers get now and that follows from the deliveries alone."""
        rows = self.ask(
            "select table_name, content_hash from ops.publication_table "
            "where table_schema = 'marts' and not from_history"
        )
        return dict(rows)


def house_in(folder: Path, pages: bool = True) -> House:
    """The house whose landing folder and warehouse are in a folder."""
    return House(folder / "landing", folder / "warehouse", pages)


NewHouse = Callable[[Path], House]


def _night_without_deliveries() -> None:
    from flows.base import places

    setattr(places, "_has_files", lambda _: True)  # noqa: B010 -- mypy refuses the assignment
    forked.command(["nightly", "--date", BUSINESS_DATE], pages=False)


def texts(database: Path) -> Iterator[tuple[str, str]]:
    """Every distinct cell of every column of every table of a DuckDB file, as text, and the column it stands in."""
    with duckdb.connect(str(database), read_only=True) as connection:
        columns = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
        for schema, table, column in columns:
            cells = connection.execute(f'select distinct "{column}"::varchar from "{schema}"."{table}"').fetchall()
            yield from ((f"{schema}.{table}.{column}", cell) for (cell,) in cells if cell)
