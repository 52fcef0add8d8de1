"""The counts behind a release as a graph: what its figures say of each, and the sums that tie them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from attack.figures import Published, Records, Release
from attack.graph import Graph, beliefs
from attack.noise import MOST, ROWS, Floats, Noise
from attack.prior import Prior, split
from attack.ties import Tie, ties
from attack.window import Window, by_count, flat

MOST_PARTS = 4
"""Sums of more parts say next to nothing of rows."""

Key = tuple[Records, str]
"""A count: a set of records, and which of its people: side, met or base."""


@dataclass(frozen=True, eq=False)
class Suspicion:
    """What the attack found a release to say beyond its method.

    exact: tables, measures and levels whose sides are exact. limits: weights of the side of a set, as a status that was
    set from exact figures gives them. additive: rows of disjoint sets add up to the row of the whole, modulo 256.
    """

    exact: frozenset[tuple[str, str, str]] = frozenset()
    limits: tuple[tuple[Records, Window], ...] = ()
    additive: bool = False


def figures(releases: Iterable[Release]) -> list[Published]:
    """Figures of all releases; one that is carried into a later release counts once, a revised one again."""
    found: dict[tuple[Records, str, int | None, int | None, bool], Published] = {}
    for release in releases:
        for figure in release.figures:
            found.setdefault((figure.records, "", figure.side, figure.base, figure.marked), figure)
    return list(found.values())


def seen_as(published: int, noise: Noise, rows: tuple[int, ...] = (), cut: int = 0) -> Window:
    """The counts, and rows of the table of noise, that are published as this number, or with up to `cut` more."""
    low = max(0, published - MOST)
    counts = np.arange(low, published + MOST + cut + 1)
    if not rows:
        likely = [noise.likelihood(published + more, counts) for more in range(cut + 1)]
        return Window(low, np.sum(likely, axis=0))
    lines = noise.rows[np.minimum(counts, len(noise.rows) - 1)]
    needed = (published - counts)[:, None]
    return Window(low, ((lines >= needed) & (lines <= needed + cut)).astype(np.float64))


def _at_least(fewest: int, window: Window) -> Window:
    """The window without the numbers below; a row that is there for somebody says that there is somebody."""
    weights = window.weights.copy()
    weights[: max(0, fewest - window.low)] = 0
    return Window(window.low, weights) if weights.any() else window


def _observe(build: "Build", figure: Published, exact: bool) -> None:
    """Adds what one figure implies for its side, its base and the rest. A side is cut at its base.

    The same people have the same noise, so where a side is published as another number than its base, there is a rest.
    """
    side, base = figure.side, figure.base
    if side is None:
        return
    cut = MOST if side == base else 0
    seen = build.window(side, np.ones(1)) if exact else seen_as(side, build.noise, build.rows, cut)
    build.graph.know((figure.records, "side"), _at_least(figure.fewest_side, seen))
    if base is None or figure.rounded:
        return
    whole = _at_least(figure.fewest_base, seen_as(base, build.noise, build.rows))
    build.graph.know((figure.records, "base"), whole)
    rest = flat(max(0, whole.low - seen.high), max(0, whole.high - seen.low), *build.rows)
    build.graph.know((figure.records, "met"), _at_least(int(side != base), rest))


def _means(figures: Iterable[Published]) -> dict[Records, tuple[float, float]]:
    """Mean side and rest over the periods of each series of figures."""
    series: dict[Records, list[tuple[int, int]]] = defaultdict(list)
    for figure in figures:
        if figure.side is not None:
            series[_series(figure.records)].append((figure.side, max((figure.base or 0) - figure.side, 0)))
    return {of: (float(np.mean(found, axis=0)[0]), float(np.mean(found, axis=0)[1])) for of, found in series.items()}


def _series(records: Records) -> Records:
    return Records(records.measure, records.level, records.place, 0, records.months, records.group)


def _mean(tie: Tie, records: Records, part: str, means: dict[Records, tuple[float, float]]) -> float:
    """What a part of a divided whole is likely to be; an unpublished one has its share of the whole's time."""
    at = 0 if part == "side" else 1
    found = means.get(_series(records)) or means.get(_series(tie.whole), (1.0, 1.0))
    return found[at] if _series(records) in means else found[at] / len(tie.parts)


