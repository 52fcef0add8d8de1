"""What becomes of performance deliveries that contradict themselves or each other (docs/explanation/performance.md)."""

from pathlib import Path

import pytest

from expectations.deliveries.area_profile import AREA_PROFILE
from tests.integration.odd import Odd, odd_warehouse

RETURNS = {
    "BED_0404": "APC,30, ECP,5, PSR,9,10 VICTIM,8,10 STAND,1,10",
    "BED_0504": "APC,5, PSR,11,10 VICTIM,1,10 VICTIM,2,10 ECP,1, STAND,1,10 BS_START,1,",
    "BED_0406": "PSR,1,2",
    "BED_0706": "PSR,2,2",
    "CAM_0404": "APC,50, PSR,5,10 VICTIM,4,10",
    "LON_0404": "PSR,1,10",
    "LON-N_0404": "PSR,10,10 SURPRISE,1,1",
    "LON-N_0504": "PSR,7,10",
}
"""Measure, numerator and denominator by area and month; the night is in June 2006."""

TARGETS = {
    "2004-05": ["BED,PSR,0.5,higher,"],
    "2004-05_r2": [
        "BED,APC,120,higher,40;0;8;8;8;8;8;8;8;8;8;8",
        "BED,ECP,0,higher,",
        "ENW,PSR,0.9,higher,",
        "BED,VICTIM,0.8,higher,",
        "BED,VICTIM,0.7,higher,",
    ],
}


def _deliveries() -> dict[str, str]:
    files = {}
    for key, figures in RETURNS.items():
        rows = [f"{key.replace('_', ',')},{figure}" for figure in figures.split()]
        header = "area_code,data_period,measure_code,numerator,denominator"
        files[f"performance_return_{key}.csv"] = "\n".join([header, *rows])
    for key, targets in TARGETS.items():
        header = "performance_year,area_code,measure_code,target,direction,profile"
        rows = [f"2004/05,{target}" for target in targets]
        files[f"performance_target_{key}.csv"] = "\n".join([header, *rows])
    header = ",".join(column.file_header for column in AREA_PROFILE.columns)
    rows = [f"{area},{as_at},,,,,,,small,,,,," for area, as_at in (("BED", "2005-03-31"), ("CAM", "2004-03-31"))]
    return {**files, "area_profile_2005.csv": "\n".join([header, *rows])}


DELIVERIES = _deliveries()


@pytest.fixture(scope="module")
def warehouse(prepared: Path) -> Odd:
    return odd_warehouse(prepared)


def _to_date(warehouse: Odd, columns: str, area: str, measure: str, month: str) -> tuple[object, ...]:
    (row,) = warehouse.query(
        f"select {columns} from marts.fct_performance_to_date "
        "where area_code = ? and measure_code = ? and period_month = ?::date",
        area,
        measure,
        month,
    )
    return row


def test_a_profile_sets_each_month_its_own_part_of_the_target(warehouse: Odd) -> None:
    columns = "numerator, denominator, value, target, status"
    assert _to_date(warehouse, columns, "BED", "APC", "2004-04-01") == (30, 40, 0.75, 1, "missed")
    assert _to_date(warehouse, columns, "BED", "APC", "2004-05-01") == (35, 40, 0.875, 1, "missed")


def test_only_areas_with_a_target_are_pooled_for_a_count(warehouse: Odd) -> None:
    columns = "value, status, national_value, region_value, family_value"
    assert _to_date(warehouse, columns, "CAM", "APC", "2004-04-01") == (None, None, 0.75, 0.75, 0.75)


def test_region_and_family_group_pool_their_areas(warehouse: Odd) -> None:
    """Bedfordshire and Cambridgeshire are one region and one family group, and London is neither."""
    columns = "national_value, region_value, family_group, family_value"
    assert _to_date(warehouse, columns, "BED", "PSR", "2004-04-01") == (0.5, 0.7, "small", 0.7)
    assert _to_date(warehouse, columns, "LON", "PSR", "2004-04-01") == (0.5, 0.1, None, None)


def test_nothing_is_achieved_against_a_target_of_zero(warehouse: Odd) -> None:
    columns = "numerator, denominator, value, achievement, status"
    assert _to_date(warehouse, columns, "BED", "ECP", "2004-04-01") == (5, 0, None, None, None)


def test_a_numerator_above_its_denominator_leaves_the_month_missing(warehouse: Odd) -> None:
    columns = "value, target, status, months_in, months_due"
    assert _to_date(warehouse, columns, "BED", "PSR", "2004-05-01") == (0.9, 0.9, "met", 1, 2)


def test_of_two_target_files_for_a_year_the_later_revision_counts(warehouse: Odd) -> None:
    """The first revision gave Bedfordshire a target of its own: the second leaves it to that for everywhere."""
    assert _to_date(warehouse, "target", "BED", "PSR", "2004-04-01") == (0.9,)


def test_two_targets_in_one_file_are_no_target_and_two_figures_in_one_file_no_month(warehouse: Odd) -> None:
    assert _to_date(warehouse, "value, target, status", "BED", "VICTIM", "2004-04-01") == (0.8, None, None)
    months = warehouse.query(
        "select period_month from marts.fct_performance_month where area_code = 'BED' and measure_code = 'VICTIM'"
    )
    assert len(months) == 1


def test_the_file_of_a_quadrant_is_rejected_while_london_delivers_the_month_as_a_whole(warehouse: Odd) -> None:
    files = warehouse.query(
        "select key, status, rows_landed, rows_quarantined, reason like 'London also%' from ops.load_file "
        "where key like 'LON%' order by key"
    )
    assert files == [
        ("LON-N_0404", "rejected", None, None, True),
        ("LON-N_0504", "current", 1, 0, None),
        ("LON_0404", "current", 1, 0, None),
    ]
    assert (
        warehouse.query("select 1 from ops.quarantine_row join ops.load_file using (file_id) where key like 'LON%'")
        == []
    )
    assert _to_date(warehouse, "numerator, months_in", "LON", "PSR", "2004-05-01") == (8, 2)


def test_a_month_to_come_is_loaded_but_neither_shown_nor_lengthens_the_year(warehouse: Odd) -> None:
    loaded = warehouse.query("select status, rows_loaded from ops.load_file where key = 'BED_0706'")
    assert loaded == [("current", 1)]
    months = warehouse.query(
        """
        select 'month', max(period_month)::varchar from marts.fct_performance_month
        union all select 'to date', max(period_month)::varchar from marts.fct_performance_to_date order by 1
        """
    )
    assert months == [("month", "2006-04-01"), ("to date", "2006-04-01")]
