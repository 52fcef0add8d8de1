"""The dbt sources list exactly the tables and columns that the night writes, in both directions."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from expectations import passages
from expectations.contracts import contract_files
from expectations.deliveries import DELIVERIES
from flows.base.intake_tables import NEVER_READ_BY_MODELS, create_tables, raw_columns
from flows.base.settings import PROJECT


def declared(name: str) -> dict[str, list[str]]:
    """Columns by table, as a page of dbt sources lists them."""
    page = yaml.safe_load((PROJECT / "models" / "staging" / "delivery" / f"_{name}__sources.yml").read_text())
    tables: list[dict[str, Any]] = page["sources"][0]["tables"]
    return {table["name"]: [column["name"] for column in table["columns"]] for table in tables}


@pytest.fixture(scope="module")
def written() -> dict[str, dict[str, list[str]]]:
    """Columns by table by schema, as the night makes them."""
    found: dict[str, dict[str, list[str]]] = {"intake": {}, "raw": {}}
    with duckdb.connect() as connection:
        create_tables(connection)
        rows = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where schema_name in ('intake', 'raw') order by schema_name, table_name, column_index"
        )
        for schema, table, column in rows.fetchall():
            found[schema].setdefault(table, []).append(column)
    return found


def test_the_raw_sources_are_the_raw_tables(written: dict[str, dict[str, list[str]]]) -> None:
    assert declared("raw") == written["raw"]


def test_the_raw_tables_follow_from_the_contracts(written: dict[str, dict[str, list[str]]]) -> None:
    assert written["raw"] == {kind: raw_columns(delivery) for kind, delivery in DELIVERIES.items()}


def test_the_intake_sources_are_the_intake_tables_that_models_read(written: dict[str, dict[str, list[str]]]) -> None:
    read_by_models = {name: columns for name, columns in written["intake"].items() if name not in NEVER_READ_BY_MODELS}
    assert declared("intake") == read_by_models


def test_no_raw_table_has_a_column_of_identifiers(written: dict[str, dict[str, list[str]]]) -> None:
    columns = {column for table in written["raw"].values() for column in table}
    assert columns.isdisjoint({"case_id", "case_ref"})


@pytest.mark.parametrize(("path", "content"), contract_files().items(), ids=lambda given: getattr(given, "name", ""))
def test_what_follows_from_the_contracts_is_written_from_them(path: Path, content: str) -> None:
    written = path.read_text(encoding="utf-8")
    assert written == content, f"{path.name} is not what the contracts give: run `make contracts` and commit it"


def test_a_passage_lists_the_columns_of_its_kind_and_leaves_what_is_written_by_hand() -> None:
    page = "# Written by `make contracts`: columns of judgement\n- {name: gone}\n# Written by hand\n- {name: own}\n"
    listed = yaml.safe_load(passages.filled(page))
    names = ["inspection_id", "case_key", "question_code", "answer"]
    assert [column["name"] for column in listed] == ["file_id", "row_number", *names, "own"]


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("# Written by `make contracts`: columns of nothing\n# Written by hand\n", "No passage is"),
        ("# Written by `make contracts`: columns of judgement\n- {name: answer}\n\nmodels:\n", "must end with"),
    ],
)
def test_a_passage_that_nothing_writes_or_that_has_no_end_is_refused(page: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        passages.filled(page)
