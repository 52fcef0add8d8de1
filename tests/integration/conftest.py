"""Whole nights, run as a user runs them."""

import pytest

from tests.houses import BUSINESS_DATE, CASEBOOK, EXAMPLES, KEY, PROJECT, House, NewHouse

__all__ = ["BUSINESS_DATE", "CASEBOOK", "EXAMPLES", "KEY", "PROJECT", "House", "NewHouse"]


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> House:
    """One night over the example deliveries, with a key that it makes itself. Tests read it and leave it as it is."""
    house = House(EXAMPLES, tmp_path_factory.mktemp("examples") / "warehouse")
    house.night({"CASEBOOK_CASE_KEY": ""})
    return house
