"""No argument of any command ends in a traceback, or makes anything where the command refuses it."""

import io
import os
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest
import typer

from flows.cli import app as cli
from flows.recover import verify
from flows.tools import dev_build
from tests.commands import Command

RUN = "20040810T020000Z-0000"
ODD = (
    *("", " ", "-", "--", "x", "\udcff", "\n", "x" * 5000, f"{'x' * 300}/x", "[red]%s{}\x1b[31m", "'; drop table x --"),
    *("/dev/null", "/proc/self/mem", "/proc/nope", "file", "file/below", "..", "-1", "0", "9" * 30, "nan", "true"),
    *("2006-02-30", "0001-01-01", "9999-12-31", "2006-06", "20060615", "2006-W10-1"),
)
SOME = ODD[::5]
"""Of each kind one; the others are tried with the long tests."""

ENDS = {0, 1, 2, 3, 4, 5, 6, 7}


def commands(group: Any, *before: str) -> Iterator[tuple[list[str], Any]]:
    """Every command, with the words that call it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *before, name)
        else:
            yield [*before, name], command


COMMANDS = list(commands(typer.main.get_command(cli.app)))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a file, beside a small warehouse. Nothing that a command starts is started."""
    folder = tmp_path / "warehouse" / "published" / RUN
    folder.mkdir(parents=True)
    (tmp_path / "warehouse" / "restricted" / "archive").mkdir(parents=True)
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute("create schema ops; create schema marts; create table marts.dim_area as select 1 as n")
    (tmp_path / "warehouse" / "current").symlink_to(Path("published") / RUN)
    (tmp_path / "desk" / "landing").mkdir(parents=True)
    (tmp_path / "desk" / "landing" / "file.csv").write_text("x")
    (tmp_path / "desk" / "file").write_text("select 1")
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("CASEBOOK_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setattr(cli, "_night", lambda *_: "Published.")
    monkeypatch.setattr(dev_build, "build", lambda _: [])
    monkeypatch.setattr(verify, "verify", lambda *_: verify.Verdict("same", "It is the same."))
    monkeypatch.setattr(webbrowser, "open", lambda _: True)
    monkeypatch.setattr(os, "execve", lambda *_: None)
    return tmp_path / "desk"


def with_odd(command: Any, odd: str) -> Iterator[list[str]]:
    """Arguments of a command: an odd value for each of its parameters in turn, `x` for those that it needs beside."""
    for tried in command.params:
        words: list[str] = []
        for parameter in command.params:
            value = odd if parameter is tried else "x"
            if parameter is not tried and not parameter.required:
                continue
            if parameter.param_type_name == "argument":
                words.append(value)
            elif getattr(parameter, "is_flag", False):
                words.append(parameter.opts[0])
            else:
                words.append(f"{parameter.opts[0]}={value}")
        yield words


@pytest.mark.parametrize("values", [pytest.param(SOME, id="some"), pytest.param(ODD, id="all", marks=pytest.mark.long)])
@pytest.mark.parametrize(("words", "parsed"), COMMANDS, ids=[" ".join(words) for words, _ in COMMANDS])
def test_no_argument_ends_in_a_traceback(
    words: list[str],
    parsed: Any,
    values: tuple[str, ...],
    desk: Path,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As Python's own standard error: it can say any text.
    cast(io.TextIOWrapper, sys.stderr).reconfigure(errors="backslashreplace")
    for odd in values:
        for arguments in with_odd(parsed, odd):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
            ended = command(*words, *arguments)
            assert ended.code in ENDS, (arguments, ended)
            assert ended.out + ended.err, arguments


def test_every_command_can_be_quieted() -> None:
    assert [words for words, parsed in COMMANDS if not any("--quiet" in each.opts for each in parsed.params)] == []


def test_every_command_is_tried() -> None:
    assert len(COMMANDS) >= 20
    assert ["erase", "case"] in [words for words, _ in COMMANDS]
