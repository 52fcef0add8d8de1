"""Judgements: each sampled case against each question of the inspection's framework."""

from expectations.codes import CASE_ID, INSPECTION_ID, INSPECTION_KEY
from expectations.contract import Column, Delivery

JUDGEMENT = Delivery(
    kind="judgement",
    grain="a case and question",
    columns=(
        INSPECTION_ID,
        CASE_ID,
        Column("question_code"),
        Column("answer", codes=("excellent", "sufficient", "insufficient", "poor", "not_applicable")),
    ),
    key=("inspection_id", "case_id", "question_code"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="judgement_ESI-BED-2005.csv",
    case_scope="inspection_id",
    case_source="inspection",
)
