"""What linear relations among numbers give away: intervals narrowed until nothing moves, then elimination.

A number is a whole count (or, where said, a proportion) known to lie in an interval; a relation says that a weighted
sum of numbers lies in one. A number is recovered when one value is left.
"""

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Name = tuple[Any, ...]
NOISE = 1e-7


@dataclass
class Knowledge:
    """Numbers by name with the interval they are in, and the relations among them."""

    low: dict[Name, float] = field(default_factory=dict)
    high: dict[Name, float] = field(default_factory=dict)
    proportions: set[Name] = field(default_factory=set)
    relations: list[tuple[dict[Name, float], float, float]] = field(default_factory=list)

    def number(self, name: Name, low: float = 0, high: float = math.inf) -> None:
        """A number in an interval; what was known of it before still holds."""
        self.low[name] = max(low, self.low.get(name, -math.inf))
        self.high[name] = min(high, self.high.get(name, math.inf))

    def published(self, name: Name, value: float | None) -> None:
        """A number that is shown, or suppressed (None)."""
        self.number(name, *((value, value) if value is not None else (0, math.inf)))

    def relate(self, weights: Mapping[Name, float], low: float = 0, high: float = 0) -> None:
        """A weighted sum of numbers lies in an interval."""
        for name in weights:
            self.number(name)
        self.relations.append((dict(weights), low, high))

    def total(self, whole: Name, parts: Iterable[Name]) -> None:
        """The parts sum to the whole."""
        weights: dict[Name, float] = {whole: -1}
        for part in parts:
            weights[part] = weights.get(part, 0) + 1
        self.relate(weights)

    def known(self, name: Name) -> float | None:
        """The one value that is left for a number, or None."""
        low, high = self.low[name], self.high[name]
        width = 0.02 if name in self.proportions else NOISE
        return (low + high) / 2 if high - low <= width else None


def solve(knowledge: Knowledge) -> None:
    """Narrow until nothing moves, eliminate what is left, and narrow with what that gave."""
    narrow(knowledge)
    for name, value in _eliminate(knowledge):
        knowledge.number(name, value - NOISE / 4, value + NOISE / 4)
    narrow(knowledge)


def narrow(knowledge: Knowledge) -> None:
    """Cut every interval by every relation until nothing moves."""
    by_name: dict[Name, list[int]] = defaultdict(list)
    for index, (weights, _, _) in enumerate(knowledge.relations):
        for name in weights:
            by_name[name].append(index)
    # Bounded: intervals of proportions could shrink for ever by less and less.
    queue, budget = deque(range(len(knowledge.relations))), 40 * len(knowledge.relations)
    waiting = set(queue)
    while queue and budget:
        index, budget = queue.popleft(), budget - 1
        waiting.remove(index)
        moved = _narrow_by(knowledge, *knowledge.relations[index])
        again = [other for name in moved for other in by_name[name] if other not in waiting]
        queue.extend(dict.fromkeys(again))
        waiting.update(again)


def _narrow_by(knowledge: Knowledge, weights: dict[Name, float], low: float, high: float) -> list[Name]:
    """Numbers whose interval this relation narrows."""
    if all(knowledge.low[name] == knowledge.high[name] for name in weights):
        return []
    least = {name: weight * (knowledge.low if weight > 0 else knowledge.high)[name] for name, weight in weights.items()}
    most = {name: weight * (knowledge.high if weight > 0 else knowledge.low)[name] for name, weight in weights.items()}
    all_least, all_most = _sum(least), _sum(most)
    moved = []
    for name, weight in weights.items():
        ends = sorted(
            (
                (low - _less(all_most, most[name])) / weight,
                (high - _less(all_least, least[name])) / weight,
            )
        )
        moved += [name] * _cut(knowledge, name, ends[0], ends[1])
    return moved


def _sum(values: dict[Name, float]) -> tuple[float, int, float]:
    """The finite part of a sum, how many of its values are infinite, and their sign."""
    infinite = [value for value in values.values() if math.isinf(value)]
    return sum(value for value in values.values() if not math.isinf(value)), len(infinite), sum(infinite)


def _less(whole: tuple[float, int, float], value: float) -> float:
    """The sum without one of its values."""
    finite, infinite, sign = whole
    if math.isinf(value):
        infinite -= 1
    else:
        finite -= value
    return sign if infinite else finite


def _cut(knowledge: Knowledge, name: Name, low: float, high: float) -> bool:
    if name not in knowledge.proportions:
        low = math.ceil(low - NOISE) if math.isfinite(low) else low
        high = math.floor(high + NOISE) if math.isfinite(high) else high
    before = knowledge.low[name], knowledge.high[name]
    knowledge.low[name], knowledge.high[name] = max(before[0], low), min(before[1], high)
    return knowledge.low[name] > before[0] + NOISE or knowledge.high[name] < before[1] - NOISE


def _eliminate(knowledge: Knowledge) -> Iterable[tuple[Name, float]]:
    """Numbers that the equations determine together, by exact elimination."""
    pivots: dict[Name, tuple[dict[Name, Fraction], Fraction]] = {}
    for weights, low, high in knowledge.relations:
        if low == high and not any(name in knowledge.proportions for name in weights):
            _add_row(pivots, *_open_part(knowledge, weights, low))
    for name in list(pivots):
        row, value = _reduced(pivots, *pivots[name], without=name)
        if set(row) == {name}:
            yield name, float(value / row[name])


Row = tuple[dict[Name, Fraction], Fraction]


def _open_part(knowledge: Knowledge, weights: dict[Name, float], total: float) -> Row:
    row, value = {}, Fraction(total)
    for name, weight in weights.items():
        known = knowledge.known(name)
        if known is None:
            row[name] = Fraction(weight)
        else:
            value -= Fraction(weight) * round(known)
    return row, value


def _add_row(pivots: dict[Name, Row], row: dict[Name, Fraction], value: Fraction) -> None:
    row, value = _reduced(pivots, row, value)
    if row:
        pivots[next(iter(row))] = (row, value)


def _reduced(pivots: dict[Name, Row], row: dict[Name, Fraction], value: Fraction, without: Name | None = None) -> Row:
    """The row with every pivot but one taken out."""
    row = dict(row)
    while pivot := next((name for name in row if name in pivots and name != without), None):
        other, other_value = pivots[pivot]
        factor = row[pivot] / other[pivot]
        value -= factor * other_value
        for name, weight in other.items():
            row[name] = row.get(name, Fraction(0)) - factor * weight
            if not row[name]:
                del row[name]
    return row, value
