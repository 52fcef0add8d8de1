"""The archive is damaged, or all that is left: the next night mends what it can, and loses nothing."""

import shutil
from pathlib import Path

import pytest

from flows.base.warehouse_paths import Warehouse
from flows.intake.register import read_register
from tests.faults.conftest import Scene, ask_restricted
from tests.faults.nights import Reader


def test_a_damaged_register_is_refused_restored_by_a_night_and_costs_no_delivery(scene: Scene, reader: Reader) -> None:
    """And a damaged file stops no night; fsck names it."""
    warehouse = Warehouse(scene.house.warehouse)
    lines = warehouse.register.read_bytes().splitlines(keepends=True)
    nsmart = next(number for number, line in enumerate(lines) if b'"nsmart_' in line)
    warehouse.register.write_bytes(b"".join([*lines[:nsmart], b"[" + lines[nsmart][1:], *lines[nsmart + 1 :]]))
    asked = scene.house.casebook("verify")
    assert (asked.returncode, "Traceback" in asked.stderr) == (1, False)
    assert f"line {nsmart + 1} cannot be read" in asked.stderr
    damaged = next(path for path in warehouse.archive.glob("??/*") if not path.suffix)
    damaged.write_bytes(b"other bytes")
    scene.recovers()
    checked = scene.house.casebook("fsck")
    assert checked.returncode == 1
    assert damaged.name in checked.stderr


def test_a_backup_is_enough_when_everything_else_is_lost(scene: Scene, tmp_path: Path) -> None:
    house, target = scene.house, tmp_path / "backup"
    assert house.casebook("backup", str(target)).returncode == 0
    shutil.rmtree(house.warehouse)
    for arguments in (["restore", str(target), str(house.warehouse)], ["rebuild"], ["fsck"]):
        done = house.casebook(*arguments)
        assert done.returncode == 0, done.stderr
    scene.recovers()


@pytest.mark.long
def test_with_register_and_warehouse_lost_the_archived_files_are_enough(scene: Scene) -> None:
    warehouse = Warehouse(scene.house.warehouse)
    files = len(read_register(warehouse).files)
    for path in (warehouse.register, warehouse.head, warehouse.database):
        path.unlink()
    rebuilt = scene.house.casebook("rebuild")
    assert f"Rebuilt from {files:,} deliveries" in rebuilt.stdout
    assert "repeat the withdrawals and erasures" in rebuilt.stderr
    scene.recovers()


@pytest.mark.long
@pytest.mark.parametrize(
    "change",
    [
        "delete from intake.setting where name = 'schema_version'",
        "alter table raw.nsmart drop column team_code",
        "drop table intake.event",
    ],
)
def test_a_warehouse_of_an_earlier_version_is_rebuilt_by_the_night(change: str, scene: Scene, reader: Reader) -> None:
    ask_restricted(scene.house, change)
    scene.recovers()
    assert list(Warehouse(scene.house.warehouse).temporary.iterdir()) == []
