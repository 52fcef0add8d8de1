"""What a measured command cost is that of all its processes, and a command that fails is no measurement."""

import sys
from pathlib import Path

import duckdb
import pytest

from bench.deliveries import correct_one_month, monthly_files
from bench.measure import MEGABYTE, Failed, Measured, folder_bytes, measure
from bench.nights import Ran
from bench.parity import Difference, differences

HOLDS_A_HUNDRED = "held = bytearray(100_000_000); import time; time.sleep(0.6)"


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_memory_of_child_processes_is_added_up() -> None:
    one = measure("one", python(HOLDS_A_HUNDRED))
    child = f"subprocess.Popen([sys.executable, '-c', {HOLDS_A_HUNDRED!r}])"
    two = measure("two", python(f"import subprocess, sys; child = {child}; {HOLDS_A_HUNDRED}; child.wait()"))
    assert 100 < one.megabytes < 190
    assert 200 < two.megabytes < 290


def test_processor_seconds_of_child_processes_count() -> None:
    busy = "import time; end = time.process_time() + 0.5\nwhile time.process_time() < end: pass"
    measured = measure("busy", python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"))
    assert measured.cpu >= 0.5


def test_processor_seconds_of_a_process_that_is_not_waited_for_count() -> None:
    busy = "import time; end = time.process_time() + 0.7\nwhile time.process_time() < end: pass"
    started = f"child = subprocess.Popen([sys.executable, '-c', {busy!r}], stdout=subprocess.PIPE)"
    measured = measure("left alone", python(f"import os, subprocess, sys; {started}; child.stdout.read(); os._exit(0)"))
    assert measured.cpu >= 0.5


def test_what_is_spilled_is_seen_though_it_is_gone_in_the_end(tmp_path: Path) -> None:
    spill = tmp_path / "tmp"
    spill.mkdir()
    program = (
        "import pathlib, time; file = pathlib.Path('{}'); file.write_bytes(bytes(5_000_000)); "
        "time.sleep(0.5); file.unlink()"
    )
    measured = measure("spilling", python(program.format(spill / "spilled")), spill)
    assert measured.spilled >= 5
    assert folder_bytes(spill) < MEGABYTE


def test_a_command_that_fails_is_told_and_not_measured() -> None:
    with pytest.raises(Failed, match="nothing left"):
        measure("failing", python("import sys; sys.exit('nothing left')"))


def ran(said: str) -> Ran:
    return Ran(Measured("night", 1, 1, 1, said=said), {"validate in": 1.5, "validate out": 0.5}, 1, 1)


def test_checks_are_counted_by_what_the_night_said() -> None:
    told = """validate in: 1,323 rules on 3,846 rows, 0 broken
transform: seeds built, 142 nodes, 117 of them tests
transform: marts built, 300 nodes, 250 of them tests
validate out: 812 expectations hold
"""
    assert list(ran(told).checks.values()) == [1323, 367, 812]


def test_a_night_that_does_not_say_how_much_it_checked_is_no_measurement() -> None:
    with pytest.raises(Failed, match="did not say"):
        _ = ran("validate in: 3 rules on 5 rows, 0 broken").checks


@pytest.fixture
def month_files(tmp_path: Path) -> Path:
    for name in ("nsmart_BED_0405", "nsmart_AVS_0405", "nsmart_AVS_1299", "nsmart_AVS_0405_r2"):
        (tmp_path / f"{name}.csv").write_text("header\na\nb\nc\nd\n", encoding="utf-8")
    (tmp_path / "performance_return_AVS_1299_r2.csv").write_text("header\na\n", encoding="utf-8")
    return tmp_path


def test_the_newest_month_is_corrected_across_the_century(month_files: Path) -> None:
    corrected = correct_one_month(month_files, 3)
    assert corrected.name == "nsmart_AVS_0405_r3.csv"
    assert corrected.read_text(encoding="utf-8") == "header\nd\n"


def test_files_are_known_by_their_month_with_their_corrections(month_files: Path) -> None:
    named = {month: [path.stem for path in paths] for month, paths in monthly_files(month_files).items()}
    assert named[1999, 12] == ["nsmart_AVS_1299", "performance_return_AVS_1299_r2"]
    assert len(named[2005, 4]) == 3


def database(path: Path, rows: str, key: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.fct_score as select *, '{key}' as case_key from ({rows})")
        connection.execute("create schema ops")
        connection.execute(f"create table ops.run as select '{key}' as run_id")
    return path


@pytest.mark.parametrize(("by", "same"), [("1e-15", True), ("1e-6", False)])
def test_floats_may_differ_in_their_last_bits(tmp_path: Path, by: str, same: bool) -> None:
    published = database(tmp_path / "a.duckdb", "select 0.25::double as score", "one key")
    bare = database(tmp_path / "b.duckdb", f"select 0.25::double + {by}::double as score", "another")
    assert (differences(published, bare) == (1, [])) is same


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("select 1 as score union all select 2", []),
        ("select 1 as score union all select 3", [Difference("marts.fct_score", 2, 2, 2)]),
        ("select 1 as score union all select 1", [Difference("marts.fct_score", 2, 2, 2)]),
        ("select 1 as score", [Difference("marts.fct_score", 2, 1, 1)]),
    ],
)
def test_tables_are_compared_row_for_row_but_for_keys_and_runs(
    tmp_path: Path, rows: str, found: list[Difference]
) -> None:
    published = database(tmp_path / "a.duckdb", "select 1 as score union all select 2", "one key")
    bare = database(tmp_path / "b.duckdb", rows, "another")
    assert differences(published, bare) == (1, found)
