"""An erasure that is killed: the next night finishes it, and nothing of the case is left."""

import shutil
from pathlib import Path

import pytest

from flows.base.warehouse_paths import Warehouse
from flows.recover.erase import erase_case
from tests.faults import nights
from tests.faults.conftest import Scene, copy_scene
from tests.faults.damages import no_older_one
from tests.faults.nights import Plan
from tests.houses import House, texts

SCOPE, CASE = "ESI-AVS-2005", "AVS/2005/0007"

POINTS = {
    "an erasure, decided and no file rewritten": "flows.recover.erase.bury",
    "an erasure, files rewritten and the tombstones not complete": "flows.recover.erase.read_register",
    "an erasure, the warehouse made again and not exchanged": "flows.recover.rebuild._replace",
    "an erasure, publications not made again": "flows.recover.erase.make_again",
    "an erasure, a publication made again and not exchanged": "flows.publish.publish.replace",
}


def erase(house: House) -> None:
    erase_case(Warehouse(house.warehouse), SCOPE, CASE, "Asked for", lambda _: None)


def copied(undisturbed: Scene, folder: Path) -> House:
    """The scene after its night with one publication, in a copy of one's own."""
    copy_scene(undisturbed.house.warehouse.parent, folder)
    house = House(folder / "landing", folder / "warehouse")
    no_older_one(Warehouse(house.warehouse))
    return house


def erased_and_published(house: House) -> dict[str, str]:
    """The marts after a night that must publish, none of whose files may name the case."""
    ended = nights.run(house)
    assert ended.exit_code == 0, ended.said
    naming = [
        str(path.relative_to(house.warehouse))
        for path in house.warehouse.rglob("*")
        if path.is_file() and CASE.encode() in path.read_bytes()
    ]
    assert naming == []
    for database in house.warehouse.glob("**/*.duckdb"):
        assert not [where for where, text in texts(database) if CASE in text]
    return house.contents()


@pytest.fixture(scope="session")
def undisturbed_erasure(undisturbed: Scene, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The marts of the night after an erasure to which nothing happened."""
    house = copied(undisturbed, tmp_path_factory.mktemp("erased") / "scene")
    ended = nights.run(house, Plan(instead=erase))
    assert ended.exit_code == 0, ended.said
    marts = erased_and_published(house)
    assert marts != undisturbed.expected
    return marts


@pytest.mark.long
@pytest.mark.parametrize("point", POINTS)
def test_an_erasure_killed_anywhere_is_finished_by_the_night_that_follows(
    point: str, undisturbed: Scene, undisturbed_erasure: dict[str, str], tmp_path: Path
) -> None:
    house = copied(undisturbed, tmp_path / "scene")
    ended = nights.run(house, Plan(POINTS[point], instead=erase))
    assert ended.exit_code == -9, ended.said
    assert erased_and_published(house) == undisturbed_erasure
    shutil.rmtree(house.warehouse.parent)
