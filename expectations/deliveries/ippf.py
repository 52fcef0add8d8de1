"""Published figures and grades of the Integrated Probation Performance Framework."""

from expectations.codes import AREA_CODE
from expectations.contract import AMOUNT, CALENDAR, Bounds, Column, Delivery, Rule

EITHER_SIGN: Bounds = (-AMOUNT[1], AMOUNT[1])

IPPF = Delivery(
    kind="ippf",
    grain="an area, period and metric",
    columns=(
        AREA_CODE,
        Column("period_from", "date", CALENDAR),
        Column("period_to", "date", CALENDAR),
        Column("domain", free_text=True),
        Column("metric", free_text=True),
        Column("actual", "figure", EITHER_SIGN, required=False),
        Column("target", "figure", EITHER_SIGN, required=False),
        Column("national", "figure", EITHER_SIGN, required=False),
        Column("previous_year", "figure", EITHER_SIGN, required=False),
        Column("ippf_grade", "integer", (1, 4), required=False),
        Column("counts_towards_domain", codes=("0", "1")),
    ),
    key=("area_code", "period_from", "period_to", "metric"),
    file_key_example="ippf_NWA_2007.csv",
    rules=(Rule("period_in_order", "period_to must not be before period_from", "period_to < period_from"),),
)
