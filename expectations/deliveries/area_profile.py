"""What an area is like, at a date: the context in which its figures are read."""

from expectations.codes import AREA_CODE
from expectations.contract import Column, Delivery

AREA_PROFILE = Delivery(
    kind="area_profile",
    grain="an area and date",
    columns=(
        AREA_CODE,
        Column("as_at", "date"),
        Column("population", "integer", required=False, minimum=0),
        Column("density_per_sq_km", "number", required=False, minimum=0),
        Column("minority_ethnic_pct", "number", required=False, minimum=0, maximum=100),
        Column("recorded_crime_per_1000", "number", required=False, minimum=0),
        Column("violent_crime_per_1000", "number", required=False, minimum=0),
        Column("found_guilty_or_cautioned_per_100k", "number", required=False, minimum=0),
        Column("family_group", required=False, free_text=True),
        Column("main_revenue_gbp_m", "number", required=False, minimum=0),
        Column("size_rank", "integer", required=False, minimum=1),
        Column("scorecard_rank", "integer", required=False, minimum=1),
        Column("scorecard_units", "integer", required=False, minimum=1),
        Column("source", required=False, free_text=True),
    ),
    key=("area_code", "as_at"),
    file_key_example="area_profile_2005.csv",
)
