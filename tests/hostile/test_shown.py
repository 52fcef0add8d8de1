"""Delivered text as people see it: markup, orders to terminals and spreadsheets, and SQL come out as text."""

import io
import logging
from pathlib import Path

import duckdb
import pytest
from rich.status import Status
from typer.testing import CliRunner

from flows.base.errors import CasebookError
from flows.base.text import printable, printable_lines
from flows.cli import app as cli
from flows.cli import terminal as terminal_of
from tests.commands import Staying
from tests.conftest import Deliver, RunIntake
from tests.samples import NAMES, csv_text, good_rows

HOSTILE = "[red]a[/b] :smile: <script>\x1b[31m\x1b]0;title\x07\x9b2J\u202e\u200b'; drop table x; --"
SHOWN = "[red]a[/b] :smile: <script>?[31m?]0;title??2J??'; drop table x; --"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse whose publication holds hostile text wherever a command shows text."""
    folder = tmp_path / "published" / "20040810T020000Z-0000"
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute("create schema marts; create schema ops")
        connection.execute(
            "create table ops.run as select '20040810T020000Z-0000' as run_id, date '2004-08-10' as business_date, "
            "timestamp '2004-08-10 02:00:00' as finished_at"
        )
        connection.execute(
            "create table ops.load_file as select 1 as file_id, $text as file_name, 'rejected' as status, "
            "$text as kind, $text as reason, 1 as rows_loaded, 0 as rows_duplicate, 1 as rows_quarantined, "
            "timestamp '2004-08-10' as loaded_at",
            {"text": HOSTILE},
        )
        connection.execute("create table ops.quarantine_row as select 1 as file_id, [$1] as reasons", [HOSTILE])
        connection.execute("create table ops.file_flag as select 1 as file_id, $1 as flag, $1 as sentence", [HOSTILE])
    (tmp_path / "current").symlink_to(folder)
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a terminal, wide enough for every table, is sent by the commands."""
    screen = io.StringIO()
    for console in (terminal_of.OUT, terminal_of.ERR, terminal_of.NOTES):
        monkeypatch.setattr(console, "_file", screen, raising=False)
        monkeypatch.setattr(console, "_force_terminal", True, raising=False)
        monkeypatch.setattr(console, "_width", 400, raising=False)
        monkeypatch.setattr(console, "_color_system", None, raising=False)
    return screen


@pytest.mark.parametrize("command", [["status"], ["query", "select file_name, reason from load_file"]])
def test_a_command_shows_hostile_text_as_text(command: list[str], warehouse: Path, terminal: io.StringIO) -> None:
    result = CliRunner().invoke(cli.app, [*command, "--warehouse", str(warehouse)], catch_exceptions=False)
    assert result.exit_code == 0
    assert SHOWN in terminal.getvalue()
    assert not any(c in terminal.getvalue() for c in ("\x1b]", "\x1b[31m\x1b", "\x07", "\x9b", "\u202e"))


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_a_form_for_programs_is_text_too_where_a_person_looks(
    form: str, warehouse: Path, terminal: io.StringIO
) -> None:
    asked = ["query", "select file_name from load_file", "--format", form, "--warehouse", str(warehouse)]
    shown = CliRunner().invoke(cli.app, asked, catch_exceptions=False).stdout
    assert "[red]a[/b] :smile: <script>" in shown
    assert not any(c in shown for c in ("\x1b", "\x07", "\x9b", "\u202e"))


def test_a_refusal_shows_hostile_text_as_text(terminal: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise CasebookError(f"{HOSTILE}\nsecond line")

    monkeypatch.setattr(cli, "app", refuse)
    monkeypatch.setattr(cli.stop, "Leaving", Staying)
    with pytest.raises(SystemExit):
        cli.main()
    assert f"{SHOWN}\nsecond line" in terminal.getvalue()


def test_progress_shows_hostile_text_as_text(terminal: io.StringIO) -> None:
    status = Status("", console=cli.ERR)
    progress = terminal_of.Progress(status)
    for level in (logging.INFO, logging.DEBUG):
        progress.emit(logging.LogRecord("casebook", level, "", 0, HOSTILE, None, None))
    assert SHOWN in terminal.getvalue()
    assert str(status.status) == SHOWN


def test_query_gives_a_program_the_text_as_it_is(warehouse: Path) -> None:
    result = CliRunner().invoke(
        cli.app, ["query", "select file_name from load_file", "--warehouse", str(warehouse)], catch_exceptions=False
    )
    assert result.stdout.splitlines()[1] == HOSTILE


def test_space_of_any_width_and_letters_of_any_script_stay() -> None:
    assert printable("Ynys\u00a0Môn\u2003漢字 €") == "Ynys Môn 漢字 €"
    assert printable_lines("a\r\nb\tc") == "a\nb?c"


def test_a_warning_that_quotes_a_header_is_printable(deliver: Deliver, intake: RunIntake) -> None:
    rows = [{**row, HOSTILE: "x"} for row in good_rows("judgement", 2)]
    deliver(NAMES["judgement"], csv_text(rows))
    warning = intake().file(NAMES["judgement"])["warning"]
    assert warning.isprintable()
    assert "[red]a[/b]" in warning


def test_hundreds_of_extra_columns_give_a_warning_that_can_be_read(deliver: Deliver, intake: RunIntake) -> None:
    rows = [{**row, **{f"extra {n} {'x' * 50}": "" for n in range(150)}} for row in good_rows("judgement", 2)]
    deliver(NAMES["judgement"], csv_text(rows))
    warning = intake().file(NAMES["judgement"])["warning"]
    assert len(warning) < 1_000
    assert warning.endswith("and 140 more.")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; drop table raw.recommendation; --", "[red]{batch}"])
def test_markup_and_sql_in_a_title_load_as_text(text: str, deliver: Deliver, intake: RunIntake) -> None:
    rows = [{**row, "theme": text} for row in good_rows("recommendation", 2)]
    deliver(NAMES["recommendation"], csv_text(rows))
    assert intake().query("select distinct theme from raw.recommendation") == [(text,)]
