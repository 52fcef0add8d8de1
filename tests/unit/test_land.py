"""Landing: every file is found, archived and registered once; links are told, never followed; nothing is removed."""

import gzip
import hashlib
import os
import time
from pathlib import Path

import pytest

from flows.base.errors import CasebookError
from flows.base.night import Night
from flows.intake import land, look
from flows.intake.archive import archive_path
from flows.intake.landing_fingerprints import STEADY, Seen
from tests.conftest import Deliver, RunIntake, read_new
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]
GOOD = csv_text(good_rows("judgement", 2))


def states(night: Night) -> dict[str, str]:
    """State of each registered file by its path."""
    with night.warehouse.connect() as connection:
        return dict(connection.execute("select path, state from intake.file order by file_id").fetchall())


def reason(night: Night, path: str) -> str:
    """Why the file at a path was rejected."""
    with night.warehouse.connect() as connection:
        (found,) = connection.execute("select reason from intake.file where path = ?", [path]).fetchone() or (None,)
    return str(found)


def test_a_file_at_any_depth_is_registered_with_its_name_and_fingerprint(deliver: Deliver, night: Night) -> None:
    deliver(f"a/b/c/{JUDGEMENTS}", GOOD)
    assert land.land(night) == land.Landed(files=1, new=1, unread=1)
    with night.warehouse.connect() as connection:
        rows = connection.execute(
            "select path, file_name, kind, delivery_key, revision, sha256, size_bytes, state from intake.file"
        ).fetchall()
    sha256 = hashlib.sha256(GOOD.encode()).hexdigest()
    path = f"a/b/c/{JUDGEMENTS}"
    assert rows == [(path, JUDGEMENTS, "judgement", "ESI-BED-2005", 1, sha256, len(GOOD.encode()), "new")]


def test_the_bytes_are_archived_as_delivered_and_the_landing_folder_is_left_as_it_is(
    deliver: Deliver, night: Night
) -> None:
    path = deliver(JUDGEMENTS, GOOD)
    land.land(night)
    assert archive_path(night.warehouse, hashlib.sha256(GOOD.encode()).hexdigest()).read_text() == GOOD
    assert path.read_text() == GOOD


