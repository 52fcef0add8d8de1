"""The night's last sentence counts everything that changed since the publication that readers had before."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from flows.base.night import Night
from flows.intake.land import Landed
from flows.publish.summary import Changes, changes, sentence, summary

BEFORE, FAILED = "20060613T020000Z-0000", "20060614T020000Z-0000"

LOAD_FILE = """
    create schema ops;
    create table ops.load_file (file_id bigint, status varchar, rows_loaded bigint, rows_duplicate bigint);
    create table ops.quarantine_row (file_id bigint, row_number bigint);
"""
PUBLISHED = """
    insert into ops.load_file values
        (1, 'current', 8, 0), (2, 'current', 5, 0), (3, 'rejected', null, null), (4, 'current', 5, 0);
    insert into ops.quarantine_row values (1, 1), (1, 2), (2, 7), (4, 1);
"""
NOW = """
    insert into ops.load_file values
        (1, 'current', 9, 0), (2, 'superseded', 5, 0), (3, 'rejected', null, null), (4, 'rejected', null, null),
        (5, 'current', 20, 1), (6, 'rejected', null, null), (7, 'current', 30, 2), (8, 'rejected', null, null),
        (9, 'same_bytes', null, null);
    insert into ops.quarantine_row values (1, 2), (1, 3), (7, 1), (7, 2);
"""
"""Row 1 of file 1 is released and its row 3 held since; 2 was corrected, 4 rejected for what others say. 5 and 6 came
on a night that failed, 7 to 9 tonight: 6 and 8 are rejected, 9 is a copy. Of 1, 5 and 9 two rows each were erased."""


@pytest.fixture
def published(night: Night) -> Night:
    """A warehouse after a publication, a failed night and tonight's."""
    folder = night.warehouse.published / BEFORE
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute(LOAD_FILE + PUBLISHED)
    with night.warehouse.connect() as connection:
        connection.execute(LOAD_FILE + NOW)
        connection.execute("insert into intake.publication values (1, ?, '2006-06-13')", [BEFORE])
        runs = [BEFORE] * 4 + [FAILED] * 2 + [night.run_id] * 3
        for file_id, run_id in enumerate(runs, 1):
            connection.execute(
                "insert into intake.file (file_id, path, file_name, sha256, size_bytes, first_seen_run_id, state, "
                "rows_erased) values (?, 'p', 'n', 's', 1, ?, ?, ?)",
                [file_id, run_id, "same_bytes" if file_id == 9 else "loaded", 2 if file_id in {1, 5, 9} else 0],
            )
    return night


SINCE = Changes(
    new=5,
    read=2,
    rejected=2,
    copies=1,
    rejected_since=1,
    set_aside=0,
    rows_loaded=50,
    rows_duplicate=3,
    rows_refused=4,
    rows_held=3,
    rows_released=1,
)


def test_what_a_failed_night_left_is_counted(published: Night) -> None:
    assert changes(published) == SINCE


def test_new_files_are_read_rejected_or_copies(published: Night) -> None:
    since = changes(published)
    assert since.new == since.read + since.rejected + since.copies


def test_the_sentence_says_all_of_it(published: Night) -> None:
    assert summary(published, Landed(files=9, new=3, unread=1, waiting=1, passed_over=2)) == (
        f"Published {published.run_id} for 2006-06-15: 9 files found, 5 new (2 read, 2 rejected, 1 copy), "
        "1 rejected for what others say, 50 rows loaded, 3 repeated, 4 rows refused because their cases were erased, "
        "3 rows held, 1 row released, "
        "1 file still being written, 2 passed over."
    )


def test_nothing_is_said_of_what_is_not_there() -> None:
    nothing = Changes(*[0] * 11)
    assert sentence(Landed(9, 0, 0), nothing) == "9 files found, nothing new, nothing held."
    assert sentence(Landed(0, 0, 0), nothing) == "no files found, nothing new, nothing held."
    one = replace(nothing, new=1, set_aside=1)
    assert sentence(Landed(9, 1, 1), one) == "9 files found, 1 new, 1 set aside, nothing held."


def test_a_file_set_aside_is_counted_once(published: Night) -> None:
    with published.warehouse.connect() as connection:
        connection.execute("update ops.load_file set status = 'set_aside' where file_id in (1, 7)")
    since = changes(published)
    assert (since.set_aside, since.read, since.rows_loaded) == (2, 1, 20)


@pytest.mark.parametrize("lost", ["file", "content", "publication"])
def test_without_the_publication_before_everything_new_is_counted_all_the_same(lost: str, published: Night) -> None:
    file = published.warehouse.published / BEFORE / "analyst.duckdb"
    if lost == "file":
        file.unlink()
    elif lost == "content":
        file.write_bytes(b"not a database")
    else:
        with published.warehouse.connect() as connection:
            connection.execute("delete from intake.publication")
    since = changes(published)
    assert since.new == (9 if lost == "publication" else 5)
    assert (since.rows_held, since.rows_released) == (4, 0)
    assert changes(published) == since


def test_the_publication_before_is_left_as_it_is(published: Night) -> None:
    file: Path = published.warehouse.published / BEFORE / "analyst.duckdb"
    before = file.read_bytes()
    changes(published)
    assert file.read_bytes() == before
