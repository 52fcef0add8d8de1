"""Publishing: readers see the last publication whole or the new one whole, and a rollback holds until resumed."""

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows.base.errors import CasebookError, NothingPublished, PublicationPinned
from flows.base.night import Night, begin
from flows.base.warehouse_paths import Warehouse
from flows.publish import publish
from flows.publish.publish import building_folder, current_run, kept, publications, resume, rollback

FIRST, SECOND, THIRD = (f"2006060{day}T020000Z-aaaa" for day in (1, 2, 3))


def publish_run(night: Night, run_id: str) -> None:
    """Publish a candidate that holds its run id."""
    at = replace(night, run_id=run_id, started_at=datetime.strptime(run_id[:8], "%Y%m%d"))
    building_folder(at).mkdir()
    with duckdb.connect(str(building_folder(at) / "analyst.duckdb")) as candidate:
        candidate.execute("create table run as select ? as run_id", [run_id])
    publish.publish(at)


def read_run(warehouse: Warehouse) -> str:
    """What a reader of the current file finds."""
    with duckdb.connect(str(warehouse.current / "analyst.duckdb"), read_only=True) as reader:
        return str(reader.execute("select run_id from run").fetchall()[0][0])


@pytest.fixture
def two_published(night: Night) -> Warehouse:
    """A warehouse with two publications."""
    publish_run(night, FIRST)
    publish_run(night, SECOND)
    return night.warehouse


def test_a_publication_becomes_current_and_nothing_half_built_is_left(two_published: Warehouse) -> None:
    assert read_run(two_published) == current_run(two_published) == SECOND
    assert publications(two_published) == [FIRST, SECOND]
    assert [path.name for path in two_published.published.iterdir() if path.name.startswith(".")] == []


def test_current_is_a_link_that_survives_moving_the_warehouse(two_published: Warehouse, tmp_path: Path) -> None:
    assert two_published.current.is_symlink()
    moved = two_published.root.rename(tmp_path / "moved")
    assert read_run(Warehouse(moved)) == SECOND


def test_a_reader_keeps_the_file_it_opened_when_the_link_is_swapped(night: Night) -> None:
    publish_run(night, FIRST)
    with duckdb.connect(str(night.warehouse.current / "analyst.duckdb"), read_only=True) as reader:
        publish_run(night, SECOND)
        assert reader.execute("select run_id from run").fetchall() == [(FIRST,)]
        assert read_run(night.warehouse) == SECOND


def test_a_candidate_that_is_being_built_is_no_publication(night: Night) -> None:
    building_folder(night).mkdir()
    assert publications(night.warehouse) == []
    with pytest.raises(NothingPublished):
        current_run(night.warehouse)


def test_what_a_failed_or_dead_night_left_is_removed_and_publications_stay(
    night: Night, two_published: Warehouse
) -> None:
    building_folder(night).mkdir()
    publish.discard(night)
    assert not building_folder(night).exists()
    building_folder(night).mkdir()
    cleared = two_published.published / f"{publish.CLEARED}{FIRST}"
    cleared.mkdir()
    publish.discard_dead(two_published)
    assert not building_folder(night).exists()
    assert not cleared.exists()
    assert publications(two_published) == [FIRST, SECOND]


def test_a_rollback_goes_back_by_one_and_pins_readers_there(night: Night, two_published: Warehouse) -> None:
    assert rollback(two_published, None) == FIRST
    assert read_run(two_published) == FIRST
    with pytest.raises(PublicationPinned, match=FIRST):
        publish_run(night, THIRD)
    assert read_run(two_published) == FIRST
    assert THIRD in publications(two_published)


def test_resume_gives_readers_the_newest_publication_and_lets_nights_publish_again(
    night: Night, two_published: Warehouse
) -> None:
    rollback(two_published, None)
    assert resume(two_published) == SECOND
    assert read_run(two_published) == SECOND
    publish_run(night, THIRD)
    assert read_run(two_published) == THIRD


def test_a_rollback_can_name_its_publication(night: Night, two_published: Warehouse) -> None:
    publish_run(night, THIRD)
    assert rollback(two_published, FIRST) == FIRST
    assert read_run(two_published) == FIRST


@pytest.mark.parametrize("run_id", ["20010101T000000Z-aaaa", "../restricted"])
def test_a_rollback_to_what_was_never_published_changes_nothing(run_id: str, two_published: Warehouse) -> None:
    with pytest.raises(NothingPublished):
        rollback(two_published, run_id)
    assert read_run(two_published) == SECOND
    assert not two_published.pin_file.exists()


