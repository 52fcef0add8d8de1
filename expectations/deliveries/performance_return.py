"""The monthly performance return: what an area counts in full."""

from expectations.codes import AREA_MONTH_KEY, AREA_OR_QUADRANT
from expectations.contract import COUNT, OF_PERIODS, Column, Delivery, Rule
from expectations.reference import measures_by_unit, sql_list

_PROPORTIONS = sql_list(measures_by_unit("proportion"))
_RATIOS = sql_list(measures_by_unit("proportion", "days_per_head"))

PERFORMANCE_RETURN = Delivery(
    kind="performance_return",
    grain="an area, month and measure",
    columns=(
        AREA_OR_QUADRANT,
        Column("data_period", "period", OF_PERIODS),
        Column("measure_code", meaning="Measure as delivered; not checked yet."),
        Column("numerator", "number", COUNT, meaning="What the measure's `numerator_is` names."),
        Column(
            "denominator",
            "number",
            COUNT,
            required=False,
            meaning="What its `denominator_is` names; not used for counts against target.",
        ),
    ),
    key=("area_code", "data_period", "measure_code"),
    file_key="area_code || '_' || data_period",
    file_key_pattern=AREA_MONTH_KEY,
    file_key_example="performance_return_BED_0404.csv",
    cadence="monthly",
    sender_in_key=True,
    counts_in_figures=True,
    rules=(
        Rule(
            "numerator_within_denominator",
            "numerator must not be above denominator where the measure is a proportion",
            f"measure_code in ({_PROPORTIONS}) and try_cast(numerator as double) > try_cast(denominator as double)",
        ),
        Rule(
            "denominator_given",
            "give the denominator where the measure is a proportion or an average",
            f"measure_code in ({_RATIOS}) and denominator is null",
        ),
    ),
)
