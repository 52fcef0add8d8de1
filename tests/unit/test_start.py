"""`casebook init` makes a folder to begin in, `casebook open` what there is to look at; `casebook.open()` reads it."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import casebook
from flows.base.errors import NothingPublished
from flows.base.settings import PROJECT
from flows.cli import start
from tests.commands import Command

RUNS = ("20040809T020000Z-0000", "20040810T020000Z-0000")


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse with two publications, the second current, each with pages; it is beside the working folder."""
    root = tmp_path / "warehouse"
    (root / "restricted").mkdir(parents=True)
    for run_id in RUNS:
        (root / "published" / run_id / "site").mkdir(parents=True)
        (root / "published" / run_id / "site" / "index.html").write_text("page")
        with duckdb.connect(str(root / "published" / run_id / "analyst.duckdb")) as connection:
            connection.execute(
                f"""
                create schema marts;
                create schema ops;
                create table marts.dim_area as select 'BED' as area_code, '{run_id}' as of_run;
                create table ops.publication as select '{run_id}' as run_id, date '2004-08-09' as business_date;
                comment on table marts.dim_area is 'Areas.';
                comment on column marts.dim_area.area_code is 'Code.';
                """
            )
    (root / "current").symlink_to(Path("published") / RUNS[1])
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("CASEBOOK_WAREHOUSE", str(root))
    return root


def test_a_folder_is_begun_with_an_example_that_is_marked_as_invented(tmp_path: Path, command: Command) -> None:
    begun = command("init", tmp_path / "it's new")
    folder = tmp_path / "it's new"
    assert (begun.code, begun.err) == (0, "")
    assert (folder / "landing" / "example" / "INVENTED.txt").is_file()
    assert len(list((folder / "landing" / "example").glob("*_ESI-BED-2005.csv"))) >= 9
    refused = command("status", "--warehouse", folder / "warehouse")
    assert "Nothing is published" in refused.err


def test_quiet_leaves_only_the_folder_that_was_made(tmp_path: Path, command: Command) -> None:
    begun = command("init", tmp_path / "new", "--quiet")
    assert (begun.out, begun.err) == (f"{tmp_path / 'new'}\n", "")


def test_a_shell_reads_the_settings_that_are_made(tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "it's new"
    command("init", folder)
    script = f"cd {shlex.quote(str(folder))}; set -a; . ./casebook.env; set +a; env"
    said = subprocess.run(["sh", "-c", script], env={}, capture_output=True, text=True, check=True).stdout
    assert f"CASEBOOK_LANDING={folder}/landing\n" in said
    assert f"CASEBOOK_WAREHOUSE={folder}/warehouse\n" in said


@pytest.mark.parametrize("there", ["landing", "warehouse", "casebook.env", "first.sql"])
def test_nothing_that_is_there_is_overwritten(there: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / there).write_text("mine")
    refused = command("init", tmp_path)
    assert refused.code == 1
    assert f"{there} is there already: nothing was made" in refused.err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_the_site_is_opened_where_readers_find_it(
    warehouse: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(start.webbrowser, "open", lambda page: bool(opened.append(page)))
    done = command("open")
    page = (warehouse / "current" / "site" / "index.html").as_uri()
    assert (done.code, done.out.strip(), opened) == (0, page, [page])
    assert "No browser could be started" in done.err


def test_a_publication_without_pages_is_told(warehouse: Path, command: Command) -> None:
    (warehouse / "current" / "site" / "index.html").unlink()
    refused = command("open")
    assert (refused.code, "has no pages" in refused.err) == (1, True)


def test_a_notebook_is_begun_once_and_edited(
    warehouse: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[list[str], str]] = []
    monkeypatch.setattr(os, "execve", lambda _, words, env: started.append((words[1:4], env["CASEBOOK_WAREHOUSE"])))
    notebook = Path("casebook_notebook.py")
    assert command("open", "notebook").code == 0
    assert notebook.read_text() == start.NOTEBOOK.read_text()
    notebook.write_text("mine")
    assert command("open", "notebook").code == 0
    assert notebook.read_text() == "mine"
    assert started == [(["-m", "marimo", "edit"], str(warehouse))] * 2


def test_what_is_not_installed_is_told(warehouse: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda _: None)
    assert "marimo is not installed" in command("open", "notebook").err
    monkeypatch.setenv("HOME", str(warehouse))
    assert "DuckDB's UI is not installed" in command("open", "ui").err


def test_a_program_reads_the_current_publication_by_names_alone(warehouse: Path) -> None:
    with casebook.open() as opened:
        assert opened.sql("select area_code, of_run from dim_area").fetchall() == [("BED", RUNS[1])]
        assert opened.execute("select ?::int + 1", [1]).fetchall() == [(2,)]
        assert opened.run_id == RUNS[1]


def test_a_program_can_stay_on_one_publication(warehouse: Path) -> None:
    with casebook.open(warehouse, run_id=RUNS[0]) as opened:
        assert opened.sql("select of_run from dim_area").fetchall() == [(RUNS[0],)]
    with pytest.raises(NothingPublished, match="There is no publication x"):
        casebook.open(warehouse, run_id="x")


def test_what_a_program_opens_cannot_be_changed(warehouse: Path) -> None:
    with casebook.open() as opened, pytest.raises(duckdb.Error, match="read-only"):
        opened.execute("delete from dim_area")


def test_the_helpers_say_what_there_is_and_how_to_cite_it(warehouse: Path) -> None:
    with casebook.open() as opened:
        assert ("marts", "dim_area", "Areas.") in opened.tables().fetchall()
        assert opened.columns("marts.dim_area").fetchall()[0] == ("marts", "area_code", "VARCHAR", "Code.")
        assert opened.cite("marts.dim_area") == (
            f"Casebook, publication {RUNS[1]} (business date 9 August 2004), marts.dim_area"
        )


def test_a_missing_warehouse_is_told_a_program(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="Nothing is published"):
        casebook.open(tmp_path)


def test_the_shell_completes_commands_and_formats() -> None:
    casebook_command = Path(sys.executable).with_name("casebook")
    asked = {
        **os.environ,
        "_CASEBOOK_COMPLETE": "complete_bash",
        "COMP_WORDS": "casebook query --format ",
        "COMP_CWORD": "3",
    }
    done = subprocess.run([casebook_command], env=asked, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["table", "csv", "json", "parquet", "markdown"]


def test_the_first_query_and_the_notebook_are_of_the_project() -> None:
    assert start.EXAMPLE.is_dir()
    assert start.MARK.is_file()
    assert start.NOTEBOOK.is_relative_to(PROJECT / "analyses")
