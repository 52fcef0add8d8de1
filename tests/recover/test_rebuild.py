"""A rebuild makes the restricted warehouse again from the archive alone, whole or not at all."""

import fcntl
import shutil
from dataclasses import astuple
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.deliveries import DELIVERIES
from flows.base.errors import AnotherNightRunning, ArchiveIncomplete, KeyUnusable, WarehouseUnusable
from flows.base.intake_tables import INTAKE_TABLES
from flows.base.warehouse_paths import Warehouse
from flows.intake.archive import archive_path, keep_bytes, keep_sidecar
from flows.intake.catch_up import catch_up
from flows.intake.events import ArchivedFile
from flows.intake.register import append, read_register
from flows.recover.erase import erase_case
from flows.recover.rebuild import rebuild, set_aside
from flows.recover.withdraw import withdraw
from tests.conftest import Intake, copy_of, run_intake, write_delivery
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]
GOOD = csv_text(good_rows("judgement", 3))
DAY = date(2006, 6, 15)
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
        catch_up(second.night.warehouse, connection)
    return second


@pytest.fixture
def two_nights(delivered: Intake, tmp_path: Path) -> Intake:
    """The same in folders of the test's own."""
    return copy_of(delivered, tmp_path)


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
        catch_up(night.night.warehouse, connection)
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


def lose_register(warehouse: Warehouse) -> None:
    """Register and head are gone, and the warehouse with its copies of them."""
    for path in (warehouse.register, warehouse.head, warehouse.database):
        path.unlink()


def test_an_archive_without_register_and_sidecars_is_nothing_to_rebuild_from(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    lose_register(warehouse)
    for path in warehouse.archive.glob("*/*.jsonl"):
        path.unlink()
    with pytest.raises(ArchiveIncomplete, match="nothing to rebuild from"):
        rebuild(warehouse)


def test_with_the_register_lost_the_archive_alone_is_enough_and_what_is_lost_is_reported(
    two_nights: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    warehouse = two_nights.night.warehouse
    kind, key = JUDGEMENTS.removesuffix(".csv").split("_", 1)
    withdraw(warehouse, kind, key, "Sent by mistake.", revision=2)
    before = intake_of(warehouse)
    lose_register(warehouse)
    assert rebuild(warehouse) == 5
    assert "repeat the withdrawals and erasures" in caplog.text
    loaded_at = [column.split()[0] for column in INTAKE_TABLES["file"].split(",")].index("loaded_at")
    after = intake_of(warehouse)
    for held in (before, after):
        held["intake.file"] = [row[:loaded_at] for row in held["intake.file"]]
    assert after == before
    rebuild(warehouse)
    assert intake_of(warehouse)["raw.judgement"] == before["raw.judgement"]


def test_a_lost_register_and_a_lost_case_key_refuse_and_no_new_key_is_made(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    lose_register(warehouse)
    warehouse.key_file.unlink()
    with pytest.raises(KeyUnusable):
        rebuild(warehouse)
    assert not warehouse.key_file.exists()


def test_archived_bytes_that_nothing_names_are_reported(two_nights: Intake, caplog: pytest.LogCaptureFixture) -> None:
    warehouse = two_nights.night.warehouse
    sha256 = keep_bytes(warehouse, b"delivered once")
    rebuild(warehouse)
    assert f"1 archived files are left out, since nothing says what they were ({sha256[:12]})" in caplog.text


def test_a_delivery_of_a_night_that_died_before_it_was_registered_is_taken_in_from_its_sidecar(
    two_nights: Intake,
) -> None:
    warehouse = two_nights.night.warehouse
    bytes_ = csv_text(good_rows("nsmart", 1)).encode()
    name = NAMES["nsmart"].replace(".csv", "_r3.csv")
    lost = ArchivedFile(1, name, name, keep_bytes(warehouse, bytes_), len(bytes_), "20300101T000000Z-aa", DAY, None)
    keep_sidecar(warehouse, lost, None)
    assert rebuild(warehouse) == 6
    assert two_nights.query("select file_id, state from intake.file where file_name = ?", name) == [(6, "loaded")]
    assert read_register(warehouse).files[6].loaded_run_id == "20300101T000000Z-aa"


def test_a_file_that_an_erasure_rewrote_comes_back_without_the_case_from_its_sidecar(two_nights: Intake) -> None:
    warehouse = two_nights.night.warehouse
    erase_case(warehouse, "ESI-BED-2005", "BED/2005/0001", "Asked for.", lambda plan: None)
    before = two_nights.query("select file_id, row_number, case_key from raw.judgement order by all")
    whole = warehouse.register.read_bytes().splitlines(keepends=True)
    warehouse.register.write_bytes(b"".join(line for line in whole if b'"rewritten"' not in line))
    warehouse.database.unlink()
    rebuild(warehouse)
    assert two_nights.query("select file_id, row_number, case_key from raw.judgement order by all") == before


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
    with pytest.raises(WarehouseUnusable):
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
        catch_up(warehouse, connection)
    assert read_register(warehouse).withdrawals == [done]


def test_a_replay_of_an_earlier_publication_knows_no_later_withdrawal(two_nights: Intake) -> None:
    night = two_nights.night
    kind, key = JUDGEMENTS.removesuffix(".csv").split("_", 1)
    done = withdraw(night.warehouse, kind, key, "Sent by mistake.", revision=2)
    register = read_register(night.warehouse)
    assert register.withdrawn_before(night.run_id) == ()
    later = f"{done.withdrawn_at + timedelta(minutes=1):%Y%m%dT%H%M%SZ}-0000"
    assert register.withdrawn_before(later) == (done,)
