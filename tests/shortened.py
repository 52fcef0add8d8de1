"""Parameters of which `make test` tries some, and `make test-long` all."""

from collections.abc import Iterable

import pytest
from _pytest.mark.structures import ParameterSet


def some_of(names: Iterable[str], *tried: str) -> list[ParameterSet]:
    """Names of cases. Errors: AssertionError where one that is to be tried is none of them."""
    every = list(names)
    assert set(tried) <= set(every)
    return [pytest.param(name, id=name, marks=[] if name in tried else pytest.mark.long) for name in every]
