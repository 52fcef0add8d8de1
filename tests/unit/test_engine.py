"""A night that cannot build says so before it begins, with what to do."""

import importlib.util
import socket
from pathlib import Path
from typing import Any

import pytest

from flows import spark
from flows.engine import engine
from flows.errors import EngineMissing


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
