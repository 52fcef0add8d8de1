"""Published figures and grades of the Integrated Probation Performance Framework."""

from expectations.codes import AREA_CODE
from expectations.contract import AMOUNT, CALENDAR, Bounds, Column, Delivery, Rule

EITHER_SIGN: Bounds = (-AMOUNT[1], AMOUNT[1])

NO_FIGURE = ("###", "n/a", "under review")
"""What reports print in place of a figure: one too wide for its cell, none, and one whose data are under review."""


def _figure(name: str, *, optional: bool = False, meaning: str = "") -> Column:
    return Column(name, "figure", EITHER_SIGN, required=False, optional=optional, words=NO_FIGURE, meaning=meaning)


IPPF = Delivery(
    kind="ippf",
    grain="an area, period and metric",
    columns=(
        AREA_CODE,
        Column("period_from", "date", CALENDAR, meaning="First day of the period."),
        Column("period_to", "date", CALENDAR, meaning="Last day of the period."),
        Column("domain", free_text=True),
        Column("metric", free_text=True),
        _figure("actual"),
        _figure("target", meaning="Target, as `actual`."),
        _figure("national"),
        _figure("previous_year"),
        Column("ippf_grade", "integer", (1, 4), required=False, words=NO_FIGURE),
        Column("counts_towards_domain", codes=("0", "1")),
        _figure("predicted", optional=True),
        _figure("difference", optional=True),
        Column("significant", codes=("Yes", "No"), required=False, optional=True),
    ),
    key=("area_code", "period_from", "period_to", "metric"),
    file_key_example="ippf_NWA_2007.csv",
    rules=(Rule("period_in_order", "period_to must not be before period_from", "period_to < period_from"),),
)
