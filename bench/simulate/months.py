"""How often a month is a signal where nothing changed, and how often a lasting fall is found."""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy import stats
from scipy.special import betaln, gammaln

from bench.simulate.found import Found
from bench.simulate.rules import Flags, Floats

Counts = npt.NDArray[np.int64]

TAIL = 0.00125
POOLED = 6
HIGHEST = {24: 1 / 300, 12: 1 / 250}
SUSPICIOUS = 1.5
"""Standard deviations from the mean within which no count is a signal, so that its chance need not be summed."""

MEASURES = {
    "PPO_TIME": (3, 0.78),
    "ROH_TIME": (5, 0.80),
    "ENF": (7, 0.90),
    "VICTIM": (12, 0.92),
    "DRR_RATE": (20, 0.38),
    "CMP": (30, 0.80),
    "ETH": (30, 0.93),
    "PSR": (160, 0.75),
    "CON_KEPT": (260, 0.61),
    "CON_ARR": (330, 0.85),
    "STAND": (600, 0.06),
}
"""People, appointments or days a month, and the usual proportion."""

STAFF, SHARE, TURNOVER = 400, 0.06, 0.02
RHOS = (0.0, 0.005, 0.01)
AT_ONCE = 20_000

Series = Callable[[int, int], tuple[Counts, Counts]]
"""Numerators and denominators (draws, months)."""


def signals(right: Counts, asked: Counts, base: Counts, base_asked: Counts, stock: bool = False) -> Flags:
    """Whether the months judged together (draws, months) are a signal against the months of their base."""
    total, of_base, months = asked.sum(axis=1), base_asked.sum(axis=1), base.shape[1]
    dispersion = _dispersion(base, base_asked)
    mean = of_base / months
    correlation = np.where(mean > 1, np.minimum((dispersion - 1) / np.maximum(mean - 1, 1e-9), 0.99), 0)
    pairs = (asked * (asked - 1)).sum(axis=1) / np.maximum(total * (total - 1), 1)
    judged, averaged = (asked.shape[1], months) if stock else (1, 1)
    correlation = correlation * np.where((total <= 1) | stock, 1, pairs)
    centre = (base.sum(axis=1) / averaged + 0.5) / (of_base / averaged + 1)
    spread = correlation + (1 - correlation) * dispersion / (of_base / averaged + 2)
    count, trials = _whole(right.sum(axis=1) / judged), _whole(total / judged)
    return tail(count, trials, centre * (1 / spread - 1), (1 - centre) * (1 / spread - 1)) <= TAIL


def _dispersion(base: Counts, asked: Counts) -> Floats:
    """Pearson's over the base, with the allowance for its own chance; 1 where it is not above 1."""
    share = (base.sum(axis=1) / asked.sum(axis=1))[:, None]
    months = base.shape[1]
    expected = asked * share * (1 - share)
    found = ((base - asked * share) ** 2 / np.maximum(expected, 1e-12)).sum(axis=1) / (months - 1)
    factor = (stats.t.ppf(1 - TAIL, months - 1) / stats.norm.ppf(1 - TAIL)) ** 2
    return np.where(found > 1 + 1e-9, found * factor, 1.0)


def _whole(count: Floats) -> Counts:
    return np.floor(count + 0.5 + 1e-9).astype(np.int64)


