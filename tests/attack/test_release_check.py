"""`casebook release check` refuses a release with exact counts, because the attack finds them."""

from pathlib import Path

import pytest

from flows.base.errors import CannotRelease
from flows.release.check import _attack
from tests.attack.releases import Made, Method, made
from tests.attack.worlds import World
from tests.attack.written import write_release


def test_a_release_by_the_method_passes_the_attack(honest: Made, tmp_path: Path) -> None:
    assert _attack("one", [write_release(honest.release, tmp_path)]).endswith("The limits are met.")


def test_a_release_with_exact_counts_does_not_pass_the_attack(country: World, tmp_path: Path) -> None:
    leaking = write_release(made(country, Method(4, "exact")).release, tmp_path)
    with pytest.raises(
        CannotRelease, match="one must not be released: the attack does not stay within the limits"
    ) as told:
        _attack("one", [leaking])
    assert "FAIL exact: fct_published_count: ETH by area" in str(told.value)
