"""What became of a sampled case: OASys scores and reconviction."""

from expectations.codes import CASE_ID, INSPECTION_ID, INSPECTION_KEY
from expectations.contract import CALENDAR, OF_PEOPLE, Column, Delivery

CASE_OUTCOME = Delivery(
    kind="case_outcome",
    grain="a sampled case",
    columns=(
        INSPECTION_ID,
        CASE_ID,
        Column("oasys_start", "integer", (0, 200), required=False),
        Column("oasys_latest", "integer", (0, 200), required=False),
        Column("oasys_rescored_on", "date", OF_PEOPLE, required=False),
        Column("reconvicted_on", "date", OF_PEOPLE, required=False),
        Column("observed_to", "date", CALENDAR, required=False, optional=True),
    ),
    key=("inspection_id", "case_id"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="case_outcome_ESI-BED-2005.csv",
    case_scope="inspection_id",
    case_source="inspection",
)