def tail(count: Counts, trials: Counts, a: Floats, b: Floats) -> Floats:
    """The beta-binomial chance of a count or one further from the mean; 1 near the mean."""
    share = a / (a + b)
    spread = np.sqrt(trials * share * (1 - share) * (a + b + trials) / (a + b + 1))
    found = np.ones(len(count))
    far = np.abs(count - trials * share) > SUSPICIOUS * spread
    for index in np.array_split(np.flatnonzero(far), max(1, int(far.sum()) * int(trials.max(initial=1)) // 4_000_000)):
        found[index] = _summed(count[index], trials[index], a[index], b[index])
    return found


def _summed(count: Counts, trials: Counts, a: Floats, b: Floats) -> Floats:
    if not len(count):
        return np.ones(0)
    k, n = np.arange(trials.max() + 1), trials[:, None]
    possible = np.minimum(k, n)
    ways = gammaln(n + 1) - gammaln(possible + 1) - gammaln(n - possible + 1)
    chances = np.exp(ways + betaln(possible + a[:, None], n - possible + b[:, None]) - betaln(a, b)[:, None])
    below = count < trials * a / (a + b)
    counted = np.where(below[:, None], k <= count[:, None], (k >= count[:, None]) & (k <= n))
    found: Floats = np.where(counted, chances, 0).sum(axis=1)
    return found


def varying(rng: np.random.Generator, people: int, share: float, rho: float, unequal: float = 0.0) -> Series:
    """Months that differ by chance, and by rho among themselves. unequal: spread of denominators over their mean."""

    def drawn(draws: int, months: int) -> tuple[Counts, Counts]:
        shape = (draws, months)
        sizes = np.full(shape, people)
        if unequal:
            sizes = np.maximum(1, rng.gamma(unequal**-2, people * unequal**2, shape).round().astype(np.int64))
        chance = rng.beta(share * (1 / rho - 1), (1 - share) * (1 / rho - 1), shape) if rho else np.full(shape, share)
        return rng.binomial(sizes, chance), sizes

    return drawn


def staying(rng: np.random.Generator) -> Series:
    """Staff in post: each month a few leave and others come."""

    def drawn(draws: int, months: int) -> tuple[Counts, Counts]:
        counts = [rng.binomial(STAFF, SHARE, draws)]
        for _ in range(months - 1):
            stay = rng.binomial(counts[-1], 1 - TURNOVER)
            others = rng.binomial(STAFF - counts[-1], 1 - TURNOVER)
            counts.append(stay + rng.binomial(STAFF - stay - others, SHARE))
        return np.stack(counts, axis=1), np.full((draws, months), STAFF)

    return drawn


def false_alarms(rng: np.random.Generator, draws: int) -> Iterator[Found]:
    """Nothing changes: at most 1 in 300 (24 months of base) or 1 in 250 (12) is a signal."""
    cells: dict[str, tuple[Series, bool, bool]] = {}
    for (code, (people, share)), rho in product(MEASURES.items(), RHOS):
        cells[f"{code}, rho {rho:g}"] = (varying(rng, people, share, rho), False, True)
    cells["REM_STAFF, 2 % leave a month"] = (staying(rng), True, True)
    for code in ("ENF", "CMP", "PSR", "CON_ARR"):
        cells[f"{code}, rho 0.01, unequal months"] = (varying(rng, *MEASURES[code], 0.01, 0.4), False, False)
    for (name, (series, stock, asked)), months, judged in product(cells.items(), (24, 12), (1, POOLED)):
        rate = _rate(series, draws, months, judged, stock)
        rule = "six months" if judged > 1 else "month"
        study = f"false signals, rule of {'a month' if judged == 1 else rule}" + ("" if asked else ", unequal months")
        words = f"{name}; base of {months} months"
        yield Found(study, words, draws, rate, None, HIGHEST[months] if asked else None, f"{months} months", judged)


def _rate(series: Series, draws: int, months: int, judged: int, stock: bool) -> float:
    found = 0
    for start in range(0, draws, AT_ONCE):
        right, asked = series(min(AT_ONCE, draws - start), months + judged)
        base, now = slice(0, months), slice(months, None)
        found += int(signals(right[:, now], asked[:, now], right[:, base], asked[:, base], stock).sum())
    return found / draws


def falls_found(rng: np.random.Generator, draws: int) -> Iterator[Found]:
    """A lasting fall by 10 points of 30 cases at 80 %, after 29 even months: how often it is found in six months."""
    months = 24 + POOLED - 1
    shares = np.where(np.arange(months + POOLED) < months, 0.8, 0.7)
    right = rng.binomial(30, shares, (draws, months + POOLED))
    asked = np.full(right.shape, 30)
    by_rule = {judged: np.zeros(draws, dtype=bool) for judged in (1, POOLED)}
    for last, judged in product(range(months, months + POOLED), by_rule):
        now, base = slice(last - judged + 1, last + 1), slice(last - judged - 23, last - judged + 1)
        by_rule[judged] |= signals(right[:, now], asked[:, now], right[:, base], asked[:, base])
    rates = {"a month alone": by_rule[1], "six months": by_rule[POOLED], "either": by_rule[1] | by_rule[POOLED]}
    for rule, found in rates.items():
        yield Found("lasting fall of 10 points found within six months", rule, draws, float(found.mean()))
