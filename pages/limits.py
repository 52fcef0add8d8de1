"""Limits of chance as smooth lines: between the whole counts at which the binomial distribution has its steps."""

import math
from collections.abc import Iterator

FAR = 9
"""Standard deviations from the middle beyond which a count is as good as impossible."""


def smooth_limit(cases: int, chance: float, tail: float) -> float:
    """The share of cases that the binomial distribution stays below with this probability, not rounded to a count.

    Between the two counts on either side of the tail it is as far as the tail is between their probabilities
    (Spiegelhalter 2005, interpolated exact limits).
    """
    if not cases or not 0 < chance < 1:
        return chance
    below = 0.0
    for count, probability in _probabilities(cases, chance):
        if below + probability >= tail:
            return max(count - (below + probability - tail) / probability, 0.0) / cases
        below += probability
    return 1.0


def smooth_limits(cases: int, chance: float, tail: float) -> tuple[float, float]:
    """The limits on both sides with this probability beyond each. What exact limits hold is within these too."""
    return smooth_limit(cases, chance, tail), 1 - smooth_limit(cases, 1 - chance, tail)


def _probabilities(cases: int, chance: float) -> Iterator[tuple[int, float]]:
    """Each count that is not as good as impossible, with its probability."""
    spread = FAR * math.sqrt(cases * chance * (1 - chance)) + FAR
    count = max(0, math.floor(cases * chance - spread))
    probability = math.exp(
        math.lgamma(cases + 1)
        - math.lgamma(count + 1)
        - math.lgamma(cases - count + 1)
        + count * math.log(chance)
        + (cases - count) * math.log1p(-chance)
    )
    while count <= cases:
        yield count, probability
        probability *= (cases - count) / (count + 1) * chance / (1 - chance)
        count += 1