def test_there_is_nothing_to_go_back_to_before_the_second_publication(night: Night) -> None:
    with pytest.raises(NothingPublished):
        rollback(night.warehouse, None)
    with pytest.raises(NothingPublished):
        resume(night.warehouse)
    publish_run(night, FIRST)
    with pytest.raises(NothingPublished):
        rollback(night.warehouse, None)
    assert read_run(night.warehouse) == FIRST


def test_a_folder_that_is_no_warehouse_is_told(tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match="no warehouse"):
        resume(Warehouse(tmp_path / "nowhere"))


def run_ids(last: date, nights: int) -> list[str]:
    """Run ids of as many nights in a row, up to a day."""
    return [f"{last - timedelta(days=back):%Y%m%d}T020000Z-aaaa" for back in reversed(range(nights))]


def test_the_last_seven_publications_stay() -> None:
    runs = run_ids(date(2006, 6, 20), 15)
    assert kept(runs, date(2006, 6, 20)) == set(runs[-7:])


def test_the_last_of_each_month_stays_for_a_year() -> None:
    today = date(2006, 6, 20)
    stay = kept(run_ids(today, 800), today)
    monthly = {run[:8] for run in stay} - {run[:8] for run in run_ids(today, 7)}
    assert monthly == {
        *("20050630", "20050731", "20050831", "20050930", "20051031", "20051130", "20051231"),
        *("20060131", "20060228", "20060331", "20060430", "20060531"),
    }


def test_few_publications_stay_however_old() -> None:
    runs = run_ids(date(2001, 1, 31), 3)
    assert kept(runs, date(2006, 6, 20)) == set(runs)


def test_publishing_clears_what_need_not_stay_and_never_the_current(night: Night) -> None:
    for day in range(1, 10):
        publish_run(night, f"2006060{day}T020000Z-aaaa")
    assert [run[6:8] for run in publications(night.warehouse)] == [f"0{day}" for day in range(3, 10)]
    assert read_run(night.warehouse) == "20060609T020000Z-aaaa"


def test_a_folder_that_lost_its_file_is_no_publication(two_published: Warehouse) -> None:
    (two_published.published / SECOND / "analyst.duckdb").unlink()
    assert publications(two_published) == [FIRST]


COPIES = ("before-upgrade", f"{SECOND} (copy)", "2099", "20991301T020000Z-aaaa", "99999999T999999Z-aaaa")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_that_a_person_named_is_no_publication_and_is_left_as_it_is(
    name: str, night: Night, two_published: Warehouse, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(two_published.published / FIRST, two_published.published / name)
    assert publications(two_published) == [FIRST, SECOND]
    assert resume(two_published) == SECOND
    later = begin(night.landing, two_published.root, None)
    assert (later.run_id > SECOND, later.run_id < "2090") == (True, True)
    publish_run(night, THIRD)
    assert f"{name} in {two_published.published} is no publication that a night made" in caplog.text
    assert (two_published.published / name / "analyst.duckdb").exists()


@pytest.mark.parametrize("lost", ["analyst.duckdb", "."])
def test_a_current_publication_that_is_gone_is_told_and_resume_gives_the_newest_that_is_left(
    lost: str, two_published: Warehouse
) -> None:
    (two_published.published / SECOND / "analyst.duckdb").unlink()
    if lost == ".":
        (two_published.published / SECOND).rmdir()
    for ask in (current_run, lambda warehouse: rollback(warehouse, None)):
        with pytest.raises(NothingPublished, match=r"is gone from .*casebook resume"):
            ask(two_published)
    assert resume(two_published) == FIRST
    assert read_run(two_published) == FIRST


def test_a_publication_is_out_of_sight_before_it_is_removed(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """A night killed while it removes a publication must not leave it half there."""
    for day in range(1, 8):
        publish_run(night, f"2006060{day}T020000Z-aaaa")
    monkeypatch.setattr(publish.shutil, "rmtree", lambda *_, **__: None)
    publish_run(night, "20060608T020000Z-aaaa")
    assert publications(night.warehouse)[0] == "20060602T020000Z-aaaa"
    assert [path.name for path in night.warehouse.published.glob(".*")] == [f"{publish.CLEARED}20060601T020000Z-aaaa"]
