"""What Spark is handed over is what was loaded, written once; what must go is in no file."""

from pathlib import Path

import duckdb
import pytest

from flows.base.errors import WarehouseUnusable
from flows.base.warehouse_paths import read_beside
from flows.publish.assemble import content_query
from flows.recover.erase import erase_case
from flows.recover.rebuild import rebuild
from flows.recover.withdraw import withdraw
from flows.warehouse.engines import parquet
from tests.conftest import Deliver, Intake, RunIntake
from tests.samples import NAMES, csv_text, good_rows

FIRST, SECOND = NAMES["judgement"], NAMES["judgement"].replace(".csv", "_r2.csv")


@pytest.fixture
def handed_over(deliver: Deliver, intake: RunIntake) -> Intake:
    """A night with one delivery of judgements, handed over."""
    deliver(FIRST, csv_text(good_rows("judgement", 3)))
    done = intake()
    parquet.hand_over(done.night.warehouse)
    return done


def files(done: Intake) -> dict[str, int]:
    """When each file of judgements was written."""
    folder = parquet.loaded(done.night.warehouse) / "raw" / "judgement"
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def rows(done: Intake, table: str) -> int:
    folder = parquet.loaded(done.night.warehouse) / table
    (count,) = duckdb.sql(f"select count(*) from {parquet.relation(folder)}").fetchall()[0]
    return int(count)


def test_a_night_appends_what_it_loaded(handed_over: Intake, deliver: Deliver, intake: RunIntake) -> None:
    before = files(handed_over)
    deliver(SECOND, csv_text(good_rows("judgement", 4)))
    done = intake()
    parquet.hand_over(done.night.warehouse)
    assert list(files(done)) != list(before)
    assert before.items() <= files(done).items()
    assert (rows(done, "raw/judgement"), rows(done, "intake/file")) == (7, 2)
    parquet.hand_over(done.night.warehouse)
    assert rows(done, "raw/judgement") == 7


def test_a_withdrawal_leaves_the_rows_and_is_handed_over(handed_over: Intake) -> None:
    before = files(handed_over)
    withdraw(handed_over.night.warehouse, "judgement", "ESI-BED-2005", "sent twice")
    parquet.hand_over(handed_over.night.warehouse)
    assert files(handed_over) == before
    assert rows(handed_over, "intake/withdrawal") == 1


def test_files_that_do_not_hold_what_was_loaded_are_written_anew(handed_over: Intake) -> None:
    (name,) = files(handed_over)
    file = parquet.loaded(handed_over.night.warehouse) / "raw" / "judgement" / name
    duckdb.sql(f"copy (select 1 as file_id, 1 as row_number) to '{file}'")
    parquet.hand_over(handed_over.night.warehouse)
    assert rows(handed_over, "raw/judgement") == 3


def test_a_warehouse_that_lost_rows_is_not_handed_over(handed_over: Intake) -> None:
    with handed_over.night.warehouse.connect() as connection:
        connection.execute("delete from raw.judgement where row_number = 2")
    parquet.forget(handed_over.night.warehouse)
    with pytest.raises(WarehouseUnusable, match="casebook rebuild"):
        parquet.hand_over(handed_over.night.warehouse)


def test_a_kind_with_very_many_files_gets_one(handed_over: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(handed_over)
    monkeypatch.setattr(parquet, "MOST_FILES", 0)
    parquet.hand_over(handed_over.night.warehouse)
    assert files(handed_over).keys() == before.keys()
    assert files(handed_over) != before


def test_a_rebuild_removes_what_was_handed_over(handed_over: Intake) -> None:
    rebuild(handed_over.night.warehouse)
    assert not parquet.loaded(handed_over.night.warehouse).exists()


def test_an_erasure_removes_what_was_handed_over_and_what_a_dead_night_built(handed_over: Intake) -> None:
    warehouse = handed_over.night.warehouse
    left = parquet.built_table(warehouse, "marts.fct_judgement")
    left.mkdir(parents=True)
    case = good_rows("judgement", 1)[0]["case_id"]
    erase_case(warehouse, "ESI-BED-2005", case, "asked for", lambda plan: None)
    assert not parquet.loaded(warehouse).exists()
    assert not left.exists()
    parquet.hand_over(warehouse)
    assert rows(handed_over, "intake/file") == 1


def publication(folder: Path) -> Path:
    """An analysts' file with a table of cases that stays in Parquet, and one that it has itself."""
    file = folder / "analyst.duckdb"
    with duckdb.connect() as connection:
        read_beside(connection, file)
        for code, keys in {"A": "'k1', 'k2'", "B": "'k3'"}.items():
            target = parquet.published(folder, "marts", "dim_case") / f"inspection_id={code}"
            target.mkdir(parents=True)
            connection.execute(f"copy (select unnest([{keys}]) as case_key) to '{target}/rows.parquet'")
        connection.execute(f"attach '{file}' as candidate")
        connection.execute("create schema candidate.marts; create table candidate.marts.dim_area as select 1 as area")
        relation = parquet.relation(Path("parquet/marts/dim_case"))
        connection.execute(f"create view candidate.marts.dim_case as select case_key, inspection_id from {relation}")
        parquet.complete(connection, folder)
        connection.execute("create schema candidate.ops")
        told = content_query([("marts", "dim_area"), ("marts", "dim_case")], "candidate")
        connection.execute(f"create table candidate.ops.publication_table as {told}")
    return file


def test_what_has_no_parquet_yet_gets_it(tmp_path: Path) -> None:
    publication(tmp_path)
    assert duckdb.sql(f"from '{tmp_path}/parquet/marts/dim_area/*.parquet'").fetchall() == [(1,)]
