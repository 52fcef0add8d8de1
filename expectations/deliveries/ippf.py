"""Published figures and grades of the Integrated Probation Performance Framework."""

from expectations.codes import AREA_CODE
from expectations.contract import Column, Delivery, Rule

IPPF = Delivery(
    kind="ippf",
    grain="an area, period and metric",
    columns=(
        AREA_CODE,
        Column("period_from", "date"),
        Column("period_to", "date"),
        Column("domain", free_text=True),
        Column("metric", free_text=True),
        Column("actual", "figure", required=False),
        Column("target", "figure", required=False),
        Column("national", "figure", required=False),
        Column("previous_year", "figure", required=False),
        Column("ippf_grade", "integer", required=False, minimum=1, maximum=4),
        Column("counts_towards_domain", codes=("0", "1")),
    ),
    key=("area_code", "period_from", "period_to", "metric"),
    file_key_example="ippf_NWA_2007.csv",
    rules=(Rule("period_in_order", "period_to must not be before period_from", "period_to < period_from"),),
)
