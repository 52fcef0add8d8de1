"""How the commands that erase are given a case: never where other users of the machine can read it."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from flows.base.errors import CannotErase
from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.cli.app import app

SCOPE, CASE = "ESI-BED-2005", "BED/2005/0007"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, night: Night) -> list[str]:
    """Identifiers that the command was given, of cases that nothing has."""
    given: list[str] = []

    def erase(warehouse: Warehouse, scope: str, identifier: str, reason: str) -> None:
        given.append(identifier)
        raise CannotErase("Nothing has it.")

    monkeypatch.setattr("flows.recover.erase.erase_case", erase)
    return given


def erase_command(night: Night, *more: str, stdin: str = "") -> Result:
    arguments = ["erase", "case", SCOPE, "--reason", "Asked.", "--warehouse", str(night.warehouse.root), *more]
    return CliRunner().invoke(app, arguments, input=stdin)


def test_an_identifier_comes_from_a_file_that_holds_it_alone(night: Night, told: list[str], tmp_path: Path) -> None:
    (tmp_path / "case.txt").write_bytes(f"\ufeff  {CASE}\r\n\r\n".encode())
    erase_command(night, "--yes", "--from", str(tmp_path / "case.txt"))
    assert told == [CASE]


@pytest.mark.parametrize("content", ["", " \n \n", f"{CASE}\n{CASE}X\n", b"\xff\xfe\x00", None])
def test_a_file_that_holds_no_identifier_or_several_is_refused_as_usage(
    content: str | bytes | None, night: Night, told: list[str], tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "case.txt").write_bytes(content.encode() if isinstance(content, str) else content)
    refused = erase_command(night, "--yes", "--from", str(tmp_path / "case.txt"))
    assert (refused.exit_code, told) == (2, [])
    assert CASE not in refused.output


def test_without_an_identifier_on_standard_input_nothing_is_erased(night: Night, told: list[str]) -> None:
    assert (erase_command(night, "--yes").exit_code, told) == (2, [])


def test_an_identifier_is_no_argument_of_the_command(night: Night, told: list[str]) -> None:
    assert (erase_command(night, CASE, "--yes", stdin=f"{CASE}\n").exit_code, told) == (2, [])


def test_at_a_terminal_the_identifier_is_asked_for(
    night: Night, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.cli.erase._is_terminal", lambda: True)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: f" {CASE} ")
    erase_command(night, "--yes")
    assert told == [CASE]
