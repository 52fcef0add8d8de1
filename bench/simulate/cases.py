"""Invented judgements: a case goes well or badly as a whole, so that its answers go together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq

from bench.simulate.rules import Flags, Floats

AT_ONCE = 4_000_000
"""Answers that are held in memory at once."""

NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(60)


@dataclass(frozen=True)
class Design:
    """What a score is made of. weights: of its questions. applies: to what share of the cases each applies."""

    name: str
    weights: Floats
    applies: Floats

    @property
    def questions(self) -> int:
        return len(self.weights)


def design(name: str, parts: Sequence[tuple[float, int]], applies: Sequence[float]) -> Design:
    """parts: weight and number of questions of each; applies: of the questions in turn, repeated as needed."""
    weights = np.concatenate([np.full(count, weight / count) for weight, count in parts])
    return Design(name, weights / weights.sum(), np.resize(np.array(applies, dtype=float), len(weights)))


def passed(logit: float, spread: float) -> float:
    """The chance on average of cases whose logits have this mean and standard deviation."""
    return float((NODE_WEIGHTS / NODE_WEIGHTS.sum()) @ (1 / (1 + np.exp(-logit - spread * NODES))))


@cache
def intercept(chance: float, spread: float) -> float:
    """The mean logit with which cases pass with this chance on average."""
    return float(brentq(lambda logit: passed(logit, spread) - chance, -20, 20))


def judged(rng: np.random.Generator, made_of: Design, logits: Floats, effects: Floats) -> tuple[Flags, Flags]:
    """Judgements above the line and relevant (draws, cases, questions). logits: of questions. effects: of cases."""
    shape = (*effects.shape, made_of.questions)
    chance = 1 / (1 + np.exp(-(effects[:, :, None] + logits).astype(np.float32)))
    relevant = rng.random(shape, dtype=np.float32) < made_of.applies.astype(np.float32)
    return (rng.random(shape, dtype=np.float32) < chance) & relevant, relevant


def chunks(draws: int, answers: int) -> Iterator[int]:
    """Numbers of draws that add up to all, each of which fits into memory. answers: of one draw."""
    size = max(1, min(draws, AT_ONCE // answers))
    while draws > 0:
        yield min(size, draws)
        draws -= size


def shared(counts: Callable[[int], Floats], draws: int, answers: int) -> Floats:
    """What `counts` counts in so many draws, added up over chunks and divided by the draws."""
    found: Floats = np.sum([counts(chunk) for chunk in chunks(draws, answers)], axis=0) / draws
    return found
