"""How well releases tell that one case is missing: of somebody whose record was erased or corrected between them.

A figure that both releases hold says nothing, since it is the same in both. What remains are sums of which some parts
were published before and others after, and, in a revision, the two noises of one count.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import norm

from attack.figures import QUESTION, Published, Records, Release
from attack.frozen import noises
from attack.noise import MOST, Noise
from attack.odds import Odds, mean, of_one_count
from attack.odds import auc as auc_of
from attack.prior import Prior
from attack.ties import Tie, ties


@dataclass(frozen=True)
class Comparison:
    """Sums of the same people: those that older figures give, and those that new figures alone give."""

    whole: Records
    before: tuple[tuple[Records, ...], ...]
    after: tuple[tuple[Records, ...], ...]

    def separation(self, noise: Noise) -> float:
        """By how many standard deviations of its noise one missing case moves the best difference of these sums."""
        spread = [1 / sum(1 / len(parts) for parts in sums) for sums in (self.before, self.after)]
        return float((noise.variance * sum(spread)) ** -0.5)


def auc(separation: float) -> float:
    """The area under the curve of a difference that is moved by so many standard deviations: 0.5 tells nothing."""
    return float(norm.cdf(separation / 2**0.5))


def _new(releases: list[Release]) -> tuple[set[Records], set[Records]]:
    """Sets of records that the last release is not the first to publish, and those that it is."""
    before = {figure.records for release in releases[:-1] for figure in release.figures if figure.side is not None}
    last = {figure.records for figure in releases[-1].figures if figure.side is not None}
    return before, last - before


def comparisons(releases: list[Release]) -> list[Comparison]:
    """Sums of new figures of the last release that older figures, alone or with new ones, give as well."""
    before, new = _new(releases)
    regions = {area: region for release in releases for area, region in release.regions.items()}
    found = []
    for measure in dict.fromkeys(records.measure for records in new):
        mine = [records for records in before | new if records.measure == measure]
        found += _of_measure(ties(sorted(mine), regions), before, new)
    return found


def _of_measure(found: list[Tie], before: set[Records], new: set[Records]) -> list[Comparison]:
    """The wholes that can be summed in ways with older figures and in ways of new figures alone."""
    ways: dict[Records, list[tuple[Records, ...]]] = defaultdict(list)
    for tie in found:
        ways[tie.whole] += [(tie.whole,)] if tie.whole in before | new and tie.whole not in ways else []
        if all(part in before or part in new for part in tie.parts):
            ways[tie.whole].append(tie.parts)
    compared = [Comparison(whole, *_apart(sums, before, new)) for whole, sums in ways.items()]
    return [item for item in compared if item.before and item.after]


def _apart(
    sums: list[tuple[Records, ...]], before: set[Records], new: set[Records]
) -> tuple[tuple[tuple[Records, ...], ...], tuple[tuple[Records, ...], ...]]:
    """Sums with older figures, and sums of new ones alone."""
    older = tuple(parts for parts in sums if any(part in before for part in parts))
    return older, tuple(parts for parts in sums if all(part in new for part in parts))


def missing_case(releases: list[Release], noise: Noise) -> dict[str, float]:
    """By place, how well the last release tells whether a case is missing that earlier ones counted."""
    found: dict[str, float] = {}
    for comparison in comparisons(releases):
        place = comparison.whole.place
        found[place] = max(found.get(place, 0.5), auc(comparison.separation(noise)))
    return found


def known_person(releases: list[Release], noise: Noise) -> dict[str, float]:
    """By place, the same of somebody who is known to be without the outcome of every measure, by all of them."""
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for found in comparisons([replace(release, figures=[*release.figures, *release.amounts]) for release in releases]):
        of_place, measure = best[found.whole.place], found.whole.measure
        of_place[measure] = max(of_place.get(measure, 0.0), found.separation(noise))
    return {place: auc(sum(one**2 for one in measures.values()) ** 0.5) for place, measures in best.items()}


def shortfalls(releases: list[Release]) -> dict[tuple[str, str], float]:
    """By place and measure, by how many people older figures exceed new ones: the score of a missing case."""
    sides = {figure.records: figure.side or 0 for release in releases for figure in release.figures}
    found: dict[tuple[str, str], float] = {}
    for item in comparisons(releases):
        older, newer = (_weighed(sums, sides) for sums in (item.before, item.after))
        found[item.whole.place, item.whole.measure] = older - newer
    return found


def _weighed(sums: tuple[tuple[Records, ...], ...], sides: dict[Records, int]) -> float:
    """The mean of sums that are of the same people; those of fewer noises weigh more."""
    values = [sum(sides[part] for part in parts) for parts in sums]
    return float(np.average(values, weights=[1 / len(parts) for parts in sums]))


@dataclass(frozen=True)
class Revised:
    """How well a revision tells a missing case: an area under the curve for each attacker.

    one: who knows the area and period. person: who knows all cells that have the person among those of one measure
    without the outcome. with_bases: who looks at the perturbed bases of these cells as well. every_measure: who knows
    that the person is without the outcome of all measures, and looks at the cells of all of them.
    """

    one: float
    person: float
    with_bases: float
    every_measure: float


def _odds(figure: Published, noise: Noise, prior: Prior) -> Odds:
    side = figure.side or 0
    counts = np.arange(max(1, side - MOST), side + MOST + 1)
    return of_one_count(counts, prior(figure.records, "side", counts) + 1e-12, noise)


def _of_base(noise: Noise) -> Odds:
    """The odds of a base, which is so large that any number near it is as likely."""
    counts = np.arange(10 * MOST, 20 * MOST)
    return of_one_count(counts, np.ones(len(counts)), noise)


def revised_case(releases: list[Release], noise: Noise, prior: Prior) -> Revised | None:
    """How well a revision tells that one case is missing; None where nothing was revised."""
    twice = [found[0] for found in noises(releases).values() if len(found) > 1]
    again = [figure for figure in twice if figure.records.level != QUESTION]
    if not again:
        return None
    cells: dict[str, list[Published]] = defaultdict(list)
    for figure in again:
        cells[_kind_of_cell(figure.records)].append(figure)
    sides = {
        name: mean((_odds(figure, noise, prior) for figure in found), (figure.side or 0 for figure in found))
        for name, found in cells.items()
    }
    bases = {name: [_of_base(noise)] for name, found in cells.items() if not found[0].rounded and found[0].base}
    both = {name: [side, *bases.get(name, [])] for name, side in sides.items()}
    return Revised(
        max(auc_of([side]) for side in sides.values()),
        _person({name: [side] for name, side in sides.items()}),
        _person(both),
        auc_of(sides.values()),
    )


def _kind_of_cell(records: Records) -> str:
    """Which cell of a person a set of records is: one of each kind holds them."""
    return " ".join((records.measure, records.level, str(records.months), records.group.partition("=")[0]))


def _person(cells: dict[str, list[Odds]]) -> float:
    """The largest, over measures, of what all cells of a person together tell."""
    measures: dict[str, list[Odds]] = defaultdict(list)
    for name, odds in cells.items():
        measures[name.split(" ", 1)[0]] += odds
    return max(auc_of(odds) for odds in measures.values())
