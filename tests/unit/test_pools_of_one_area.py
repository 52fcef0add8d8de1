"""A region or family group of one area is that area: pages set nothing beside it."""

from collections.abc import Iterator

import duckdb
import pytest

from figures import Page, kind
from figures.read import rows_of
from figures.show import cell

TABLES = """
    create schema marts;
    create table marts.dim_area as
        select * from (values ('BED', 'Bedfordshire', 'East'), ('KEN', 'Kent', 'East'), ('LON', 'London', 'London'))
        as area (area_code, area_name, region);
    create table marts.dim_measure as
        select 'ENF' as measure_code, 'Enforcement' as measure_title, 'proportion' as unit, 'higher' as direction,
            null as valid_to;
    create table marts.dim_measure_year as
        select 'ENF' as measure_code, '2005/06' as performance_year, 'Enforcement' as measure_title;
    create table marts.fct_performance_to_date as
        select
            area_code, family_group, 'ENF' as measure_code, '2005/06' as performance_year,
            date '2005-04-01' as period_month, 0.9 as scaled_value, 0.8 as target, 0.85 as ci_low, 0.95 as ci_high,
            0.7 as national_scaled_value, 0.6 as region_scaled_value, 0.5 as family_scaled_value,
            null::double as change_on_year, 'met' as status, 1 as months_in, 'shown' as figure_status
        from (values ('BED', 'small'), ('KEN', 'large'), ('LON', 'large')) as area (area_code, family_group)
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute(TABLES)
        yield made


@pytest.mark.parametrize(
    ("area_code", "region", "family"),
    [("BED", "60%", "[z]"), ("KEN", "60%", "50%"), ("LON", "[z]", "50%")],
)
def test_the_area_has_nothing_beside_it_where_it_is_alone(
    connection: duckdb.DuckDBPyConnection, area_code: str, region: str, family: str
) -> None:
    area = kind("area")
    (figure,) = (each for each in area.figures if each.name == "to_date")
    (found,) = rows_of(connection, Page(area, {"area_code": area_code}), [figure])
    columns = {column.name: column for column in figure.columns}
    said = [cell(columns[name], found.rows[0]) for name in ("region_value", "family_value")]
    assert said == [region, family]


def test_compare_leaves_out_regions_and_family_groups_of_one_area(connection: duckdb.DuckDBPyConnection) -> None:
    compare = kind("compare")
    (figure,) = (each for each in compare.figures if each.name == "areas")
    (found,) = rows_of(connection, Page(compare, {}), [figure])
    codes = [row["area_code"] for row in found.rows]
    assert codes == ["ENW", "region:East", "family:large", "BED", "KEN", "LON"]
