"""Spark: the engine for whoever outgrows one machine, in this process (`local[n]`) or on a cluster by its address.

It reads what was loaded as Parquet (`parquet.py`) and builds everything each night: its catalogue lives as long as its
session, so no metastore is left behind. What it built is Parquet already; publishing it is a rename.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import jinja2
import yaml

from flows.base.errors import EngineMissing
from flows.base.night import Night
from flows.base.settings import PROJECT, Settings
from flows.base.warehouse_paths import Warehouse, sql_text
from flows.warehouse.engines import parquet

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from flows.warehouse.published_tables import PublishedTable

LOG = logging.getLogger("casebook.spark")

JAVA = 17
"""The oldest version that Spark runs on."""

SECONDS_TO_ANSWER = 10
SECONDS_TO_WORK = 60
"""How long a cluster has until it answers, and until its workers have something free."""

READ_BY_STAGES = ("ops.*", "intermediate.int_delivery__return", "marts.fct_sample_design")
"""What returns and report read in the restricted warehouse's file after dbt has built."""

LOOPBACK = "127.0.0.1"


class Spark:
    """dbt builds on Spark, from Parquet into Parquet."""

    target = "spark"
    packages: tuple[str, ...] = ("dbt-spark", "pyspark")
    keeps_tables = False
    # They know no deliveries, and each would take Spark seconds: DuckDB runs them where the code is tested.

    def require(self) -> None:
        """Errors: EngineMissing, where Spark, Java or the cluster is."""
        require_packages()
        require_java()
        require_cluster(Settings().spark_master)

    def environment(self, warehouse: Warehouse) -> dict[str, str]:
        """Where it runs, and where it keeps what it builds until that is published."""
        master = Settings().spark_master
        # In this process it talks to itself alone; on a cluster, workers must find it by the machine's name.
        own = {"SPARK_LOCAL_IP": os.environ.get("SPARK_LOCAL_IP", LOOPBACK)} if master.startswith("local") else {}
        return {"CASEBOOK_SPARK_MASTER": master, "CASEBOOK_SPARK_DIR": str(parquet.built(warehouse)), **own}

    def start(self, night: Night) -> None:
        """A session of its own, in which `intake` and `raw` are tables."""
        self.require()
        _end_session()
        shutil.rmtree(parquet.built(night.warehouse), ignore_errors=True)
        tables = parquet.hand_over(night.warehouse)
        os.environ.update(self.environment(night.warehouse))
        session = _session(Settings().spark_master)
        for table in tables:
            session.sql(f"create database if not exists {table.schema}")
            # Columns are named: a kind of which nothing has come yet has no file to tell them.
            session.sql(
                f"create table {table.schema}.{table.name} ({table.columns}) using parquet "
                f"location {sql_text(str(table.folder))}"
            )
        LOG.info("transform: Spark %s on %s", session.version, Settings().spark_master)

    def let_go(self) -> None:
        """The session stays until the last layer is built."""

    def bring_back(self, night: Night, table: str) -> None:
        """From its Parquet, where it was built."""
        if parquet.built_table(night.warehouse, table).exists():
            parquet.bring_back(night.warehouse, (table,))

    def hand_back(self, night: Night, tables: list[PublishedTable], folder: Path) -> list[PublishedTable]:
        """Publish the Parquet of every table that is published as it was built, and end the session.

        A view has none.
        """
        views = [table for table in tables if table.query]
        tables = [table for table in tables if not table.query]
        session = _session(Settings().spark_master)
        for table in tables:
            _have_a_file(session, table.source, parquet.built_table(night.warehouse, table.source))
        session.stop()
        parquet.bring_back(night.warehouse, READ_BY_STAGES)
        return [*(handed_back(night.warehouse, table, folder) for table in tables), *views]

    def finish(self, night: Night, candidate: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """Parquet of what only the analysts' file has yet; what was built for it alone goes."""
        parquet.complete(candidate, folder)
        shutil.rmtree(parquet.built(night.warehouse))


def _end_session() -> None:
    """One that a build left that failed: it has tables of deliveries that are set aside since."""
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session:
        session.stop()


def _have_a_file(session: SparkSession, table: str, folder: Path) -> None:
    """Of a table in partitions that is empty, Spark writes nothing at all, and nothing does not tell its columns."""
    if next(folder.rglob("*.parquet"), None) is None:
        session.table(table).limit(0).write.parquet(str(folder), mode="append")


def handed_back(warehouse: Warehouse, table: PublishedTable, folder: Path) -> PublishedTable:
    """The table read from its Parquet, which is moved into the publication where it is published as it was built."""
    built = parquet.built_table(warehouse, table.source)
    moved = parquet.published(folder, *table.source.split("."))
    if not table.restricted:
        parquet.publish(built, moved)
    here = moved if moved.exists() else built
    # What is built again for a question or a comparison has a file of its own, and nothing beside it.
    in_parquet_alone = not Settings().duckdb_file and warehouse.source is None
    if table.is_of_cases and here == moved and in_parquet_alone:
        return replace(table, source=parquet.relation(here.relative_to(folder)), is_view=True)
    return replace(table, source=parquet.relation(here))


def require_packages() -> None:
    if not all(importlib.util.find_spec(name) for name in ("pyspark", "dbt.adapters.spark")):
        raise EngineMissing(
            "CASEBOOK_ENGINE is spark, but pyspark and dbt-spark are not installed here: run make .venv-spark/.ready "
            "and start the night with .venv-spark/bin/casebook."
        )


def require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    told = _told_by(java) if java else ""
    version = re.search(r'version "(\d+)', told)
    if version is None or int(version[1]) < JAVA:
        found = f"{java} is of version {version[1]}" if version else "there is none"
        raise EngineMissing(f"Spark needs Java {JAVA} or later, and {found}: run make system-deps.")


def _told_by(java: str) -> str:
    try:
        return subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return ""


def require_cluster(master: str) -> None:
    """Asked here: Spark itself tries for a minute and then says it in a page of Java."""
    if not master.startswith("spark://"):
        return
    for address in master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), SECONDS_TO_ANSWER).close()
        except (OSError, ValueError):
            continue
        return
    raise EngineMissing(
        f"The Spark cluster at {master} does not answer: start its master, or name it as CASEBOOK_SPARK_MASTER."
    )


