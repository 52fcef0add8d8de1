"""Whether rows of the table of noise add up: the fault of a method that picks them by sums of keys alone."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce

import numpy as np

from attack.figures import Published, Records
from attack.model import MOST_PARTS, seen_as
from attack.noise import ROWS, Noise
from attack.prior import Prior
from attack.ties import ties
from attack.window import Window, added, seen

CONVINCING = 7.0
"""Logarithm of the odds from which the attack holds that rows add up: a thousand to one."""


def odds_that_rows_add_up(figures: Iterable[Published], regions: dict[str, str], noise: Noise, prior: Prior) -> float:
    """Logarithm of the odds, by all sums that are published twice, that rows add up modulo 256."""
    sides: dict[str, dict[Records, int]] = defaultdict(dict)
    for figure in figures:
        if figure.side is not None:
            sides[figure.records.measure].setdefault(figure.records, figure.side)
    return sum(_of_measure(shown, regions, noise, prior) for shown in sides.values())


def _of_measure(shown: dict[Records, int], regions: dict[str, str], noise: Noise, prior: Prior) -> float:
    """The odds by the sums of one measure: a whole against its parts, or two ways to divide a whole."""
    found: dict[Records, list[tuple[Records, ...]]] = defaultdict(list)
    for tie in ties(shown, regions):
        if len(tie.parts) <= MOST_PARTS and all(part in shown for part in tie.parts):
            found[tie.whole].append(tie.parts)
    total = 0.0
    for whole, ways in found.items():
        sums = [*([(whole,)] if whole in shown else []), *ways]
        windows = [_sum(parts, shown, noise, prior) for parts in sums]
        total += sum(_odds(windows[0], window) for window in windows[1:])
    return total


def _sum(parts: tuple[Records, ...], shown: dict[Records, int], noise: Noise, prior: Prior) -> Window:
    """The chances of count and row of a sum of sets, by what is published of each."""
    return reduce(added, (_one(records, shown[records], noise, prior) for records in parts))


def _one(records: Records, published: int, noise: Noise, prior: Prior) -> Window:
    window = seen_as(published, noise, (ROWS,))
    likely = prior(records, "side", window.counts) + 1e-9
    return Window(window.low, window.weights * likely[:, None] / ROWS)


def _odds(one: Window, other: Window) -> float:
    """Logarithm of the odds that both are the same sum with the same row, rather than with rows of their own."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low > high:
        return 0.0
    first, second = seen(one, low, high), seen(other, low, high)
    together = ROWS * float((first * second).sum())
    apart = float(first.sum(axis=1) @ second.sum(axis=1))
    return float(np.log(max(together, 1e-300)) - np.log(max(apart, 1e-300)))
