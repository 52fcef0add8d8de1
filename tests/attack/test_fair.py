"""The attack is fair: what it holds for likely is right as often, and it finds no more than the limits."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import binom

from attack.graph import Graph, beliefs
from attack.limits import MOST_ALMOST_CERTAIN
from attack.model import posterior, tied_counts
from attack.noise import Noise
from attack.prior import fitted, true_distribution
from attack.solver import bounds
from attack.truth import Measured, measured, together
from attack.window import Window
from tests.attack.releases import Method, made
from tests.attack.worlds import world

SEEDS = range(3)
WITH_SMALL_COUNTS = ("ETH", "PPO_TIME")
LEAST_LIKELY = 0.001
"""Chance of a number of right guesses below which a test holds that the attack is not fair."""


def attacked(noise: Noise, knows_the_distribution: bool) -> Measured:
    """What the attack finds in releases of several countries."""
    found = []
    for seed in SEEDS:
        release = made(world(seed), Method(seed), measures=WITH_SMALL_COUNTS)
        prior = true_distribution(release.truth) if knows_the_distribution else fitted(release.release.figures, noise)
        found.append(measured(posterior(tied_counts([release.release], noise, prior)), release.truth))
    return together(found)


@pytest.mark.parametrize("knows_the_distribution", [True, False])
def test_what_the_attack_holds_it_is_right_about_as_often(knows_the_distribution: bool, noise: Noise) -> None:
    found = attacked(noise, knows_the_distribution)
    assert found.met
    for tenth, times in found.said.items():
        least = binom.ppf(LEAST_LIKELY, times, tenth / 10)
        most = binom.ppf(1 - LEAST_LIKELY, times, (tenth + 1) / 10)
        assert least <= found.right[tenth] <= most, f"{tenth / 10}: {found.right[tenth]} of {times}"


@pytest.mark.long
def test_nothing_is_certain_in_ten_countries_and_next_to_nothing_almost_certain(noise: Noise) -> None:
    """They have half as many small counts as generated countries, whose limits `python -m bench risk` measures."""
    found = []
    for seed in range(10):
        country = world(100 + seed)
        for secret in range(5):
            release = made(country, Method(secret))
            tied = tied_counts([release.release], noise, true_distribution(release.truth))
            found.append(measured(posterior(tied), release.truth))
    every = together(found)
    assert every.small > 5000
    assert every.certain == 0
    assert every.of(every.almost_certain) <= MOST_ALMOST_CERTAIN


def a_tree() -> Graph[str]:
    """Five counts of which three and two have the same sum."""
    rng = np.random.default_rng(1)
    graph = Graph({key: Window(int(rng.integers(0, 3)), rng.random(4)) for key in "abcxy"})
    graph.know("sum", Window(3, rng.random(7)))
    graph.add_sum("sum", ("a", "b", "c"))
    graph.add_sum("sum", ("x", "y"))
    return graph


def enumerated(graph: Graph[str]) -> dict[str, dict[int, float]]:
    """Weights of each count by trying everything."""
    found: dict[str, dict[int, float]] = {key: {} for key in graph.known}
    for a, b, c, x, y in product(*(graph.known[key].counts for key in "abcxy")):
        values = dict(zip("abcxy", (a, b, c, x, y), strict=True)) | {"sum": a + b + c}
        inside = graph.known["sum"].low <= a + b + c <= graph.known["sum"].high
        if a + b + c == x + y and inside:
            weight = np.prod([graph.known[key].weights[value - graph.known[key].low] for key, value in values.items()])
            for key, value in values.items():
                found[key][int(value)] = found[key].get(int(value), 0.0) + float(weight)
    return found


def test_beliefs_over_a_tree_of_sums_are_those_of_trying_everything() -> None:
    graph = a_tree()
    for key, weights in enumerated(graph).items():
        believed = beliefs(graph)[key]
        for value, weight in weights.items():
            assert believed.weights[value - believed.low] == pytest.approx(weight / sum(weights.values()))


def test_the_solver_finds_what_sums_leave_possible() -> None:
    graph = Graph({"a": Window(0, np.ones(3)), "b": Window(2, np.ones(3)), "sum": Window(6, np.ones(1))})
    graph.add_sum("sum", ("a", "b"))
    assert bounds(graph, "a") == (2, 2)
    assert bounds(graph, "b") == (4, 4)
