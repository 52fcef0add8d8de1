"""Each way round a library's fault has a test that fails once the fault is gone, so that the way round can go too.

docs/reference/workarounds.md lists them.
"""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import gptables
import great_expectations as gx
import pandas as pd
import pyarrow.csv as pacsv
import pytest
import python_calamine
import sqlalchemy as sa
import typer
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.types import Note
from great_expectations.expectations import ExpectColumnValuesToMatchRegex, UnexpectedRowsExpectation
from sqlalchemy import event
from typer.testing import CliRunner

from expectations import engine
from expectations.contract import Column, Delivery
from expectations.no_rows import ExpectQueryToFindNoRows
from expectations.suite import delivery_suite
from flows.base.settings import PROJECT
from flows.cli.forms import Form
from flows.warehouse.dbt_events import Warnings
from tests.samples import CellError, xlsx_bytes

DELIVERY = Delivery(kind="thing", grain="a thing", columns=(Column("name"),), key=("name",))


@pytest.fixture
def things(tmp_path: Path) -> Path:
    """A DuckDB file with a batch of one good row and one without a name."""
    database = tmp_path / "things.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table thing as select * from (values (1, 1, 'a', true), (1, 2, null, true)) "
            "as t(file_id, row_number, name, cells_match)"
        )
    return database


@pytest.fixture
def _without_buffered_rows() -> Iterator[None]:
    event.remove(sa.Engine, "after_cursor_execute", engine._buffer_rows)
    yield
    event.listen(sa.Engine, "after_cursor_execute", engine._buffer_rows)


def failing(database: Path) -> dict[str, int]:
    """Rows failing by rule."""
    with engine.validator(database, {"threads": 1}) as source:
        results = engine.validate(source, delivery_suite(DELIVERY, date(2006, 6, 15)), "thing")
    return {result.rule: result.rows_failing for result in results}


def test_great_expectations_counts_failing_rows_on_duckdb_with_rows_buffered(things: Path) -> None:
    found = failing(things)
    assert found.pop("name_given") == 1
    assert set(found.values()) == {0}


@pytest.mark.usefixtures("_without_buffered_rows")
def test_great_expectations_still_loses_rows_on_duckdb_unless_they_are_buffered(things: Path) -> None:
    with pytest.raises(RuntimeError, match="could not be evaluated"):
        failing(things)


def test_the_file_is_let_go_after_a_validation(things: Path) -> None:
    failing(things)
    with duckdb.connect(str(things), config={"threads": 2}) as connection:
        connection.execute("drop table thing")


def test_great_expectations_still_has_no_regular_expressions_on_duckdb(things: Path) -> None:
    meta = {"rule": "letters", "sentence": "", "outcome": "held"}
    letters = ExpectColumnValuesToMatchRegex(column="name", regex="[a-z]", meta=meta)
    suite = gx.ExpectationSuite(name="thing", expectations=[letters])
    with (
        engine.validator(things, {"threads": 1}) as source,
        pytest.raises(RuntimeError, match="Regex is not supported"),
    ):
        engine.validate(source, suite, "thing")


@pytest.mark.parametrize(("expectation", "times"), [(UnexpectedRowsExpectation, 2), (ExpectQueryToFindNoRows, 1)])
def test_great_expectations_still_runs_a_query_a_second_time_for_rows_that_nobody_reads(
    expectation: Any, times: int, things: Path
) -> None:
    asked: list[str] = []
    meta = {"rule": "given", "sentence": "", "outcome": "held"}
    query = "select row_number from {batch} where name is null"
    suite = gx.ExpectationSuite(name="thing", expectations=[expectation(unexpected_rows_query=query, meta=meta)])

    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        with engine.validator(things, {"threads": 1}) as source:
            (found,) = engine.validate(source, suite, "thing")
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)
    assert found.rows_failing == 1
    assert len([statement for statement in asked if "name is null" in statement]) == times


