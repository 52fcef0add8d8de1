"""The monthly NSmart extract: the sample of cases on which national standards performance is monitored.

Odd but legitimate, so not checked: more appointments arranged than required, absences above arranged minus kept
(they count over the whole order). Loaded and flagged: far more arranged than required. Counted only: acts dated after
the month's end, and any unknown ethnicity: a few in most months are what measure ETH is about, many more than before
are an unusual share.
"""

from dataclasses import replace

from expectations.codes import AREA_MONTH_KEY, AREA_OR_QUADRANT, KNOWN_ETHNICITY, ORDER_TYPES, RISK_OF_HARM, SEX, YES_NO
from expectations.contract import COUNT, NUMBERED, OF_PEOPLE, OF_PERIODS, Column, Delivery, Rule

MOST_ARRANGED = "3 * try_cast(appts_required as double) + 10"
"""More appointments than this in a month are likelier a typing error than zeal. Our own bound: none was published."""

_LAST_ACT = ", ".join(
    f"try_strptime({name}, '%d/%m/%Y')"
    for name in ("breach_initiated_on", "risk_assessment_on", "risk_plan_on", "sentence_plan_on")
)

NSMART = Delivery(
    kind="nsmart",
    grain="a sampled case",
    columns=(
        AREA_OR_QUADRANT,
        Column("data_period", "period", OF_PERIODS),
        Column("record_no", "integer", NUMBERED, meaning="Number of the record in the area's month."),
        Column("case_ref", identifier=True),
        Column("order_type", codes=ORDER_TYPES),
        Column("commenced_on", "date_dmy", OF_PEOPLE),
        Column("risk_of_harm", codes=RISK_OF_HARM),
        Column("ppo", codes=YES_NO),
        Column("sex", codes=SEX),
        Column("ethnicity", required=False),
        Column("appts_required", "integer", COUNT),
        Column("appts_arranged", "integer", COUNT),
        Column("appts_kept", "integer", COUNT),
        Column("unacceptable_absences", "integer", COUNT),
        Column("allowed_to_continue", codes=YES_NO),
        Column(
            "breach_required_on",
            "date_dmy",
            OF_PEOPLE,
            required=False,
            meaning="Day of the absence that required breach; NULL where none did.",
        ),
        Column(
            "breach_initiated_on",
            "date_dmy",
            OF_PEOPLE,
            required=False,
            meaning="Day breach was initiated; NULL where it was not.",
        ),
        Column(
            "risk_assessment_on",
            "date_dmy",
            OF_PEOPLE,
            required=False,
            meaning="Day the risk assessment was completed; NULL where it was not.",
        ),
        Column(
            "risk_plan_on",
            "date_dmy",
            OF_PEOPLE,
            required=False,
            meaning="Day the risk management plan was completed; NULL where it was not.",
        ),
        Column(
            "sentence_plan_on",
            "date_dmy",
            OF_PEOPLE,
            required=False,
            meaning="Day the sentence plan was completed; NULL where it was not.",
        ),
        Column("team_code", required=False, free_text=True),
    ),
    key=("area_code", "data_period", "record_no"),
    file_key="area_code || '_' || data_period",
    file_key_pattern=AREA_MONTH_KEY,
    file_key_example="nsmart_BED_0404.csv",
    cadence="monthly",
    sender_in_key=True,
    counts_in_figures=True,
    case_scope="area_code",
    case_source="nsmart",
    rules=(
        Rule(
            "kept_within_arranged",
            "appts_kept must not be above appts_arranged",
            "try_cast(appts_kept as double) > try_cast(appts_arranged as double)",
        ),
        Rule(
            "arranged_near_required",
            "appts_arranged should not be more than three times appts_required and ten",
            f"try_cast(appts_arranged as double) > {MOST_ARRANGED}",
            severity="warning",
        ),
        replace(KNOWN_ETHNICITY, severity="info"),
        Rule(
            "acts_within_month",
            "an act is dated after the month's end",
            f"greatest({_LAST_ACT}) >= try_strptime(data_period, '%m%y') + interval 1 month",
            severity="info",
        ),
    ),
)
