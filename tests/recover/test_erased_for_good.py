"""What was erased does not come back: from the landing folder, from a backup, or where an erasure died half-way."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.base.errors import CannotErase
from flows.base.warehouse_paths import Warehouse
from flows.intake.register import read_register
from flows.intake.tombstones import read
from flows.recover import erase
from flows.recover.erase import erase_delivery, finish_begun
from flows.recover.rebuild import rebuild
from tests.conftest import Deliver, Intake, RunIntake
from tests.erasures import (
    CASE,
    NAMING,
    NOTES,
    OTHER,
    ROWS,
    ask_nothing,
    die,
    erase_it,
    holding_case,
    in_publication,
    judgement,
    key_of_case,
)
from tests.samples import GOOD, NAMES, csv_text
from tests.shortened import some_of

AGAIN: dict[str, tuple[str, str, tuple[object, ...]]] = {
    "the same bytes": (f"again/{NAMES['judgement']}", csv_text(ROWS), ("same_bytes", None, None, 2)),
    "new bytes": (
        NAMES["judgement"].replace(".csv", "_r2.csv"),
        csv_text([*ROWS, judgement(OTHER, "1.1.2")]),
        ("loaded", 7, 5, 2),
    ),
    "a text": (
        NAMES["recommendation"].replace(".csv", "_r2.csv"),
        csv_text([{**GOOD["recommendation"], "addressed_to": "Board"}, NAMING]),
        ("loaded", 2, 1, 1),
    ),
    "an unreadable file": ("again/notes.csv", f"{NOTES}more of {CASE}.", ("rejected", None, None, 0)),
    "nothing but the case": (
        NAMES["judgement"].replace(".csv", "_r3.csv"),
        csv_text([judgement(CASE, "1.1.1")]),
        ("rejected", None, None, 0),
    ),
}


@pytest.mark.parametrize("again", some_of(AGAIN, "new bytes", "nothing but the case"))
def test_an_erased_case_does_not_come_back_from_the_landing_folder(
    delivered: Intake, deliver: Deliver, intake: RunIntake, again: str
) -> None:
    warehouse = delivered.night.warehouse
    erase_it(warehouse)
    quiet = intake()
    assert (quiet.landed.new, quiet.batch.files) == (0, 0)
    path, content, outcome = AGAIN[again]
    deliver(path, content)
    done = intake()
    file = done.file(path)
    assert tuple(file[name] for name in ("state", "rows_landed", "rows_loaded", "rows_erased")) == outcome
    assert outcome[0] != "rejected" or file["reason"].startswith("Erased on 20")
    assert holding_case(warehouse) == set()
    assert intake().landed.new == 0
    before = done.query("from intake.file order by all")
    rebuild(warehouse)
    assert done.query("from intake.file order by all") == before


def test_a_night_that_dies_when_it_has_refused_rows_leaves_nothing_of_them(
    delivered: Intake, deliver: Deliver, intake: RunIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_it(delivered.night.warehouse)
    path, content, outcome = AGAIN["new bytes"]
    deliver(path, content)
    with monkeypatch.context() as patch:
        patch.setattr("flows.intake.land.enter", die)
        with pytest.raises(KeyboardInterrupt):
            intake()
    file = intake().file(path)
    assert tuple(file[name] for name in ("state", "rows_landed", "rows_loaded", "rows_erased")) == outcome


def older_archive(warehouse: Warehouse, older: Path) -> None:
    """Put the archive of before back; the restricted warehouse is lost."""
    shutil.rmtree(warehouse.archive)
    shutil.copytree(older / "archive", warehouse.archive)
    warehouse.database.unlink()
    rebuild(warehouse)


def older_archive_and_warehouse(warehouse: Warehouse, older: Path) -> None:
    """Put both back as they were before."""
    older_archive(warehouse, older)
    shutil.copytree(older / "archive", warehouse.archive, dirs_exist_ok=True)
    shutil.copy(older / "warehouse.duckdb", warehouse.database)


def shorter_register(warehouse: Warehouse, older: Path) -> None:
    """The register is that of before, the restricted warehouse is lost, and the erased bytes are gone."""
    for name in ("register.jsonl", "register.head"):
        shutil.copy(older / "archive" / name, warehouse.archive / name)
    warehouse.database.unlink()
    rebuild(warehouse)


@pytest.mark.parametrize(
    "restore", [pytest.param(older_archive, marks=pytest.mark.long), older_archive_and_warehouse, shorter_register]
)
def test_what_was_erased_does_not_come_back_from_before(
    delivered: Intake, tmp_path: Path, restore: Callable[[Warehouse, Path], None]
) -> None:
    """The tombstones beside the key are all that is left of the erasures."""
    warehouse = delivered.night.warehouse
    shutil.copytree(warehouse.restricted, tmp_path / "older")
    erase_it(warehouse)
    erase_delivery(warehouse, "nsmart", "BED_0404", "Sent in error.", ask_nothing)
    restore(warehouse, tmp_path / "older")
    finish_begun(warehouse)
    assert delivered.query("select count(*) from raw.judgement") == [(4,)]
    assert delivered.query("select count(*) from raw.nsmart") == [(0,)]
    assert holding_case(warehouse) == set()
    assert not read_register(warehouse).is_unfinished


def test_tombstones_that_were_lost_in_their_second_place_are_written_again(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    erase_it(warehouse)
    kept = read(warehouse.erased_cases)
    assert [record["event"] for record in kept] == ["case_erased", "bytes_erased"]
    for damage in (b"", b"garbled\n"):
        warehouse.erased_cases.write_bytes(damage)
        finish_begun(warehouse)
        assert read(warehouse.erased_cases) == kept
    assert kept[0]["case"] not in (CASE, key_of_case(warehouse))


def test_a_rebuild_after_an_erasure_has_not_the_case(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    key = key_of_case(warehouse)
    erase_it(warehouse)
    before = delivered.query("from intake.file order by all"), delivered.query("from raw.judgement order by all")
    rebuild(warehouse)
    assert (
        delivered.query("from intake.file order by all"),
        delivered.query("from raw.judgement order by all"),
    ) == before
    assert delivered.query("select count(*) from raw.judgement where case_key = ?", key) == [(0,)]


def again(warehouse: Warehouse) -> None:
    """The same command, which finds the case gone once it has finished what was begun."""
    with pytest.raises(CannotErase, match="This case was erased before"):
        erase_it(warehouse)


STEPS: dict[str, Callable[[Warehouse], object]] = {
    "the next night": finish_begun,
    "the same command": again,
}


@pytest.mark.parametrize("by", some_of(STEPS, "the next night"))
@pytest.mark.parametrize("step", ["bury", "remake", "_sweep", "make_again"])
def test_an_erasure_that_died_is_finished_by_the_next_command_or_night(
    delivered: Intake, intake: RunIntake, monkeypatch: pytest.MonkeyPatch, step: str, by: str
) -> None:
    warehouse = delivered.night.warehouse
    with monkeypatch.context() as patch:
        patch.setattr(erase, step, die)
        with pytest.raises(KeyboardInterrupt):
            erase_it(warehouse)
    STEPS[by](warehouse)
    assert holding_case(warehouse) == set()
    assert in_publication(warehouse, "select count(*) from marts.fct_judgement") == [(4,)]
    assert intake().batch.files == 0
    assert not read_register(warehouse).is_unfinished
