"""The exact counts behind a release are read from the cases of the staff edition."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from attack.exact_table import exact_counts
from attack.figures import Records

REGIONS = {"BED": "region:East", "ESS": "region:East", "LON": "region:London"}
APRIL = 12 * 2004 + 3

CASES = [
    ("BED", date(2004, 4, 1), "M", 1, 1),
    ("BED", date(2004, 5, 1), "F", 0, 1),
    ("ESS", date(2004, 6, 1), "M", 0, 1),
    ("ESS", date(2004, 7, 1), "M", 0, 0),
    ("LON", date(2004, 7, 1), "M", 0, 1),
]


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    """A file of the staff edition with five cases."""
    with duckdb.connect(str(tmp_path / "analyst.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_standard_case "
            "(area_code varchar, period_month date, sex varchar, enf_met bigint, enf_relevant bigint)"
        )
        connection.executemany("insert into marts.fct_standard_case values (?, ?, ?, ?, ?)", CASES)
    return tmp_path / "analyst.duckdb"


@pytest.mark.parametrize(
    ("records", "counts"),
    [
        (Records("ENF", "area", "BED", APRIL, 3), (1, 2)),
        (Records("ENF", "area", "ESS", APRIL + 3, 3), (0, 0)),
        (Records("ENF", "region", "region:East", APRIL, 3), (2, 3)),
        (Records("ENF", "nation", "ENW", APRIL, 12), (3, 4)),
        (Records("ENF", "nation", "ENW", APRIL, 12, "sex=F"), (1, 1)),
        (Records("ENF", "area", "LON", APRIL, 3), (0, 0)),
    ],
)
def test_side_and_base_of_a_set_are_counted_from_its_cases(
    records: Records, counts: tuple[int, int], staff: Path
) -> None:
    assert exact_counts(staff, [records], REGIONS) == {records: counts}


def test_measures_that_are_not_counted_from_cases_have_no_exact_counts(staff: Path) -> None:
    assert exact_counts(staff, [Records("VICTIM", "area", "BED", APRIL, 12)], REGIONS) == {}
