"""A backup is enough to go on from when everything else is lost; it grows by what is new and proves what it has."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.base.errors import ArchiveIncomplete, CasebookError, RegisterDamaged
from flows.base.night import alone
from flows.base.warehouse_paths import Warehouse
from flows.cli.app import app
from flows.intake.archive import archive_path
from flows.intake.tombstones import read
from flows.recover.backup import backup, restore
from flows.recover.erase import erase_case, erase_delivery, finish_begun
from flows.recover.fsck import fsck
from flows.recover.rebuild import rebuild
from tests.conftest import Intake, copy_of, run_intake, write_delivery
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]
TABLES = ("intake.file", "intake.held_row", "raw.judgement", "raw.nsmart")


@pytest.fixture(scope="module")
def one_night(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    landing = tmp_path_factory.mktemp("night") / "landing"
    write_delivery(landing, JUDGEMENTS, csv_text(good_rows("judgement", 2)))
    write_delivery(landing, NAMES["nsmart"], csv_text(good_rows("nsmart", 2)))
    return run_intake(landing, landing.parent / "warehouse")


@pytest.fixture
def delivered(one_night: Intake, tmp_path: Path) -> Intake:
    return copy_of(one_night, tmp_path)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "backup"


def held(done: Intake) -> dict[str, list[tuple[object, ...]]]:
    return {table: done.query(f"from {table} order by all") for table in TABLES}


def test_a_warehouse_comes_back_from_backup_and_key_alone(delivered: Intake, target: Path, tmp_path: Path) -> None:
    warehouse, key = delivered.night.warehouse, tmp_path / "safe" / "key"
    before = held(delivered)
    backup(warehouse, target, key)
    assert key.stat().st_mode & 0o777 == 0o600
    secret = warehouse.key_file.read_bytes()
    assert not any(secret in path.read_bytes() for path in target.rglob("*") if path.is_file())
    shutil.rmtree(warehouse.root)
    assert restore(target, warehouse, key) == 2
    assert rebuild(warehouse) == 2
    assert held(delivered) == before
    assert fsck(warehouse).damages == ()


def test_a_backup_may_run_beside_a_night(delivered: Intake, target: Path) -> None:
    with alone(delivered.night.warehouse), delivered.night.warehouse.connect():
        assert backup(delivered.night.warehouse, target).files == 2


def test_only_what_is_new_or_was_damaged_is_copied(delivered: Intake, target: Path) -> None:
    warehouse = delivered.night.warehouse
    first = backup(warehouse, target)
    write_delivery(delivered.night.landing, JUDGEMENTS.replace(".csv", "_r2.csv"), csv_text(good_rows("judgement", 3)))
    run_intake(delivered.night.landing, delivered.night.warehouse.root)
    second = backup(warehouse, target)
    archive_path(Warehouse(target), delivered.file(JUDGEMENTS)["sha256"]).write_bytes(b"rotten")
    third = backup(warehouse, target)
    assert [(done.files, done.new) for done in (first, second, third)] == [(2, 2), (3, 1), (3, 1)]


def test_what_was_erased_leaves_the_backup(delivered: Intake, target: Path) -> None:
    warehouse = delivered.night.warehouse
    backup(warehouse, target)
    erase_delivery(warehouse, "judgement", "ESI-BED-2005", "Asked for.", lambda plan: None)
    backup(warehouse, target)
    assert len(list(target.glob("restricted/archive/*/*"))) == 2
    restore(target, Warehouse(target.parent / "again"))


def test_an_older_backup_does_not_bring_back_who_was_erased_since(
    delivered: Intake, target: Path, tmp_path: Path
) -> None:
    """The archive is of before, the copy of the key of after the erasure."""
    warehouse, key, again = delivered.night.warehouse, tmp_path / "safe" / "key", Warehouse(tmp_path / "again")
    backup(warehouse, target)
    shutil.copytree(target, tmp_path / "older")
    erase_case(warehouse, "ESI-BED-2005", "BED/2005/0001", "Asked for.", lambda plan: None)
    backup(warehouse, target, key)
    assert read(Warehouse(target).erased_cases) == read(warehouse.erased_cases) != []
    assert restore(tmp_path / "older", again, key) == 2
    rebuild(again)
    finish_begun(again)
    assert held(replace(delivered, night=replace(delivered.night, warehouse=again))) == held(delivered)
    assert not any(b"BED/2005/0001" in path.read_bytes() for path in again.root.rglob("*") if path.is_file())


def test_settings_are_in_it_and_the_key_is_not(
    delivered: Intake, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_CASE_KEY", "most secret")
    backup(delivered.night.warehouse, target)
    settings = json.loads((target / "settings.json").read_text())
    assert (settings["engine"], settings["schema_version"], "case_key" in settings) == ("duckdb", 1, False)
    assert "most secret" not in (target / "settings.json").read_text()


def test_damaged_bytes_are_reported_once_everything_else_is_backed_up(delivered: Intake, target: Path) -> None:
    warehouse = delivered.night.warehouse
    sha256 = delivered.file(JUDGEMENTS)["sha256"]
    archive_path(warehouse, sha256).write_bytes(b"other")
    with pytest.raises(ArchiveIncomplete, match=f"1 files are missing or .*{sha256}"):
        backup(warehouse, target)
    assert archive_path(Warehouse(target), delivered.file(NAMES["nsmart"])["sha256"]).exists()


def test_a_backup_is_not_replaced_by_less(delivered: Intake, target: Path, tmp_path: Path) -> None:
    """Whole bytes in it stay when those of the warehouse are damaged, and an older warehouse is refused."""
    warehouse, older = delivered.night.warehouse, Warehouse(tmp_path / "older")
    shutil.copytree(warehouse.root, older.root)
    backup(warehouse, target)
    archive_path(warehouse, delivered.file(JUDGEMENTS)["sha256"]).write_bytes(b"other")
    assert backup(warehouse, target).new == 0
    for path in (older.register, older.head):
        path.write_bytes(b"")
    with pytest.raises(CasebookError, match="of another warehouse, or of a later time: it has 2 deliveries"):
        backup(older, target)
    warehouse.register.write_bytes(b"noise\n")
    with pytest.raises(RegisterDamaged):
        backup(warehouse, target)


def test_places_that_make_no_backup_are_refused(delivered: Intake, target: Path, tmp_path: Path) -> None:
    warehouse = delivered.night.warehouse
    for place, sentence in {
        warehouse.root / "b": "inside the warehouse",
        tmp_path / "landing": "something else",
    }.items():
        with pytest.raises(CasebookError, match=sentence):
            backup(warehouse, place)
    with pytest.raises(CasebookError, match="apart from it"):
        backup(warehouse, target, target / "key")
    with pytest.raises(CasebookError, match="no warehouse"):
        backup(Warehouse(tmp_path / "nowhere"), target)


@pytest.mark.parametrize("place", ["/etc/passwd", "/etc/passwd/x", "/proc/casebook", "/tmp/" + "x" * 300])
def test_places_where_no_folder_can_be_are_refused(place: str, delivered: Intake, target: Path) -> None:
    warehouse = delivered.night.warehouse
    with pytest.raises(CasebookError, match="No backup can be made at"):
        backup(warehouse, Path(place))
    backup(warehouse, target)
    with pytest.raises(CasebookError, match="be made at"):
        restore(target, Warehouse(Path(place)))


def test_a_key_that_cannot_be_read_or_written_is_refused_before_anything_is_copied(
    delivered: Intake, target: Path, tmp_path: Path
) -> None:
    warehouse = delivered.night.warehouse
    warehouse.key_file.write_bytes(b"a key")
    with pytest.raises(CasebookError, match="is a folder: name a file"):
        backup(warehouse, target, tmp_path)
    assert not target.exists()
    backup(warehouse, target)
    for key in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(CasebookError, match="The key cannot be read from"):
            restore(target, Warehouse(tmp_path / "restored"), key)
    assert not (tmp_path / "restored").exists()


def test_a_backup_is_restored_whole_and_into_an_empty_place_alone(
    delivered: Intake, target: Path, tmp_path: Path
) -> None:
    with pytest.raises(CasebookError, match="There is no backup at"):
        restore(tmp_path, Warehouse(tmp_path / "new"))
    backup(delivered.night.warehouse, target)
    with pytest.raises(CasebookError, match="is not empty"):
        restore(target, delivered.night.warehouse)
    archive_path(Warehouse(target), delivered.file(JUDGEMENTS)["sha256"]).unlink()
    with pytest.raises(ArchiveIncomplete, match="1 files are missing"):
        restore(target, Warehouse(tmp_path / "new"))


def test_the_commands_say_what_they_did_and_where_the_key_is(delivered: Intake, target: Path, tmp_path: Path) -> None:
    root = str(delivered.night.warehouse.root)
    done = CliRunner().invoke(app, ["backup", str(target), "--warehouse", root], catch_exceptions=False)
    assert "Backed up 2 files" in done.stdout
    assert "The secret of the case keys is not among it" in done.output
    done = CliRunner().invoke(app, ["restore", str(target), str(tmp_path / "new")], catch_exceptions=False)
    assert "Restored 2 files. Now run `casebook rebuild`" in done.stdout
