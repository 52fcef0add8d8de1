"""How `casebook query` takes a query and writes its answer: in every form, to a terminal, a pipe or a file."""

import csv
import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from flows.cli import query, terminal
from tests.commands import Command

RUN = "20040810T020000Z-0000"
ODD = """
    select 'a|b\n\\c, "d" é' as text, null::integer as nothing, true as flag, 1.50::decimal(9, 2) as amount,
        'nan'::double as none, date '2004-08-10' as day, timestamp '2004-08-10 02:00:00' as moment,
        [1, null] as list, {'x': date '2004-08-10'} as part, 'ab'::blob as bytes,
        170141183460469231731687303715884105727::hugeint as huge
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, beside a warehouse whose publication has one table of one row."""
    folder = tmp_path / "warehouse" / "published" / RUN
    folder.mkdir(parents=True)
    (tmp_path / "warehouse" / "restricted").mkdir()
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute("create schema ops; create schema marts")
        connection.execute("create table marts.dim_area as select 'BED' as area_code, 1 as n")
    (tmp_path / "warehouse" / "current").symlink_to(Path("published") / RUN)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("CASEBOOK_WAREHOUSE", str(tmp_path / "warehouse"))
    return tmp_path / "desk"


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a terminal of 80 columns is sent, answers and notes."""
    text = io.StringIO()
    for console in (terminal.OUT, terminal.NOTES):
        monkeypatch.setattr(console, "_file", text, raising=False)
        monkeypatch.setattr(console, "_width", 80, raising=False)
        monkeypatch.setattr(console, "_color_system", None, raising=False)
    monkeypatch.setattr(terminal.OUT, "_force_terminal", True, raising=False)
    return text


def test_a_query_is_read_from_a_file(desk: Path, command: Command) -> None:
    (desk / "first.sql").write_text("\ufeff-- which\nselect 'é' as letter;\n-- done\n", encoding="utf-8")
    assert command("query", "-f", "first.sql").out.splitlines() == ["letter", "é"]


def test_a_file_that_cannot_be_read_is_told_in_words(desk: Path, command: Command) -> None:
    refused = command("query", "--file", "none.sql")
    assert refused.code == 2
    said = " ".join(refused.err.replace("│", " ").split())
    assert "none.sql cannot be read as a query: No such file or directory." in said


def test_a_query_is_read_from_standard_input(desk: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"select 1 as one -- so")))
    assert command("query", "-").out.splitlines() == ["one", "1"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["select 1", "--file", "first.sql"],
        ["-", "--file", "first.sql"],
        ["--file", "missing.sql"],
        ["--file", "."],
        ["--file", "latin.sql"],
        ["--file", "long.sql"],
        ["--file", "/dev/zero"],
        ["--file", "x" * 300],
        ["select 1", "--limit", "0"],
        ["select 1", "--limit", "many"],
        ["select 1", "--format", "xml"],
        ["select 1", "--format", "table", "--limit", "10001"],
        ["select 1", "--format", "parquet"],
        ["select 1", "--output", "answer.xlsx"],
        ["select 1", "--output", "answer"],
        ["select 1", "--as-of", "2004-08-32"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_what_cannot_be_meant_is_refused_as_usage(arguments: list[str], desk: Path, command: Command) -> None:
    (desk / "first.sql").write_text("select 1")
    (desk / "latin.sql").write_bytes("select 'é'".encode("latin-1"))
    (desk / "long.sql").write_text(f"select 1 -- {'x' * query.LONGEST_QUERY}")
    refused = command("query", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert "Invalid value" in refused.err


def test_a_file_with_two_statements_is_refused(desk: Path, command: Command) -> None:
    (desk / "two.sql").write_text("select 1;\nselect 2;\n")
    refused = command("query", "--file", "two.sql")
    assert (refused.code, refused.err) == (1, "Give one query: this is 2.\n")


def test_csv_is_as_the_downloads_are(desk: Path, command: Command) -> None:
    head, row = csv.reader(io.StringIO(command("query", ODD).out, newline=""))
    cells = dict(zip(head, row, strict=True))
    assert cells["text"] == 'a|b\n\\c, "d" é'
    assert (cells["nothing"], cells["flag"], cells["day"]) == ("", "true", "2004-08-10")


def test_json_has_types_and_null_for_what_is_no_number(desk: Path, command: Command) -> None:
    (row,) = json.loads(command("query", ODD, "--format", "json").out)
    assert row["text"] == 'a|b\n\\c, "d" é'
    assert (row["nothing"], row["flag"], row["amount"], row["none"]) == (None, True, 1.5, None)
    assert (row["day"], row["moment"]) == ("2004-08-10", "2004-08-10T02:00:00")
    assert (row["list"], row["part"]) == ([1, None], {"x": "2004-08-10"})
    assert row["huge"] == 2**127 - 1


def test_json_of_no_rows_is_an_empty_array(desk: Path, command: Command) -> None:
    assert json.loads(command("query", "from dim_area where false", "--format", "json").out) == []


def test_markdown_keeps_its_table_whatever_a_cell_holds(desk: Path, command: Command) -> None:
    head, rule, row = command("query", "select 'a|b\n\\c' as text, 1 as n", "--format", "markdown").out.splitlines()
    assert (head, rule, row) == ("| text | n |", "| --- | --- |", "| a\\|b<br>\\\\c | 1 |")


def test_parquet_is_written_batch_by_batch_with_its_types(desk: Path, command: Command) -> None:
    written = command(
        "query", "select range as n, true as flag from range(25_000)", "-o", "rows.parquet", "--limit", "20500"
    )
    assert (written.code, written.out, written.err) == (0, "", f"Wrote 20,500 rows to {desk / 'rows.parquet'}.\n")
    assert duckdb.sql(f"select count(*), max(n), bool_and(flag) from '{desk}/rows.parquet'").fetchall() == [
        (20_500, 20_499, True)
    ]


@pytest.mark.parametrize("ending", ["csv", "json", "md", "parquet", "CSV"])
def test_the_ending_of_the_output_says_the_form(ending: str, desk: Path, command: Command) -> None:
    assert command("query", "from dim_area", "--output", f"areas.{ending}", "--quiet").err == ""
    written = (desk / f"areas.{ending}").read_bytes()
    marks = {"csv": b"area_code,n", "json": b'[\n{"area_code"', "md": b"| area_code", "parquet": b"PAR1"}
    assert written.startswith(marks[ending.lower()])
    assert stat.S_IMODE((desk / f"areas.{ending}").stat().st_mode) == 0o600


def test_a_format_that_is_named_overrules_the_ending(desk: Path, command: Command) -> None:
    assert command("query", "from dim_area", "--format", "table", "-o", "areas.txt").code == 0
    assert "│ BED" in (desk / "areas.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["json", "parquet"])
def test_two_columns_of_one_name_are_refused_where_one_would_be_lost(form: str, desk: Path, command: Command) -> None:
    refused = command("query", "select 1 as a, 2 as a", "-o", f"rows.{form}")
    assert refused.code == 1
    assert "Two columns are named a" in refused.err
    assert list(desk.iterdir()) == []


def test_what_parquet_has_no_type_for_is_refused_in_a_sentence(desk: Path, command: Command) -> None:
    refused = command("query", "select interval 1 month as span", "-o", "rows.parquet")
    assert (refused.code, list(desk.iterdir())) == (1, [])
    assert "Parquet cannot hold this answer" in refused.err


OUTPUTS = [
    ("{desk}/../warehouse/answer.csv", "is in the warehouse"),
    ("{desk}/../warehouse/restricted/answer.csv", "is in the warehouse"),
    ("{desk}/../warehouse/current/analyst.csv", "is in the warehouse"),
    ("link/answer.csv", "is in the warehouse"),
    ("to_file.csv", "is in the warehouse"),
    ("/dev/null", "is not a file"),
    ("pipe.csv", "is not a file"),
    ("folder.csv", "is not a file"),
    ("missing/answer.csv", "There is no folder"),
    (f"{'x' * 300}/answer.csv", "There is no folder"),
    (f"{'x' * 250}.csv", None),
    (f"{'x' * 300}.csv", "cannot be written"),
    ("/proc/answer.csv", "cannot be written"),
]


@pytest.mark.parametrize(("output", "words"), OUTPUTS, ids=[output[:40] for output, _ in OUTPUTS])
def test_an_output_in_the_warehouse_or_in_the_place_of_another_thing_is_refused(
    output: str, words: str | None, desk: Path, command: Command
) -> None:
    (desk / "link").symlink_to("../warehouse")
    (desk / "to_file.csv").symlink_to("../warehouse/current/analyst.duckdb")
    (desk / "folder.csv").mkdir()
    os.mkfifo(desk / "pipe.csv")
    before = {path: path.lstat().st_ino for path in desk.parent.rglob("*")}
    done = command("query", "from dim_area", "--format", "csv", "--output", output.replace("{desk}", str(desk)))
    if words is None:
        assert done.code == 0
    else:
        assert (done.code, done.out) == (1, "")
        assert words in done.err
        assert {path: path.lstat().st_ino for path in desk.parent.rglob("*")} == before


def test_a_query_that_fails_midway_leaves_the_file_that_was_there(desk: Path, command: Command) -> None:
    (desk / "answer.csv").write_text("before")
    failing = "select case when range = 20_000 then error('so') else 1 end as n from range(30_000)"
    assert command("query", failing, "-o", "answer.csv").code == 1
    assert [(path.name, path.read_text()) for path in desk.iterdir()] == [("answer.csv", "before")]


def test_a_hard_link_to_a_published_file_is_taken_off_and_not_written_through(desk: Path, command: Command) -> None:
    file = desk.parent / "warehouse" / "published" / RUN / "analyst.duckdb"
    before = file.read_bytes()
    os.link(file, desk / "answer.csv")
    assert command("query", "from dim_area", "-o", "answer.csv").code == 0
    assert file.read_bytes() == before
    assert (desk / "answer.csv").read_text().startswith("area_code")


def test_a_limit_ends_an_endless_answer(desk: Path, command: Command) -> None:
    endless = "with recursive more as (select 1 as n union all select n + 1 from more where n < 100000) from more"
    assert command("query", endless, "--limit", "3").out.splitlines() == ["n", "1", "2", "3"]


def test_a_terminal_gets_the_first_rows_and_a_note_of_how_many_there_are(
    desk: Path, command: Command, screen: io.StringIO
) -> None:
    command("query", "select range as n from range(25_000)")
    shown = screen.getvalue()
    assert "│ 99 " in shown
    assert "│ 100 " not in shown
    assert "The first 100 rows; there are 25,000." in shown


@pytest.mark.parametrize(
    ("sql", "limit"),
    [
        ("select range as n from range(100)", []),
        ("select range as n from range(7)", ["--limit", "7"]),
        ("select range as n from range(0)", []),
        ("explain from dim_area", []),
        ("describe dim_area", []),
    ],
)
def test_a_terminal_that_gets_all_rows_gets_no_note(
    sql: str, limit: list[str], desk: Path, command: Command, screen: io.StringIO
) -> None:
    command("query", sql, *limit)
    assert "there are" not in screen.getvalue()


def test_quiet_leaves_the_note_out(desk: Path, command: Command, screen: io.StringIO) -> None:
    command("query", "select range as n from range(25_000)", "--quiet")
    assert "│ 99 " in screen.getvalue()
    assert "there are" not in screen.getvalue()


def test_rows_that_cannot_be_counted_in_time_are_said_to_be_more(
    desk: Path, command: Command, screen: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "SECONDS_TO_COUNT", 0.05)
    endless = "select a.range from range(100_000) a, range(100_000) b, range(1_000) c where a.range <> b.range"
    command("query", f"{endless}; -- so")
    assert "The first 100 rows; there are more." in screen.getvalue()


def test_wide_rows_are_shown_each_by_itself(desk: Path, command: Command, screen: io.StringIO) -> None:
    columns = ", ".join(f"'value {n}' as column_{n}" for n in range(15))
    command("query", f"select {columns}, null as nothing from range(30)")
    lines = screen.getvalue().splitlines()
    assert lines[:2] == ["row 1", f"{'column_0':<11}value 0 "]
    assert "row 20" in lines
    assert "row 21" not in lines
    assert "The first 20 rows; there are 30." in screen.getvalue()


def test_a_long_text_alone_does_not_make_a_row_wide(desk: Path, command: Command, screen: io.StringIO) -> None:
    command("query", f"select 1 as n, '{'word ' * 60}' as sentence")
    assert screen.getvalue().startswith("┏")


def test_a_table_for_a_file_is_as_wide_as_it_is(desk: Path, command: Command) -> None:
    columns = ", ".join(f"'value {n}' as column_{n}" for n in range(15))
    lines = command("query", f"select {columns}", "--format", "table").out.splitlines()
    assert len(lines) == 5
    assert "value 14" in lines[3]


def test_pandas_and_arrow_are_not_loaded_for_a_query() -> None:
    """They take longer to load than most queries to answer."""
    asked = (
        "import sys; from flows.cli.question import require_query; import flows.cli.app; require_query('select 1'); "
    )
    loaded = "print([name for name in ('pandas', 'pyarrow', 'numpy', 'prefect', 'dbt') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked + loaded], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_query_at_once_and_leaves_nothing(number: int, code: int, desk: Path) -> None:
    endless = "select count(*) from range(99_999) a, range(99_999) b, range(99_999) c where a.range < b.range + c.range"
    words = [Path(sys.executable).with_name("casebook"), "query", endless, "-o", "answer.csv"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as running:
        while not any("analyst.duckdb" in str(link.resolve()) for link in Path(f"/proc/{running.pid}/fd").iterdir()):
            time.sleep(0.05)
        time.sleep(0.5)
        running.send_signal(number)
        _, said = running.communicate(timeout=60)
    assert running.returncode == code
    assert "Traceback" not in said
    assert list(desk.iterdir()) == []
