"""Whole nights, run as a user runs them."""

from tests.houses import BUSINESS_DATE, CASEBOOK, EXAMPLES, KEY, PROJECT, House, NewHouse

__all__ = ["BUSINESS_DATE", "CASEBOOK", "EXAMPLES", "KEY", "PROJECT", "House", "NewHouse"]
