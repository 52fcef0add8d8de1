"""A rebuild makes the restricted warehouse again from the archive alone, whole or not at all."""

import fcntl
import shutil
from dataclasses import astuple, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.deliveries import DELIVERIES
from flows import archive
from flows.archive import append, archive_path, keep_register, read_register
from flows.errors import AnotherNightRunning, ArchiveIncomplete, KeyUnusable
from flows.folders import Warehouse
from flows.rebuild import rebuild, set_aside
from flows.withdraw import withdraw
from tests.conftest import Intake, run_intake, write_delivery
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]
GOOD = csv_text(good_rows("judgement", 3))
HELD = csv_text([*good_rows("judgement", 4), {**good_rows("judgement", 5)[4], "answer": "nonsense"}])


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """A night with two deliveries, a copy and a stray file; one with a correction that has a row held."""
    folder = tmp_path_factory.mktemp("delivered")
    landing, warehouse = folder / "landing", folder / "warehouse"
    write_delivery(landing, f"z/{JUDGEMENTS}", GOOD)
    write_delivery(landing, f"a/{JUDGEMENTS}", GOOD)
    write_delivery(landing, "notes.txt", "hello")
    write_delivery(landing, NAMES["nsmart"], csv_text(good_rows("nsmart", 2)))
    run_intake(landing, warehouse)
    write_delivery(landing, JUDGEMENTS.replace(".csv", "_r2.csv"), HELD)
    second = run_intake(landing, warehouse)
    with second.night.warehouse.connect() as connection:
        keep_register(second.night.warehouse, connection)
    return second


@pytest.fixture
def two_nights(delivered: Intake, tmp_path: Path) -> Intake:
    """The same in folders of the test's own."""
    shutil.copytree(delivered.night.landing.parent, tmp_path, dirs_exist_ok=True)
    night = replace(delivered.night, landing=tmp_path / "landing", warehouse=Warehouse(tmp_path / "warehouse"))
    return replace(delivered, night=night)


def intake_of(warehouse: Warehouse) -> dict[str, list[tuple[Any, ...]]]:
    """What the restricted warehouse holds, by table."""
    tables = ["intake.file", "intake.held_row", "intake.quality_result", *(f"raw.{kind}" for kind in DELIVERIES)]
    with warehouse.connect() as connection:
        return {table: connection.execute(f"from {table} order by all").fetchall() for table in tables}


