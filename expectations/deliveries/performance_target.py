"""Targets of a performance year, by area and measure; area ENW stands for everywhere."""

from expectations.contract import COUNT, OF_PERIODS, Column, Delivery, Rule
from expectations.reference import measures_by_unit, sql_list

_RATIOS = sql_list(measures_by_unit("proportion", "days_per_head"))
_PARTS = "try_cast(string_split(profile, ';') as decimal(24, 9)[])"

PERFORMANCE_TARGET = Delivery(
    kind="performance_target",
    grain="a year, area and measure",
    columns=(
        Column("performance_year", "year", OF_PERIODS, meaning="Performance year, April to March, written 2004/05."),
        Column(
            "area_code", meaning="One of the 42 areas, a quadrant of London, or ENW for everywhere; not checked yet."
        ),
        Column("measure_code", meaning="Measure as delivered; not checked yet."),
        Column("target", "number", COUNT, meaning="A proportion, a count for the year, or days per head for the year."),
        Column("direction", codes=("higher", "lower"), meaning="higher or lower: which is better."),
        Column("profile", "number", COUNT, required=False, optional=True, many=True),
    ),
    key=("performance_year", "area_code", "measure_code"),
    file_key="replace(performance_year, '/', '-')",
    file_key_pattern=r"[12][0-9]{3}-[0-9]{2}",
    file_key_example="performance_target_2004-05.csv",
    cadence="yearly",
    counts_in_figures=True,
    rules=(
        Rule(
            "profile_of_twelve",
            "profile must be twelve numbers, for April to March, with ; between them",
            "length(profile) - length(replace(profile, ';', '')) <> 11",
        ),
        Rule(
            "profile_adds_up",
            "the twelve numbers of profile must add up to target",
            f"list_count({_PARTS}) = 12 and list_sum({_PARTS}) <> try_cast(target as decimal(24, 9))",
        ),
        Rule(
            "profile_of_a_count",
            "profile must be empty where the measure is not a count against target",
            f"profile is not null and measure_code in ({_RATIOS})",
        ),
    ),
)
