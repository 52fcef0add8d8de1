"""Unpaid work tables as areas publish them: investment, commencements, placements, beneficiaries."""

from expectations.codes import AREA_CODE
from expectations.contract import AMOUNT, OF_PERIODS, Column, Delivery, Rule

UNPAID_WORK = Delivery(
    kind="unpaid_work",
    grain="an area, year, table and item",
    columns=(
        AREA_CODE,
        Column("year", "span", OF_PERIODS),
        Column("table_title", header="table", free_text=True),
        Column("item", free_text=True),
        Column("value", "number", AMOUNT, required=False, as_printed=True),
        Column("unit", codes=("percent", "count"), meaning="percent or count."),
    ),
    key=("area_code", "year", "table_title", "item"),
    file_key_example="unpaid_work_BED_2005.csv",
    rules=(
        Rule(
            "percent_within_100",
            "value must be from 0 to 100 where unit is percent",
            "unit = 'percent' and try_cast(value as double) > 100",
        ),
    ),
)
