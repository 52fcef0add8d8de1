"""A theme over several inspections: its areas, and the counts that its report printed."""

from expectations.codes import INSPECTION_KEY
from expectations.contract import COUNT, Column, Delivery

THEME = Delivery(
    kind="theme",
    grain="an area in a theme",
    columns=(
        Column("theme_code"),
        Column("theme_title", free_text=True),
        Column("sample_group", meaning="The group of cases that the theme is about (`dim_sample_group`)."),
        Column("area_code", meaning="The area in the theme."),
        Column("inspection_id", required=False),
        Column("cases_about", "integer", COUNT, required=False, optional=True),
        Column("severe_stand_downs_areas", "integer", COUNT, required=False, optional=True),
        Column("work_without_risk_assessment_areas", "integer", COUNT, required=False, optional=True),
    ),
    key=("theme_code", "area_code"),
    file_key="theme_code",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="theme_ECP-UPW-2006.csv",
)
