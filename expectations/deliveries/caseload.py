"""An area's caseload, staff and resources, as tables of published items."""

from expectations.codes import AREA_CODE
from expectations.contract import AMOUNT, OF_PERIODS, Column, Delivery, Rule

CASELOAD = Delivery(
    kind="caseload",
    grain="an area, year, table, item and unit",
    columns=(
        AREA_CODE,
        Column("year", "span", OF_PERIODS),
        Column("table_title", header="table", free_text=True),
        Column("item", free_text=True),
        Column("value", "number", AMOUNT),
        Column("unit", codes=("percent", "cases", "gbp_m", "places")),
    ),
    key=("area_code", "year", "table_title", "item", "unit"),
    file_key="area_code || right(file_key, 5)",
    file_key_pattern=r"[A-Z]{3}_[12][0-9]{3}",
    file_key_example="caseload_NWA_2007.csv",
    sender_in_key=True,
    rules=(
        Rule(
            "percent_within_100",
            "value must be from 0 to 100 where unit is percent",
            "unit = 'percent' and try_cast(value as double) > 100",
        ),
        Rule(
            "whole_cases_and_places",
            "value must be a whole number where unit is cases or places",
            "unit in ('cases', 'places') and contains(value, '.')",
        ),
    ),
)
