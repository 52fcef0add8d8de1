"""What tests share: a landing folder to deliver into, and the intake half of a night to run over it."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.generator import PRESETS, generate
from flows.base.night import Night, begin
from flows.base.warehouse_paths import Warehouse, connect
from flows.intake import land, load, look, shares
from flows.intake.check import Checked
from flows.intake.land import Landed
from flows.intake.load import Loaded
from flows.intake.read import Read, read
from flows.warehouse.dbt import run_dbt, share_parsed
from flows.warehouse.nodes import node_of
from tests.commands import Command
from tests.houses import BUSINESS_DATE as HOUSE_DATE
from tests.houses import EXAMPLES, House, NewHouse, house_in
from tests.once import DONE, once

BUSINESS_DATE = date(2006, 6, 15)

SECONDS = "seconds"
"""The file that says how long the second night of `tiny_completed` took."""

OUTCOMES = "outcomes.json"
"""The file with what became of the nodes of `empty`."""

Deliver = Callable[[str, str | bytes], Path]
Query = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Intake:
    """The first half of one night, and questions to the restricted warehouse after it."""

    night: Night
    landed: Landed
    batch: Read
    checked: Checked
    loaded: Loaded

    def query(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query on the restricted warehouse."""
        with connect(self.night.warehouse.database, self.night.warehouse) as connection:
            return connection.execute(sql, parameters).fetchall()

    def file(self, path: str) -> dict[str, Any]:
        """What `intake.file` says of the newest file with this path below the landing folder."""
        with connect(self.night.warehouse.database, self.night.warehouse) as connection:
            found = connection.execute("select * from intake.file where path = ? order by file_id desc", [path])
            names = [column[0] for column in found.description]
            row = found.fetchone()
        assert row is not None, f"{path} is not registered"
        return dict(zip(names, row, strict=True))

    def counts(self, path: str) -> tuple[int, int, int, int]:
        """Rows landed, loaded, duplicate and held."""
        file = self.file(path)
        return file["rows_landed"], file["rows_loaded"], file["rows_duplicate"], file["rows_held"]

    def held(self, path: str) -> dict[int, list[str]]:
        """Reasons of each held row of a file, by its number."""
        rows = self.query(
            "select row_number, reasons from intake.held_row where file_id = ?", self.file(path)["file_id"]
        )
        return dict(rows)


RunIntake = Callable[[], Intake]


@pytest.fixture(autouse=True, scope="session")
def _own_settings() -> Iterator[None]:
    """No test depends on the settings of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("CASEBOOK_")]:
            patch.delenv(name)
        patch.setenv("CASEBOOK_THREADS", "1")
        patch.setenv("CASEBOOK_MEMORY", "500MB")
        # Every file that a test delivers has just changed.
        patch.setattr(look, "SETTLING", 0)
        yield


@pytest.fixture(scope="session")
def parsed() -> Warehouse:
    """A warehouse for which dbt has parsed the project, which takes long; others begin with it (`share_parsed`)."""

    def make(folder: Path) -> None:
        warehouse = Warehouse(folder / "warehouse")
        warehouse.make()
        assert run_dbt(warehouse, ["parse"]).success

    return Warehouse(once("parsed", make) / "warehouse")


@pytest.fixture(scope="session")
def empty(parsed: Warehouse) -> Warehouse:
    """Every seed and model without rows, and what became of each node and of each unit test in `OUTCOMES` beside it.

    dbt takes the types of a unit test's columns from the tables.
    """

    def make(folder: Path) -> None:
        warehouse = Warehouse(folder / "warehouse")
        warehouse.make()
        warehouse.connect().close()
        share_parsed(parsed, warehouse)
        project = run_dbt(warehouse, ["parse"]).result
        build = ["build", "--no-write-json", "--empty", "--exclude-resource-type", "test", "exposure"]
        outcomes = [asdict(node_of(one)) for one in run_dbt(warehouse, build, project).result.results]
        (folder / OUTCOMES).write_text(json.dumps(outcomes), encoding="utf-8")

    return Warehouse(once("empty", make) / "warehouse")


@pytest.fixture(scope="session")
def prepared(parsed: Warehouse) -> Path:
    """A warehouse without deliveries, built and tested by this code: nights on a copy of it start quickly."""

    def make(folder: Path) -> None:
        (folder / "landing").mkdir()
        house = house_in(folder)
        share_parsed(parsed, Warehouse(house.warehouse))
        house.night_without_deliveries()
        shutil.rmtree(house.warehouse / "published")
        (house.warehouse / "current").unlink()

    return once("prepared", make) / "warehouse"


@pytest.fixture(scope="session")
def new_house(prepared: Path) -> NewHouse:
    """Makes a house of its own in a folder, with an empty landing folder."""

    def make(folder: Path) -> House:
        shutil.copytree(prepared, folder / "warehouse")
        (folder / "landing").mkdir()
        return House(folder / "landing", folder / "warehouse")

    return make


@pytest.fixture(scope="session")
def tiny(new_house: NewHouse) -> House:
    """A night over small invented deliveries, without the last NSmart file, which lies in `late` beside the landing
    folder. Tests work on copies."""

    def make(folder: Path) -> None:
        house = new_house(folder)
        generate(PRESETS["tiny"], house.landing)
        late = max(house.landing.rglob("nsmart_*.csv"))
        (folder / "late").mkdir()
        shutil.move(late, folder / "late" / late.name)
        house.night()

    return house_in(once("tiny", make))


@pytest.fixture(scope="session")
def tiny_completed(tiny: House) -> House:
    """The same after a second night, on which that file came. Beside it is how many seconds that took."""

    def make(folder: Path) -> None:
        house = copy_of_tiny(tiny, folder)
        started = time.monotonic()
        house.night()
        (folder / SECONDS).write_text(str(time.monotonic() - started))
        assert house.contents() != tiny.contents()

    return house_in(once("tiny_completed", make))


def copy_of_tiny(tiny: House, folder: Path) -> House:
    """A house of a test's own, whose late file has come."""
    shutil.copytree(
        tiny.warehouse.parent, folder, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(DONE)
    )
    shutil.copytree(folder / "late", folder / "landing", dirs_exist_ok=True)
    return house_in(folder)


