"""Two nights at once, and clocks that are wrong."""

from datetime import datetime, timedelta

import pytest

from tests.faults import nights
from tests.faults.conftest import TALLY, Scene
from tests.faults.nights import REFUSED, Plan, Reader


def test_of_two_nights_at_once_one_publishes_and_the_other_says_so(scene: Scene, reader: Reader) -> None:
    racing = [nights.start(scene.house, said=f"said-{number}.log") for number in (1, 2)]
    ended = [nights.end(scene.house, night, said=f"said-{number}.log") for number, night in enumerate(racing, 1)]
    assert sorted(night.exit_code for night in ended) == [0, REFUSED]
    assert "already running" in next(night.said[-1] for night in ended if night.exit_code)
    TALLY["races"] += 1
    assert scene.house.contents() == scene.expected


@pytest.mark.long
def test_a_night_under_a_clock_set_back_is_the_newest_all_the_same(scene: Scene, reader: Reader) -> None:
    """Its run id would sort before those of earlier nights, and readers would be given an old publication."""
    first = scene.house.warehouse.joinpath("current").readlink().name
    back = timedelta(days=-800)
    early = f"{datetime.now() + back:%Y-%m-%d}"
    ended = scene.run(Plan(clock=back, business_date=early))
    assert ended.exit_code == 0, ended.said
    second = scene.house.warehouse.joinpath("current").readlink().name
    assert second > first
    assert scene.casebook("rollback").stdout.startswith(f"Readers now get {first}")
    assert scene.casebook("resume").stdout.startswith(f"Readers now get {second}")
    scene.recovers()
    assert scene.house.warehouse.joinpath("current").readlink().name > second
