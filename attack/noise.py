"""The table of noise: what a method that is public tells about a count behind a published one."""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

ROWS = 256
MOST = 4
"""The largest noise of a count."""


class Unreadable(Exception):
    """Something the attack needs cannot be read; the sentence says what and where."""


@dataclass(frozen=True, eq=False)
class Noise:
    """Noise by count (the last line stands for it and all above) and row."""

    rows: Integers

    @cached_property
    def channel(self) -> Floats:
        """Chance of each noise from -MOST to MOST, by count."""
        counted = [np.bincount(line + MOST, minlength=2 * MOST + 1) for line in self.rows]
        return np.asarray(np.array(counted) / self.rows.shape[1], dtype=np.float64)

    @cached_property
    def variance(self) -> float:
        """Variance of the noise of large counts."""
        return float(np.var(self.rows[-1]))

    def line(self, count: int) -> int:
        """The line of the table for a count."""
        return min(count, len(self.rows) - 1)

    def likelihood(self, published: int, counts: Integers) -> Floats:
        """Chance that each count is published as this one."""
        noise = published - counts
        lines = np.minimum(counts, len(self.rows) - 1)
        found = self.channel[np.maximum(lines, 0), np.clip(noise + MOST, 0, 2 * MOST)]
        return np.asarray(np.where((np.abs(noise) <= MOST) & (counts >= 0), found, 0.0), dtype=np.float64)

    @cached_property
    def never_published(self) -> frozenset[int]:
        """Small counts that no count is ever published as."""
        counts = np.arange(3 * MOST)
        return frozenset(value for value in range(2 * MOST) if not self.likelihood(value, counts).any())


def read_noise(path: Path) -> Noise:
    """The table of noise from a CSV file with one line per count and row.

    Errors: Unreadable where the file is missing or is no such table.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return from_rows(list(csv.DictReader(file)))
    except OSError as problem:
        raise Unreadable(f"{path}: the table of noise cannot be read ({problem.strerror})") from problem
    except (KeyError, ValueError) as problem:
        raise Unreadable(f"{path}: a table of noise has whole numbers in people, noise_row and noise") from problem


def from_rows(rows: list[dict[str, Any]]) -> Noise:
    """The table of noise from rows with people, noise_row and noise.

    Errors: KeyError, ValueError where a column is missing or no whole number.
    """
    if not rows:
        raise ValueError("no rows")
    table = np.zeros((1 + max(int(row["people"]) for row in rows), ROWS), dtype=np.int64)
    for row in rows:
        table[int(row["people"]), int(row["noise_row"])] = int(row["noise"])
    return Noise(table)
