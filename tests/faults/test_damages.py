"""Files are damaged: a sentence says so wherever it matters, a night goes on or refuses, and nothing is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.base.warehouse_paths import Warehouse
from tests.commands import Command
from tests.faults.conftest import Scene, rows, without_traceback
from tests.faults.damages import DAMAGES, Damage, archived, cut, flip
from tests.faults.nights import REFUSED, Plan
from tests.faults.record import OUTCOME
from tests.houses import KEY

Say = Callable[[str, object], None]

QUESTIONS = (["status"], ["held"], ["query", "select count(*) from dim_area"], ["fsck"])


@pytest.fixture(autouse=True)
def _own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in this process have the key that the nights have."""
    for name, value in KEY.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if one.ordinary else pytest.mark.long, id=name) for name, one in DAMAGES.items()],
)
def test_a_damage_is_survived_or_refused(
    name: str, published: Scene, whole: list[Path], command: Command, record_property: Say
) -> None:
    damage, before = DAMAGES[name], published.intake()
    damage.do(Warehouse(published.house.warehouse))
    said = asked(command, published)
    ended = published.run(Plan(before=damage.before))
    said += "\n".join(ended.said)
    assert ended.exit_code == (REFUSED if damage.refused else 0), said
    assert damage.says in said
    if damage.cure:
        assert f"casebook {damage.cure}" in said
        cured = command(damage.cure, "--warehouse", published.house.warehouse)
        assert cured.code == 0, cured.err
    if not damage.refused:
        assert published.house.contents() == published.expected
    assert published.intake() == before
    if damage.mends:
        whole.append(published.house.warehouse.parent)
    record_property(OUTCOME, outcome(damage))


def asked(command: Command, scene: Scene) -> str:
    """What the commands say that only read; each answers or refuses in a sentence."""
    said = ""
    for question in QUESTIONS:
        ended = command(*question, "--warehouse", scene.house.warehouse)
        assert ended.code == 0 or (ended.code == 1 and ended.err.strip()), ended
        without_traceback(ended.out + ended.err)
        said += ended.out + ended.err
    return said


def outcome(damage: Damage) -> str:
    said = f": \u201c... {damage.says} ...\u201d" if damage.says else ""
    if damage.refused:
        return f"refused{said}{f', and mended by `casebook {damage.cure}`' if damage.cure else ''}"
    return f"survived{said}"


IN_BACKUP: dict[str, tuple[Callable[[Warehouse], object], str]] = {
    "a byte of a file in the backup is another": (lambda copy: flip(archived(copy), 1, 0), "are missing or are not"),
    "a file of the backup is gone": (lambda copy: archived(copy).unlink(), "are missing or are not"),
    "the register of the backup is cut by half": (lambda copy: cut(copy.register), "register is damaged"),
    "the register of the backup is gone": (lambda copy: copy.register.unlink(), "There is no backup at"),
}


@pytest.mark.parametrize("name", rows(list(IN_BACKUP)))
def test_a_damaged_backup_is_not_restored_and_made_whole_by_the_next(
    name: str, undisturbed: Scene, tmp_path: Path, command: Command, record_property: Say
) -> None:
    damage, says = IN_BACKUP[name]
    target, place = tmp_path / "backup", tmp_path / "restored"
    assert command("backup", target, "--warehouse", undisturbed.house.warehouse).code == 0
    damage(Warehouse(target))
    refused = command("restore", target, place)
    assert refused.code == 1
    assert says in refused.err
    shutil.rmtree(place, ignore_errors=True)
    assert command("backup", target, "--warehouse", undisturbed.house.warehouse).code == 0
    assert command("restore", target, place).code == 0
    record_property(OUTCOME, f"refused: \u201c... {says} ...\u201d, and mended by the next `casebook backup`")
