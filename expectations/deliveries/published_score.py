"""Figures and words as the inspection report published them."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import PER_CENT, Column, Delivery, Rule

PUBLISHED_SCORE = Delivery(
    kind="published_score",
    grain="a published figure",
    columns=(
        INSPECTION_ID,
        Column("sample_group"),
        Column("level", codes=("criterion", "section", "overall", "thread")),
        Column("code", free_text=True),
        Column("published_score_pct", "number", PER_CENT, required=False),
        Column("published_rating", required=False, free_text=True),
        Column("source", required=False, free_text=True),
    ),
    key=("inspection_id", "sample_group", "level", "code"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="published_score_ESI-BED-2005.csv",
    rules=(
        Rule(
            "figure_or_word",
            "give either published_score_pct or published_rating",
            "published_score_pct is null and published_rating is null",
        ),
    ),
)
