"""The risk of harm of sampled cases as managers classified it, and as inspectors would have."""

from expectations.codes import CASE_ID, INSPECTION_ID, INSPECTION_KEY, RISK_OF_HARM
from expectations.contract import Column, Delivery

CLASSES = (*RISK_OF_HARM, "unclear")

CASE_CLASSIFICATION = Delivery(
    kind="case_classification",
    grain="a sampled case",
    columns=(
        INSPECTION_ID,
        CASE_ID,
        Column("risk_of_harm_manager", codes=CLASSES),
        Column("risk_of_harm_inspector", codes=CLASSES),
    ),
    key=("inspection_id", "case_id"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="case_classification_ESI-BED-2005.csv",
    case_scope="inspection_id",
    case_source="inspection",
)
