"""A warehouse to erase from. These tests know no network either."""

from pathlib import Path

import pytest

from flows.recover import republish
from tests import erasures
from tests.conftest import Intake, copy_of
from tests.unit.conftest import _no_network  # noqa: F401 -- a fixture


@pytest.fixture(scope="session")
def with_the_case(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """A warehouse with the case that is to be erased, to be copied."""
    return erasures.taken_in(tmp_path_factory.mktemp("erase"))


@pytest.fixture
def delivered(with_the_case: Intake, landing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Intake:
    """A copy of it, whose publications are made again from what the restricted warehouse then has."""
    monkeypatch.setattr(republish, "_built", erasures.built_again)
    return copy_of(with_the_case, tmp_path)
