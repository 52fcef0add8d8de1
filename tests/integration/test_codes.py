"""Every column of codes has its lookup: a dimension, a title beside it, or `dim_category`."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.houses import House

CODE = re.compile(r"[a-z]+\d*(_[a-z\d]+)+|[A-Z]{1,6}(_[A-Z]+)*")
"""What is no word: `case_file`, `DTTO`."""

IN_DIMENSIONS = {
    *("area_code", "measure_code", "framework_code", "section_code", "criterion_code", "question_code", "thread_code"),
    *("inspection_id", "sample_group", "theme_code", "nation_code", "category", "code", "overall_code", "unit_code"),
    *("pool_code", "measure_codes"),
}
"""Keys of dimensions, by whose name they are found there: `code` in dim_part, `category` in dim_category."""

BESIDE = {"design_part": "part_title", "part_code": "part_title", "rule": "sentence"}
"""Columns whose words stand in another of the same table, where its name is not that of the column and `_title`."""

CHARACTERISTICS = {
    "pooled_reliability": "reliability",
    "risk_of_harm_inspector": "risk_of_harm",
    "risk_of_harm_manager": "risk_of_harm",
    "suite": "kind",
}
"""Columns whose codes are listed under another name."""

NO_CODES = {"addressed_to", "table_name"}
"""Words of senders, and names."""

WORDS_OF_TABLES = {("fct_caseload", "item"), ("fct_unpaid_work", "item")}
"""Items of published tables, as they are printed."""


def columns_with(house: House) -> dict[str, dict[str, set[str]]]:
    """The values of each column of text of each table and view that analysts read, a list taken apart."""
    found: dict[str, dict[str, set[str]]] = {}
    columns = house.ask(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where schema_name in ('marts', 'ops') and data_type = 'VARCHAR' and table_name <> 'dim_category'"
    )
    for schema, table, column in columns:
        values = house.ask(f"select distinct unnest(string_split(\"{column}\", ';')) from {schema}.{table} limit 200")
        found.setdefault(table, {})[column] = {value for (value,) in values}
    return found


def is_elsewhere(table: str, column: str, columns: Iterable[str]) -> bool:
    """Whether a code is explained by a dimension or beside it, or is none."""
    beside = BESIDE.get(column, f"{column}_title") in columns
    return beside or column in IN_DIMENSIONS | NO_CODES or (table, column) in WORDS_OF_TABLES


def without_lookup(tables: dict[str, dict[str, set[str]]], listed: set[tuple[str, str]]) -> set[tuple[str, str, str]]:
    """Codes that nothing explains: table, column and code."""
    return {
        (table, column, value)
        for table, columns in tables.items()
        for column, values in columns.items()
        if not is_elsewhere(table, column, columns)
        for value in values
        if CODE.fullmatch(value) and (CHARACTERISTICS.get(column, column), value) not in listed
    }


@pytest.fixture(scope="module")
def listed(examples: House) -> set[tuple[str, str]]:
    """What dim_category explains."""
    return set(examples.ask("select characteristic, category from marts.dim_category"))


def test_every_code_in_the_examples_has_its_lookup(examples: House, listed: set[tuple[str, str]]) -> None:
    tables = columns_with(examples)
    assert len(tables) > 90
    assert without_lookup(tables, listed) == set()


def test_every_code_that_a_column_may_have_has_its_lookup(examples: House, listed: set[tuple[str, str]]) -> None:
    manifest = json.loads((examples.warehouse / "restricted" / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    allowed = dict(_allowed(manifest))
    assert len(allowed) > 30
    assert without_lookup(allowed, listed) == set()


def _allowed(manifest: dict[str, Any]) -> Iterator[tuple[str, dict[str, set[str]]]]:
    """Of each table the columns with a list of values, and the values."""
    found: dict[str, dict[str, set[str]]] = {}
    for node in manifest["nodes"].values():
        told = node.get("test_metadata") or {}
        model = manifest["nodes"].get(node.get("attached_node") or "", {})
        if told.get("name") == "accepted_values" and model.get("schema") in ("marts", "ops"):
            values = {str(value) for value in told["kwargs"]["values"]}
            found.setdefault(model["alias"], {})[told["kwargs"]["column_name"]] = values
    yield from found.items()


def test_a_code_without_lookup_is_found() -> None:
    tables = {"fct_new": {"colour": {"dark_blue", "red"}, "risk": {"H"}, "risk_title": {"High"}}}
    assert without_lookup(tables, {("risk", "H")}) == {("fct_new", "colour", "dark_blue")}
    assert without_lookup(tables, {("colour", "dark_blue")}) == set()
