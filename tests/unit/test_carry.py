"""Carrying over: what was built since the last publication is written anew, and nothing is taken on trust."""

import json
from pathlib import Path

import duckdb
import pytest

from flows.base.content_hash import content_query
from flows.base.night import Night
from flows.publish.reuse_tables import carry_over

EARLIER, LATER = "20060601T020000Z-aaaa", "20060602T020000Z-aaaa"

SOURCES = {"marts.fct_old": "marts.fct_old", "marts.fct_new": "marts.fct_new", "ops.fct_old": "marts.fct_old"}


@pytest.fixture
def night_after(night: Night) -> Night:
    """A night after one publication; since then `marts.fct_new` was built."""
    file = night.warehouse.published / EARLIER / "analyst.duckdb"
    file.parent.mkdir(parents=True)
    tables = [("marts", "fct_old"), ("marts", "fct_new"), ("ops", "fct_old")]
    with duckdb.connect(str(file)) as publication:
        for schema in ("marts", "ops"):
            publication.execute(f"create schema {schema}")
        for schema, name in tables:
            publication.execute(f"create table {schema}.{name} as from range(3) as cases (cases)")
        publication.execute(f"create table ops.publication_table as {content_query(tables, 'analyst')}")
    with night.warehouse.connect() as connection:
        connection.execute(
            "insert into intake.run (run_id, business_date, started_at, status, code_version) "
            "values (?, '2006-06-01', '2006-06-01', 'published', '')",
            [EARLIER],
        )
    tell_built(night, {"marts.fct_old": EARLIER, "marts.fct_new": LATER})
    return night


def tell_built(night: Night, tables: dict[str, str]) -> None:
    with night.warehouse.connect() as connection:
        connection.execute("insert or replace into intake.setting values ('built_tables', ?)", [json.dumps(tables)])


def carried(night: Night) -> set[str]:
    """What is carried over, which is what the candidate then has."""
    candidate = night.warehouse.root / "candidate.duckdb"
    with night.warehouse.connect() as connection:
        kept = carry_over(connection, night.warehouse, candidate, SOURCES)
    assert candidate.exists() == bool(kept)
    if kept:
        with duckdb.connect(str(candidate)) as connection:
            tables = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        assert {table for (table,) in tables} == kept
    return kept


def earlier_file(night: Night) -> Path:
    return night.warehouse.published / EARLIER / "analyst.duckdb"


def test_what_nothing_has_built_since_is_carried_over(night_after: Night) -> None:
    assert carried(night_after) == {"marts.fct_old", "ops.fct_old"}


def test_a_table_of_which_nobody_knows_who_built_it_is_not_carried_over(night_after: Night) -> None:
    tell_built(night_after, {})
    assert carried(night_after) == set()


def test_a_table_that_is_not_what_was_fingerprinted_is_not_carried_over(night_after: Night) -> None:
    with duckdb.connect(str(earlier_file(night_after))) as publication:
        publication.execute("update ops.fct_old set cases = 7 where cases = 2")
    assert carried(night_after) == {"marts.fct_old"}


def test_nothing_is_carried_over_from_a_file_that_cannot_be_read(night_after: Night) -> None:
    earlier_file(night_after).write_bytes(b"torn")
    assert carried(night_after) == set()


def test_nothing_is_carried_over_where_an_older_warehouse_was_brought_back(night_after: Night) -> None:
    with night_after.warehouse.connect() as connection:
        connection.execute("delete from intake.run")
    assert carried(night_after) == set()


def test_the_first_night_carries_nothing_over(night: Night) -> None:
    tell_built(night, {"marts.fct_old": EARLIER})
    assert carried(night) == set()