@pytest.mark.parametrize(("manager", "times"), [(EventManager, 1), (Warnings, 0)])
def test_dbt_still_puts_into_words_what_nobody_hears(
    manager: type[EventManager], times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(Note, "message", lambda self: said.append(self.msg) or self.msg)
    manager().fire_event(Note(msg="a node was built"), EventLevel.INFO)
    assert len(said) == times


def test_a_warning_of_dbt_is_heard() -> None:
    heard: list[str] = []
    manager = Warnings()
    manager.add_callback(lambda message: heard.append(message.info.msg))
    manager.fire_event(Note(msg="a model is missing"), EventLevel.WARN)
    assert heard == ["a model is missing"]


def python(program: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """A program in a process of its own."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    environment = {**os.environ, "DO_NOT_TRACK": "1"}
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment, check=False)


SMALL_DBT = """
import subprocess, sys
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

folder, other = sys.argv[1], [sys.executable, "-c", f"import duckdb; duckdb.connect('{sys.argv[1]}/w.duckdb')"]
options = ("--project-dir", "--profiles-dir", "--target-path", "--log-path")
folders = [part for option in options for part in (option, folder)]
assert dbtRunner().invoke(["--quiet", "--log-level", "none", "run", *folders]).success
kept = subprocess.run(other, capture_output=True).returncode
DuckDBConnectionManager.close_all_connections()
print(kept, subprocess.run(other, capture_output=True).returncode)
"""


def test_dbt_still_keeps_the_lock_of_the_database_after_it_returns(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "one.sql").write_text("select 1 as one")
    (tmp_path / "dbt_project.yml").write_text("{name: small, version: '1.0', config-version: 2, profile: small}")
    profile = f"{{type: duckdb, path: '{tmp_path}/w.duckdb'}}"
    (tmp_path / "profiles.yml").write_text(f"small: {{target: here, outputs: {{here: {profile}}}}}")
    done = python(SMALL_DBT, tmp_path)
    assert done.stdout.split() == ["1", "0"], done.stderr


def test_a_library_that_dbt_loads_still_makes_a_handler_that_prints() -> None:
    done = python("import logging, snowplow_tracker; print(len(logging.getLogger().handlers))")
    assert done.stdout == "1\n"


def test_duckdb_still_cannot_change_its_temporary_folder_once_it_spilled(tmp_path: Path) -> None:
    config = {"memory_limit": "20MB", "threads": 1, "temp_directory": str(tmp_path / "first")}
    with duckdb.connect(str(tmp_path / "w.duckdb"), config=config) as connection:
        connection.execute("create table x as select hash(range)::varchar as h from range(1_000_000)")
        connection.execute("select count(*) from (select * from x order by h limit 900_000)").fetchall()
        with pytest.raises(duckdb.NotImplementedException, match="temporary directory"):
            connection.execute(f"set temp_directory = '{tmp_path / 'second'}'")


def test_duckdb_still_gives_a_process_the_old_file_after_another_took_its_place(tmp_path: Path) -> None:
    for name in ("old", "new"):
        with duckdb.connect(str(tmp_path / name)) as connection:
            connection.execute(f"create table t as select '{name}' as file")
    with duckdb.connect(str(tmp_path / "old"), read_only=True):
        (tmp_path / "new").replace(tmp_path / "old")
        with duckdb.connect(str(tmp_path / "old"), read_only=True) as reader:
            assert reader.execute("from t").fetchall() == [("old",)]


def test_duckdb_still_loads_pandas_for_a_parameter() -> None:
    program = "import duckdb, sys; duckdb.execute('select {}', {}); print('pandas' in sys.modules)"
    for sql, values, loads in (("?", [1], "True"), ("1", None, "False")):
        words = [sys.executable, "-c", program.format(sql, values)]
        assert subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip() == loads


def test_typer_still_says_value_error_of_a_choice_that_is_none() -> None:
    app = typer.Typer()

    @app.command()
    def choose(form: Form) -> None:
        pass

    assert "Value error, 'xml' is not one of" in CliRunner().invoke(app, ["xml"]).output


def test_pyarrow_still_joins_the_rows_between_two_quotation_marks_left_open() -> None:
    table = pacsv.read_csv(io.BytesIO(b'a,b\n1,"x\n2,y\n3,"z\n'))
    assert table.to_pydict() == {"a": [1], "b": ["x\n2,y\n3,z"]}


CALAMINE = """
import resource, sys
import python_calamine
resource.setrlimit(resource.RLIMIT_AS, (2 << 30,) * 2)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()
"""


def test_calamine_still_ends_the_process_for_a_cell_far_from_the_table(tmp_path: Path) -> None:
    path = tmp_path / "stray.xlsx"
    path.write_bytes(xlsx_bytes([["a"], ["1"]], "XFD1048576"))
    assert python(CALAMINE, path).returncode < 0


def test_calamine_still_gives_an_error_as_an_empty_cell_and_fails_at_those_it_does_not_know() -> None:
    def cells(error: str) -> object:
        workbook = python_calamine.load_workbook(io.BytesIO(xlsx_bytes([["a"], [CellError(error)]])))
        return workbook.get_sheet_by_index(0).to_python()

    assert cells("#N/A") == [["a"], [""]]
    with pytest.raises(python_calamine.CalamineError, match="Unsupported cell error"):
        cells("#SPILL!")


PARQUET = """
import io, resource
import pyarrow as pa, pyarrow.parquet as pq
text = pa.DictionaryArray.from_arrays(pa.array([0] * 500_000, pa.int32()), pa.array(["x" * 100_000]))
data = io.BytesIO()
pq.write_table(pa.table({"a": text}), data)
metadata = pq.ParquetFile(data).metadata
print(sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups)))
resource.setrlimit(resource.RLIMIT_AS, (4 << 30,) * 2)
pq.ParquetFile(data).read(columns=["a"])["a"].cast(pa.large_string())
"""


def test_parquet_still_does_not_say_how_much_its_texts_unpack_to() -> None:
    done = python(PARQUET)
    assert int(done.stdout) < 1 << 20
    assert done.returncode != 0


@pytest.mark.parametrize("text", ["[a](b) and [c](d)", "---"])
def test_gptables_still_refuses_texts_that_anyone_might_write(text: str, tmp_path: Path) -> None:
    table = gptables.GPTable(pd.DataFrame({"word": ["fine", text]}), "words", "Words")
    with pytest.raises(ValueError, match=r"URL type|special characters"):
        gptables.write_workbook(str(tmp_path / "words.xlsx"), {"Words": table})


def test_spark_adapter_still_writes_seeds_wrongly() -> None:
    session = pytest.importorskip("dbt.adapters.spark.session", reason="in .venv-spark; make spark-check runs it")
    written = session.SessionConnectionWrapper._fix_binding
    assert written(None) == "'None'"
    assert written("Men's") == "'Men's'"


def test_every_way_round_is_listed_with_its_test() -> None:
    page = (PROJECT / "docs" / "reference" / "workarounds.md").read_text(encoding="utf-8")
    tests = set(re.findall(r"def (test_\w+_still_\w+)\(", Path(__file__).read_text(encoding="utf-8")))
    assert set(re.findall(r"`(test_\w+)`", page)) == tests
