"""The cases sampled for an inspection."""

from expectations.codes import (
    AREA_CODE,
    CASE_ID,
    INSPECTION_ID,
    INSPECTION_KEY,
    KNOWN_ETHNICITY,
    ORDER_TYPES,
    RISK_OF_HARM,
    SEX,
    YES_NO,
)
from expectations.contract import Column, Delivery

CASE_SAMPLE = Delivery(
    kind="case_sample",
    grain="a sampled case",
    columns=(
        INSPECTION_ID,
        AREA_CODE,
        CASE_ID,
        Column("sample", codes=("main", "post_cja")),
        Column("order_type", codes=ORDER_TYPES),
        Column("requirements", required=False, codes=("SUP", "UPW", "AP", "DRR", "ATR"), many=True),
        Column("commenced_on", "date"),
        Column("sex", codes=SEX),
        Column("ethnicity", required=False),
        Column("age_band", codes=("18-20", "21-24", "25-34", "35-44", "45+")),
        Column("risk_of_harm", codes=RISK_OF_HARM),
        Column("ppo", codes=YES_NO),
        Column("mappa_level", "integer", required=False, minimum=1, maximum=3),
        Column("tier", "integer", required=False, minimum=1, maximum=4),
        Column("oasys_alcohol", "integer", required=False, minimum=0, maximum=8),
        Column("oasys_drugs", "integer", required=False, minimum=0, maximum=8),
        Column("assessor_type", codes=("inspector", "area_assessor")),
        Column("team_code", required=False, free_text=True),
    ),
    key=("inspection_id", "case_id"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="case_sample_ESI-BED-2005.csv",
    case_scope="inspection_id",
    rules=(KNOWN_ETHNICITY,),
)
