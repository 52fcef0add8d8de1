"""Distributions over a short run of whole numbers, which is all that a published count leaves of the true one.

Weights may have a second dimension, the row of the table of noise: rows of disjoint sets then add up modulo 256.
"""

from dataclasses import dataclass

import numpy as np

from attack.noise import Floats, Integers


@dataclass(frozen=True, eq=False)
class Window:
    """Weights of the whole numbers from `low` on; by row where there is a second dimension."""

    low: int
    weights: Floats

    @property
    def counts(self) -> Integers:
        """The numbers that have weights."""
        return np.arange(self.low, self.low + len(self.weights))

    @property
    def high(self) -> int:
        """The last number."""
        return self.low + len(self.weights) - 1


def flat(low: int, high: int, *rows: int) -> Window:
    """The same weight for each number from low to high, and each row."""
    return Window(low, np.ones((high - low + 1, *rows)))


def scaled(low: int, weights: Floats) -> Window:
    """Weights that sum to 1; equal ones where all are 0, because contradicting evidence says nothing."""
    total = weights.sum()
    return Window(low, weights / total if total > 0 else np.full(weights.shape, 1 / weights.size))


def seen(window: Window, low: int, high: int) -> Floats:
    """The weights for the numbers from low to high, 0 beyond the window."""
    found = np.zeros((high - low + 1, *window.weights.shape[1:]))
    first, last = max(low, window.low), min(high, window.high)
    if first <= last:
        found[first - low : last - low + 1] = window.weights[first - window.low : last - window.low + 1]
    return found


def _convolved(one: Floats, other: Floats) -> Floats:
    if one.ndim == 1:
        return np.convolve(one, other)
    length = len(one) + len(other) - 1
    rows = one.shape[1]
    product = np.fft.rfft2(one, (length, rows)) * np.fft.rfft2(other, (length, rows))
    return np.maximum(np.fft.irfft2(product, (length, rows)), 0.0)


def _reversed(weights: Floats) -> Floats:
    """Weights of the negative numbers, and of the negative rows modulo their number."""
    return weights[::-1] if weights.ndim == 1 else np.roll(weights[::-1, ::-1], 1, axis=1)


def added(one: Window, other: Window) -> Window:
    """The distribution of the sum of two independent numbers."""
    return Window(one.low + other.low, _convolved(one.weights, other.weights))


def taken(whole: Window, part: Window) -> Window:
    """The weights of a difference: a whole less a part that is independent of the rest."""
    return Window(whole.low - part.high, _convolved(whole.weights, _reversed(part.weights)))


def within(window: Window, low: int, high: int) -> Window:
    """The window cut or widened to the numbers from low to high, its weights summing to 1."""
    return scaled(low, seen(window, low, high))


def nothing(like: Window) -> Window:
    """The distribution of a sum of no numbers."""
    weights = np.zeros((1, *like.weights.shape[1:]))
    weights.flat[0] = 1.0
    return Window(0, weights)


def by_count(window: Window) -> Window:
    """The distribution over numbers alone, whatever the row."""
    return window if window.weights.ndim == 1 else Window(window.low, window.weights.sum(axis=1))
