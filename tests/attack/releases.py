"""Releases of invented cases by the cell key method, by numpy alone: no SQL of the project.

A release is what the method, or the method with a planted fault, publishes of a world.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from attack.computed import status_of
from attack.figures import Published, Records, Release, Shown
from attack.noise import ROWS, Integers
from tests.attack.noise_table import noise_table
from tests.attack.worlds import GROUPS, QUARTERLY, RATES, World

KEY_BITS = 40
START = 12 * 2004 + 3
TARGETS = {"CMP": 0.8, "ETH": 0.95, "ENF": 0.85, "ROH_TIME": 0.8, "PPO_TIME": 0.8}


@dataclass(frozen=True)
class Method:
    """How a release is made: its secret, of keys and of rows, and the fault that is planted in it, if any."""

    secret: int = 1
    fault: str = ""


Totals = tuple[int, int]
Counted = dict[Records, tuple[tuple[int, int], Totals]]
"""Exact side and base of each set of records, and the sums of the keys of both."""


@dataclass(frozen=True, eq=False)
class Made:
    """A release and the truth behind its figures: the exact side and base of each set of records."""

    release: Release
    truth: dict[Records, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Keys:
    """Keys of records and rows of cells under one secret."""

    method: Method
    records: Integers

    def row(self, total: int) -> int:
        """The row of a cell whose keys sum to this total."""
        if self.method.fault == "modulo":
            return total % ROWS
        text = f"{self.method.secret}:{total % 2**KEY_BITS}".encode()
        return hashlib.blake2b(text, digest_size=1).digest()[0]


def keys_of(world: World, method: Method) -> Keys:
    """Keys of the records of a world. A record keeps its key in a world without another record."""
    rng = np.random.default_rng(method.secret + 10_000)
    return Keys(method, rng.integers(0, 2**KEY_BITS, 1 + int(world.numbers.max()))[world.numbers])


def sums(values: Integers, codes: Integers, length: int) -> list[int]:
    """Exact sums of 40-bit keys by code, in two halves that doubles hold exactly."""
    low = np.bincount(codes, values & (2**20 - 1), length).astype(np.int64)
    high = np.bincount(codes, values >> 20, length).astype(np.int64)
    return [int(h) * 2**20 + int(part) for h, part in zip(high, low, strict=True)]


@dataclass(frozen=True)
class Spec:
    """Sets of records: a measure by level of place, months of a period and, for some, a characteristic."""

    measure: str
    level: str
    months: int
    group: str = ""


def specs(measures: tuple[str, ...]) -> list[Spec]:
    """What the method publishes of measures."""
    found = []
    for measure in measures:
        levels = (
            (("area", 3), ("region", 1), ("nation", 1))
            if measure in QUARTERLY
            else (("area", 12), ("region", 3), ("nation", 1))
        )
        found += [Spec(measure, level, months) for level, months in levels]
        found += [Spec(measure, "nation", 12, group) for group in GROUPS]
    return found


def _places(world: World, spec: Spec) -> tuple[list[str], Integers]:
    """Codes of the places of a level, and the place of each record."""
    regions = list(dict.fromkeys(world.regions.values()))
    if spec.level == "area":
        return list(world.regions), world.area
    if spec.level == "region":
        return regions, np.array([regions.index(region) for region in world.regions.values()])[world.area]
    return ["ENW"], np.zeros(len(world.area), dtype=np.int64)


def _counts(world: World, spec: Spec, keys: Keys) -> Iterator[tuple[Records, tuple[int, int], tuple[int, int]]]:
    """Sets of records with side and base, and the sums of keys of both."""
    places, place = _places(world, spec)
    group = world.groups[spec.group] if spec.group else np.zeros(len(place), dtype=np.int64)
    categories = len(GROUPS[spec.group]) if spec.group else 1
    periods = world.months // spec.months
    codes = (place * periods + world.month // spec.months) * categories + group
    length = len(places) * periods * categories
    masks = world.missed[spec.measure], world.applies[spec.measure]
    counts = [np.bincount(codes[mask], minlength=length) for mask in masks]
    totals = [sums(keys.records[mask], codes[mask], length) for mask in masks]
    for code in range(length):
        where, category = divmod(code, categories)
        at, period = divmod(where, periods)
        name = f"{spec.group}={category}" if spec.group else ""
        records = Records(spec.measure, spec.level, places[at], START + period * spec.months, spec.months, name)
        yield records, (int(counts[0][code]), int(counts[1][code])), (totals[0][code], totals[1][code])


def perturbed(count: int, total: int, keys: Keys) -> int:
    """A count with the noise of its cell."""
    noise = noise_table()
    return count + int(noise.rows[noise.line(count), keys.row(total)])


def figure(records: Records, counted: Counted, keys: Keys) -> Published:
    """The published counts of a set of records."""
    (side, base), totals = counted[records]
    known = records.measure in QUARTERLY and not records.group
    shown_base = 5 * ((base + 2) // 5) if known else perturbed(base, totals[1], keys)
    exact = keys.method.fault == "exact" and records.level == "area" and records.measure in ("ETH", "PPO_TIME")
    shown = side if exact else perturbed(side, totals[0], keys)
    return Published(records, "fct_published_count", shown, shown_base, rounded=5 if known else 0)


def share(side: float, base: float) -> float | None:
    """The share beside published counts: whole per cents, from a base of 20."""
    return float(np.floor(100 * (1 - side / base) + 0.5)) / 100 if base >= 20 else None


def shown(published: Published, exact: tuple[int, int], keys: Keys) -> Shown:
    """The figures beside published counts: share, and status from a base of 100."""
    side, base = published.side or 0, published.base or 0
    target = TARGETS[published.records.measure]
    value = share(side, base)
    judged = share(*exact) if keys.method.fault == "status" else value
    status = status_of(judged, target, "higher") if judged is not None and base >= 100 else None
    return Shown(published.records, "fct_performance_period", base - side, base, False, value, target, "higher", status)


def to_date(quarters: list[Published], counted: Counted, keys: Keys) -> Shown:
    """The figure to date of the quarters of an area: their sum, or with the fault, noise of its own."""
    first = quarters[0].records
    records = Records(first.measure, "area", first.place, first.first, 3 * len(quarters))
    side, base = sum(part.side or 0 for part in quarters), sum(part.base or 0 for part in quarters)
    if keys.method.fault == "to date":
        exact = sum(counted[part.records][0][0] for part in quarters)
        side = perturbed(exact, sum(counted[part.records][1][0] for part in quarters), keys)
    return Shown(records, "fct_performance_to_date", base - side, base, False, share(side, base))


def _all_to_date(figures: list[Published], counted: Counted, keys: Keys) -> Iterator[Shown]:
    series: dict[tuple[str, str], list[Published]] = {}
    for published in figures:
        if published.records.level == "area" and published.records.months == 3:
            series.setdefault((published.records.measure, published.records.place), []).append(published)
    for quarters in series.values():
        yield from (to_date(quarters[:end], counted, keys) for end in range(1, len(quarters) + 1))


def made(
    world: World, method: Method, name: str = "one", measures: tuple[str, ...] = tuple(RATES), until: int = 99
) -> Made:
    """A release of a world: its periods that end within a number of months."""
    keys = keys_of(world, method)
    regions = list(world.regions.values())
    counted: Counted = {
        records: (counts, totals)
        for spec in specs(measures)
        for records, counts, totals in _counts(world, spec, keys)
        if not (spec.level == "region" and regions.count(records.place) == 1)
        and records.first + records.months <= START + until
    }
    figures = [figure(records, counted, keys) for records in counted]
    beside = [shown(published, counted[published.records][0], keys) for published in figures]
    beside += _all_to_date(figures, counted, keys)
    truth = {records: counts for records, (counts, _) in counted.items()}
    return Made(Release(name, figures, world.regions, beside), truth)


def later(before: Release, after: Made, name: str = "two") -> Release:
    """A release after another: what that showed stands, and what is new is added."""
    shown = {figure.records: figure for figure in before.figures}
    figures = [shown.get(figure.records, figure) for figure in after.release.figures]
    return replace(after.release, name=name, figures=figures, shown=[])
