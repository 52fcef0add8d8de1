"""Keyed hashes of releases: what the same people and secrets always have, and others do not."""

import pytest

from flows.release.noise import Secrets, noise_row, record_key, record_keys

SECRET, OTHER = b"one", b"another"
CASES = [f"{number:032x}" for number in range(2000)]


def test_a_record_key_has_forty_bits() -> None:
    keys = [record_key(SECRET, case, "2004-04-01") for case in CASES]
    assert max(keys) < 2**40
    assert max(keys) > 2**39
    assert len(set(keys)) == len(CASES)


def test_a_case_has_another_key_in_another_month_and_under_another_secret() -> None:
    key = record_key(SECRET, CASES[0], "2004-04-01")
    assert key == record_key(SECRET, CASES[0], "2004-04-01")
    assert key != record_key(SECRET, CASES[0], "2004-05-01")
    assert key != record_key(OTHER, CASES[0], "2004-04-01")


def test_case_and_period_do_not_run_into_each_other() -> None:
    assert record_key(SECRET, "a1", "2") != record_key(SECRET, "a", "12")


def test_every_row_of_the_table_is_about_as_likely() -> None:
    rows = [noise_row(SECRET, str(number)) for number in range(25_600)]
    assert set(rows) == set(range(256))
    assert max(map(rows.count, range(256))) < 160


def test_another_secret_picks_other_rows() -> None:
    cells = [str(number) for number in range(1000)]
    same = sum(noise_row(SECRET, cell) == noise_row(OTHER, cell) for cell in cells)
    assert same < 20


def test_rows_do_not_follow_from_the_sum_of_keys() -> None:
    rows = {noise_row(SECRET, str(key * 256)) for key in range(1000)}
    assert len(rows) > 200


def test_secrets_are_not_shown() -> None:
    assert "one" not in repr(Secrets(SECRET, OTHER))
    assert "another" not in repr(Secrets(SECRET, OTHER))


def test_keys_are_listed_with_what_they_are_of_under_another_secret_where_their_year_is_revised() -> None:
    assert record_keys(Secrets(SECRET, b"rows", OTHER), [("a", "b", False), ("a", "b", True)]) == [
        ("a", "b", record_key(SECRET, "a", "b")),
        ("a", "b", record_key(OTHER, "a", "b")),
    ]


def test_without_a_secret_of_the_revision_nothing_is_revised() -> None:
    with pytest.raises(ValueError, match="no secret"):
        record_keys(Secrets(SECRET, b"rows"), [("a", "b", True)])
