"""The bare script takes in every row as delivered, and makes every table after those it reads."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from bench import compiled
from bench.bare import END
from bench.generator import PRESETS, generate
from expectations.deliveries import DELIVERIES


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled") / "landing"
    generate(PRESETS["tiny"], folder)
    return folder


@pytest.fixture(scope="module")
def taken_in(landing: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    statements = [
        *compiled.intake(landing, date(2026, 11, 20)),
        *map(compiled.raw, DELIVERIES.values()),
        compiled.count_rows(),
    ]
    with duckdb.connect() as connection:
        connection.execute("create schema intake; create schema raw")
        for statement in END.join(statements).split(END):
            connection.execute(statement)
        yield connection


def rows(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines()) - 1


def test_every_row_of_every_file_is_taken_in(taken_in: duckdb.DuckDBPyConnection, landing: Path) -> None:
    found = dict(taken_in.execute("select path, rows_landed from intake.file").fetchall())
    assert found == {str(path): rows(path) for path in landing.rglob("*.csv")}
    total = sum(taken_in.execute(f"select count(*) from raw.{kind}").fetchall()[0][0] for kind in DELIVERIES)
    assert total == sum(found.values())


def test_files_are_known_by_what_their_names_say(taken_in: duckdb.DuckDBPyConnection) -> None:
    kinds = taken_in.execute("select distinct kind from intake.file").fetchall()
    assert {kind for (kind,) in kinds} == set(DELIVERIES)
    corrected = taken_in.execute(
        "select kind, delivery_key, count(*) from intake.file group by all having count(*) > 1"
    )
    assert [(kind, count) for kind, _, count in corrected.fetchall()] == [("performance_return", 2)]


def test_no_case_identifier_is_kept(taken_in: duckdb.DuckDBPyConnection) -> None:
    keys = taken_in.execute("select case_key from raw.judgement union select case_key from raw.nsmart").fetchall()
    assert keys
    assert all(len(key) == 32 and set(key) <= set("0123456789abcdef") for (key,) in keys)


def model(name: str, *needs: str, materialized: str = "table") -> dict[str, object]:
    return {
        "resource_type": "model",
        "schema": "marts",
        "alias": name,
        "config": {"materialized": materialized},
        "depends_on": {"nodes": list(needs)},
        "compiled_code": f"select {name}\n",
    }


def test_a_table_comes_after_those_it_reads() -> None:
    nodes = {"m.a": model("a", "m.b"), "m.b": model("b", "m.c", "source.x", materialized="view"), "m.c": model("c")}
    assert compiled.models(nodes) == [
        "create table marts.c as\nselect c",
        "create view marts.b as\nselect b",
        "create table marts.a as\nselect a",
    ]