def test_what_is_known_is_not_registered_again(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    assert land.land(night) == land.Landed(files=1, new=0, unread=1)


def test_the_same_bytes_twice_in_one_night_count_once(deliver: Deliver, night: Night) -> None:
    deliver(f"a/{JUDGEMENTS}", GOOD)
    deliver(f"b/{JUDGEMENTS}", GOOD)
    land.land(night)
    assert states(night) == {f"a/{JUDGEMENTS}": "new", f"b/{JUDGEMENTS}": "same_bytes"}


def test_the_same_bytes_in_a_later_night_count_once(deliver: Deliver, intake: RunIntake) -> None:
    deliver(f"b/{JUDGEMENTS}", GOOD)
    intake()
    deliver(f"a/{JUDGEMENTS}", GOOD)
    later = intake()
    assert later.file(f"a/{JUDGEMENTS}")["state"] == "same_bytes"
    assert later.query("select count(*) from raw.judgement") == [(2,)]


def test_the_same_bytes_under_another_key_are_another_delivery(deliver: Deliver, night: Night) -> None:
    deliver("judgement_A.csv", GOOD)
    deliver("judgement_B.csv", GOOD)
    land.land(night)
    assert set(states(night).values()) == {"new"}


def test_other_bytes_at_the_same_path_are_another_file_and_both_stay_known(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    deliver(JUDGEMENTS, csv_text(good_rows("judgement", 3)))
    assert land.land(night).new == 1
    with night.warehouse.connect() as connection:
        assert connection.execute("select count(distinct sha256) from intake.file").fetchall() == [(2,)]


def test_bytes_that_come_back_to_a_path_are_registered_again(deliver: Deliver, intake: RunIntake) -> None:
    other = csv_text(good_rows("judgement", 3))
    for content in (GOOD, other, GOOD, GOOD, other):
        deliver(JUDGEMENTS, content)
        last = intake()
    states = last.query("select file_id, state from intake.file order by file_id")
    assert states == [(1, "loaded"), (2, "loaded"), (3, "same_bytes"), (4, "same_bytes")]


def test_a_file_that_was_caught_half_way_and_could_not_be_read_is_read_when_it_is_whole(
    deliver: Deliver, intake: RunIntake
) -> None:
    deliver(JUDGEMENTS, GOOD[:10])
    assert intake().file(JUDGEMENTS)["state"] == "rejected"
    deliver(JUDGEMENTS, GOOD)
    assert intake().counts(JUDGEMENTS) == (2, 2, 0, 0)


def test_an_ending_in_capitals_is_read(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.CSV", GOOD)
    deliver("nsmart_BED_0404.Csv.GZ", gzip.compress(csv_text(good_rows("nsmart", 2)).encode()))
    night = intake()
    assert night.counts("judgement_ESI-BED-2005.CSV") == (2, 2, 0, 0)
    assert night.counts("nsmart_BED_0404.Csv.GZ") == (2, 2, 0, 0)


def test_a_withdrawn_file_keeps_what_it_delivered(deliver: Deliver, intake: RunIntake) -> None:
    deliver(JUDGEMENTS, GOOD)
    intake()
    deliver(JUDGEMENTS, GOOD).unlink()
    later = intake()
    assert later.file(JUDGEMENTS)["state"] == "loaded"
    assert later.query("select count(*) from raw.judgement") == [(2,)]


def test_a_link_to_a_file_is_rejected_and_not_followed(landing: Path, tmp_path: Path, night: Night) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text(GOOD)
    (landing / JUDGEMENTS).symlink_to(outside)
    land.land(night)
    assert states(night) == {JUDGEMENTS: "rejected"}
    assert "link" in reason(night, JUDGEMENTS)
    files = {path for path in night.warehouse.archive.rglob("*") if path.is_file()}
    assert files == {night.warehouse.register, night.warehouse.head}


def test_a_link_to_a_folder_is_rejected_and_not_followed(landing: Path, tmp_path: Path, night: Night) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / JUDGEMENTS).write_text(GOOD)
    (landing / "linked").symlink_to(outside)
    land.land(night)
    assert states(night) == {"linked": "rejected"}


def test_a_link_to_nowhere_or_to_itself_does_not_end_the_night(landing: Path, night: Night) -> None:
    (landing / JUDGEMENTS).symlink_to(landing / "gone")
    (landing / "round").symlink_to(landing)
    land.land(night)
    assert set(states(night).values()) == {"rejected"}


def test_a_pipe_is_rejected_and_not_waited_for(landing: Path, night: Night) -> None:
    os.mkfifo(landing / JUDGEMENTS)
    land.land(night)
    assert states(night) == {JUDGEMENTS: "rejected"}


def test_an_unknown_kind_and_a_name_that_does_not_parse_are_rejected_and_the_rest_goes_on(
    deliver: Deliver, night: Night
) -> None:
    deliver("judgment_ESI-BED-2005.csv", GOOD)
    deliver("notes.txt", "hello")
    deliver("nsmart_BED_1304.csv", GOOD)
    deliver(JUDGEMENTS, GOOD)
    assert land.land(night).unread == 1
    assert states(night) == {
        "judgment_ESI-BED-2005.csv": "rejected",
        "notes.txt": "rejected",
        "nsmart_BED_1304.csv": "rejected",
        JUDGEMENTS: "new",
    }
    assert "an example is nsmart_BED_0404.csv" in reason(night, "nsmart_BED_1304.csv")


def test_a_night_whose_only_new_file_is_no_delivery_goes_on(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    deliver("notes.txt", "hello")
    land.land(night)
    assert states(night)["notes.txt"] == "rejected"


def test_a_name_that_no_terminal_can_print_is_registered_printable(landing: Path, night: Night) -> None:
    (landing / os.fsdecode(b"ippf_\xff\n\x1b[31m.csv")).write_bytes(b"x")
    land.land(night)
    (path,) = states(night)
    assert path.isprintable()
    assert states(night)[path] == "rejected"


def test_a_file_that_is_too_large_is_rejected_unread(
    deliver: Deliver, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "LARGEST_FILE", 10)
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    assert states(night) == {JUDGEMENTS: "rejected"}


def test_hidden_files_are_not_deliveries(deliver: Deliver, night: Night) -> None:
    deliver(f".{JUDGEMENTS}.part", GOOD)
    deliver(f".sync/{JUDGEMENTS}", GOOD)
    assert land.land(night).files == 0


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_night(
    deliver: Deliver, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deliver(JUDGEMENTS, GOOD)
    look_at = look.look_at

    def written_after_the_look(file: Path, landing: Path, seen: Seen) -> look.Found | None:
        found = look_at(file, landing, seen)
        path.write_text(csv_text(good_rows("judgement", 3)))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(look, "look_at", written_after_the_look)
        assert land.land(night).new == 0
    assert land.land(night).new == 1


def test_a_missing_landing_folder_stops_the_night_with_what_to_do(night: Night) -> None:
    night.landing.rmdir()
    with pytest.raises(CasebookError, match="CASEBOOK_LANDING"):
        land.land(night)


def test_a_night_that_died_between_landing_and_loading_is_picked_up(
    deliver: Deliver, night: Night, intake: RunIntake
) -> None:
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    read_new(night)
    later = intake()
    assert later.landed.new == 0
    assert later.counts(JUDGEMENTS) == (2, 2, 0, 0)


def test_what_is_loaded_is_not_read_again(deliver: Deliver, intake: RunIntake) -> None:
    deliver(JUDGEMENTS, GOOD)
    intake()
    later = intake()
    assert (later.landed.new, later.batch.files, later.loaded.rows_landed) == (0, 0, 0)
    assert later.query("select count(*) from raw.judgement") == [(2,)]


def test_an_empty_landing_folder_is_a_night_with_nothing_to_do(intake: RunIntake) -> None:
    assert intake().loaded.files == 0


def test_a_file_that_goes_away_before_it_is_archived_is_taken_in_when_it_comes_back(
    deliver: Deliver, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deliver(JUDGEMENTS, GOOD)
    found = list(look.find(night.landing, Seen(night.warehouse.seen), []))
    path.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(land, "find", lambda *_: found)
        assert land.land(night) == land.Landed(files=1, new=0, unread=0, waiting=1)
    deliver(JUDGEMENTS, GOOD)
    assert land.land(night) == land.Landed(files=1, new=1, unread=1)


def age(path: Path) -> None:
    """Make a file look as if it had stood there for long: its time of change cannot be set, so the clock is."""
    os.utime(path, ns=(0, 0))


@pytest.fixture
def stands(deliver: Deliver, night: Night, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that was landed once it had stood still."""
    path = deliver(JUDGEMENTS, GOOD)
    age(path)
    later = time.time_ns() + 2 * STEADY
    monkeypatch.setattr("flows.intake.landing_fingerprints.time.time_ns", lambda: later)
    land.land(night)
    return path


def test_a_file_that_stands_as_it_stood_is_not_read_again(
    stands: Path, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look.hashlib, "file_digest", lambda *_: pytest.fail("read again"))
    assert land.land(night) == land.Landed(files=1, new=0, unread=1)


def test_other_bytes_of_the_same_size_and_time_are_found(stands: Path, night: Night) -> None:
    stands.write_text(GOOD.replace("sufficient", "sufficienx"))
    age(stands)
    assert land.land(night).new == 1


def test_a_file_that_has_just_changed_is_read_again(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    land.land(night)
    assert not night.warehouse.seen.exists()


def test_fingerprints_that_cannot_be_read_are_taken_again(stands: Path, night: Night) -> None:
    night.warehouse.seen.write_text("torn")
    assert land.land(night) == land.Landed(files=1, new=0, unread=1)
    assert night.warehouse.seen.read_text() != "torn"
