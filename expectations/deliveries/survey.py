"""Survey answers gathered for an inspection, counted by question."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import Column, Delivery, Rule

SURVEY = Delivery(
    kind="survey",
    grain="a survey question",
    columns=(
        INSPECTION_ID,
        Column("respondent_group", codes=("offender", "victim", "sentencer", "staff", "beneficiary")),
        Column("survey_question", free_text=True),
        Column("asked", "integer", minimum=0),
        Column("responded", "integer", minimum=0),
        Column("positive", "integer", minimum=0),
    ),
    key=("inspection_id", "respondent_group", "survey_question"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="survey_OMI-NWA-2008.csv",
    rules=(
        Rule(
            "responded_within_asked",
            "responded must not be above asked",
            "try_cast(responded as bigint) > try_cast(asked as bigint)",
        ),
        Rule(
            "positive_within_responded",
            "positive must not be above responded",
            "try_cast(positive as bigint) > try_cast(responded as bigint)",
        ),
    ),
)
