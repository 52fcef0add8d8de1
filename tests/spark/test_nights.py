"""A night on Spark publishes what a night on DuckDB publishes, in this process and on a cluster that loses a worker."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

pytest.importorskip("pyspark", reason="in .venv-spark; make spark-test runs it")

from flows.base.warehouse_paths import Warehouse
from flows.publish.publication import reading
from flows.recover.erase import erase_case
from flows.release.figures import build
from flows.release.noise import Secrets
from flows.warehouse.engines import parquet
from tests.houses import KEY
from tests.spark.cluster import Cluster, cluster
from tests.spark.nights import SparkNight, built_by_duckdb, deliver, differences, published, start

pytestmark = pytest.mark.long

FEWEST_TABLES = 50
"""Fewer compared tables than these would mean that the comparison lost some."""

FEWEST_PUBLIC_TABLES = 40

MODELS_BEFORE_THE_KILL = 45
"""Models that are built when a worker is killed: of some 260, so that most of the work is still to come."""

SECONDS_TO_BUILD = 600


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark") / "landing"
    deliver(folder)
    return folder


@pytest.fixture(scope="module")
def local(landing: Path) -> Warehouse:
    """A warehouse after a night in one process. Tests leave it as it is."""
    night = start(landing, landing.with_name("local"))
    night.finish()
    return night.warehouse


@pytest.fixture(scope="module")
def by_duckdb(local: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The analysts' file that DuckDB makes of what that night loaded."""
    return built_by_duckdb(local, tmp_path_factory.mktemp("duckdb") / "warehouse")


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path / "cluster") as started:
        yield started


def assert_same(ours: Path, theirs: Path, fewest: int = FEWEST_TABLES) -> None:
    found = differences(ours, theirs)
    assert len(found) >= fewest
    assert {name: difference for name, difference in found.items() if difference} == {}


def test_a_night_on_spark_publishes_what_duckdb_publishes(local: Warehouse, by_duckdb: Path) -> None:
    assert_same(by_duckdb, published(local))


def test_a_release_of_what_spark_published_has_the_same_figures_and_noise(
    local: Warehouse, by_duckdb: Path, tmp_path: Path
) -> None:
    for name, file in (("ours", by_duckdb), ("theirs", published(local))):
        build(file, tmp_path / f"{name}.duckdb", [], Secrets(b"of records", b"of rows"))
    assert_same(tmp_path / "ours.duckdb", tmp_path / "theirs.duckdb", FEWEST_PUBLIC_TABLES)


def test_what_was_planted_is_there_so_that_its_tables_are_compared(local: Warehouse) -> None:
    with reading(published(local)) as connection:
        held = connection.execute("select count(*), count(distinct reasons) from quarantine_row").fetchall()
    assert held == [(2, 2)]
    with local.connect() as restricted:
        profiles = restricted.execute("select count(*) from raw.performance_target where profile <> ''").fetchall()
    assert profiles == [(1,)]


def test_every_published_table_is_there_as_parquet(local: Warehouse) -> None:
    folder = published(local).parent
    with reading(published(local)) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        for schema, name in tables:
            columns = connection.execute(f"describe {schema}.{name}").fetchall()
            listed = ", ".join(column for column, *_ in columns)
            files = parquet.relation(parquet.published(folder, schema, name))
            query = f"(from {schema}.{name}) except all (select {listed} from {files})"
            assert connection.execute(query).fetchall() == [], f"{schema}.{name}"
            assert {column for column, *_ in columns} == _columns(connection, files)
    assert not list(folder.rglob("*.crc"))


def _columns(connection: duckdb.DuckDBPyConnection, files: str) -> set[str]:
    return {column for column, *_ in connection.execute(f"describe from {files}").fetchall()}


def test_rows_about_cases_are_partitioned_by_inspection(local: Warehouse) -> None:
    for table in ("dim_case", "fct_judgement", "fct_case_outcome"):
        folder = parquet.published(published(local).parent, "marts", table)
        assert len({path.name for path in folder.glob("inspection_id=*")}) > 5
        assert all(path.name.startswith("inspection_id=") for path in folder.iterdir())


def test_nothing_of_spark_is_left_in_the_restricted_warehouse(local: Warehouse) -> None:
    assert not parquet.built(local).exists()


def test_an_erased_case_leaves_the_published_parquet(
    local: Warehouse, landing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_CASE_KEY", KEY["CASEBOOK_CASE_KEY"])
    copy = Warehouse(tmp_path / "warehouse")
    shutil.copytree(local.root, copy.root, symlinks=True)
    before = _judgements(copy)
    judgements = next(landing.rglob("judgement_ESI-BED-2005.csv")).read_text(encoding="utf-8").splitlines()
    erase_case(copy, "ESI-BED-2005", judgements[-1].split(",")[1], "asked for", lambda plan: None)
    assert _judgements(copy) < before
    files = parquet.relation(parquet.published(published(copy).parent, "marts", "fct_judgement"))
    assert duckdb.sql(f"select count(*) from {files}").fetchall() == [(_judgements(copy),)]
    assert not parquet.loaded(copy).exists()


def _judgements(warehouse: Warehouse) -> int:
    with reading(published(warehouse)) as connection:
        return int(connection.execute("select count(*) from fct_judgement").fetchall()[0][0])


def test_a_cluster_publishes_what_duckdb_publishes_also_in_parquet_alone(
    landing: Path, two_workers: Cluster, tmp_path: Path
) -> None:
    night = start(
        landing, tmp_path / "warehouse", CASEBOOK_SPARK_MASTER=two_workers.address, CASEBOOK_DUCKDB_FILE="false"
    )
    night.finish()
    assert_same(built_by_duckdb(night.warehouse, tmp_path / "duckdb"), published(night.warehouse))
    with duckdb.connect(str(published(night.warehouse)), read_only=True) as connection:
        views = connection.execute("select view_name from duckdb_views() where not internal order by all").fetchall()
    assert views == [("dim_case",), ("fct_case_outcome",), ("fct_judgement",)]


def test_a_worker_that_is_killed_while_models_are_built_changes_nothing(
    landing: Path, two_workers: Cluster, tmp_path: Path
) -> None:
    night = start(landing, tmp_path / "warehouse", CASEBOOK_SPARK_MASTER=two_workers.address)
    _wait_until_half_is_built(night)
    assert two_workers.alive() == 2
    two_workers.kill_worker()
    _wait_until(lambda: two_workers.alive() == 1, night)
    built = _models_built(night)
    night.finish()
    assert built < 2 * MODELS_BEFORE_THE_KILL, "the worker died when all was built"
    assert_same(built_by_duckdb(night.warehouse, tmp_path / "duckdb"), published(night.warehouse))


def _wait_until_half_is_built(night: SparkNight) -> None:
    """Until models have been written that the workers, not this process, have shuffled."""
    _wait_until(lambda: _models_built(night) >= MODELS_BEFORE_THE_KILL, night)


def _models_built(night: SparkNight) -> int:
    """Tables of the intermediate layer and the marts that are written whole."""
    folder = parquet.built(night.warehouse)
    return len(list(folder.glob("intermediate.db/*/_SUCCESS"))) + len(list(folder.glob("marts.db/*/_SUCCESS")))


def _wait_until(holds: Callable[[], bool], night: SparkNight) -> None:
    until = time.monotonic() + SECONDS_TO_BUILD
    while not holds():
        assert night.process.poll() is None, night.log.read_text(encoding="utf-8")
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.1)
