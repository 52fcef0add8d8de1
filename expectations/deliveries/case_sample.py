"""The cases sampled for an inspection."""

from expectations.codes import (
    CASE_ID,
    INSPECTION_ID,
    INSPECTION_KEY,
    KNOWN_ETHNICITY,
    ORDER_TYPES,
    RISK_OF_HARM,
    SEX,
    YES_NO,
)
from expectations.contract import OF_PEOPLE, Column, Delivery

CASE_SAMPLE = Delivery(
    kind="case_sample",
    grain="a sampled case",
    columns=(
        INSPECTION_ID,
        Column("area_code", meaning="The area as delivered; must be the one inspected."),
        CASE_ID,
        Column("sample", codes=("main", "post_cja")),
        Column("order_type", codes=ORDER_TYPES),
        Column("requirements", required=False, codes=("SUP", "UPW", "AP", "DRR", "ATR"), many=True),
        Column("commenced_on", "date", OF_PEOPLE),
        Column("sex", codes=SEX),
        Column("ethnicity", required=False),
        Column("age_band", codes=("18-20", "21-24", "25-34", "35-44", "45+")),
        Column("risk_of_harm", codes=RISK_OF_HARM),
        Column("ppo", codes=YES_NO),
        Column("mappa_level", "integer", (1, 3), required=False),
        Column("tier", "integer", (1, 4), required=False),
        Column("oasys_alcohol", "integer", (0, 8), required=False),
        Column("oasys_drugs", "integer", (0, 8), required=False),
        Column("assessor_type", codes=("inspector", "area_assessor")),
        Column("team_code", required=False, free_text=True),
    ),
    key=("inspection_id", "case_id"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="case_sample_ESI-BED-2005.csv",
    case_scope="inspection_id",
    case_source="inspection",
    rules=(KNOWN_ETHNICITY,),
)
