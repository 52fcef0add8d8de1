"""A table of noise by maximum entropy, by numpy and scipy alone: no code of the project."""

from functools import cache

import numpy as np
from scipy.optimize import LinearConstraint, brentq, milp

from attack.noise import MOST, ROWS, Floats, Integers, Noise

VARIANCE = 2.1
LINES = 11


def _chances(count: int) -> Floats:
    """Chance of each noise of a count: maximum entropy with mean 0 and the variance, where a count may be published."""
    noise = np.arange(-MOST, MOST + 1)
    allowed = (count + noise >= 0) & ~np.isin(count + noise, (1, 2))
    if count == 0:
        return (noise == 0).astype(float)

    def weights(slope: float, bend: float) -> Floats:
        raw = np.where(allowed, np.exp(slope * noise - bend * noise**2), 0)
        return raw / raw.sum()

    def slope(bend: float) -> float:
        return float(brentq(lambda tilt: weights(tilt, bend) @ noise, -30, 30))

    bend = brentq(lambda at: weights(slope(at), at) @ noise**2 - VARIANCE, -2, 6)
    return weights(slope(bend), bend)


def _rounded(chances: Floats) -> Integers:
    """Rows of each noise: as near to the chances as whole rows of mean exactly 0 can be."""
    noise = np.arange(-MOST, MOST + 1)
    most = len(noise)
    cost = np.concatenate([np.zeros(most), np.ones(most)])
    above = np.hstack([np.eye(most), -np.eye(most)])
    below = np.hstack([-np.eye(most), -np.eye(most)])
    wanted = chances * ROWS
    exact = np.vstack([np.concatenate([np.ones(most), np.zeros(most)]), np.concatenate([noise, np.zeros(most)])])
    limits = [
        LinearConstraint(above, -np.inf, wanted),
        LinearConstraint(below, -np.inf, -wanted),
        LinearConstraint(exact, [ROWS, 0], [ROWS, 0]),
    ]
    bounds = (np.zeros(2 * most), np.concatenate([np.where(chances > 0, ROWS, 0), np.full(most, ROWS)]))
    found = milp(cost, constraints=limits, bounds=bounds, integrality=np.r_[np.ones(most), np.zeros(most)])
    return np.round(found.x[:most]).astype(np.int64)


@cache
def noise_table() -> Noise:
    """The table of noise: counts 0 to 10, 256 rows each, sorted."""
    noise = np.arange(-MOST, MOST + 1)
    return Noise(np.array([np.repeat(noise, _rounded(_chances(count))) for count in range(LINES)]))
