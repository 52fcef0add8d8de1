"""Every column of every layer says what it means, where it is declared, in the file and on the page of tables."""

import json
from collections import defaultdict
from typing import Any

import duckdb
import pytest

from flows.tools import catalogue, lineage
from tests.descriptions import undescribed
from tests.houses import House

OF_THE_NIGHT = {
    ("intake", name) for name in ("data_return", "setting", "event", "rejected_row", "case_identifier", "free_text_run")
}
"""Tables that no model reads: the night's own notes."""


@pytest.fixture(scope="module")
def manifest(examples: House) -> dict[str, Any]:
    """What dbt knew of the project on the night over the examples."""
    found: dict[str, Any] = json.loads((examples.warehouse / "restricted" / "dbt" / "manifest.json").read_text())
    return found


@pytest.fixture(scope="module")
def columns(examples: House) -> dict[tuple[str, str], list[str]]:
    """Columns of every table and view of the restricted warehouse."""
    found = defaultdict(list)
    with duckdb.connect(str(examples.warehouse / "restricted" / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where not internal"
        )
        for schema, table, column in rows.fetchall():
            found[schema, table].append(column)
    return {table: names for table, names in found.items() if table not in OF_THE_NIGHT}


def test_every_column_of_every_layer_is_described(
    manifest: dict[str, Any], columns: dict[tuple[str, str], list[str]]
) -> None:
    assert len(columns) > 200
    assert undescribed(manifest, columns) == []


def test_the_published_file_says_what_every_table_and_column_means(examples: House) -> None:
    silent = """
        select schema_name, table_name, null as column_name from duckdb_tables() where coalesce(comment, '') = ''
        union all
        select schema_name, table_name, column_name from duckdb_columns()
        where not internal and coalesce(comment, '') = ''
    """
    assert examples.ask(silent) == []


def test_the_page_of_tables_follows_from_the_models(manifest: dict[str, Any]) -> None:
    written = catalogue.PAGE.read_text(encoding="utf-8")
    assert written.endswith(catalogue.MARK + catalogue.page(manifest)), (
        "docs/reference/tables.md is out of date: run `make docs`"
    )


def test_the_page_of_lineage_follows_from_the_models(manifest: dict[str, Any]) -> None:
    assert lineage.PAGE.read_text(encoding="utf-8") == catalogue.lineage_page(manifest), (
        "docs/reference/lineage.md is out of date: run `make docs`"
    )
