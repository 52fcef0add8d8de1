"""The tile grid of the areas: every area at a place of its own, and the areas of a region together."""

import csv
from collections import defaultdict

import pytest

from expectations.reference import PROJECT

Place = tuple[int, int]


def places() -> dict[str, set[Place]]:
    """The places of each region's areas."""
    regions: dict[str, set[Place]] = defaultdict(set)
    with (PROJECT / "seeds" / "common" / "areas.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            regions[row["region"]].add((int(row["tile_row"]), int(row["tile_column"])))
    return regions


def is_together(tiles: set[Place]) -> bool:
    """Whether each tile is reached from any other over sides of tiles."""
    reached, edge = set(), {min(tiles)}
    while edge:
        reached |= edge
        beside = {(row + down, column + right) for row, column in edge for down, right in SIDES}
        edge = (beside & tiles) - reached
    return reached == tiles


SIDES = ((0, 1), (1, 0), (0, -1), (-1, 0))


def test_no_two_areas_share_a_place() -> None:
    assert sum(map(len, places().values())) == len(set().union(*places().values())) == 42


def test_the_tiles_of_a_region_touch_each_other() -> None:
    assert [region for region, tiles in places().items() if not is_together(tiles)] == []


@pytest.mark.parametrize(("tiles", "together"), [({(1, 1), (1, 2), (2, 2)}, True), ({(1, 1), (2, 2)}, False)])
def test_a_region_in_pieces_is_found(tiles: set[Place], together: bool) -> None:
    assert is_together(tiles) is together