@dataclass(eq=False)
class Build:
    """A graph in the making, with what its priors need."""

    graph: Graph[Key]
    noise: Noise
    prior: Prior
    means: dict[Records, tuple[float, float]]
    rows: tuple[int, ...] = ()

    def window(self, low: int, weights: Floats) -> Window:
        """Weights by number, the same for every row where rows count."""
        if not self.rows:
            return Window(low, weights)
        return Window(low, np.repeat(weights[:, None], self.rows[0], axis=1))


def _add_tie(build: Build, tie: Tie, part: str) -> bool:
    """Ties the sides, or the rests, of sets of records; the parts of a divided set are likely as chance divides it."""
    graph = build.graph
    keys = tuple((records, part) for records in tie.parts)
    whole = graph.known.get((tie.whole, part))
    if tie.split and whole is not None and part == "side":
        for key in keys:
            graph.known.setdefault(key, flat(0, whole.high, *build.rows))
    if not all(key in graph.known for key in keys):
        return False
    graph.add_sum((tie.whole, part), keys)
    if tie.split:
        _divide(build, tie, part)
    return True


def _divide(build: Build, tie: Tie, part: str) -> None:
    means = [_mean(tie, records, part, build.means) for records in tie.parts]
    for records, mean in zip(tie.parts, means, strict=True):
        window = build.graph.known[records, part]
        build.graph.know((records, part), build.window(window.low, split(window.low, window.high, mean)))
    window = build.graph.known[tie.whole, part]
    weights = split(window.low, window.high, sum(means))
    build.graph.know((tie.whole, part), build.window(window.low, weights.max() / weights))


def _add_priors(build: Build, found: list[Tie], measure: str) -> None:
    """Adds the distribution over areas to the sets that nothing else says how large they are likely to be."""
    said = {tie.whole for tie in found if not tie.split} | {part for tie in found if tie.split for part in tie.parts}
    for key, window in list(build.graph.known.items()):
        records, part = key
        if part != "base" and records.measure == measure and records not in said:
            build.graph.know(key, build.window(window.low, _safe(build.prior(records, part, window.counts))))


def _safe(weights: Floats) -> Floats:
    """Weights without zeros: what no area has may yet be."""
    return np.asarray(weights + 1e-6 * max(float(weights.max()), 1e-12), dtype=np.float64)


def tied_counts(releases: Iterable[Release], noise: Noise, prior: Prior, found: Suspicion | None = None) -> Graph[Key]:
    """Everything that the figures of releases say of the counts behind them."""
    found = found or Suspicion()
    releases = list(releases)
    shown = figures(releases)
    build = Build(Graph(), noise, prior, _means(shown), (ROWS,) if found.additive else ())
    for figure in shown:
        _observe(build, figure, (figure.table, figure.records.measure, figure.records.level) in found.exact)
    for records, window in found.limits:
        build.graph.know((records, "side"), build.window(window.low, window.weights))
    regions = {area: region for release in releases for area, region in release.regions.items()}
    for measure in dict.fromkeys(figure.records.measure for figure in shown):
        _tie_measure(build, [figure.records for figure in shown if figure.records.measure == measure], regions)
    return build.graph


def _tie_measure(build: Build, records: list[Records], regions: dict[str, str]) -> None:
    found = ties(dict.fromkeys(records), regions)
    if build.rows:
        found = [tie for tie in found if len(tie.parts) <= MOST_PARTS]
    for part in ("side", "met"):
        for tie in found:
            _add_tie(build, tie, part)
    for key in dict.fromkeys(records):
        if (key, "base") in build.graph.known:
            build.graph.add_sum((key, "base"), ((key, "side"), (key, "met")))
    _add_priors(build, found, records[0].measure)


def posterior(tied: Graph[Key]) -> dict[Key, Window]:
    """What is believed of every count of a graph: of sides and of rests."""
    return {key: by_count(window) for key, window in beliefs(tied).items() if key[1] != "base"}
