"""Recommendations of an inspection and where they stand."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import CALENDAR, NUMBERED, Column, Delivery

RECOMMENDATION = Delivery(
    kind="recommendation",
    grain="a recommendation",
    columns=(
        INSPECTION_ID,
        Column("recommendation_no", "integer", NUMBERED),
        Column("theme", free_text=True),
        Column("criterion_code", required=False),
        Column("addressed_to", free_text=True),
        Column("due_on", "date", CALENDAR, required=False, optional=True),
        Column("status", codes=("open", "closed", "superseded")),
        Column("status_on", "date", CALENDAR),
        Column("part", codes=("main", "thematic element"), required=False, optional=True),
    ),
    key=("inspection_id", "recommendation_no"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="recommendation_ESI-BED-2005.csv",
)