@pytest.fixture(scope="session")
def examples(parsed: Warehouse) -> House:
    """One night over the example deliveries, with a key that it makes itself. Tests read it and leave it as it is.

    Beside the warehouse are the folders that the night had for a home and for temporary files.
    """

    def make(folder: Path) -> None:
        own = {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
        for path in own.values():
            Path(path).mkdir()
        house = House(EXAMPLES, folder / "warehouse")
        share_parsed(parsed, Warehouse(house.warehouse))
        done = house.command("nightly", "--date", HOUSE_DATE, env={"CASEBOOK_CASE_KEY": "", **own})
        assert done.returncode == 0, done.stdout + done.stderr

    return House(EXAMPLES, once("examples", make) / "warehouse")


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    """A landing folder with nothing in it."""
    folder = tmp_path / "landing"
    folder.mkdir()
    return folder


@pytest.fixture
def night(landing: Path, tmp_path: Path) -> Night:
    """A night that has made its folders and done nothing else."""
    night = begin(landing, tmp_path / "warehouse", BUSINESS_DATE)
    night.warehouse.make()
    return night


@pytest.fixture
def deliver(landing: Path) -> Deliver:
    """Write a file below the landing folder: text as UTF-8, bytes as they are."""
    return lambda path, content: write_delivery(landing, path, content)


@pytest.fixture
def intake(landing: Path, tmp_path: Path) -> RunIntake:
    """Run land, read, check and load of a new night over what was delivered until now."""
    return lambda: run_intake(landing, tmp_path / "warehouse")


def write_delivery(landing: Path, path: str, content: str | bytes) -> Path:
    """Write a file below a landing folder; returns where."""
    target = landing / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)
    return target


def run_intake(landing: Path, warehouse: Path) -> Intake:
    """The first half of a night; whatever was delivered, its rows must balance."""
    night = begin(landing, warehouse, BUSINESS_DATE)
    night.warehouse.make()
    with night.warehouse.held_open():
        landed = land.land(night)
        examined = shares.examine_all(night)
        loaded = load.load(night, examined.read, examined.checked)
        result = Intake(night, landed, examined.read, examined.checked, loaded)
        _rows_balance(result)
    return result


def copy_of(done: Intake, folder: Path) -> Intake:
    """The same in folders of a test's own."""
    shutil.copytree(done.night.landing.parent, folder, symlinks=True, dirs_exist_ok=True)
    night = replace(done.night, landing=folder / "landing", warehouse=Warehouse(folder / "warehouse"))
    return replace(done, night=night)


def read_new(night: Night) -> Read:
    """Read what was landed, which is one share."""
    (share,) = shares.shares(night)
    return read(night.warehouse, share.files, share.batch)


def _rows_balance(result: Intake) -> None:
    """Whatever a test delivers, nothing of it is lost: every row is loaded, duplicate, held or erased; all are read."""
    kinds = [kind for (kind,) in result.query("select distinct kind from intake.file where state = 'loaded'")]
    raw = " union all ".join(f"select file_id, row_number from raw.{kind}" for kind in kinds)
    lost = f"""
        with raw_rows as ({raw or "select null::bigint as file_id, null::bigint as row_number where false"})
        select path, state, reason, rows_landed, rows_loaded, rows_duplicate, rows_held from intake.file
        where state not in ('loaded', 'same_bytes', 'rejected')
            or (state = 'rejected') <> (reason is not null)
            or (state = 'loaded') <> (rows_landed is not null)
            or rows_landed <> rows_loaded + rows_duplicate + rows_held + rows_erased
            or rows_loaded <> (select count(*) from raw_rows where raw_rows.file_id = file.file_id)
            or rows_held <> (select count(*) from intake.held_row where held_row.file_id = file.file_id)
    """
    assert result.query(lost) == []


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command `casebook`, run in this process; see `tests.commands`."""
    monkeypatch.setenv("COLUMNS", "400")
    return Command(capsys, monkeypatch)
