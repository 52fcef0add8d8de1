"""What stands in a landing folder and is no ordinary file, and what takes a file's place while it is looked at."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import land
from flows.land import Found
from flows.night import Night
from flows.seen import Seen
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
    assert not any(kept.is_file() for kept in night.warehouse.archive.rglob("*"))


def _swap_after_the_look(monkeypatch: pytest.MonkeyPatch, path: Path, make: Callable[[], object]) -> None:
    look_at = land._look_at

    def swapped(file: Path, landing: Path, seen: Seen) -> Found | None:
        found = look_at(file, landing, seen)
        path.unlink()
        make()
        return found

    monkeypatch.setattr(land, "_look_at", swapped)


def test_a_file_that_is_gone_before_the_look_is_not_registered(landing: Path, tmp_path: Path) -> None:
    assert land._look_at(landing / JUDGEMENTS, landing, Seen(tmp_path / "seen.json")) is None


UNPRIVILEGED = """
import os, sys
from pathlib import Path
from flows.seen import Seen
from flows.land import _find
os.chdir(sys.argv[1])
os.setgid(65534), os.setuid(65534)
for found in _find(Path("."), Seen(Path("none"))):
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
