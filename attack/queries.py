"""The queries that stand behind figures of a release: read from its pages, and run on its tables."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import duckdb

from attack.noise import Unreadable
from attack.read import tables

CODE = re.compile(r"<pre[^>]*><code>(.*?)</code></pre>", re.S)
VARIABLE = re.compile(r"set variable (\w+) = '[^']*';")
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(k\b)?")
THOUSAND = 1000

Keys = tuple[tuple[str, str], ...]
"""What a figure is of, by the names that its query has for it."""

Numbers = frozenset[float]
"""Every number in a row, as it is."""


class Queries:
    """Runs queries of a release, each once. compared: how many were run."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self._folder = folder
        self._connection = connection
        self.compared = 0
        self.rows = cache(self._rows)
        self._text = cache(self._read)

    def variables(self, name: str) -> list[str]:
        """The names of a query's parameters, in order."""
        return VARIABLE.findall(self._text(name))

    def _read(self, name: str) -> str:
        path = self._folder / "site" / "queries" / f"{name}.html"
        found = CODE.search(path.read_text(encoding="utf-8")) if path.is_file() else None
        if found is None:
            raise Unreadable(f"{path}: is not there or shows no query, and a figure of the release names it")
        return unescape(found[1])

    def _rows(self, name: str, keys: Keys) -> list[Numbers]:
        """The numbers in each row that a query finds. Errors: Unreadable where it cannot be run."""
        self.compared += 1
        query = VARIABLE.sub("", self._text(name))
        try:
            for key, value in keys:
                self._connection.execute("set variable {} = '{}'".format(key, value.replace("'", "''")))
            return [frozenset(_numbers(row)) for row in self._connection.execute(query).fetchall()]
        except duckdb.Error as problem:
            raise Unreadable(f"{self._folder}: query {name} fails ({str(problem).splitlines()[0]})") from problem


@contextmanager
def queries(folder: Path) -> Iterator[Queries]:
    """The queries of a release. They reach nothing but its tables.

    Errors: Unreadable where the tables cannot be read.
    """
    with tables(folder) as connection:
        connection.execute("use release.public; set enable_external_access = false; set lock_configuration = true")
        yield Queries(folder, connection)


def _numbers(values: Any) -> Iterator[float]:
    for value in values:
        if isinstance(value, str):
            yield from numbers_in(value)
        elif isinstance(value, date):
            yield from (value.day, value.month, value.year)
        elif isinstance(value, list | tuple):
            yield from _numbers(value)
        elif isinstance(value, dict):
            yield from _numbers(value.values())
        elif value is not None:
            yield float(value)


def numbers_in(text: str) -> Iterator[float]:
    """Numbers in a text, 100k among them."""
    for number, thousands in NUMBER.findall(text):
        yield float(number.replace(",", "")) * (THOUSAND if thousands else 1)
