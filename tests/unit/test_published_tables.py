"""What is published: tables with the keys of dimensions, and views over them that name no database."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.base.night import Night
from flows.publish.assemble import _copy
from flows.warehouse.published_tables import PublishedTable, key_of, published_tables


def model(name: str, key: str, columns: tuple[str, ...], materialized: str = "table", **more: Any) -> dict[str, Any]:
    """A model as dbt's manifest has it."""
    free_text = {"config": {"meta": {"free_text": True}}, "description": "A text."}
    return {
        "resource_type": "model",
        "schema": "marts",
        "alias": name,
        "description": f"What it holds. Grain and primary key: {key}. More.",
        "config": {"meta": {}, "materialized": materialized},
        "columns": dict.fromkeys(columns, free_text),
        "depends_on": {"macros": []},
        "raw_code": "select 1",
        **more,
    }


@pytest.fixture
def tables(night: Night) -> dict[str, PublishedTable]:
    """A fact, its dimension and a view that joins them by a macro, as published."""
    macros = {"macro.casebook.joined": {"macro_sql": "{% macro joined(fact) %}{{ ref(fact) }} as fact{% endmacro %}"}}
    query = "select code, name from {{ joined('fct_a') }} inner join {{ ref('dim_b') }} as area using (code)\n"
    view = {"depends_on": {"macros": list(macros)}, "raw_code": query}
    nodes = [
        model("wide_a", "code", ("code", "name"), "view", **view),
        model("fct_a", "code", ("code",)),
        model("dim_b", "code", ("code", "name")),
    ]
    night.warehouse.manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest = {"nodes": dict(enumerate(nodes)), "macros": macros}
    night.warehouse.manifest.write_text(json.dumps(manifest), encoding="utf-8")
    return {table.name: table for table in published_tables(night)}


def test_a_view_comes_last_and_is_a_query_on_the_tables_of_any_database(tables: dict[str, PublishedTable]) -> None:
    assert list(tables) == ["dim_b", "fct_a", "wide_a"]
    assert tables["wide_a"].query == (
        "select code, name from marts.fct_a as fact inner join marts.dim_b as area using (code)"
    )
    assert tables["fct_a"].query == ""


def test_free_text_is_looked_at_in_tables_not_again_in_views(tables: dict[str, PublishedTable]) -> None:
    assert tables["dim_b"].free_texts == ("code", "name")
    assert tables["wide_a"].free_texts == ()


def test_a_file_has_views_over_its_own_tables_and_dimensions_with_their_keys(
    tables: dict[str, PublishedTable], night: Night, tmp_path: Path
) -> None:
    file = tmp_path / "analyst.duckdb"
    with night.warehouse.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.fct_a as select 'BED' as code")
        connection.execute("create table marts.dim_b as select 'BED' as code, 'Bedfordshire' as name")
        connection.execute(f"attach '{file}' as candidate")
        connection.execute("create schema candidate.marts")
        for table in (*tables.values(), tables["wide_a"]):
            _copy(connection, table)
    with duckdb.connect() as reader:
        reader.execute(f"attach '{file}' as last_night")
        assert reader.execute("from last_night.marts.wide_a").fetchall() == [("BED", "Bedfordshire")]
        with pytest.raises(duckdb.ConstraintException):
            reader.execute("insert into last_night.marts.dim_b values ('BED', 'Twice')")
        reader.execute("insert into last_night.marts.fct_a values ('BED')")


@pytest.mark.parametrize(
    ("description", "key"),
    [
        ("A table. Grain and primary key: area_code, as_at. More.", ("area_code", "as_at")),
        ("A table. Grain: a file.\n Key:\n file_id; more", ("file_id",)),
        ("A table without one.", ()),
    ],
)
def test_a_key_is_what_the_description_states(description: str, key: tuple[str, ...]) -> None:
    assert key_of(description) == key
