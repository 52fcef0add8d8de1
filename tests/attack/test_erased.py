"""Releases do not tell that one case is missing: of somebody whose record was erased after the first of them."""

from dataclasses import replace

import pytest

from attack.erased import auc, known_person, missing_case, revised_case, shortfalls
from attack.limits import AUC_NEW, AUC_PERSON, AUC_REVISED
from attack.noise import Noise
from attack.prior import fitted
from attack.run import attack
from attack.truth import auc as measured_auc
from tests.attack.conftest import SMALL
from tests.attack.releases import Made, Method, later, made
from tests.attack.test_leaks import revised
from tests.attack.worlds import World, world

NINE_MONTHS = 9
SECRETS = range(150)


def pair(country: World, erased: World, secret: int):  # type: ignore[no-untyped-def]
    """A release of nine months, and one of the year after somebody's erasure."""
    before = made(country, Method(secret), "one", ("ENF",), until=NINE_MONTHS).release
    return [before, later(before, made(erased, Method(secret), "two", ("ENF",)))]


@pytest.fixture(scope="module")
def erased(country: World) -> World:
    """The country without somebody of the first quarter whose breach was not enforced in time."""
    missed = country.missed["ENF"] & (country.area == 1) & (country.month < 3)
    return country.without(int(missed.nonzero()[0][0]))


def test_figures_that_were_shown_are_the_same_after_an_erasure(country: World, erased: World, noise: Noise) -> None:
    before, after = pair(country, erased, 1)
    shown = {figure.records: figure for figure in after.figures}
    assert all(shown[figure.records] == figure for figure in before.figures)
    assert attack([before, after], noise).findings == []


def test_a_missing_case_is_told_no_better_than_the_limit(country: World, erased: World, noise: Noise) -> None:
    scores = {}
    for whole in (country, erased):
        found = [shortfalls(pair(country, whole, secret)) for secret in SECRETS]
        scores[whole is country] = [score["region:0", "ENF"] for score in found]
    expected = missing_case(pair(country, erased, 1), noise)
    assert expected["region:0"] <= AUC_NEW
    assert measured_auc(scores[True], scores[False]) == pytest.approx(expected["region:0"], abs=0.08)


def test_a_revision_tells_a_missing_case_no_better_than_the_limit(country: World, noise: Noise) -> None:
    releases = revised(country, only_changes=False)
    found = revised_case(releases, noise, fitted(releases[0].figures, noise))
    assert found is not None
    assert 0.6 < found.one <= AUC_REVISED
    assert found.one < found.person <= AUC_PERSON
    assert found.person < found.with_bases
    assert found.person < found.every_measure


def test_a_person_who_missed_every_measure_is_told_better_than_by_one(country: World, noise: Noise) -> None:
    one, every = made(country, Method(1), "one", until=NINE_MONTHS).release, made(country, Method(1), "two")
    releases = [one, later(one, every)]
    assert missing_case(releases, noise)["region:0"] < known_person(releases, noise)["region:0"] < 1


def test_counts_of_a_revised_year_are_taken_apart(country: World, noise: Noise) -> None:
    found = attack(revised(country, only_changes=False), noise).learned
    assert (found.guesses, found.expected) == ([], 0)
    assert found.revised is not None
    assert found.revised.likely > 0.05
    assert found.met


def test_without_a_revision_there_is_nothing_to_tell(honest: Made, noise: Noise) -> None:
    assert revised_case([honest.release], noise, fitted(honest.release.figures, noise)) is None


def test_exact_figures_of_both_releases_tell_everything() -> None:
    assert auc(100.0) == pytest.approx(1.0)
    assert measured_auc([0, 0, 0], [1, 1, 1]) == 1.0


def test_a_country_keeps_its_records_without_one() -> None:
    whole = world(3, SMALL)
    assert len(whole.without(0).area) == len(whole.area) - 1


@pytest.mark.parametrize(("person", "is_met"), [(0.8512, True), (0.8551, False)])
def test_a_limit_is_compared_with_as_many_decimals_as_it_has(
    person: float, is_met: bool, country: World, noise: Noise
) -> None:
    found = attack(revised(country, only_changes=False), noise)
    assert found.revised is not None
    assert replace(found, revised=replace(found.revised, person=person)).met is is_met
