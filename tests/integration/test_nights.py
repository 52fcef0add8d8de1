"""What a sequence of nights does to what readers get. Small invented deliveries, so that a night takes seconds."""

import fcntl
import json
import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.houses import house_in
from tests.integration.conftest import BUSINESS_DATE, House, NewHouse

EARLY_DATE = "2004-06-20"
"""The last of the three months delivered has begun by then, and is not due yet."""


DAY_BEFORE = str(date.fromisoformat(BUSINESS_DATE) - timedelta(days=1))


@pytest.fixture(scope="module")
def deliveries(tiny: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two areas, a few months, two inspections; one NSmart month lies aside, to come later."""
    folder = tmp_path_factory.mktemp("deliveries")
    shutil.copytree(tiny.landing, folder / "landing")
    return shutil.copytree(tiny.landing.with_name("late"), folder, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def house(tiny: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """After a first night over the deliveries. Tests of this module go on from it and leave it published."""
    folder = shutil.copytree(tiny.warehouse.parent, tmp_path_factory.mktemp("nights") / "house", symlinks=True)
    return house_in(folder, pages=False)


def test_a_second_night_with_nothing_new_reads_no_file_and_changes_no_mart(house: House) -> None:
    before = house.contents()
    told = house.command("nightly", "--date", BUSINESS_DATE)
    assert (told.returncode, "nothing new" in told.stdout) == (0, True), told.stderr
    ((files, rows),) = house.ask("select files_in, rows_in from ops.run order by run_id desc limit 1")
    assert (files, rows) == (0, 0)
    assert house.contents() == before


def test_one_more_month_of_one_area_reads_one_file_and_leaves_inspections_alone(house: House, deliveries: Path) -> None:
    (late,) = deliveries.glob("nsmart_*.csv")
    before = house.contents()
    shutil.copy(late, house.landing / late.name)
    told = house.casebook("nightly", "--date", BUSINESS_DATE)
    assert "1 new (1 read)" in told.stdout
    assert "changed since the last build: nsmart" in told.stderr
    after = house.contents()
    assert after["fct_performance_month"] != before["fct_performance_month"]
    assert after["fct_judgement"] == before["fct_judgement"]


@pytest.mark.long
def test_a_later_business_date_counts_months_due_without_new_files(house: House, new_house: NewHouse) -> None:
    """The date is an input of its own: what follows from it is rebuilt, and comes out as if built from nothing."""
    assert house.casebook("nightly", "--date", EARLY_DATE).returncode == 0
    early = house.contents()
    due = "select sum(months_due) from marts.fct_performance_to_date"
    few = house.ask(due)
    told = house.casebook("nightly", "--date", BUSINESS_DATE)
    assert "changed since the last build: date" in told.stderr
    assert house.ask(due) > few
    assert house.contents()["fct_performance_to_date"] != early["fct_performance_to_date"]


def test_no_table_hangs_on_the_state_of_files_alone(house: House) -> None:
    """A night rebuilds what lies downstream of the rows of a kind: a table that read no rows would go stale."""
    manifest = json.loads((house.warehouse / "restricted" / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    stale = []
    for name, node in manifest["nodes"].items():
        above = _ancestors(manifest["parent_map"], name)
        reads_state = any(".int_delivery__" in parent for parent in above)
        reads_rows = any(parent.startswith("source.casebook.raw.") for parent in above)
        always_built = "delivery_state" in node["tags"]
        is_table = node["resource_type"] == "model" and node["config"]["materialized"] != "view"
        if is_table and reads_state and not reads_rows and not always_built:
            stale.append(name)
    assert stale == []


def _ancestors(parents: dict[str, list[str]], name: str) -> set[str]:
    above: set[str] = set()
    waiting = [name]
    while waiting:
        found = set(parents.get(waiting.pop(), [])) - above
        above |= found
        waiting += found
    return above


@pytest.mark.long
def test_marts_do_not_depend_on_the_order_of_files_or_nights_or_threads(
    house: House, deliveries: Path, new_house: NewHouse, tmp_path: Path
) -> None:
    """The last night of one warehouse has a new date alone, on which no month begins or falls due: it builds little."""
    other = replace(new_house(tmp_path), pages=False)
    everything = sorted(path for path in deliveries.rglob("*.csv"))
    for number, path in enumerate(reversed(everything)):
        folder = other.landing / f"{number:04}"
        folder.mkdir()
        shutil.copy(path, folder / path.name)
    other.night({"CASEBOOK_THREADS": "1"})
    for late in deliveries.glob("nsmart_*.csv"):
        shutil.copy(late, house.landing / late.name)
    assert house.casebook("nightly", "--date", DAY_BEFORE).returncode == 0
    told = house.casebook("nightly", "--date", BUSINESS_DATE)
    assert "changed since the last build: date" in told.stderr
    tables, carried = map(int, re.findall(r"assemble: (\d+) tables, (\d+) of them as they were", told.stderr)[0])
    assert 20 < carried < tables
    assert len(house.contents()) > 20
    assert other.contents() == house.contents()


def test_a_second_night_at_once_says_so_and_harms_nothing(house: House) -> None:
    before = house.ask("select max(run_id) from ops.run")
    with (house.warehouse / "restricted" / "night.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = house.casebook("nightly", "--date", BUSINESS_DATE)
    assert second.returncode == 3
    assert "already running" in second.stderr
    assert "Traceback" not in second.stderr
    assert house.ask("select max(run_id) from ops.run") == before


def test_a_night_with_another_key_refuses_and_readers_keep_what_they_have(house: House) -> None:
    before = house.contents()
    refused = house.command("nightly", "--date", BUSINESS_DATE, env={"CASEBOOK_CASE_KEY": "another"})
    assert refused.returncode == 1
    assert "key of the case identifiers is not the one" in refused.stderr
    assert house.contents() == before


def test_a_correction_replaces_its_forerunner_and_keeps_it_in_the_books(house: House) -> None:
    original = min(house.landing.rglob("performance_return_*.csv"))
    lines = original.read_text(encoding="utf-8").splitlines()
    changed = [line.replace(line.split(",")[3], "0", 1) if "VICTIM" in line else line for line in lines]
    (house.landing / f"{original.stem}_r9.csv").write_text("\n".join(changed), encoding="utf-8")
    before = house.contents()
    replaced = house.ask("select max(run_id) from ops.run")[0][0]
    house.night()
    key = original.stem.removeprefix("performance_return_")
    statuses = house.ask(
        f"select revision, status from ops.load_file where kind = 'performance_return' and key = '{key}' order by 1"
    )
    assert (9, "current") in statuses
    assert (1, "superseded") in statuses
    assert house.contents()["fct_performance_to_date"] != before["fct_performance_to_date"]
    months = house.ask(
        f"""
        select revisions.period_month, revisions.after_value = figures.value and revisions.change < 0
        from marts.fct_performance_revision as revisions
        inner join marts.fct_performance_to_date as figures
            using (area_code, measure_code, performance_year, period_month)
        where before_run_id = '{replaced}' and cause = 'Corrected: performance_return_{key}_r9.'
        order by all
        """
    )
    corrected = date(2000 + int(key[-2:]), int(key[-4:-2]), 1)
    assert months[0] == (corrected, True), "to-date figures of the corrected month and every later one are revised"
    assert len(months) > 1
    assert all(agrees for _, agrees in months)


def test_a_rollback_pins_readers_until_resume(house: House) -> None:
    newest = house.warehouse.joinpath("current").readlink().name
    assert house.casebook("rollback").returncode == 0
    pinned = house.warehouse.joinpath("current").readlink().name
    assert pinned < newest
    held = house.casebook("nightly", "--date", BUSINESS_DATE)
    assert held.returncode == 4
    assert "casebook resume" in held.stderr
    assert house.warehouse.joinpath("current").readlink().name == pinned
    assert house.casebook("resume").returncode == 0
    assert house.warehouse.joinpath("current").readlink().name > newest


@pytest.mark.long
def test_a_title_that_names_a_case_is_held_and_stops_nobody(
    deliveries: Path, new_house: NewHouse, tmp_path: Path
) -> None:
    leaking = replace(new_house(tmp_path), pages=False)
    shutil.copytree(deliveries / "landing", leaking.landing, dirs_exist_ok=True)
    inspection = next(leaking.landing.rglob("inspection_*.csv"))
    sample = next(inspection.parent.glob("case_sample_*.csv"))
    case = sample.read_text(encoding="utf-8").splitlines()[1].split(",")[2]
    text = inspection.read_text(encoding="utf-8").replace("(invented)", f"about {case}")
    inspection.write_text(text, encoding="utf-8")
    leaking.night()
    reason = "inspection_title names a case: take the reference out"
    held = f"select count(*) from ops.quarantine_row where list_contains(reasons, '{reason}')"
    assert leaking.ask(held) == [(1,)]


def test_a_reader_keeps_the_publication_that_is_open(house: House) -> None:
    with duckdb.connect(str(house.warehouse / "current" / "analyst.duckdb"), read_only=True) as reader:
        before = reader.execute("select max(run_id) from ops.run").fetchall()
        house.night()
        assert reader.execute("select max(run_id) from ops.run").fetchall() == before
    assert house.ask("select max(run_id) from ops.run") != before


def test_older_clients_can_open_what_is_published(house: House) -> None:
    """The storage version stands in the file's header; 65 is DuckDB 1.2.0."""
    header = (house.warehouse / "current" / "analyst.duckdb").read_bytes()[:32]
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") == 65


def test_every_published_table_and_column_is_described(house: House) -> None:
    missing = house.ask(
        """
        select schema_name || '.' || table_name from duckdb_tables() where coalesce(comment, '') = ''
        union all
        select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()
        where not internal and coalesce(comment, '') = ''
        """
    )
    assert missing == []
