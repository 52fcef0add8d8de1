"""Every mart is public, suppressed or private on purpose, and the gate lets no person and no small count through."""

import csv
from pathlib import Path

import duckdb
import pytest
import yaml

from expectations import engine
from expectations.publication import Promise, publication_suite
from flows.settings import PROJECT

MARTS = PROJECT / "models" / "marts"
PUBLIC = PROJECT / "models" / "public"
SEEDS = PROJECT / "seeds"


def seed(path: str) -> list[dict[str, str]]:
    with (SEEDS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def models(folder: Path) -> set[str]:
    return {path.stem for path in folder.rglob("*.sql")}


def test_every_mart_is_public_or_says_why_not() -> None:
    """A new mart needs a row in seeds/disclosure/public_tables.csv: see docs/disclosure.md."""
    listed = {row["table_name"] for row in seed("disclosure/public_tables.csv")}
    assert listed == models(MARTS)


def test_every_suppressed_mart_has_its_model_and_the_others_a_reason() -> None:
    rows = seed("disclosure/public_tables.csv")
    suppressed = {f"public_{row['table_name']}" for row in rows if row["treatment"] == "suppressed"}
    assert suppressed | {"public_delivery"} == {path.stem for path in PUBLIC.glob("public_*.sql")}
    assert [row["table_name"] for row in rows if row["treatment"] != "suppressed" and not row["reason"]] == []


def test_no_mart_with_persons_is_public_as_it_is() -> None:
    as_it_is = {row["table_name"] for row in seed("disclosure/public_tables.csv") if row["treatment"] == "as_it_is"}
    for path in [*MARTS.rglob("_*__m*.yml"), *PUBLIC.glob("_*__m*.yml")]:
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            names = {column["name"] for column in model["columns"]}
            public = model["name"] in as_it_is or model["name"].startswith("public_")
            assert not (public and "case_key" in names), model["name"]
            assert not (model["name"] in as_it_is and {"cases", "numerator"} & names), model["name"]


def test_every_measure_says_whether_it_counts_people() -> None:
    measures = {row["measure_code"] for row in seed("performance/measures.csv")}
    assert {row["measure_code"] for row in seed("disclosure/public_measures.csv")} == measures


@pytest.mark.parametrize(
    ("schema", "rows", "broken"),
    [
        ("public", "select 'E' as inspection_id, 5 as cases union all select 'F', null union all select 'G', 0", set()),
        ("public", "select 'E' as inspection_id, 4 as cases", {"no_small_count"}),
        ("public", "select 'E' as case_key, 9 as cases", {"no_identifier_column"}),
        ("marts", "select 'E' as case_key, 9 as cases", set()),
    ],
)
def test_the_gate_finds_persons_and_small_counts(tmp_path: Path, schema: str, rows: str, broken: set[str]) -> None:
    candidate = tmp_path / "analyst.duckdb"
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(f"create schema {schema}; create table {schema}.fct_table as {rows}")
        connection.execute("create schema ops; create table ops.publication_table as select 1 as row_count")
        columns = dict(
            connection.execute(f"select column_name, column_type from (describe {schema}.fct_table)").fetchall()
        )
    with engine.validator(candidate, {}, {}) as source:
        suite = publication_suite([Promise(f"{schema}.fct_table", columns, [], ["cases"])], (1, 4))
        results = engine.validate(source, suite, "publication_table", "ops")
    assert {result.rule.split()[1] for result in results if result.rows_failing} == broken


@pytest.mark.parametrize(
    ("promised", "recent", "broken"),
    [
        (["inspection_id", "cases"], [4, 9], set()),
        (["inspection_id"], [], {"columns"}),
        (["inspection_id", "cases", "score"], [], {"columns"}),
        (["inspection_id", "cases"], [6, 9], {"volume"}),
    ],
)
def test_the_gate_finds_other_columns_and_lost_rows(
    tmp_path: Path, promised: list[str], recent: list[int], broken: set[str]
) -> None:
    candidate = tmp_path / "analyst.duckdb"
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("create schema ops; create table ops.publication_table as select 1 as row_count")
        connection.execute("create schema marts; create table marts.fct_table (inspection_id varchar, cases int)")
        connection.execute("insert into marts.fct_table values ('E', 1), ('F', 2)")
    with engine.validator(candidate, {}, {}) as source:
        promise = Promise("marts.fct_table", dict.fromkeys(promised, "INTEGER"), recent)
        results = engine.validate(source, publication_suite([promise], (1, 4)), "publication_table", "ops")
    assert {result.rule.split()[1] for result in results if result.rows_failing} == broken
