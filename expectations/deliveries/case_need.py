"""What sampled cases need, such as work on accommodation or alcohol, and the progress made with it."""

from expectations.codes import CASE_ID, INSPECTION_ID, INSPECTION_KEY
from expectations.contract import Column, Delivery

CASE_NEED = Delivery(
    kind="case_need",
    grain="a sampled case and need",
    columns=(
        INSPECTION_ID,
        CASE_ID,
        Column("need"),
        Column("progress", codes=("better", "same", "worse"), required=False, optional=True),
    ),
    key=("inspection_id", "case_id", "need"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="case_need_ESI-DVC-2006.csv",
    case_scope="inspection_id",
    case_source="inspection",
)
