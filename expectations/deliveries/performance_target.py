"""Targets of a performance year, by area and measure; area ENW stands for everywhere."""

from expectations.codes import AREA_CODE
from expectations.contract import Column, Delivery

PERFORMANCE_TARGET = Delivery(
    kind="performance_target",
    grain="a year, area and measure",
    columns=(
        Column("performance_year", "year"),
        AREA_CODE,
        Column("measure_code"),
        Column("target", "number", minimum=0),
        Column("direction", codes=("higher", "lower")),
    ),
    key=("performance_year", "area_code", "measure_code"),
    file_key="replace(performance_year, '/', '-')",
    file_key_pattern=r"[12][0-9]{3}-[0-9]{2}",
    file_key_example="performance_target_2004-05.csv",
)
