"""The archive keeps bytes and says beside them what they are; the register says what became of each file."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from flows.base.errors import WarehouseUnusable
from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.intake import land
from flows.intake.archive import archive_path, damaged, keep_bytes, read_sidecar, read_sidecar_of, says, sidecar_path
from flows.intake.catch_up import catch_up
from flows.intake.register import append, read_register
from flows.publish import report
from tests.conftest import BUSINESS_DATE, Deliver, RunIntake
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]
GOOD = csv_text(good_rows("judgement", 2))


def keep(warehouse: Warehouse) -> str:
    """The register after it was brought up to date."""
    with warehouse.connect() as connection:
        catch_up(warehouse, connection)
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


def test_the_register_is_on_disk_with_its_name_before_its_head(night: Night, done: list[tuple[str, str]]) -> None:
    append(night.warehouse, [{"event": "a"}])
    append(night.warehouse, [{"event": "b"}])
    head = [("sync", "register.head.part"), ("rename", "register.head.part"), ("sync", ".")]
    assert done == [("sync", "register.jsonl"), ("sync", "."), *head, ("sync", "register.jsonl"), *head]


def test_beside_its_bytes_is_what_a_file_is_under_every_name_under_which_it_came(
    deliver: Deliver, intake: RunIntake
) -> None:
    deliver(JUDGEMENTS, GOOD)
    first = intake()
    deliver(f"copy/{JUDGEMENTS}", GOOD)
    second = intake()
    sha256 = first.file(JUDGEMENTS)["sha256"]
    said = read_sidecar(sidecar_path(first.night.warehouse, sha256)).records
    assert [(record["path"], record["first_seen_run_id"]) for record in said] == [
        (JUDGEMENTS, first.night.run_id),
        (f"copy/{JUDGEMENTS}", second.night.run_id),
    ]
    names = ("file_id", "kind", "key", "revision", "business_date")
    assert [said[0][name] for name in names] == [1, "judgement", "ESI-BED-2005", 1, "2006-06-15"]
    # The key was made by the first night, after it had landed.
    assert [record["case_key_check"] is None for record in said] == [True, False]


def test_what_a_dead_night_said_of_bytes_is_replaced_by_what_the_next_one_says(
    deliver: Deliver, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(JUDGEMENTS, GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(land, "announce", _die)
        with pytest.raises(KeyboardInterrupt):
            land.land(night)
    deliver("a.txt", "This one is number 1 for the next night.")
    land.land(replace(night, run_id="20300101T000000Z-0000"))
    (file,) = [file for file in read_register(night.warehouse).files.values() if file.path == JUDGEMENTS]
    (said,) = read_sidecar(sidecar_path(night.warehouse, file.sha256)).records
    assert (said["file_id"], said["first_seen_run_id"]) == (2, "20300101T000000Z-0000")
    assert says(read_sidecar_of(night.warehouse, file), file)


def _die(*_: object) -> None:
    raise KeyboardInterrupt
