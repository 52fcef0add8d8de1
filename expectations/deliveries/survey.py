"""Survey answers gathered for an inspection, counted by question."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import COUNT, Column, Delivery, Rule

SURVEY = Delivery(
    kind="survey",
    grain="a survey question",
    columns=(
        INSPECTION_ID,
        Column("respondent_group", codes=("offender", "victim", "sentencer", "staff", "beneficiary")),
        Column("survey_question", free_text=True),
        Column("asked", "integer", COUNT),
        Column("responded", "integer", COUNT),
        Column("positive", "integer", COUNT),
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
    ),
)
