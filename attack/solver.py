"""What is certain of a count: the smallest and the largest number that all sums allow, by integer programming."""

from collections import defaultdict

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import lil_array

from attack.graph import Graph, K
from attack.noise import Floats
from attack.window import Window, by_count

STEPS = 3
"""How many sums away from a count the solver looks; what is certain nearby is certain."""


def _near(graph: Graph[K], key: K) -> list[tuple[K, tuple[K, ...]]]:
    """Sums that are at most a few steps from a count."""
    of: dict[K, list[tuple[K, tuple[K, ...]]]] = defaultdict(list)
    for whole, parts in graph.sums:
        for member in (whole, *parts):
            of[member].append((whole, parts))
    reached, found = {key}, dict[tuple[K, tuple[K, ...]], None]()
    for _ in range(STEPS):
        fresh = [tie for member in reached for tie in of[member] if tie not in found]
        found |= dict.fromkeys(fresh)
        reached |= {member for whole, parts in fresh for member in (whole, *parts)}
    return list(found)


def _possible(window: Window) -> tuple[int, int]:
    """The smallest and the largest number with any weight."""
    counts = window.counts[by_count(window).weights > 0]
    return int(counts[0]), int(counts[-1])


def bounds(graph: Graph[K], key: K) -> tuple[int, int]:
    """The smallest and the largest number a count can be, given everything near it.

    Where evidence contradicts itself, as after a correction, nothing is certain: the range is that of the count alone.
    """
    near = _near(graph, key)
    members = list(dict.fromkeys([key, *(member for whole, parts in near for member in (whole, *parts))]))
    at = {member: place for place, member in enumerate(members)}
    alone = np.array([_possible(graph.known[member]) for member in members], dtype=np.float64)
    matrix = lil_array((max(len(near), 1), len(members)))
    for line, (whole, parts) in enumerate(near):
        matrix[line, at[whole]] = 1
        for part in parts:
            matrix[line, at[part]] -= 1
    ends = [_end(matrix, alone, sign) for sign in (1, -1)]
    if ends[0] is None or ends[1] is None:
        return int(alone[0, 0]), int(alone[0, 1])
    return ends[0], -ends[1]


def _end(matrix: lil_array, alone: Floats, sign: int) -> int | None:
    """The smallest number of the first count, or less the largest one; None where there is none."""
    cost = np.zeros(len(alone))
    cost[0] = sign
    sums = LinearConstraint(matrix.tocsr(), 0, 0)
    found = milp(cost, constraints=sums, bounds=(alone[:, 0], alone[:, 1]), integrality=np.ones(len(alone)))
    return None if found.x is None else round(found.fun)
