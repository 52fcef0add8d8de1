"""Unpaid work tables as areas publish them: investment, commencements, placements, beneficiaries."""

from expectations.codes import AREA_CODE
from expectations.contract import Column, Delivery

UNPAID_WORK = Delivery(
    kind="unpaid_work",
    grain="an area, year, table and item",
    columns=(
        AREA_CODE,
        Column("year", free_text=True),
        Column("table_title", header="table", free_text=True),
        Column("item", free_text=True),
        Column("value", "number", required=False, minimum=0),
        Column("unit", codes=("percent", "count")),
    ),
    key=("area_code", "year", "table_title", "item"),
    file_key_example="unpaid_work_BED_2005.csv",
)
