"""The seed of noise keeps what the public edition promises of it, and is what its tool writes."""

import csv
from collections import defaultdict

import pytest

from flows.tools.noise_table import LARGEST_COUNT, SEED, allowed, noise_csv


@pytest.fixture(scope="module")
def noise() -> dict[int, list[int]]:
    """The noise of each count by row, as committed."""
    found = defaultdict(list)
    with SEED.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            assert int(row["noise_row"]) == len(found[int(row["people"])])
            found[int(row["people"])].append(int(row["noise"]))
    return found


COUNTS = range(1, LARGEST_COUNT + 1)


def test_a_byte_picks_a_row_of_every_count(noise: dict[int, list[int]]) -> None:
    assert {count: len(rows) for count, rows in noise.items()} == dict.fromkeys(range(LARGEST_COUNT + 1), 256)


def test_nobody_stays_nobody(noise: dict[int, list[int]]) -> None:
    assert set(noise[0]) == {0}


@pytest.mark.parametrize("count", COUNTS)
def test_the_mean_is_exactly_zero(noise: dict[int, list[int]], count: int) -> None:
    assert sum(noise[count]) == 0


@pytest.mark.parametrize("count", COUNTS)
def test_the_variance_is_two_and_a_bit(noise: dict[int, list[int]], count: int) -> None:
    variance = sum(value * value for value in noise[count]) / 256
    assert 2.05 <= variance <= 2.2
    assert 1.44 <= variance**0.5 <= 1.47


@pytest.mark.parametrize("count", COUNTS)
def test_no_noise_is_above_four_and_no_count_becomes_one_or_two(noise: dict[int, list[int]], count: int) -> None:
    assert max(map(abs, noise[count])) <= 4
    assert not {count + value for value in noise[count]} & {1, 2}
    assert min(noise[count]) + count >= 0


def test_every_noise_that_is_allowed_of_a_small_count_occurs_so_that_none_can_be_ruled_out(
    noise: dict[int, list[int]],
) -> None:
    assert {count: sorted(set(noise[count])) for count in COUNTS if count >= 4} == {
        count: allowed(count) for count in COUNTS if count >= 4
    }


def test_the_seed_is_what_its_tool_writes() -> None:
    assert SEED.read_text(encoding="utf-8") == noise_csv()
