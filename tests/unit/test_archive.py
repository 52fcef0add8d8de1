"""The register beside the archive says what each file was, survives a crash, and knows a warehouse that was lost."""

import os
from datetime import date
from pathlib import Path

import pytest

from flows import land, report
from flows.archive import append, archive_path, damaged, keep_bytes, keep_register, read_register
from flows.errors import WarehouseUnusable
from flows.folders import Warehouse
from flows.night import Night
from tests.conftest import BUSINESS_DATE, Deliver, RunIntake
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]
GOOD = csv_text(good_rows("judgement", 2))


def keep(warehouse: Warehouse) -> str:
    """The register after it was brought up to date."""
    with warehouse.connect() as connection:
        keep_register(warehouse, connection)
    return warehouse.register.read_text(encoding="utf-8")


def test_the_register_says_what_each_file_was_and_when_it_was_loaded(deliver: Deliver, intake: RunIntake) -> None:
    deliver(f"a/{JUDGEMENTS}", GOOD)
    night = intake()
    keep(night.night.warehouse)
    register = read_register(night.night.warehouse)
    known = night.file(f"a/{JUDGEMENTS}")
    file = register.files[known["file_id"]]
    assert (file.path, file.file_name, file.sha256, file.size) == (
        known["path"], known["file_name"], known["sha256"], known["size_bytes"],
    )  # fmt: skip
    assert (file.first_seen_run_id, file.loaded_at, file.reason) == (night.night.run_id, known["loaded_at"], None)
    assert register.key_check


def test_a_file_is_registered_for_the_business_date_of_the_night_that_found_it(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    report.open_run(night)
    land.land(night)
    (file,) = read_register(night.warehouse).files.values()
    assert file.business_date == BUSINESS_DATE


def test_a_file_without_bytes_is_registered_with_its_reason(night: Night) -> None:
    (night.landing / JUDGEMENTS).symlink_to(night.landing / "gone")
    land.land(night)
    (file,) = read_register(night.warehouse).files.values()
    assert "link" in str(file.reason)
    assert damaged(night.warehouse, [file]) == []


def test_a_night_with_nothing_new_adds_nothing(deliver: Deliver, intake: RunIntake) -> None:
    deliver(JUDGEMENTS, GOOD)
    warehouse = intake().night.warehouse
    before = keep(warehouse)
    intake()
    assert keep(warehouse) == before


def test_a_torn_last_line_is_no_record_and_is_written_again(deliver: Deliver, intake: RunIntake) -> None:
    deliver(JUDGEMENTS, GOOD)
    warehouse = intake().night.warehouse
    whole = keep(warehouse)
    for kept in (len(whole) - 1, len(whole) - 20, 20, 0):
        warehouse.register.write_text(whole[:kept], encoding="utf-8")
        read_register(warehouse)
        keep(warehouse)
        register = read_register(warehouse)
        assert [file.loaded_at is not None for file in register.files.values()] == [True]
        assert register.files.keys() == {1}


def test_a_warehouse_that_is_lost_or_older_than_the_archive_says_to_rebuild(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    night.warehouse.database.unlink()
    with pytest.raises(WarehouseUnusable, match="Run `casebook rebuild`"):
        land.land(night)


def test_a_tombstone_stands_for_a_file_that_the_warehouse_no_longer_knows(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    append(night.warehouse, [{"event": "erased", "file_id": 1, "reason": "Erased on request."}])
    with night.warehouse.connect() as connection:
        connection.execute("delete from intake.file")
        keep_register(night.warehouse, connection)
    assert read_register(night.warehouse).erased == {1: "Erased on request."}


def test_an_event_that_this_version_does_not_know_is_left_as_it_is(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    append(night.warehouse, [{"event": "renamed", "on": date(2006, 1, 2)}])
    land.land(night)
    assert night.warehouse.register.read_text(encoding="utf-8").startswith('{"event": "renamed"')
    assert read_register(night.warehouse).files.keys() == {1}


def test_bytes_that_are_missing_or_were_changed_are_found(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    files = list(read_register(night.warehouse).files.values())
    assert damaged(night.warehouse, files) == []
    (kept,) = (path for path in night.warehouse.archive.rglob("*") if path.name == files[0].sha256)
    kept.write_text("other")
    assert damaged(night.warehouse, files) == files
    kept.unlink()
    assert damaged(night.warehouse, files) == files


def test_a_damaged_warehouse_file_says_to_rebuild(night: Night) -> None:
    night.warehouse.connect().close()
    whole = night.warehouse.database.read_bytes()
    for broken in (b"not a database" * 1000, whole[:4096] + bytes(8192) + whole[12288:]):
        night.warehouse.database.write_bytes(broken)
        with pytest.raises(WarehouseUnusable, match="run `casebook rebuild`"):
            night.warehouse.connect()


@pytest.fixture
def done(night: Night, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is brought to disk and what is renamed from here on, in order, by path below the archive."""
    calls: list[tuple[str, str]] = []
    fsync, rename = os.fsync, Path.replace

    def name(path: str | Path) -> str:
        return str(Path(path).relative_to(night.warehouse.archive.resolve()))

    def syncing(descriptor: int) -> None:
        calls.append(("sync", name(Path(f"/proc/self/fd/{descriptor}").readlink())))
        fsync(descriptor)

    def renaming(path: Path, target: Path) -> Path:
        calls.append(("rename", name(path.resolve())))
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(Path, "replace", renaming)
    return calls


def test_bytes_are_on_disk_before_they_get_their_name_and_the_name_before_anything_follows(
    night: Night, done: list[tuple[str, str]]
) -> None:
    sha256 = keep_bytes(night.warehouse, b"delivered")
    folder = sha256[:2]
    part = f"{folder}/{sha256}.part"
    assert done == [("sync", "."), ("sync", part), ("rename", part), ("sync", folder)]
    assert archive_path(night.warehouse, sha256).read_bytes() == b"delivered"


def test_the_register_is_on_disk_with_its_name(night: Night, done: list[tuple[str, str]]) -> None:
    for _ in range(2):
        append(night.warehouse, [{"event": "landed"}])
    assert done == [("sync", "register.jsonl"), ("sync", "."), ("sync", "register.jsonl")]
