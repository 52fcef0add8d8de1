"""An inspection: one row a file."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import CALENDAR, OF_PERIODS, Column, Delivery, Rule

INSPECTION = Delivery(
    kind="inspection",
    grain="an inspection",
    columns=(
        INSPECTION_ID,
        Column("framework_code"),
        Column("area_code"),
        Column("inspection_title", free_text=True),
        Column("fieldwork_from", "date", CALENDAR),
        Column("fieldwork_to", "date", CALENDAR),
        Column("published_on", "date", CALENDAR, required=False),
        Column("follow_up_of", required=False, free_text=True),
        Column("performance_year", "year", OF_PERIODS, required=False),
    ),
    key=("inspection_id",),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="inspection_ESI-BED-2005.csv",
    rules=(
        Rule(
            "fieldwork_in_order",
            "fieldwork_to must not be before fieldwork_from",
            "fieldwork_to < fieldwork_from",
        ),
        Rule(
            "follow_up_of_another",
            "follow_up_of must name another inspection, not this one",
            "follow_up_of = inspection_id",
        ),
    ),
)
