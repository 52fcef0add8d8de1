"""What stands in a landing folder and is no ordinary file, and what takes a file's place while it is looked at."""

import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.base.night import Night
from flows.intake import land, look
from flows.intake.archive import archive_path
from flows.intake.landing_fingerprints import Seen
from flows.intake.look import Found
from tests.conftest import Deliver, RunIntake
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]
TEXT = csv_text(good_rows("judgement", 2))


def registered(night: Night) -> dict[str, tuple[str, str]]:
    """State and sentence of every registered file, by path."""
    with night.warehouse.connect() as connection:
        rows = connection.execute("select path, state, coalesce(reason, '') from intake.file").fetchall()
    return {path: (state, reason) for path, state, reason in rows}


def test_a_socket_is_rejected_and_not_connected_to(
    landing: Path, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(landing)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(JUDGEMENTS)
        land.land(night)
    assert registered(night) == {JUDGEMENTS: ("rejected", "This is not an ordinary file.")}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a device")
def test_a_device_is_rejected_and_not_read(landing: Path, night: Night) -> None:
    try:
        os.mknod(landing / JUDGEMENTS, 0o020666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("this machine lets nobody make a device")
    land.land(night)
    assert registered(night) == {JUDGEMENTS: ("rejected", "This is not an ordinary file.")}


def test_a_folder_named_like_a_delivery_is_a_folder(deliver: Deliver, night: Night) -> None:
    deliver(f"{JUDGEMENTS}/{JUDGEMENTS}", TEXT)
    land.land(night)
    assert list(registered(night)) == [f"{JUDGEMENTS}/{JUDGEMENTS}"]


def test_a_link_within_the_landing_folder_is_not_followed_either(landing: Path, deliver: Deliver, night: Night) -> None:
    deliver(f"a/{JUDGEMENTS}", TEXT)
    (landing / "a" / "judgement_LINK.csv").symlink_to(landing / "a" / JUDGEMENTS)
    (landing / "b").symlink_to(landing / "a", target_is_directory=True)
    land.land(night)
    assert {path: state for path, (state, _) in registered(night).items()} == {
        f"a/{JUDGEMENTS}": "new",
        "a/judgement_LINK.csv": "rejected",
        "b": "rejected",
    }


NAMES_THAT_TRICK = (
    "judgement_..csv",
    "judgement_..%2f..%2fetc%2fpasswd.csv",
    "judgement_\\..\\secret.csv",
    "judgement_ESI-BED-2005.csv ",
    "judgement_ESI\nBED.csv",
    "judgement_ESI-BED-2005\u202evsc.csv",
    "judgement_\u0415SI-BED-2005.csv",
    "judgement_ESI'; drop table intake.file; --.csv",
    "judgement_[red]x[blue].csv",
    "judgement_=cmd|' calc'!A0.csv",
    "judgement_" + "x" * 240 + ".csv",
    "-rf.csv",
    "judgement_$(id).csv",
    "judgement_<script>.csv",
)


def test_no_name_leads_out_of_the_folder_and_each_that_is_none_gets_a_sentence(landing: Path, night: Night) -> None:
    for name in NAMES_THAT_TRICK:
        (landing / name).write_text(TEXT)
    land.land(night)
    found = registered(night)
    assert len(found) == len(NAMES_THAT_TRICK)
    assert {state for state, _ in found.values()} == {"rejected"}
    assert all(path.isprintable() and reason.isprintable() for path, (_, reason) in found.items())


@pytest.mark.parametrize("swapped_for", ["link", "pipe", "nothing"])
def test_what_takes_a_files_place_after_the_look_is_not_read(
    swapped_for: str,
    deliver: Deliver,
    night: Night,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, outside = deliver(JUDGEMENTS, TEXT), tmp_path / "outside"
    outside.write_text(TEXT)
    make = {"link": lambda: path.symlink_to(outside), "pipe": lambda: os.mkfifo(path), "nothing": lambda: None}
    _swap_after_the_look(monkeypatch, path, make[swapped_for])
    assert land.land(night).new == 0
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    assert not archive_path(night.warehouse, sha256).exists()


def _swap_after_the_look(monkeypatch: pytest.MonkeyPatch, path: Path, make: Callable[[], object]) -> None:
    look_at = look.look_at

    def swapped(file: Path, landing: Path, seen: Seen) -> Found | None:
        found = look_at(file, landing, seen)
        path.unlink()
        make()
        return found

    monkeypatch.setattr(look, "look_at", swapped)


def test_a_file_that_is_gone_before_the_look_is_not_registered(landing: Path, tmp_path: Path) -> None:
    assert look.look_at(landing / JUDGEMENTS, landing, Seen(tmp_path / "seen.json")) is None


UNPRIVILEGED = """
import os, sys
from pathlib import Path
from flows.intake.landing_fingerprints import Seen
from flows.intake.look import find
os.chdir(sys.argv[1])
os.setgid(65534), os.setuid(65534)
for found in find(Path("."), Seen(Path("none")), []):
    print(found.path, "|", found.reason)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a user with fewer rights to become")
def test_a_file_or_folder_that_may_not_be_read_is_told_and_the_rest_goes_on(deliver: Deliver, landing: Path) -> None:
    deliver(f"closed/{JUDGEMENTS}", TEXT).parent.chmod(0)
    deliver("judgement_CLOSED.csv", TEXT).chmod(0)
    deliver(JUDGEMENTS, TEXT).chmod(0o644)
    landing.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, str(landing)], capture_output=True, text=True, check=False
    )
    (landing / "closed").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "judgement_CLOSED.csv | The file cannot be opened (Permission denied).",
        f"{JUDGEMENTS} | None",
        "closed | The folder cannot be opened (Permission denied).",
    ]


def test_a_name_that_comes_in_two_spellings_is_two_files(landing: Path, deliver: Deliver, intake: RunIntake) -> None:
    deliver(f"a\x07b/{JUDGEMENTS}", TEXT)
    deliver(f"a\x08b/{JUDGEMENTS}", csv_text(good_rows("judgement", 3)))
    states = intake().query("select path, state, rows_loaded from intake.file order by file_id")
    assert sorted(states, key=str) == [(f"a?b/{JUDGEMENTS}", "loaded", 2), (f"a?b/{JUDGEMENTS}", "loaded", 3)]


def test_names_that_are_printed_alike_are_registered_once(deliver: Deliver, night: Night) -> None:
    deliver(f"a\x07b/{JUDGEMENTS}", TEXT)
    deliver(f"a\x08b/{JUDGEMENTS}", csv_text(good_rows("judgement", 3)))
    assert [land.land(night).new for _ in range(3)] == [2, 0, 0]


@pytest.mark.parametrize(
    "name",
    [
        *("Thumbs.db", "thumbs.DB", "desktop.ini", "Desktop.ini", "ehthumbs.db", ".DS_Store", "INVENTED.txt"),
        *(f"~${JUDGEMENTS}", "~$nsmart_BED_0404.xlsx", ".~lock.nsmart_BED_0404.xlsx#"),
        *(
            f"{JUDGEMENTS}{ending}"
            for ending in (".filepart", ".part", ".tmp", ".crdownload", ".partial", ".Filepart", ".TMP", ".download")
        ),
    ],
)
def test_what_systems_leave_and_unfinished_uploads_are_passed_over(name: str, deliver: Deliver, night: Night) -> None:
    deliver(f"BED/{name}", TEXT)
    deliver(JUDGEMENTS, TEXT)
    landed = land.land(night)
    assert (landed.files, landed.new, landed.passed_over) == (1, 1, 0 if name.startswith((".", "INVENTED")) else 1)
    assert list(registered(night)) == [JUDGEMENTS]


@pytest.mark.parametrize("folder", ["$RECYCLE.BIN", "System Volume Information", "lost+found", "__MACOSX", "@eaDir"])
def test_folders_that_systems_keep_for_themselves_are_passed_over(folder: str, deliver: Deliver, night: Night) -> None:
    deliver(f"{folder}/{JUDGEMENTS}", TEXT)
    assert land.land(night) == land.Landed(files=0, new=0, unread=0)


@pytest.mark.parametrize("name", ["README", "README.md", "letter.docx", "nsmart_BED_0404.pdf", "temp.csv", "parts.csv"])
def test_what_is_no_delivery_is_rejected_with_a_sentence(name: str, deliver: Deliver, night: Night) -> None:
    deliver(name, TEXT)
    land.land(night)
    ((state, reason),) = registered(night).values()
    assert state == "rejected"
    assert reason.startswith("The file's name must")


@pytest.mark.parametrize(
    "parts",
    [
        ("nsmart_BED_0404.parquet/part-00000-3f2a.snappy.parquet", "nsmart_BED_0404.parquet/_SUCCESS"),
        ("nsmart_BED_0404.parquet/part-0.parquet", "nsmart_BED_0404.parquet/part-1.parquet"),
        ("nsmart_BED_0404.csv/part-00000.csv", "nsmart_BED_0404.csv/_SUCCESS"),
        ("out/part.0.parquet", "out/_metadata"),
        ("x.parquet/year=2004/part-0.parquet", "x.parquet/year=2005/part-0.parquet"),
        ("x.parquet/_delta_log/00000.json", "x.parquet/part-0.parquet"),
    ],
)
def test_a_folder_that_is_a_table_in_parts_gets_one_sentence(
    parts: tuple[str, str], deliver: Deliver, night: Night
) -> None:
    for part in parts:
        deliver(part, "x")
    assert [land.land(night).new for _ in range(2)] == [1, 0]
    ((path, (state, reason)),) = registered(night).items()
    assert (path, state) == (parts[0].split("/")[0], "rejected")
    assert "write it as one file" in reason


def test_a_mark_of_spark_beside_deliveries_takes_nothing_from_them(deliver: Deliver, night: Night) -> None:
    for folder in ("", "a/", "b/month=04/"):
        deliver(f"{folder}_SUCCESS", "")
        deliver(f"{folder}{JUDGEMENTS}", TEXT)
    deliver("c/_SUCCESS", "")
    deliver(f"c/d/{JUDGEMENTS}", TEXT)
    land.land(night)
    taken = {path for path, (state, _) in registered(night).items() if state != "rejected"}
    assert taken == {f"{folder}{JUDGEMENTS}" for folder in ("", "a/", "b/month=04/", "c/d/")}


class Writer(threading.Thread):
    """Someone who writes a file while the night lands it: a row each `pause` seconds until told to stop."""

    def __init__(self, path: Path, pause: float) -> None:
        super().__init__()
        self._path, self._pause, self.done = path, pause, threading.Event()

    def run(self) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            while not self.done.wait(self._pause):
                file.write(TEXT.splitlines(keepends=True)[1])
                file.flush()


def test_a_file_that_grows_while_the_night_lands_it_waits_for_the_next(
    deliver: Deliver, landing: Path, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "SETTLING", 200_000_000)
    deliver("judgement_WHOLE.csv", TEXT)
    deliver(JUDGEMENTS, TEXT)
    writer = Writer(landing / JUDGEMENTS, 0.02)
    writer.start()
    try:
        landed = land.land(night)
    finally:
        writer.done.set()
        writer.join()
    assert (landed.files, landed.new, landed.waiting) == (2, 1, 1)
    assert list(registered(night)) == ["judgement_WHOLE.csv"]
    assert land.land(night).new == 1


@pytest.mark.parametrize("what", ["size", "time"])
def test_a_file_that_changed_between_two_looks_waits(what: str, deliver: Deliver, night: Night) -> None:
    path = deliver(JUDGEMENTS, TEXT)
    found = list(look.find(night.landing, Seen(night.warehouse.seen), []))
    assert look.settled(found) == found
    if what == "size":
        path.write_text(f"{TEXT}more")
    else:
        os.utime(path, ns=(0, 0))
    assert look.settled(found) == []


def test_a_night_waits_a_moment_for_files_that_have_just_changed_and_for_no_others(
    deliver: Deliver, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(look.time, "sleep", waited.append)
    monkeypatch.setattr(look, "SETTLING", 1_000_000_000)
    path = deliver(JUDGEMENTS, TEXT)
    land.land(night)
    assert [0 < seconds <= 1 for seconds in waited] == [True]
    land.land(night)
    os.utime(path, ns=(2**62, 2**62))
    deliver("judgement_B.csv", TEXT)
    land.land(night)
    assert [0 < seconds <= 1 for seconds in waited] == [True, True]
