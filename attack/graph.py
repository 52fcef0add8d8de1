"""Counts that are tied by sums, and what is believed of each: belief propagation over sums.

Where sums form a tree the beliefs are exact. Where they meet again (regions by month and areas by quarter) they are
very close, which the tests hold by their calibration.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import reduce
from typing import Generic, TypeVar

import numpy as np

from attack.window import Window, added, flat, nothing, scaled, seen, taken, within

K = TypeVar("K", bound=Hashable)
"""What names a count."""

ROUNDS = 12
SETTLED = 1e-4


@dataclass(eq=False)
class Graph(Generic[K]):
    """Counts with what is known of each by itself, and sums that tie them: (whole, parts)."""

    known: dict[K, Window] = field(default_factory=dict)
    sums: list[tuple[K, tuple[K, ...]]] = field(default_factory=list)

    def know(self, key: K, window: Window) -> None:
        """Adds what is known of a count; what was known holds as well, and alone where they contradict."""
        before = self.known.get(key)
        if before is not None:
            low, high = max(before.low, window.low), min(before.high, window.high)
            both = seen(before, low, high) * seen(window, low, high) if low <= high else np.zeros(1)
            window = scaled(low, both) if both.any() else before
        self.known[key] = window

    def add_sum(self, whole: K, parts: tuple[K, ...]) -> None:
        """Ties counts: the whole is the sum of its parts, which must be known; the whole need not be."""
        if whole not in self.known:
            windows = [self.known[part] for part in parts]
            low, high = sum(window.low for window in windows), sum(window.high for window in windows)
            self.known[whole] = flat(low, high, *windows[0].weights.shape[1:])
        self.sums.append((whole, parts))


Messages = dict[tuple[int, int], Window]
"""What a sum says to a count: by number of the sum and place of the count in it, the whole first."""


def _upward(parts: list[Window]) -> tuple[list[Window], list[Window]]:
    """Sums of the first parts and of the last parts, by how many are left out."""
    before, after = [nothing(parts[0])], [nothing(parts[0])]
    for part in parts:
        before.append(added(before[-1], part))
    for part in reversed(parts):
        after.append(added(after[-1], part))
    return before, after[::-1]


def _said(incoming: list[Window]) -> list[Window]:
    """What a sum says to its whole and to each part, given what each of them says to it."""
    whole, *parts = incoming
    before, after = _upward(parts)
    answers = [within(before[-1], whole.low, whole.high)]
    for place, part in enumerate(parts):
        others = added(before[place], after[place + 1])
        answers.append(within(taken(whole, others), part.low, part.high))
    return answers


def _incoming(graph: Graph[K], links: dict[K, list[tuple[int, int]]], said: Messages, number: int) -> list[Window]:
    """What the counts of a sum say to it: what is known of them and what their other sums say."""
    whole, parts = graph.sums[number]
    found = []
    for key in (whole, *parts):
        known = graph.known[key]
        others = [said[link].weights for link in links[key] if link[0] != number and link in said]
        found.append(scaled(known.low, reduce(np.multiply, others, known.weights)))
    return found


def _round(graph: Graph[K], links: dict[K, list[tuple[int, int]]], said: Messages) -> float:
    """Lets every sum speak once; the largest change of a weight."""
    change = 0.0
    for number in [*range(len(graph.sums)), *reversed(range(len(graph.sums)))]:
        for place, answer in enumerate(_said(_incoming(graph, links, said, number))):
            before = said.get((number, place))
            change = max(change, 1.0 if before is None else float(np.abs(before.weights - answer.weights).max()))
            said[number, place] = answer
    return change


def beliefs(graph: Graph[K]) -> dict[K, Window]:
    """What is believed of each count, given what is known of all of them and their sums."""
    links: dict[K, list[tuple[int, int]]] = defaultdict(list)
    for number, (whole, parts) in enumerate(graph.sums):
        for place, key in enumerate((whole, *parts)):
            links[key].append((number, place))
    said: Messages = {}
    for _ in range(ROUNDS):
        if _round(graph, links, said) < SETTLED:
            break
    return {
        key: scaled(known.low, reduce(np.multiply, [said[link].weights for link in links[key]], known.weights))
        for key, known in graph.known.items()
    }
