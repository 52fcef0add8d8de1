"""Files that are broken, gone or left over: the next night mends what it can, and says what it cannot."""

import shutil
from pathlib import Path

import pytest

from flows.base.warehouse_paths import Warehouse
from tests.faults.conftest import Scene
from tests.faults.nights import REFUSED, Plan, Reader
from tests.houses import House

GARBAGE = b"this is no database" * 1000


def test_what_a_dead_night_left_and_what_was_lost_among_publications_is_made_up_for(scene: Scene) -> None:
    """The batch and its log are garbage, an old publication too, the current one is gone and `current` dangles."""
    published = scene.house.warehouse / "published"
    (current,) = published.iterdir()
    for name, content in (("20010101T000000Z-aaaa", GARBAGE), ("20010102T000000Z-aaaa", None)):
        (published / name).mkdir()
        if content:
            (published / name / "analyst.duckdb").write_bytes(content)
    restricted = scene.house.warehouse / "restricted"
    (restricted / "batch" / "20010104T000000Z-aaaa").mkdir(parents=True)
    for name in ("0001.duckdb", "0001.duckdb.wal"):
        (restricted / "batch" / "20010104T000000Z-aaaa" / name).write_bytes(GARBAGE)
    (published / ".building-20010103T000000Z-aaaa").mkdir()
    (published / ".cleared-20010103T000000Z-aaaa").mkdir()
    shutil.rmtree(current)
    for question in ("status", "query", "rollback"):
        told = scene.casebook(question, *(["select 1"] if question == "query" else []))
        assert told.returncode == 1
        assert "is gone from" in told.stderr
        assert "casebook nightly" in told.stderr
    ended = scene.run()
    assert any("cannot be read" in line for line in ended.said), ended.said
    shutil.rmtree(published / "20010101T000000Z-aaaa")
    scene.recovers()


def vanish(house: House) -> None:
    """The landing folder goes away once its files have been found, as a network share does."""
    from flows.intake import land

    archive = land.archive

    def vanishing(warehouse: Warehouse, source: Path, sha256: str) -> bool:
        shutil.rmtree(house.landing, ignore_errors=True)
        return archive(warehouse, source, sha256)

    land.archive = vanishing


@pytest.mark.long
def test_a_landing_folder_that_goes_away_removes_nothing_and_its_files_are_taken_in_later(
    scene: Scene, reader: Reader, tmp_path: Path
) -> None:
    shutil.copytree(scene.house.landing, tmp_path / "share")
    before = scene.house.contents()
    ended = scene.run(Plan(before=vanish))
    assert ended.exit_code == 0, ended.said
    assert any("changed while it was read" in line for line in ended.said)
    assert scene.house.contents() == before
    ended = scene.run()
    assert ended.exit_code == REFUSED
    assert "There is no landing folder" in ended.said[-1]
    shutil.copytree(tmp_path / "share", scene.house.landing)
    scene.recovers()
