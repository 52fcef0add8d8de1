"""What became of a sampled case: OASys scores and reconviction."""

from expectations.codes import CASE_ID, INSPECTION_ID, INSPECTION_KEY
from expectations.contract import CALENDAR, OF_PEOPLE, Column, Delivery

CASE_OUTCOME = Delivery(
    kind="case_outcome",
    grain="a sampled case",
    columns=(
        INSPECTION_ID,
        CASE_ID,
        Column(
            "oasys_start",
            "integer",
            (0, 200),
            required=False,
            meaning="OASys score at the start, 0 to 200; NULL where not assessed.",
        ),
        Column(
            "oasys_latest",
            "integer",
            (0, 200),
            required=False,
            meaning="OASys score at the latest assessment, 0 to 200; NULL where not reassessed.",
        ),
        Column("oasys_rescored_on", "date", OF_PEOPLE, required=False, meaning="Day of the latest assessment."),
        Column(
            "reconvicted_on",
            "date",
            OF_PEOPLE,
            required=False,
            meaning="Day of the first reconviction; NULL where none is known.",
        ),
        Column(
            "observed_to",
            "date",
            CALENDAR,
            required=False,
            optional=True,
            meaning="Last day of observation; NULL means the inspection's published_on.",
        ),
    ),
    key=("inspection_id", "case_id"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="case_outcome_ESI-BED-2005.csv",
    case_scope="inspection_id",
    case_source="inspection",
)
