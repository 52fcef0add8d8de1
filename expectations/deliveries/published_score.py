"""Figures and words as the inspection report published them."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import COUNT, PER_CENT, Column, Delivery, Rule

PUBLISHED_SCORE = Delivery(
    kind="published_score",
    grain="a published figure",
    columns=(
        INSPECTION_ID,
        Column("sample_group"),
        Column("level", codes=("question", "criterion", "section", "overall", "thread")),
        Column("code", free_text=True),
        Column(
            "published_score_pct",
            "number",
            PER_CENT,
            required=False,
            meaning="The per cent in the report; NULL where a word or only a count was published.",
        ),
        Column("published_rating", required=False, free_text=True),
        Column("source", required=False, free_text=True),
        Column("published_numerator", "integer", COUNT, required=False, optional=True),
        Column("published_denominator", "integer", COUNT, required=False, optional=True),
        Column("published_below", "integer", COUNT, required=False, optional=True),
    ),
    key=("inspection_id", "sample_group", "level", "code"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="published_score_ESI-BED-2005.csv",
    rules=(
        Rule(
            "figure_or_word",
            "give published_score_pct, published_rating or, for a question, published_numerator or published_below",
            "published_score_pct is null and published_rating is null "
            "and published_numerator is null and published_below is null",
        ),
        Rule(
            "question_has_a_figure",
            "a question needs a figure: published_score_pct, published_numerator or published_below",
            "level = 'question' and published_rating is not null and published_score_pct is null "
            "and published_numerator is null and published_below is null",
        ),
        Rule(
            "counts_of_questions",
            "published_numerator, published_denominator and published_below belong to level question only",
            "level <> 'question' and coalesce(published_numerator, published_denominator, published_below) is not null",
        ),
        Rule(
            "numerator_within_base",
            "published_numerator must not be above published_denominator",
            "try_cast(published_numerator as double) > try_cast(published_denominator as double)",
        ),
        Rule(
            "below_within_base",
            "published_below must not be above published_denominator",
            "try_cast(published_below as double) > try_cast(published_denominator as double)",
        ),
        Rule(
            "parts_of_base",
            "published_numerator and published_below must add up to published_denominator",
            "try_cast(published_numerator as double) + try_cast(published_below as double) "
            "<> try_cast(published_denominator as double)",
        ),
    ),
)
