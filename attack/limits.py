"""What the attack learns of counts of 1 to 4 people, against the limits that a release must meet."""

from collections.abc import Mapping
from dataclasses import dataclass

from attack.figures import QUESTION, programme_year
from attack.graph import Graph
from attack.model import Key
from attack.solver import bounds
from attack.window import Window

SMALL = range(1, 5)
LIKELY, ALMOST_CERTAIN = 0.5, 0.9
MOST_ALMOST_CERTAIN, MOST_LIKELY = 0.01, 0.05
CERTAIN = 1 - 1e-6
AUC_NEW, AUC_REVISED, AUC_PERSON = 0.60, 0.70, 0.85


def hundredths(auc: float) -> float:
    """An area under the curve with as many decimals as its limit has."""
    return round(auc, 2)


@dataclass(frozen=True)
class Guess:
    """A count of 1 to 4 people that the attack holds most likely, and how likely that is to it."""

    key: Key
    count: int
    chance: float
    certain: bool = False


@dataclass(frozen=True)
class Learned:
    """What was learned. expected: how many counts of 1 to 4 people the attack expects there to be.

    revised: the same of the counts of years that were revised, which have two noises.
    """

    guesses: list[Guess]
    expected: float
    revised: "Learned | None" = None

    @property
    def certain(self) -> list[Guess]:
        """Counts that can be one number alone."""
        return [guess for guess in self.guesses if guess.certain]

    def share(self, bound: float) -> float:
        """Share of small counts that the attack holds for one number with more than this, and rightly as it expects."""
        return sum(guess.chance for guess in self.guesses if guess.chance > bound) / max(self.expected, 1.0)

    @property
    def almost_certain(self) -> float:
        """Share of small counts that are found with more than 0.9."""
        return self.share(ALMOST_CERTAIN)

    @property
    def likely(self) -> float:
        """Share of small counts that are found with more than 0.5."""
        return self.share(LIKELY)

    @property
    def every(self) -> list[Guess]:
        """Guesses of all counts, revised or not."""
        return [*self.guesses, *(self.revised.guesses if self.revised else [])]

    @property
    def met(self) -> bool:
        """Whether the limits are met. Of revised counts none may be certain or almost certain; what else is stated."""
        own = not self.certain and self.almost_certain <= MOST_ALMOST_CERTAIN and self.likely <= MOST_LIKELY
        again = self.revised
        return own and (not again or (not again.certain and again.almost_certain <= MOST_ALMOST_CERTAIN))


def small_chance(window: Window, count: int) -> float:
    """How likely a count is one number."""
    return float(window.weights[count - window.low]) if window.low <= count <= window.high else 0.0


def best(key: Key, window: Window) -> Guess | None:
    """The most likely number of a count, where it is 1 to 4 and more likely than not."""
    at = int(window.weights.argmax())
    count, chance = window.low + at, float(window.weights[at])
    return Guess(key, count, chance) if count in SMALL and chance > LIKELY else None


def learned(posterior: Mapping[Key, Window], tied: Graph[Key], revised_years: frozenset[int] = frozenset()) -> Learned:
    """What beliefs say of small counts; what they hold for almost certain is put to the solver.

    Questions judge work and are left out. Counts of revised years are taken apart.
    """
    people = {key: window for key, window in posterior.items() if key[0].level != QUESTION}
    once = {key: window for key, window in people.items() if programme_year(key[0]) not in revised_years}
    again = {key: window for key, window in people.items() if key not in once}
    own = _learned(once, tied)
    return Learned(own.guesses, own.expected, _learned(again, tied) if again else None)


def _learned(posterior: Mapping[Key, Window], tied: Graph[Key]) -> Learned:
    guesses = [guess for key, window in posterior.items() if (guess := best(key, window))]
    expected = sum(small_chance(window, count) for window in posterior.values() for count in SMALL)
    return Learned([_proved(guess, tied) for guess in guesses], expected)


def _proved(guess: Guess, tied: Graph[Key]) -> Guess:
    if guess.chance <= ALMOST_CERTAIN:
        return guess
    low, high = bounds(tied, guess.key)
    return Guess(guess.key, guess.count, guess.chance, low == high or guess.chance >= CERTAIN)
