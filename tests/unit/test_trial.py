"""`casebook check` says what a night would make of files, and leaves nothing behind."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.base.errors import CasebookError
from flows.base.settings import PROJECT
from flows.cli.app import app
from flows.intake import load, look
from flows.intake.trial import Trial, try_files
from tests.conftest import Deliver, RunIntake
from tests.samples import NAMES, csv_text, good_rows, spoilt

JUDGEMENTS, NSMART, TARGETS = NAMES["judgement"], NAMES["nsmart"], NAMES["performance_target"]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; a test leaves nothing in it. No test reaches a warehouse's key."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(load, "secret_key", lambda *_: pytest.fail("a trial has no business with the key"))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def delivered(deliver: Deliver, landing: Path) -> Path:
    """A folder with a file of each outcome."""
    deliver(JUDGEMENTS, csv_text(good_rows("judgement", 3)))
    deliver(f"copy/{JUDGEMENTS}", csv_text(good_rows("judgement", 3)))
    deliver(NSMART, csv_text([*spoilt("nsmart", sex="X", team_code=""), *good_rows("nsmart", 1)]))
    deliver(TARGETS, csv_text([{**row, "further": "1"} for row in good_rows("performance_target", 2)]))
    deliver("nsmart_BED_0504.csv", "not,the,columns\n1,2,3\n")
    deliver("nsmart_BED_0604 (1).csv", csv_text(good_rows("nsmart", 1)))
    deliver("Thumbs.db", "")
    return landing


def outcomes(trial: Trial, folder: Path) -> dict[str, tuple[str, bool]]:
    """Summary and verdict of each file, by its path below the folder."""
    return {str(Path(one.path).relative_to(folder)): (one.summary, one.loads_whole) for one in trial.tried}


def test_every_file_gets_its_verdict(delivered: Path) -> None:
    assert outcomes(try_files([delivered]), delivered) == {
        JUDGEMENTS: ("It has the bytes of another of these files, and would count once.", True),
        f"copy/{JUDGEMENTS}": ("Of 3 rows 3 would load.", True),
        NSMART: ("Of 4 rows 2 would load; exact repeats, counted once: 1; held: 1.", False),
        TARGETS: ("Of 2 rows 2 would load.", True),
        "nsmart_BED_0504.csv": ("The whole file would be rejected.", False),
        "nsmart_BED_0604 (1).csv": ("The whole file would be rejected.", False),
    }


def test_a_held_row_has_its_reasons_and_its_cells_as_delivered(delivered: Path) -> None:
    (tried,) = try_files([delivered / NSMART]).tried
    (held,) = tried.held
    assert "sex must be one of" in held.reasons
    assert (held.cells["sex"], held.cells["case_ref"], "team_code" in held.cells) == ("X", "BED10001", False)


def test_sentences_and_warnings_are_those_of_a_night(delivered: Path, intake: RunIntake) -> None:
    tried = {Path(one.path): one for one in try_files([delivered]).tried}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "secret_key", lambda *_: b"key")
        night = intake()
    for path, one in tried.items():
        file = night.file(str(path.relative_to(delivered)))
        assert one.sentences == tuple(filter(None, (file["reason"], file["warning"])))
        assert len(one.held) == (file["rows_held"] or 0)


def test_a_file_given_twice_is_checked_once(delivered: Path) -> None:
    assert len(try_files([delivered / NSMART, delivered, delivered / NSMART]).tried) == 6


def test_two_files_of_one_name_are_both_checked(delivered: Path, deliver: Deliver) -> None:
    other = deliver(f"other/{NSMART}", csv_text(good_rows("nsmart", 2)))
    assert [one.path for one in try_files([delivered / NSMART, other]).tried] == [str(delivered / NSMART), str(other)]


def test_what_systems_leave_is_passed_over(delivered: Path) -> None:
    assert try_files([delivered]).passed_over == (str(delivered / "Thumbs.db"),)
    assert try_files([delivered / "Thumbs.db"]).tried == ()


def test_a_file_that_is_still_being_written_is_to_be_checked_again(
    delivered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "_is_as_it_was", lambda _: False)
    (tried,) = try_files([delivered / NSMART]).tried
    assert (tried.summary, tried.loads_whole) == (
        "The file is still being written: check it again when it is complete.",
        False,
    )


def test_a_link_is_refused_as_in_a_landing_folder(delivered: Path) -> None:
    link = delivered / "judgement_LINK.csv"
    link.symlink_to(delivered / JUDGEMENTS)
    (tried,) = try_files([link]).tried
    assert tried.sentences == ("The file is a link; deliver the file itself.",)


def test_what_is_not_there_is_named(delivered: Path, temporary: Path) -> None:
    with pytest.raises(CasebookError, match=r"There is no file or folder .*nsmart_X\.csv: look at its name"):
        try_files([delivered / JUDGEMENTS, delivered / "nsmart_X.csv"])
    (delivered / "empty").mkdir()
    with pytest.raises(CasebookError, match=r"There is no file to check in .*empty"):
        try_files([delivered / "empty"])


def command(*arguments: str | Path) -> tuple[int, str]:
    """Exit code of `casebook check`, and what it says."""
    result = CliRunner().invoke(app, ["check", *map(str, arguments)], catch_exceptions=False)
    return result.exit_code, result.stdout


def test_the_command_shows_rows_reasons_and_cells_and_fails(delivered: Path) -> None:
    code, said = command(delivered / NSMART, delivered / JUDGEMENTS)
    assert code == 1
    assert f"{NSMART}: Of 4 rows 2 would load" in said
    assert "sex must be one of" in said
    assert "case_ref BED10001" in said
    assert said.endswith("2 checked, 1 would load whole.\n")


def test_a_warning_alone_does_not_fail(delivered: Path) -> None:
    code, said = command(delivered / TARGETS)
    assert code == 0
    assert "further" in said


def test_the_command_shows_hostile_text_as_text_and_long_cells_in_part(deliver: Deliver) -> None:
    path = deliver(NSMART, csv_text(spoilt("nsmart", sex="[red]\x1b[31m", team_code="x" * 5000)))
    _, said = command(path)
    assert "sex [red]?[31m" in said
    assert f"team_code {'x' * 80}..." in said
    assert "\x1b" not in said


ENDED = """
import sys, time
from flows.cli import app as cli
from flows.intake import trial
def wait(*_):
    print("there", flush=True)
    time.sleep(60)
trial._take_in = wait
cli.main()
"""


def test_a_check_that_is_ended_leaves_nothing_behind(delivered: Path, temporary: Path) -> None:
    arguments = [sys.executable, "-c", ENDED, "check", str(delivered)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=PROJECT, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        assert list(temporary.iterdir())
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 128 + signal.SIGTERM


def test_json_has_what_the_command_says(delivered: Path) -> None:
    code, said = command("--json", delivered / NSMART, delivered / TARGETS)
    trial = json.loads(said)
    assert code == 1
    assert [Path(one["path"]).name for one in trial["tried"]] == [NSMART, TARGETS]
    assert [one["loads_whole"] for one in trial["tried"]] == [False, True]
    assert trial["tried"][0]["held"][0]["number"]
