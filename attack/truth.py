"""How right an attack is, measured against the exact counts of generated deliveries. Only tests use it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from attack.figures import Records
from attack.limits import ALMOST_CERTAIN, CERTAIN, LIKELY, SMALL, small_chance
from attack.model import Key
from attack.window import Window

Exact = Mapping[Records, tuple[int, int]]
"""Exact side and base of sets of records."""


@dataclass(frozen=True)
class Measured:
    """Of `small` counts of 1 to 4 people: how many the attack found certain, above 0.9 and above 0.5, each rightly.

    said, right: by tenth of what the attack holds, how many small guesses there are and how many are right.
    """

    small: int
    certain: int
    almost_certain: int
    likely: int
    said: Mapping[int, int]
    right: Mapping[int, int]

    def of(self, number: int) -> float:
        """A number as a share of small counts."""
        return number / max(self.small, 1)

    @property
    def met(self) -> bool:
        """Whether the limits are met."""
        return not self.certain and self.of(self.almost_certain) <= 0.01 and self.of(self.likely) <= 0.05


def _true(exact: Exact, key: Key) -> int | None:
    records, part = key
    if records not in exact or part == "base":
        return None
    side, base = exact[records]
    return side if part == "side" else base - side


def measured(posterior: Mapping[Key, Window], exact: Exact) -> Measured:
    """How much the beliefs of an attack find of the exact counts, and how often they are right where they guess."""
    chances, said, right = [], defaultdict[int, int](int), defaultdict[int, int](int)
    for key, window in posterior.items():
        count = _true(exact, key)
        if count is None:
            continue
        if count in SMALL:
            chances.append(small_chance(window, count))
        best = int(window.counts[window.weights.argmax()])
        if best in SMALL:
            tenth = min(int(10 * window.weights.max()), 9)
            said[tenth] += 1
            right[tenth] += best == count
    found = np.array(chances)
    above = [int((found > bound).sum()) for bound in (CERTAIN, ALMOST_CERTAIN, LIKELY)]
    return Measured(len(found), above[0], above[1], above[2], said, right)


def together(many: Iterable[Measured]) -> Measured:
    """Several measurements as one."""
    every = list(many)
    said, right = defaultdict[int, int](int), defaultdict[int, int](int)
    for one in every:
        for tenth in one.said:
            said[tenth] += one.said[tenth]
            right[tenth] += one.right[tenth]
    totals = [
        sum(values) for values in zip(*((m.small, m.certain, m.almost_certain, m.likely) for m in every), strict=True)
    ]
    return Measured(totals[0], totals[1], totals[2], totals[3], said, right)


def auc(with_case: Iterable[float], without: Iterable[float]) -> float:
    """The chance that scores tell a release without the case from one with it: the area under the curve."""
    first, second = np.array(list(with_case)), np.array(list(without))
    higher = (second[:, None] > first).mean() + 0.5 * (second[:, None] == first).mean()
    return float(higher)
