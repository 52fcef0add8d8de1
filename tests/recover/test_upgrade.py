"""A warehouse of an earlier version is rebuilt by the next night, which says so first; a newer one is refused."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.base.errors import ArchiveIncomplete, WarehouseUnusable
from flows.base.intake_tables import SCHEMA_VERSION
from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.intake.register import read_lines, read_register
from flows.recover.fsck import fsck
from flows.recover.rebuild import migrate
from flows.recover.withdraw import withdraw
from tests.conftest import Intake, copy_of, run_intake, write_delivery
from tests.samples import GOOD, NAMES, csv_text, good_rows

TARGET = NAMES["performance_target"]


@pytest.fixture(scope="module")
def one_night(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    landing = tmp_path_factory.mktemp("night") / "landing"
    write_delivery(landing, TARGET, csv_text(good_rows("performance_target", 1)))
    write_delivery(landing, NAMES["judgement"], csv_text(good_rows("judgement", 2)))
    done = run_intake(landing, landing.parent / "warehouse")
    withdraw(done.night.warehouse, "judgement", "ESI-BED-2005", "Wrong.")
    done.query("insert into intake.publication values (1, 'before', date '2006-06-14')")
    return done


@pytest.fixture
def current(one_night: Intake, tmp_path: Path) -> Intake:
    return copy_of(one_night, tmp_path)


def make_old(warehouse: Warehouse) -> None:
    """As version 0 left it: no version, no copy of the register, no seals, no sidecars."""
    records = read_lines(warehouse).records
    warehouse.register.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    warehouse.head.unlink()
    for sidecar in warehouse.archive.glob("*/*.jsonl"):
        sidecar.unlink()
    with duckdb.connect(str(warehouse.database)) as connection:
        connection.execute("drop table intake.event; delete from intake.setting where name = 'schema_version'")


def change(sql: str) -> Callable[[Warehouse], None]:
    def changing(warehouse: Warehouse) -> None:
        with duckdb.connect(str(warehouse.database)) as connection:
            connection.execute(sql)

    return changing


EARLIER: dict[str, Callable[[Warehouse], None]] = {
    "version 0": make_old,
    "a delivery gained a column": change("alter table raw.performance_target drop column profile"),
    "a kind is new": change("drop table raw.ippf"),
    "a table of intake gained a column": change("alter table intake.run drop column stage_seconds"),
    "a column has another type": change("alter table raw.judgement alter file_id type integer"),
}


def held(done: Intake) -> list[list[tuple[object, ...]]]:
    tables = ("intake.file", "intake.withdrawal", "raw.judgement", "raw.performance_target")
    return [done.query(f"from {table} order by all") for table in tables]


@pytest.mark.parametrize("name", EARLIER)
def test_a_warehouse_of_an_earlier_version_is_rebuilt_first(
    name: str, current: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    warehouse = current.night.warehouse
    before = held(current)
    EARLIER[name](warehouse)
    with pytest.raises(WarehouseUnusable, match="An earlier version of Casebook left this warehouse: run a night"):
        warehouse.connect()
    with caplog.at_level(logging.INFO, "casebook"):
        migrate(warehouse)
    assert "of an earlier version: it is rebuilt from its archive first, 2 deliveries" in caplog.text
    assert held(current) == before
    assert current.query("select run_id from intake.publication") == [("before",)]
    profile = "467;0;0;0;0;0;0;0;0;0;0;0"
    corrected = csv_text([{**GOOD["performance_target"], "profile": profile}])
    write_delivery(current.night.landing, TARGET.replace(".csv", "_r2.csv"), corrected)
    run_intake(current.night.landing, warehouse.root)
    assert current.query("select profile from raw.performance_target order by file_id") == [(None,), (profile,)]
    assert fsck(warehouse).damages == ()
    caplog.clear()
    migrate(warehouse)
    assert caplog.text == ""


def test_a_register_of_version_0_that_lacks_what_its_warehouse_knows_is_completed(current: Intake) -> None:
    """Version 0 wrote the warehouse first; a night of it that died, or damage, left the register behind."""
    warehouse = current.night.warehouse
    before, register = held(current), read_register(warehouse)
    make_old(warehouse)
    lines = warehouse.register.read_text().splitlines()
    warehouse.register.write_text(f"[{lines[0][1:]}\n")
    migrate(warehouse)
    assert held(current) == before
    after = read_register(warehouse)
    assert (after.files.keys(), after.withdrawals, after.key_check) == (
        register.files.keys(), register.withdrawals, register.key_check,
    )  # fmt: skip


def test_an_earlier_version_whose_bytes_are_lost_says_so_and_stays(current: Intake) -> None:
    warehouse = current.night.warehouse
    make_old(warehouse)
    (warehouse.archive / current.file(TARGET)["sha256"][:2] / current.file(TARGET)["sha256"]).unlink()
    before = warehouse.database.stat().st_ino
    with pytest.raises(ArchiveIncomplete, match=TARGET):
        migrate(warehouse)
    assert warehouse.database.stat().st_ino == before


def test_an_earlier_version_without_deliveries_is_made_again(night: Night) -> None:
    night.warehouse.connect().close()
    change("delete from intake.setting")(night.warehouse)
    migrate(night.warehouse)
    night.warehouse.connect().close()


def test_a_newer_version_is_refused(current: Intake) -> None:
    warehouse = current.night.warehouse
    change(f"update intake.setting set value = '{SCHEMA_VERSION + 1}' where name = 'schema_version'")(warehouse)
    migrate(warehouse)
    with pytest.raises(WarehouseUnusable, match="A newer version of Casebook made this warehouse"):
        warehouse.connect()
