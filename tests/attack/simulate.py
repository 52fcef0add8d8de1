"""Invented cases and releases of them by the cell key method, by numpy alone: no SQL of the project.

A world is a set of records of cases with the areas, months, groups and outcomes of each. A release is what the method, or
a method with a planted fault, publishes of it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, brentq, milp

from attack.figures import Published, Records, Release
from attack.noise import MOST, ROWS, Floats, Integers, Noise

Booleans = npt.NDArray[np.bool_]

VARIANCE = 2.1
LINES = 11
KEY_BITS = 40
CASES = 30
"""Cases of an area and month."""

SIZES = (6, 3, 1, 5, 4, 6, 5, 4, 3, 5)
"""Areas of each region; one region has one area."""

RATES = {"CMP": (1.0, 0.22), "ETH": (1.0, 0.06), "ENF": (0.24, 0.15), "ROH_TIME": (0.16, 0.2), "PPO_TIME": (0.08, 0.2)}
"""Share of cases that a measure applies to, and share of those that miss it."""

QUARTERLY = ("CMP", "ETH")
GROUPS = {"sex": (0.87, 0.13), "order_type": (0.4, 0.3, 0.2, 0.1)}

START = 12 * 2004 + 3


def _chances(count: int) -> Floats:
    """Chance of each noise of a count: maximum entropy with mean 0 and the variance, where a count may be published."""
    noise = np.arange(-MOST, MOST + 1)
    allowed = (count + noise >= 0) & ~np.isin(count + noise, (1, 2))
    if count == 0:
        return (noise == 0).astype(float)

    def weights(slope: float, bend: float) -> Floats:
        raw = np.where(allowed, np.exp(slope * noise - bend * noise**2), 0)
        return raw / raw.sum()

    def slope(bend: float) -> float:
        return float(brentq(lambda tilt: weights(tilt, bend) @ noise, -30, 30))

    bend = brentq(lambda at: weights(slope(at), at) @ noise**2 - VARIANCE, -2, 6)
    return weights(slope(bend), bend)


def _rounded(chances: Floats) -> Integers:
    """Rows of each noise: as near to the chances as whole rows of mean exactly 0 can be."""
    noise = np.arange(-MOST, MOST + 1)
    most = len(noise)
    cost = np.concatenate([np.zeros(most), np.ones(most)])
    above = np.hstack([np.eye(most), -np.eye(most)])
    below = np.hstack([-np.eye(most), -np.eye(most)])
    wanted = chances * ROWS
    exact = np.vstack([np.concatenate([np.ones(most), np.zeros(most)]), np.concatenate([noise, np.zeros(most)])])
    limits = [
        LinearConstraint(above, -np.inf, wanted),
        LinearConstraint(below, -np.inf, -wanted),
        LinearConstraint(exact, [ROWS, 0], [ROWS, 0]),
    ]
    bounds = (np.zeros(2 * most), np.concatenate([np.where(chances > 0, ROWS, 0), np.full(most, ROWS)]))
    found = milp(cost, constraints=limits, bounds=bounds, integrality=np.r_[np.ones(most), np.zeros(most)])
    return np.round(found.x[:most]).astype(np.int64)


@cache
def noise_table() -> Noise:
    """The table of noise: counts 0 to 10, 256 rows each, sorted."""
    noise = np.arange(-MOST, MOST + 1)
    return Noise(np.array([np.repeat(noise, _rounded(_chances(count))) for count in range(LINES)]))


@dataclass(frozen=True, eq=False)
class World:
    """Records of cases: where, when, in which groups, whether a measure applies and is missed."""

    area: Integers
    month: Integers
    groups: dict[str, Integers]
    applies: dict[str, Booleans]
    missed: dict[str, Booleans]
    months: int
    regions: dict[str, str]

    def without(self, case: int) -> "World":
        """The world without one record."""
        keep = np.arange(len(self.area)) != case
        return World(
            self.area[keep],
            self.month[keep],
            {name: values[keep] for name, values in self.groups.items()},
            {name: values[keep] for name, values in self.applies.items()},
            {name: values[keep] for name, values in self.missed.items()},
            self.months,
            self.regions,
        )


def world(seed: int, sizes: tuple[int, ...] = SIZES, months: int = 12) -> World:
    """A world: areas differ in their rates, months little."""
    rng = np.random.default_rng(seed)
    areas = sum(sizes)
    area = np.repeat(np.arange(areas), months * CASES)
    month = np.tile(np.repeat(np.arange(months), CASES), areas)
    groups = {name: rng.choice(len(shares), len(area), p=shares) for name, shares in GROUPS.items()}
    applies, missed = {}, {}
    for measure, (share, rate) in RATES.items():
        odds = np.log(rate / (1 - rate)) + rng.normal(0, 0.4, areas)[area] + rng.normal(0, 0.15, (areas, months))[area, month]
        applies[measure] = rng.random(len(area)) < share * rng.uniform(0.7, 1.0 if share == 1 else 1.3, areas)[area] ** (share < 1)
        missed[measure] = applies[measure] & (rng.random(len(area)) < 1 / (1 + np.exp(-odds)))
    codes = {f"A{at:02d}": f"R{region}" for at, region in enumerate(np.repeat(np.arange(len(sizes)), sizes))}
    return World(area, month, groups, applies, missed, months, codes)


@dataclass(frozen=True)
class Method:
    """How a release is made: its secret, and which fault is planted in it, if any.

    secret: of keys and of rows. fault: the fault's name. known: secrets by programme year, for revisions.
    """

    secret: int = 1
    fault: str = ""


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


def keys(world: World, method: Method) -> Keys:
    """Keys of the records of a world. A record keeps its key in a world without another record."""
    rng = np.random.default_rng(method.secret + 10_000)
    return Keys(method, rng.integers(0, 2**KEY_BITS, len(world.area)))


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


def specs() -> list[Spec]:
    """What the method publishes."""
    found = []
    for measure in RATES:
        levels = (("area", 3), ("region", 1), ("nation", 1)) if measure in QUARTERLY else (("area", 12), ("region", 3), ("nation", 1))
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


def share(side: int, base: int) -> float | None:
    """The share beside published counts: whole per cents, from a base of 20."""
    return np.floor(100 * (1 - side / base) + 0.5) / 100 if base >= 20 else None


def _figure(found: tuple[Records, tuple[int, int], tuple[int, int]], keys: Keys) -> Published:
    records, (side, base), totals = found
    known = records.measure in QUARTERLY and not records.group
    shown_base = 5 * ((base + 2) // 5) if known else perturbed(base, totals[1], keys)
    exact = keys.method.fault == "exact" and records.level == "area" and records.measure == "ENF"
    shown = side if exact else perturbed(side, totals[0], keys)
    return Published(records, "fct_perturbed_count", shown, shown_base, 5 if known else 0, share(shown, shown_base))


def made(world: World, method: Method, name: str = "one") -> Made:
    """A release of a world."""
    held = keys(world, method)
    regions = list(world.regions.values())
    found = [
        item
        for spec in specs()
        for item in _counts(world, spec, held)
        if not (spec.level == "region" and regions.count(item[0].place) == 1)
    ]
    truth = {records: counts for records, counts, _ in found}
    return Made(Release(name, [_figure(item, held) for item in found], world.regions), truth)
