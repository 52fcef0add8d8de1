"""Recommendations of an inspection and where they stand."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import CALENDAR, NUMBERED, Column, Delivery

RECOMMENDATION = Delivery(
    kind="recommendation",
    grain="a recommendation",
    columns=(
        INSPECTION_ID,
        Column("recommendation_no", "integer", NUMBERED, meaning="Number of the recommendation in the report."),
        Column("theme", free_text=True, meaning="Theme: free text."),
        Column(
            "criterion_code", required=False, meaning="The criterion it follows from; NULL where it follows from none."
        ),
        Column("addressed_to", free_text=True, meaning="Who must act: free text."),
        Column("due_on", "date", CALENDAR, required=False, optional=True, meaning="Day by which it should be done."),
        Column("status", codes=("open", "closed", "superseded")),
        Column("status_on", "date", CALENDAR, meaning="Day from which the status holds."),
        Column("part", codes=("main", "thematic element"), required=False, optional=True),
    ),
    key=("inspection_id", "recommendation_no"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="recommendation_ESI-BED-2005.csv",
)
