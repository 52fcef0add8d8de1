"""Much is lost at once, or of an earlier version: what is left is enough, and nothing is lost."""

import shutil
from pathlib import Path

import pytest

from flows.base.warehouse_paths import Warehouse
from flows.intake.register import read_register
from tests.faults.conftest import Scene, ask_restricted
from tests.faults.nights import Reader


@pytest.mark.long
def test_a_backup_is_enough_when_everything_else_is_lost(scene: Scene, tmp_path: Path) -> None:
    warehouse, target = scene.house.warehouse, tmp_path / "backup"
    assert scene.casebook("backup", str(target)).returncode == 0
    shutil.rmtree(warehouse)
    for arguments in (["restore", str(target), str(warehouse)], ["rebuild"], ["fsck"]):
        done = scene.casebook(*arguments)
        assert done.returncode == 0, done.stderr
    scene.recovers()


@pytest.mark.long
def test_with_register_and_warehouse_lost_the_archived_files_are_enough(scene: Scene) -> None:
    warehouse = Warehouse(scene.house.warehouse)
    files = len(read_register(warehouse).files)
    for path in (warehouse.register, warehouse.head, warehouse.database):
        path.unlink()
    rebuilt = scene.casebook("rebuild")
    assert f"Rebuilt from {files:,} deliveries" in rebuilt.stdout
    assert "repeat the withdrawals and erasures" in rebuilt.stderr
    scene.recovers()


@pytest.mark.long
@pytest.mark.parametrize(
    "change",
    [
        pytest.param("delete from intake.setting where name = 'schema_version'", id="its version is not noted"),
        pytest.param("alter table raw.nsmart drop column team_code", id="it lacks a column that deliveries have now"),
        pytest.param("drop table intake.event", id="it has no copies of the register's lines"),
    ],
)
def test_a_warehouse_of_an_earlier_version_is_rebuilt_by_the_night(change: str, scene: Scene, reader: Reader) -> None:
    ask_restricted(scene.house, change)
    scene.recovers()
    assert list(Warehouse(scene.house.warehouse).temporary.iterdir()) == []
