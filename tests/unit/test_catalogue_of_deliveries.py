"""Each outcome that docs/reference/deliveries.md promises names a test that shows it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from expectations.dictionary import MARK, PAGE
from flows.base.settings import PROJECT

HEADER = "| what is odd | what happens | what to do | tested by |"
NODE = re.compile(r"`(tests/(?:hostile|unit|recover|integration)/\w+\.py)::(test_\w+)`")


def rows(page: str) -> list[list[str]]:
    """Cells of every row of the catalogue's tables, header and rule left out."""
    by_hand, _, _ = page.partition(MARK)
    found = []
    for table in by_hand.split(HEADER)[1:]:
        for line in table.strip().splitlines()[1:]:
            if not line.startswith("|"):
                break
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def untested(row: list[str]) -> list[str]:
    """What is wrong with a row: empty cells, no test named, or tests that are not there."""
    if len(row) != 4 or not all(row):
        return [f"{row[0]}: every row has four cells, none of them empty"]
    nodes = NODE.findall(row[3])
    if NODE.sub("", row[3]).strip(", ") or not nodes:
        return [f"{row[0]}: tests are named as `tests/hostile/test_x.py::test_y`"]
    return [f"{row[0]}: there is no {path}::{name}" for path, name in nodes if name not in functions_in(PROJECT / path)]


@cache
def functions_in(file: Path) -> frozenset[str]:
    """Test functions of a file by name."""
    return frozenset(_functions(file)) if file.exists() else frozenset()


def _functions(file: Path) -> Iterator[str]:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name


def test_every_outcome_of_the_catalogue_names_a_test_that_is_there() -> None:
    catalogue = rows(PAGE.read_text(encoding="utf-8"))
    assert len(catalogue) > 40
    assert [wrong for row in catalogue for wrong in untested(row)] == []


def test_no_outcome_is_listed_twice() -> None:
    odd = [row[0] for row in rows(PAGE.read_text(encoding="utf-8"))]
    assert len(set(odd)) == len(odd)


HERE = "tests/unit/test_catalogue_of_deliveries.py"


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (["odd", "happens", "do", f"`{HERE}::test_that_never_was`"], "there is no"),
        (["odd", "happens", "do", "`tests/hostile/test_nowhere.py::test_x`"], "there is no"),
        (["odd", "happens", "do", "by hand"], "tests are named as"),
        (["odd", "happens", "do", f"`{HERE}::test_no_outcome_is_listed_twice`, soon"], "tests are named as"),
        (["odd", "happens", "", f"`{HERE}::test_no_outcome_is_listed_twice`"], "four cells"),
        (["odd", "happens", "do"], "four cells"),
    ],
)
def test_a_row_without_its_test_is_found_out(row: list[str], wrong: str) -> None:
    (found,) = untested(row)
    assert wrong in found


def test_a_row_is_read_as_it_is_written() -> None:
    page = f"{HEADER}\n| --- | --- | --- | --- |\n| a `b` | c | d | `{HERE}::test_x` |\n\nText.\n| no | row |\n"
    assert rows(page) == [["a `b`", "c", "d", f"`{HERE}::test_x`"]]
