"""What a release says by a row that is there, and by noise that is the same for the same people."""

import pytest

from attack.figures import Published, Records, Release
from attack.model import posterior, tied_counts
from attack.noise import Noise
from attack.prior import fitted
from attack.read import _telling

GROUP = Records("fct_pooled_profile.cases sex", "sample", "ESI 3", 12 * 2004 + 3, 12, "sex=U")


@pytest.mark.parametrize(("fewest", "least"), [(0, 0), (1, 1)])
def test_a_group_that_has_a_row_has_people(fewest: int, least: int, noise: Noise) -> None:
    release = Release("one", [Published(GROUP, "fct_pooled_profile", 0, 300, fewest_side=fewest)])
    believed = posterior(tied_counts([release], noise, fitted(release.figures, noise)))[GROUP, "side"]
    possible = believed.counts[believed.weights > 0]
    assert possible[0] == least
    assert possible[-1] <= 4


@pytest.mark.parametrize(("side", "least"), [(25, 0), (24, 1)])
def test_people_with_another_noise_than_their_base_are_not_all_of_it(side: int, least: int, noise: Noise) -> None:
    release = Release("one", [Published(GROUP, "fct_pooled_profile", side, 25)])
    believed = posterior(tied_counts([release], noise, fitted(release.figures, noise)))[GROUP, "met"]
    assert believed.counts[believed.weights > 0][0] == least


@pytest.mark.parametrize(("groups", "telling"), [("FM FM", set()), ("FM F", {"sex"})])
def test_a_row_of_a_group_says_something_where_lists_of_groups_differ(groups: str, telling: set[str]) -> None:
    rows = [
        {"measure_code": str(number), "characteristic": "sex", "category": group}
        for number, listed in enumerate(groups.split())
        for group in listed
    ]
    assert _telling(rows, "measure_code") == telling
