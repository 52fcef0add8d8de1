"""What was decided on an area after its inspection, and by when it must have planned and acted."""

from expectations.codes import INSPECTION_ID, INSPECTION_KEY
from expectations.contract import CALENDAR, Column, Delivery, Rule

DECISION = Delivery(
    kind="decision",
    grain="a decision on an inspection",
    columns=(
        INSPECTION_ID,
        Column("decision", codes=("serious_concern", "further_inspection", "no_further_inspection")),
        Column("basis", free_text=True),
        Column(
            "decided_on",
            "date",
            CALENDAR,
            required=False,
            optional=True,
            meaning="Day of the decision; NULL where it is not known.",
        ),
        Column("planned_for", "date", CALENDAR, required=False, optional=True),
        Column("plan_due_on", "date", CALENDAR, required=False, optional=True),
        Column("implementation_due_on", "date", CALENDAR, required=False, optional=True),
    ),
    key=("inspection_id", "decision"),
    file_key="inspection_id",
    file_key_pattern=INSPECTION_KEY,
    file_key_example="decision_ESI-BED-2005.csv",
    rules=(
        Rule(
            "implementation_after_plan",
            "implementation_due_on must not be before plan_due_on",
            "implementation_due_on < plan_due_on",
        ),
        Rule(
            "no_further_inspection_is_planned_for_nothing",
            "planned_for must be empty where the decision is no_further_inspection",
            "decision = 'no_further_inspection' and planned_for is not null",
        ),
    ),
)
