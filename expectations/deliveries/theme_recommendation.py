"""Recommendations of a theme's report, which are of no single inspection."""

from expectations.codes import INSPECTION_KEY
from expectations.contract import CALENDAR, NUMBERED, Column, Delivery

THEME_RECOMMENDATION = Delivery(
    kind="theme_recommendation",
    grain="a recommendation of a theme",
    columns=(
        Column("theme_code"),
        Column("recommendation_no", "integer", NUMBERED, meaning="Number of the recommendation in the theme's report."),
        Column("theme", free_text=True, meaning="What is recommended: free text."),
        Column("addressed_to", free_text=True, meaning="Who must act: free text."),
        Column(
            "due_on",
            "date",
            CALENDAR,
            required=False,
            optional=True,
            meaning="Day by which it should be done; NULL where none was printed.",
        ),
        Column("status", codes=("open", "closed", "superseded")),
        Column(
            "status_on",
            "date",
            CALENDAR,
            required=False,
            optional=True,
            meaning="Day from which the status holds; NULL where it is not known.",
        ),
    ),
    key=("theme_code", "recommendation_no"),
    file_key="theme_code",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="theme_recommendation_ECP-UPW-2006.csv",
)
