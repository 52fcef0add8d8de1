"""Targets of a performance year, by area and measure; area ENW stands for everywhere."""

from expectations.codes import AREA_CODE
from expectations.contract import Column, Delivery, Rule
from expectations.reference import measures_by_unit, sql_list

_RATIOS = sql_list(measures_by_unit("proportion", "days_per_head"))
_COUNT = r" *[0-9]{1,15}(\.[0-9]{1,12})? *"
_PARTS = "try_cast(string_split(profile, ';') as decimal(38, 12)[])"

PERFORMANCE_TARGET = Delivery(
    kind="performance_target",
    grain="a year, area and measure",
    columns=(
        Column("performance_year", "year"),
        AREA_CODE,
        Column("measure_code"),
        Column("target", "number", minimum=0),
        Column("direction", codes=("higher", "lower")),
        Column("profile", required=False, optional=True),
    ),
    key=("performance_year", "area_code", "measure_code"),
    file_key="replace(performance_year, '/', '-')",
    file_key_pattern=r"[12][0-9]{3}-[0-9]{2}",
    file_key_example="performance_target_2004-05.csv",
    rules=(
        Rule(
            "profile_form",
            "profile must be twelve numbers from 0, for April to March, with ; between them",
            f"not regexp_full_match(profile, '{_COUNT}(;{_COUNT}){{11}}')",
        ),
        Rule(
            "profile_adds_up",
            "the twelve numbers of profile must add up to target",
            f"list_count({_PARTS}) = 12 and list_sum({_PARTS}) <> try_cast(target as decimal(38, 12))",
        ),
        Rule(
            "profile_of_a_count",
            "profile must be empty where the measure is not a count against target",
            f"profile is not null and measure_code in ({_RATIOS})",
        ),
    ),
)