def _session(master: str) -> SparkSession:
    """The session of this process, which dbt finds again: it is made of what the profile says.

    Errors: EngineMissing where it cannot be started, or the cluster has nothing free.
    """
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("casebook")
    for name, value in parameters(os.environ).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # Java's errors come in many classes
        raise EngineMissing(f"Spark could not be started on {master}: {str(error).splitlines()[0]}") from error
    if not master.startswith("local"):
        _wait_for_executors(session, master)
    return session


def parameters(environment: Mapping[str, str]) -> dict[str, str]:
    """What the profile gives a session, as dbt reads it."""
    profiles = yaml.safe_load((PROJECT / "profiles" / "profiles.yml").read_text(encoding="utf-8"))
    given: dict[str, Any] = profiles["casebook"]["outputs"]["spark"]["server_side_parameters"]
    return {name: jinja2.Template(str(value)).render(env_var=environment.get) for name, value in given.items()}


def _wait_for_executors(session: SparkSession, master: str) -> None:
    """Without one, every query would wait for ever."""
    tracker = session.sparkContext._jsc.sc().statusTracker()
    until = time.monotonic() + SECONDS_TO_WORK
    # The first of them is this process.
    while len(tracker.getExecutorInfos()) < 2:
        if time.monotonic() > until:
            session.stop()
            raise EngineMissing(
                f"The Spark cluster at {master} gave the night nothing within {SECONDS_TO_WORK} s: start workers, or "
                "free cores and memory (its page, by default on port 8080, shows who has them)."
            )
        time.sleep(0.2)
