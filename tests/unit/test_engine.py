"""A night that cannot build says so before it begins, with what to do."""

import importlib.util
import socket
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.base.errors import EngineMissing
from flows.base.warehouse_paths import Warehouse
from flows.publish.assemble import PublishedTable
from flows.warehouse.engines import parquet, spark
from flows.warehouse.engines.engine import engine


def test_duckdb_is_the_engine_unless_the_settings_say_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine().target == "duckdb"
    monkeypatch.setenv("CASEBOOK_ENGINE", "spark")
    assert engine().target == "spark"


def test_missing_packages_are_told_with_the_command_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(EngineMissing, match=r"make \.venv-spark/\.ready"):
        spark.require_packages()


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (None, "there is none"),
        ("echo 'openjdk version \"11.0.2\" 2019-01-15' >&2", "is of version 11"),
        ("exit 127", "there is none"),
    ],
)
def test_a_missing_or_old_java_is_told_with_the_command_that_installs_it(
    program: str | None, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if program:
        (tmp_path / "java").write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / "java").chmod(0o700)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissing, match=rf"{told}.*make system-deps"):
        spark.require_java()


@pytest.mark.parametrize("master", ["spark://nowhere:7077", "spark://nowhere", "spark://nowhere:7077,other:7077"])
def test_a_cluster_that_does_not_answer_is_told_by_its_address(master: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(EngineMissing, match=f"{master} does not answer"):
        spark.require_cluster(master)


def test_a_session_is_made_of_what_the_profile_says() -> None:
    parameters = spark.parameters({"CASEBOOK_SPARK_MASTER": "spark://here:1"})
    assert parameters["spark.master"] == "spark://here:1"
    assert parameters["spark.sql.warehouse.dir"] == "warehouse/restricted/tmp/spark"
    assert spark.parameters({})["spark.master"] == "local[2]"


def table(schema: str, source: str, column: str, restricted: bool = False) -> PublishedTable:
    name = source.split(".")[1]
    return PublishedTable(schema, name, source, "", {column: ""}, may_shrink=False, restricted=restricted)


TABLES = [
    table("marts", "marts.dim_area", "area_code"),
    table("marts", "marts.dim_case", "case_key"),
    table("ops", "ops.quarantine_row", "file_id", restricted=True),
]


def hand_back(warehouse: Warehouse, folder: Path) -> list[tuple[str, bool]]:
    """The tables as Spark would have left them, handed back: where each is read, and whether it is a view."""
    for built in {(one.source, *one.columns) for one in TABLES}:
        place = parquet.built_table(warehouse, built[0])
        place.mkdir(parents=True)
        duckdb.sql(f"copy (select 1 as {built[1]}, 'secret' as row_content) to '{place}/part-0.parquet'")
        (place / "_SUCCESS").touch()
        (place / ".part-0.parquet.crc").touch()
    handed = [spark.handed_back(warehouse, one, folder) for one in TABLES]
    return [(one.source.split("'")[1].removesuffix("/**/*.parquet"), one.is_view) for one in handed]


def test_what_is_published_as_it_was_built_is_moved_and_what_has_restricted_columns_is_not(tmp_path: Path) -> None:
    warehouse, folder = Warehouse(tmp_path / "warehouse"), tmp_path / "publication"
    moved = str(folder / "parquet" / "marts")
    stayed = str(parquet.built_table(warehouse, "ops.quarantine_row"))
    places = [f"{moved}/dim_area", f"{moved}/dim_case", stayed]
    assert hand_back(warehouse, folder) == [(place, False) for place in places]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {f"parquet/marts/{name}/part-0.parquet" for name in ("dim_area", "dim_case")}


def test_rows_about_cases_stay_in_parquet_alone_where_the_settings_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_DUCKDB_FILE", "false")
    handed = hand_back(Warehouse(tmp_path / "warehouse"), tmp_path / "publication")
    assert [place for place, is_view in handed if is_view] == ["parquet/marts/dim_case"]


def test_what_is_built_again_for_a_question_has_all_of_its_rows_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_DUCKDB_FILE", "false")
    handed = hand_back(Warehouse(tmp_path / "warehouse", source=tmp_path), tmp_path / "publication")
    assert not any(is_view for _, is_view in handed)
