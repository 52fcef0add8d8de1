"""Prefect's database holds records alone: what is damaged or has grown is set aside, and a new one is made."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows.service import prefect_records


def make(home: Path, rows: int = 1) -> Path:
    """A database with so many rows of a kilobyte."""
    home.mkdir(exist_ok=True)
    file = prefect_records.database(home)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table log (message text)")
        connection.executemany("insert into log values (?)", [["x" * 1000]] * rows)
        connection.commit()
    return file


def test_a_sound_database_stays(tmp_path: Path) -> None:
    file = make(tmp_path)
    assert prefect_records.repair(tmp_path, 1 << 20) is None
    assert file.exists()


def test_what_failed_tasks_left_goes(tmp_path: Path) -> None:
    make(tmp_path / "storage")
    prefect_records.repair(tmp_path)
    assert not (tmp_path / "storage").exists()


def test_no_database_is_no_damage(tmp_path: Path) -> None:
    assert prefect_records.repair(tmp_path, 1 << 20) is None
    assert not prefect_records.is_migrated(tmp_path)


@pytest.mark.parametrize("places", [slice(0, None), slice(0, 100), slice(8192, 8292)], ids=["all", "head", "middle"])
def test_noise_is_set_aside_with_a_sentence(places: slice, tmp_path: Path) -> None:
    file = make(tmp_path, rows=100)
    content = bytearray(file.read_bytes())
    content[places] = os.urandom(len(content[places]))
    file.write_bytes(content)
    sentence = prefect_records.repair(tmp_path)
    assert sentence is not None
    assert str(file.with_name("prefect.db.before")) in sentence
    assert not file.exists()
    assert file.with_name("prefect.db.before").read_bytes() == content
    assert prefect_records.repair(tmp_path) is None


def test_a_damaged_one_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    for content in (b"first noise" * 100, b"second noise" * 100):
        prefect_records.database(tmp_path).write_bytes(content)
        assert prefect_records.repair(tmp_path)
    assert [file.read_bytes()[:6] for file in tmp_path.glob("prefect.db*")] == [b"second"]


def test_a_database_in_use_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = make(tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("begin exclusive")
        monkeypatch.setattr(prefect_records, "SECONDS_TO_WAIT", 0)
        assert prefect_records.repair(tmp_path) is None
    assert file.exists()


def test_databases_of_400_nights_stay_bounded(tmp_path: Path) -> None:
    """A night by command adds 0.6 MB."""
    largest, most = 1 << 20, 0
    for _ in range(40):
        prefect_records.repair(tmp_path, largest)
        with closing(sqlite3.connect(prefect_records.database(tmp_path))) as connection:
            connection.execute("create table if not exists log (message text)")
            connection.executemany("insert into log values (?)", [["x" * 1000]] * 100)
            connection.commit()
        most = max(most, sum(file.stat().st_size for file in tmp_path.iterdir()))
    assert most < 2.5 * largest


def test_a_migration_is_remembered_in_the_database_and_lost_with_it(tmp_path: Path) -> None:
    """A mark beside it once forbade the migration of the new one for ever."""
    make(tmp_path)
    assert not prefect_records.is_migrated(tmp_path)
    prefect_records.remember_migration(tmp_path)
    assert prefect_records.is_migrated(tmp_path)
    prefect_records.set_aside(tmp_path)
    assert not prefect_records.is_migrated(tmp_path)
    make(tmp_path)
    assert not prefect_records.is_migrated(tmp_path)


def test_another_version_of_prefect_migrates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path)
    prefect_records.remember_migration(tmp_path)
    monkeypatch.setattr(prefect_records.importlib.metadata, "version", lambda _: "3.9.0")
    assert not prefect_records.is_migrated(tmp_path)
