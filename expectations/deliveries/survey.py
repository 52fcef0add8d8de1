"""Survey answers gathered for an inspection, counted by question."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import COUNT, PER_CENT, Column, Delivery, Rule

SURVEY = Delivery(
    kind="survey",
    grain="a survey question",
    columns=(
        INSPECTION_ID,
        Column("respondent_group", codes=("offender", "victim", "sentencer", "staff", "beneficiary")),
        Column("survey_question", free_text=True),
        Column("asked", "integer", COUNT, required=False, optional=True, meaning="Number of people asked."),
        Column("responded", "integer", COUNT, required=False, optional=True, meaning="Number of people who answered."),
        Column(
            "positive",
            "integer",
            COUNT,
            required=False,
            optional=True,
            meaning="Number of people who answered positively.",
        ),
        Column(
            "response_pct",
            "number",
            PER_CENT,
            required=False,
            optional=True,
            meaning="Response rate as printed, in per cent; NULL where none is.",
        ),
        Column(
            "positive_pct",
            "number",
            PER_CENT,
            required=False,
            optional=True,
            meaning="Share of positive answers as printed, in per cent; NULL where none is.",
        ),
    ),
    key=("inspection_id", "respondent_group", "survey_question"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="survey_OMI-NWA-2008.csv",
    rules=(
        Rule(
            "responded_within_asked",
            "responded must not be above asked",
            "try_cast(responded as double) > try_cast(asked as double)",
        ),
        Rule(
            "positive_within_responded",
            "positive must not be above responded",
            "try_cast(positive as double) > try_cast(responded as double)",
        ),
        Rule(
            "positive_within_asked",
            "positive must not be above asked",
            "try_cast(positive as double) > try_cast(asked as double)",
        ),
        Rule(
            "answers_or_response",
            "give positive, positive_pct or response_pct",
            "coalesce(positive, positive_pct, response_pct) is null",
        ),
        Rule(
            "positive_pct_of_its_counts",
            "positive_pct is not what positive makes of responded",
            "abs(try_cast(positive as double) * 100 / nullif(try_cast(responded as double), 0) "
            "- try_cast(positive_pct as double)) > 0.5",
            severity="warning",
        ),
    ),
)
