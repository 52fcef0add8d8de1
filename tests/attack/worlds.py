"""Invented cases: where and when, in which groups, and which measures apply to them and are missed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attack.noise import Integers

Booleans = npt.NDArray[np.bool_]

CASES = 30
"""Cases of an area and month."""

SIZES = (6, 3, 1, 5, 4, 6, 5, 4, 3, 5)
"""Areas of each region; one region has one area."""

RATES = {"CMP": (1.0, 0.22), "ETH": (1.0, 0.06), "ENF": (0.24, 0.15), "ROH_TIME": (0.16, 0.2), "PPO_TIME": (0.08, 0.2)}
"""Share of cases that a measure applies to, and share of those that miss it."""

QUARTERLY = ("CMP", "ETH")
GROUPS = {"sex": (0.87, 0.13), "order_type": (0.4, 0.3, 0.2, 0.1)}


@dataclass(frozen=True, eq=False)
class World:
    """Records of cases: where, when, in which groups, whether a measure applies and is missed."""

    area: Integers
    month: Integers
    groups: dict[str, Integers]
    applies: dict[str, Booleans]
    missed: dict[str, Booleans]
    numbers: Integers
    months: int
    regions: dict[str, str]

    def without(self, case: int) -> "World":
        """The world without one record."""
        keep = np.arange(len(self.area)) != case
        return World(
            self.area[keep],
            self.month[keep],
            {name: values[keep] for name, values in self.groups.items()},
            {name: values[keep] for name, values in self.applies.items()},
            {name: values[keep] for name, values in self.missed.items()},
            self.numbers[keep],
            self.months,
            self.regions,
        )


def world(seed: int, sizes: tuple[int, ...] = SIZES, months: int = 12) -> World:
    """A world: areas differ in their rates, months little."""
    rng = np.random.default_rng(seed)
    areas = sum(sizes)
    area = np.repeat(np.arange(areas), months * CASES)
    month = np.tile(np.repeat(np.arange(months), CASES), areas)
    groups = {name: rng.choice(len(shares), len(area), p=shares) for name, shares in GROUPS.items()}
    applies, missed = {}, {}
    for measure, (share, rate) in RATES.items():
        odds = (
            np.log(rate / (1 - rate))
            + rng.normal(0, 0.4, areas)[area]
            + rng.normal(0, 0.15, (areas, months))[area, month]
        )
        applies[measure] = rng.random(len(area)) < share * rng.uniform(0.7, 1.0 if share == 1 else 1.3, areas)[
            area
        ] ** (share < 1)
        missed[measure] = applies[measure] & (rng.random(len(area)) < 1 / (1 + np.exp(-odds)))
    codes = {f"A{at:02d}": f"region:{region}" for at, region in enumerate(np.repeat(np.arange(len(sizes)), sizes))}
    return World(area, month, groups, applies, missed, np.arange(len(area)), months, codes)
