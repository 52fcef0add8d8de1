"""A lead inspector's adjustment of a rating, which needs a reason."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import CALENDAR, Column, Delivery

SCORE_ADJUSTMENT = Delivery(
    kind="score_adjustment",
    grain="an adjustment",
    columns=(
        INSPECTION_ID,
        Column("sample_group"),
        Column("criterion_code"),
        Column("adjusted_rating"),
        Column("reason", free_text=True),
        Column("decided_by", free_text=True, meaning="Who decided."),
        Column("decided_on", "date", CALENDAR, meaning="Day of the decision; the latest of a criterion counts."),
    ),
    key=("inspection_id", "sample_group", "criterion_code", "decided_on"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="score_adjustment_ESI-BED-2005.csv",
)
