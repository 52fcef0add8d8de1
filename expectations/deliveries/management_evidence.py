"""Evidence items from which a management criterion gets its word."""

from expectations.codes import EVIDENCE_RATINGS, INSPECTION_ID, INSPECTION_KEY
from expectations.contract import NUMBERED, Column, Delivery

MANAGEMENT_EVIDENCE = Delivery(
    kind="management_evidence",
    grain="an evidence item",
    columns=(
        INSPECTION_ID,
        Column("sample_group"),
        Column("criterion_code"),
        Column("item_no", "integer", NUMBERED, meaning="Number of the item within its criterion."),
        Column("responsible", codes=("area", "NPD")),
        Column("rating", codes=EVIDENCE_RATINGS),
    ),
    key=("inspection_id", "sample_group", "criterion_code", "item_no"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="management_evidence_ESI-BED-2005.csv",
)
