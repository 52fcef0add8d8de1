"""Whole nights, run as a user runs them."""

import pytest

from tests.houses import BUSINESS_DATE, CASEBOOK, EXAMPLES, KEY, PROJECT, House, NewHouse

__all__ = ["BUSINESS_DATE", "CASEBOOK", "EXAMPLES", "KEY", "PROJECT", "House", "NewHouse"]


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> House:
    """One night over the example deliveries, with a key that it makes itself. Tests read it and leave it as it is.

    Beside the warehouse are the folders that the night had for a home and for temporary files.
    """
    folder = tmp_path_factory.mktemp("examples")
    own = {"HOME": folder / "home", "TMPDIR": folder / "tmp"}
    for path in own.values():
        path.mkdir()
    house = House(EXAMPLES, folder / "warehouse")
    house.night({"CASEBOOK_CASE_KEY": "", **{name: str(path) for name, path in own.items()}})
    return house
