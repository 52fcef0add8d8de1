"""What became of a sampled case: OASys scores and reconviction."""

from expectations.codes import CASE_ID, INSPECTION_ID, INSPECTION_KEY
from expectations.contract import Column, Delivery

CASE_OUTCOME = Delivery(
    kind="case_outcome",
    grain="a sampled case",
    columns=(
        INSPECTION_ID,
        CASE_ID,
        Column("oasys_start", "integer", required=False, minimum=0, maximum=200),
        Column("oasys_latest", "integer", required=False, minimum=0, maximum=200),
        Column("oasys_rescored_on", "date", required=False),
        Column("reconvicted_on", "date", required=False),
        Column("observed_to", "date", required=False, optional=True),
    ),
    key=("inspection_id", "case_id"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="case_outcome_ESI-BED-2005.csv",
    case_scope="inspection_id",
)