def test_a_rebuilt_warehouse_holds_what_the_lost_one_held(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    before = intake_of(warehouse)
    assert before["intake.held_row"]
    warehouse.database.unlink()
    assert rebuild(warehouse) == 5
    assert intake_of(warehouse) == before
    assert not set_aside(warehouse).exists()
    assert list(warehouse.temporary.iterdir()) == []


def test_a_rebuild_knows_what_was_replaced_in_place_and_put_back(tmp_path: Path) -> None:
    for content in (GOOD, HELD, GOOD):
        write_delivery(tmp_path / "landing", JUDGEMENTS, content)
        night = run_intake(tmp_path / "landing", tmp_path / "warehouse")
    with night.night.warehouse.connect() as connection:
        keep_register(night.night.warehouse, connection)
    before = intake_of(night.night.warehouse)
    assert [file[9] for file in before["intake.file"]] == ["loaded", "loaded", "same_bytes"]
    rebuild(night.night.warehouse)
    assert intake_of(night.night.warehouse) == before
    assert run_intake(tmp_path / "landing", tmp_path / "warehouse").landed.new == 0


def test_the_night_after_a_rebuild_has_nothing_to_read(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    register = warehouse.register.read_bytes()
    rebuild(warehouse)
    after = run_intake(two_nights.night.landing, warehouse.root)
    assert (after.landed.new, after.batch.files) == (0, 0)
    assert warehouse.register.read_bytes() == register


def test_a_damaged_warehouse_is_replaced_and_stays_aside(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    before = intake_of(warehouse)
    warehouse.database.write_bytes(b"not a database")
    warehouse.database.with_name("warehouse.duckdb.wal").write_bytes(b"nor its log")
    rebuild(warehouse)
    assert intake_of(warehouse) == before
    assert set_aside(warehouse).read_bytes() == b"not a database"


def test_an_archive_without_some_bytes_names_them_and_replaces_nothing(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    before = warehouse.database.stat().st_ino
    file = two_nights.file(NAMES["nsmart"])
    archive_path(warehouse, file["sha256"]).unlink()
    with pytest.raises(ArchiveIncomplete, match=f"1 deliveries.*{NAMES['nsmart']} .*{file['sha256']}"):
        rebuild(warehouse)
    assert warehouse.database.stat().st_ino == before


def test_a_delivery_that_was_erased_is_registered_without_its_rows(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    file = two_nights.file(NAMES["nsmart"])
    archive_path(warehouse, file["sha256"]).unlink()
    append(warehouse, [{"event": "erased", "file_id": file["file_id"], "reason": "Erased on request."}])
    rebuild(warehouse)
    with warehouse.connect() as connection:
        assert connection.execute("select count(*) from raw.nsmart").fetchall() == [(0,)]
        assert connection.execute("select state, reason from intake.file where kind = 'nsmart'").fetchall() == [
            ("rejected", "Erased on request.")
        ]


def test_an_archive_without_a_register_is_nothing_to_rebuild_from(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    warehouse.register.unlink()
    warehouse.database.unlink()
    with pytest.raises(ArchiveIncomplete, match="nothing to rebuild from"):
        rebuild(warehouse)


def test_another_case_key_refuses_and_replaces_nothing(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    before = warehouse.database.stat().st_ino
    warehouse.key_file.write_text("another")
    with pytest.raises(KeyUnusable):
        rebuild(warehouse)
    assert warehouse.database.stat().st_ino == before


def test_no_rebuild_while_a_night_is_running(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    with warehouse.lock_file.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(AnotherNightRunning):
            rebuild(warehouse)


def test_a_rebuild_that_died_while_replacing_leaves_a_night_that_refuses_and_can_be_repeated(
    two_nights: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = two_nights.night.warehouse
    before = intake_of(warehouse)
    rename = Path.replace

    def killed(path: Path, target: Path) -> Path:
        if target == warehouse.database:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            rebuild(warehouse)
    with pytest.raises(archive.WarehouseUnusable):
        run_intake(two_nights.night.landing, warehouse.root)
    rebuild(warehouse)
    assert intake_of(warehouse) == before


def test_nights_that_the_newest_publication_tells_of_come_back(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    folder = warehouse.published / "20060601T020000Z-aaaa"
    folder.mkdir()
    with duckdb.connect(str(folder / "analyst.duckdb")) as publication:
        publication.execute(
            """
            create schema ops;
            create table ops.run as select
                '20060601T020000Z-aaaa' as run_id, date '2006-06-01' as business_date,
                timestamp '2006-06-01 02:00:00' as started_at, timestamp '2006-06-01 02:01:00' as finished_at,
                'published' as status, 'abc' as code_version, 1::bigint as files_in, 2::bigint as rows_in,
                map {'land': 0.5} as stage_seconds
            """
        )
    rebuild(warehouse)
    with warehouse.connect() as connection:
        assert connection.execute("select run_id, status, rows_in, stage_seconds from intake.run").fetchall() == [
            ("20060601T020000Z-aaaa", "published", 2, '{"land":0.5}')
        ]


def test_a_publication_that_cannot_be_read_costs_only_the_history_of_nights(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    shutil.copytree(warehouse.archive, warehouse.published / "20060601T020000Z-aaaa")
    assert rebuild(warehouse) == len(read_register(warehouse).files)


def test_a_withdrawal_survives_a_rebuild_and_is_registered_once(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    kind, key = JUDGEMENTS.removesuffix(".csv").split("_", 1)
    done = withdraw(warehouse, kind, key, "Sent by mistake.", revision=2)
    warehouse.database.unlink()
    rebuild(warehouse)
    with warehouse.connect() as connection:
        assert connection.execute("from intake.withdrawal").fetchall() == [astuple(done)]
        keep_register(warehouse, connection)
    assert read_register(warehouse).withdrawals == [done]


def test_a_replay_of_an_earlier_publication_knows_no_later_withdrawal(two_nights: Intake) -> None:
    night = two_nights.night
    kind, key = JUDGEMENTS.removesuffix(".csv").split("_", 1)
    done = withdraw(night.warehouse, kind, key, "Sent by mistake.", revision=2)
    register = read_register(night.warehouse)
    assert register.withdrawn_before(night.run_id) == ()
    later = f"{done.withdrawn_at + timedelta(minutes=1):%Y%m%dT%H%M%SZ}-0000"
    assert register.withdrawn_before(later) == (done,)
