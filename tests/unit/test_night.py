"""A night: alone on its warehouse, with one clock and a run id that sorts."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest

from flows.base import code_fingerprint as code
from flows.base import night as nights
from flows.base.errors import AnotherNightRunning
from flows.base.night import Night, alone, begin
from flows.base.settings import PROJECT

HOLDER = """
import sys
from pathlib import Path
from flows.base.warehouse_paths import Warehouse
from flows.base.night import alone
with alone(Warehouse(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_night_says_that_one_is_running(night: Night) -> None:
    with alone(night.warehouse), pytest.raises(AnotherNightRunning, match="already running"), alone(night.warehouse):
        pass


def test_the_lock_is_free_after_a_night_however_it_ended(night: Night) -> None:
    with pytest.raises(RuntimeError), alone(night.warehouse):
        raise RuntimeError
    with alone(night.warehouse):
        pass


def test_a_killed_night_frees_the_lock(night: Night) -> None:
    command = [sys.executable, "-c", HOLDER, str(night.warehouse.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AnotherNightRunning), alone(night.warehouse):
            pass
        holder.kill()
    with alone(night.warehouse):
        pass


def test_two_warehouses_do_not_wait_for_each_other(night: Night, tmp_path: Path) -> None:
    other = begin(tmp_path, tmp_path / "other", None)
    other.warehouse.make()
    with alone(night.warehouse), alone(other.warehouse):
        pass


def test_the_business_date_is_the_one_given_or_today_in_london(tmp_path: Path) -> None:
    assert begin(tmp_path, tmp_path, date(2005, 1, 2)).business_date == date(2005, 1, 2)
    started = begin(tmp_path, tmp_path, None)
    assert abs((started.business_date - started.started_at.date()).days) <= 1


def test_a_run_id_begins_with_its_start_and_sorts_after_the_one_before_it(tmp_path: Path) -> None:
    first, second = begin(tmp_path, tmp_path, None), begin(tmp_path, tmp_path, None)
    assert first.run_id.startswith(f"{first.started_at:%Y%m%dT%H%M%SZ}")
    assert first.run_id < second.run_id


@pytest.mark.parametrize("newest", ["20990101T020000Z-ffff", "20991231T235959Z-ffff"])
def test_a_run_id_sorts_after_every_publication_also_where_the_clock_was_set_back(newest: str, night: Night) -> None:
    (night.warehouse.published / newest).mkdir()
    (night.warehouse.published / ".building-29990101T020000Z-aaaa").mkdir()
    later = begin(night.landing, night.warehouse.root, None)
    assert newest < later.run_id < "2101"
    assert later.started_at.year < 2099
    (night.warehouse.published / later.run_id).mkdir()
    assert begin(night.landing, night.warehouse.root, None).run_id > later.run_id


@pytest.fixture
def no_code_version() -> Iterator[None]:
    """The version that this process has found is not asked, and what a test makes of it not kept."""
    nights.code_version.cache_clear()
    yield
    nights.code_version.cache_clear()


def of_a_new_process() -> str:
    nights.code_version.cache_clear()
    return nights.code_version()


@pytest.mark.usefixtures("no_code_version")
def test_the_code_version_changes_with_a_rule_and_only_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    rule = tmp_path / "models" / "rule.sql"
    rule.write_text("select 1")
    monkeypatch.setattr("flows.base.code_fingerprint.PROJECT", tmp_path)
    before = of_a_new_process()
    assert of_a_new_process() == before
    rule.write_text("select 2")
    assert of_a_new_process() != before


@pytest.mark.usefixtures("no_code_version")
@pytest.mark.parametrize("package", ["duckdb", "dbt-core"])
def test_the_code_version_changes_with_a_package_that_builds(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that another version of DuckDB or dbt built are built again."""
    before = of_a_new_process()
    monkeypatch.setattr(code, "version", lambda name: "upgraded" if name == package else metadata.version(name))
    assert of_a_new_process() != before
