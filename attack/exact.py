"""Exact counts left in a release: numbers that the method never publishes, and sums that are too often exact."""

from collections import defaultdict
from collections.abc import Iterable

from scipy.stats import binom

from attack.figures import Finding, Published, Records
from attack.noise import Noise
from attack.ties import ties

Source = tuple[str, str, str]
"""Table, measure and level."""

BY_CHANCE = 1e-6
"""Chance that as many sums are exact by themselves, below which the attack holds that the counts are exact."""


def exact_sources(figures: Iterable[Published], regions: dict[str, str], noise: Noise) -> dict[Source, int]:
    """Where sides are exact counts, with how many figures give it away."""
    found: dict[Source, int] = defaultdict(int)
    shown = [figure for figure in figures if figure.side is not None]
    for figure in shown:
        if figure.side in noise.never_published:
            found[_source(figure)] += 1
    for measure in dict.fromkeys(figure.records.measure for figure in shown):
        of_measure = {figure.records: figure for figure in shown if figure.records.measure == measure}
        for sources, times in _exact_sums(of_measure, regions, noise):
            for source in sources:
                found[source] += times
    return dict(found)


def _source(figure: Published) -> Source:
    return figure.table, figure.records.measure, figure.records.level


def _exact_sums(
    shown: dict[Records, Published], regions: dict[str, str], noise: Noise
) -> list[tuple[set[Source], int]]:
    """Groups of sums that are exact more often than noise allows, with where their counts are from."""
    groups: dict[frozenset[Source], list[tuple[int, bool]]] = defaultdict(list)
    for tie in ties(shown, regions):
        figures = [shown[member] for member in (tie.whole, *tie.parts) if member in shown]
        if len(figures) == 1 + len(tie.parts) and figures[0].side:
            sides = [figure.side or 0 for figure in figures]
            groups[frozenset(map(_source, figures))].append((len(figures), sides[0] == sum(sides[1:])))
    return [(set(sources), len(sums)) for sources, sums in groups.items() if _too_many(sums, noise)]


def _too_many(sums: list[tuple[int, bool]], noise: Noise) -> bool:
    members = min(length for length, _ in sums)
    chance = min(1.0, 0.6 / (noise.variance * members) ** 0.5)
    exact = sum(is_exact for _, is_exact in sums)
    return bool(binom.sf(exact - 1, len(sums), chance) < BY_CHANCE)


def findings(sources: dict[Source, int]) -> list[Finding]:
    """What exact counts mean for a reader of the report."""
    return [
        Finding("exact", f"{table}: {measure} by {level}", "counts are exact: no noise was added to them", times)
        for (table, measure, level), times in sorted(sources.items())
    ]
