"""Releases that several tests attack: honest ones, made once."""

import pytest

from attack.noise import Noise
from tests.attack.noise_table import noise_table
from tests.attack.releases import Made, Method, made
from tests.attack.worlds import World, world

SMALL = (5, 4, 1, 3)
"""Areas of each region of a small country."""


@pytest.fixture(scope="session")
def noise() -> Noise:
    """The table of noise."""
    return noise_table()


@pytest.fixture(scope="session")
def country() -> World:
    """A year of a small country."""
    return world(1, SMALL)


@pytest.fixture(scope="session")
def honest(country: World) -> Made:
    """A release without a fault."""
    return made(country, Method(4))
