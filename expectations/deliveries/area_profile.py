"""What an area is like, at a date: the context in which its figures are read."""

from expectations.codes import AREA_CODE
from expectations.contract import AMOUNT, CALENDAR, COUNT, PER_CENT, Bounds, Column, Delivery

RANK: Bounds = (1, 1_000)
"""Among areas."""
PER_1000: Bounds = (0, 10_000)
"""Where few live, more than one crime a resident is recorded."""

AREA_PROFILE = Delivery(
    kind="area_profile",
    grain="an area and date",
    columns=(
        AREA_CODE,
        Column("as_at", "date", CALENDAR),
        Column("population", "integer", AMOUNT, required=False),
        Column("density_per_sq_km", "number", COUNT, required=False),
        Column("minority_ethnic_pct", "number", PER_CENT, required=False),
        Column("recorded_crime_per_1000", "number", PER_1000, required=False),
        Column("violent_crime_per_1000", "number", PER_1000, required=False),
        Column("found_guilty_or_cautioned_per_100k", "number", (0, 100_000), required=False),
        Column("family_group", required=False, free_text=True),
        Column("main_revenue_gbp_m", "number", (0, 10_000), required=False),
        Column("size_rank", "integer", RANK, required=False),
        Column("scorecard_rank", "integer", RANK, required=False),
        Column("scorecard_units", "integer", RANK, required=False),
        Column("source", required=False, free_text=True),
    ),
    key=("area_code", "as_at"),
    file_key_example="area_profile_2005.csv",
)
