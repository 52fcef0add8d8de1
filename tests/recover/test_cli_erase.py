"""The commands that erase: a case is never given where others can read it, and its rows are counted first."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from flows.base.errors import CannotErase
from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.cli.app import app
from flows.recover.erase import Agree, Plan

SCOPE, CASE = "ESI-BED-2005", "BED/2005/0007"
YES = ("--yes", "--expect", "5")
PLAN = Plan(files=1, rewritten=2, rows=1_203, named=1, publications=3, unreadable=0, paths=("a.csv",), unsearched=2)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, night: Night) -> list[str]:
    """Identifiers that the command was given, of cases that nothing has."""
    given: list[str] = []

    def erase(warehouse: Warehouse, scope: str, identifier: str, reason: str, agree: Agree) -> None:
        given.append(identifier)
        raise CannotErase("Nothing has it.")

    monkeypatch.setattr("flows.recover.erase.erase_case", erase)
    return given


def erase_command(night: Night, *more: str, stdin: str = "") -> Result:
    arguments = ["erase", "case", SCOPE, "--reason", "Asked.", "--warehouse", str(night.warehouse.root), *more]
    return CliRunner().invoke(app, arguments, input=stdin)


def test_an_identifier_comes_from_a_file_that_holds_it_alone(night: Night, told: list[str], tmp_path: Path) -> None:
    (tmp_path / "case.txt").write_bytes(f"\ufeff  {CASE}\r\n\r\n".encode())
    erase_command(night, *YES, "--from", str(tmp_path / "case.txt"))
    assert told == [CASE]


@pytest.mark.parametrize("content", ["", " \n \n", f"{CASE}\n{CASE}X\n", b"\xff\xfe\x00", None])
def test_a_file_that_holds_no_identifier_or_several_is_refused_as_usage(
    content: str | bytes | None, night: Night, told: list[str], tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "case.txt").write_bytes(content.encode() if isinstance(content, str) else content)
    refused = erase_command(night, *YES, "--from", str(tmp_path / "case.txt"))
    assert (refused.exit_code, told) == (2, [])
    assert CASE not in refused.output


def test_without_an_identifier_on_standard_input_nothing_is_erased(night: Night, told: list[str]) -> None:
    assert (erase_command(night, *YES).exit_code, told) == (2, [])


def test_an_identifier_is_no_argument_of_the_command(night: Night, told: list[str]) -> None:
    assert (erase_command(night, CASE, *YES, stdin=f"{CASE}\n").exit_code, told) == (2, [])


def test_at_a_terminal_the_identifier_is_asked_for(
    night: Night, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.cli.erase._is_terminal", lambda: True)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: f" {CASE} ")
    erase_command(night, *YES)
    assert told == [CASE]


@pytest.fixture
def erased(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """Plans that were agreed to."""
    agreed: list[Plan] = []

    def erase(*arguments: object) -> Plan:
        agree = next(one for one in arguments if callable(one))
        agree(PLAN)
        agreed.append(PLAN)
        return PLAN

    monkeypatch.setattr("flows.recover.erase.erase_case", erase)
    monkeypatch.setattr("flows.recover.erase.erase_delivery", erase)
    return agreed


COMMANDS = (["erase", "case", SCOPE], ["erase", "delivery", "judgement", SCOPE])


def run(command: list[str], night: Night, *more: str, typed: str = "") -> Result:
    arguments = [*command, "--reason", "Asked.", "--warehouse", str(night.warehouse.root), *more]
    return CliRunner().invoke(app, arguments, input=f"{CASE}\n{typed}" if "case" in command else typed)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_goes_is_printed_first_and_a_dry_run_ends_there(
    command: list[str], night: Night, erased: list[Plan]
) -> None:
    done = run(command, night, "--dry-run")
    assert (done.exit_code, erased) == (0, [])
    for words in ("1,204 rows", "2 go on without rows, 1 go whole", "names the case: 1", "3 are made again"):
        assert words in done.stdout
    assert CASE not in done.output


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("typed", ["1204\n", "1,204\n"])
def test_the_number_of_rows_typed_erases(command: list[str], typed: str, night: Night, erased: list[Plan]) -> None:
    done = run(command, night, typed=typed)
    assert (done.exit_code, erased) == (0, [PLAN])
    assert "a.csv" in done.stdout
    assert "2 archived files that cannot be read" in done.stdout
    assert CASE not in done.output


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("typed", ["", "y\n", "yes\n", "1203\n", "\n\n"])
def test_another_answer_erases_nothing(command: list[str], typed: str, night: Night, erased: list[Plan]) -> None:
    done = run(command, night, typed=typed)
    assert (done.exit_code, erased) == (1, [])


def test_a_script_gives_the_number_that_it_expects(night: Night, erased: list[Plan]) -> None:
    assert run(COMMANDS[0], night, "--yes", "--expect", "1204").exit_code == 0
    refused = run(COMMANDS[0], night, "--yes", "--expect", "1")
    assert isinstance(refused.exception, CannotErase)
    assert str(refused.exception) == "1,204 rows would go, and the number given is another: nothing was erased."
    assert erased == [PLAN]


@pytest.mark.parametrize("options", [["--yes"], ["--expect", "5"], ["--yes", "--expect", "-1"]], ids=" ".join)
def test_agreement_without_a_number_is_refused_as_usage(options: list[str], night: Night, erased: list[Plan]) -> None:
    assert (run(COMMANDS[0], night, *options).exit_code, erased) == (2, [])
