"""The attack finds each fault that is planted in a release, and none in a release without one."""

from dataclasses import replace

import pytest

from attack.figures import Release
from attack.frozen import telling_marks
from attack.model import figures
from attack.noise import Noise
from attack.prior import fitted
from attack.rows import CONVINCING, odds_that_rows_add_up
from attack.run import Attacked, attack
from tests.attack.releases import Made, Method, made
from tests.attack.worlds import World, world


def rules(found: Attacked) -> set[str]:
    """The rules that an attack found broken."""
    return {finding.rule for finding in found.findings}


def test_a_release_by_the_method_meets_the_limits_and_breaks_no_rule(honest: Made, noise: Noise) -> None:
    found = attack([honest.release], noise)
    assert found.findings == []
    assert found.met


@pytest.mark.parametrize("fault", ["exact", "to date", "status"])
def test_a_planted_fault_is_found(fault: str, country: World, noise: Noise) -> None:
    found = attack([made(country, Method(4, fault)).release], noise)
    assert rules(found) == {fault}
    assert not found.met


def test_exact_counts_are_found_certain(country: World, noise: Noise) -> None:
    leaking = made(country, Method(4, "exact"))
    found = attack([leaking.release], noise).learned.certain
    sides = [guess for guess in found if guess.key[1] == "side" and guess.key[0].level == "area"]
    assert len(sides) > 10
    assert all(leaking.truth[guess.key[0]][0] == guess.count for guess in sides)


@pytest.mark.parametrize(("fault", "adds_up"), [("modulo", True), ("", False)])
def test_rows_that_are_sums_of_keys_are_found(fault: str, adds_up: bool, noise: Noise) -> None:
    release = made(world(1, months=24), Method(6, fault)).release
    odds = odds_that_rows_add_up(release.figures, release.regions, noise, fitted(release.figures, noise))
    assert (odds > CONVINCING) is adds_up


def ten_releases(country: World, measures: tuple[str, ...]) -> list[Release]:
    return [made(country, Method(secret), str(secret), measures).release for secret in range(10)]


def test_ten_salts_are_found_and_give_counts_away(country: World, noise: Noise) -> None:
    found = attack(ten_releases(country, ("PPO_TIME",)), noise)
    assert {"frozen", "noises"} <= rules(found)
    assert found.learned.likely > 0.5


def revised(country: World, only_changes: bool) -> list[Release]:
    """A release and its revision without one case: figures that changed are marked, or all."""
    case = int((country.missed["CMP"] & (country.area == 2)).nonzero()[0][0])
    before, after = made(country, Method(4)), made(country.without(case), Method(5), "two")
    changed = {records for records, counts in after.truth.items() if counts != before.truth[records]}
    old = {figure.records: figure for figure in before.release.figures}
    shown = [
        replace(figure, marked=True) if figure.records in changed or not only_changes else old[figure.records]
        for figure in after.release.figures
    ]
    return [before.release, replace(after.release, figures=shown)]


@pytest.mark.parametrize("only_changes", [True, False])
def test_marks_on_true_changes_alone_are_found(only_changes: bool, country: World) -> None:
    assert bool(telling_marks(revised(country, only_changes))) is only_changes


def test_a_second_revision_counts_as_noise_of_its_own(country: World, noise: Noise) -> None:
    first, second = revised(country, only_changes=False)
    third = replace(made(country, Method(9), "three").release)
    third = replace(third, figures=[replace(figure, marked=True) for figure in third.figures])
    assert {"noises"} <= rules(attack([first, second, third], noise))
    assert len(figures([first, second, third])) > 2 * len(first.figures)
