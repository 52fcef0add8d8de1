"""The notifications that an operator can switch on: accepted by Prefect, off as delivered, and about nights alone."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import yaml
from prefect.events.schemas.automations import AutomationCore
from prefect.server.events.schemas.automations import AutomationCreate, EventTrigger
from prefect.server.events.schemas.events import ReceivedEvent

from flows import report
from flows.settings import PROJECT

FAILED, MISSING, SET_ASIDE = "casebook night failed", "casebook night missing", "casebook delivery set aside"


def _automations() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load((PROJECT / "automations.yaml").read_text(encoding="utf-8"))
    return {automation["name"]: automation for automation in content["automations"]}


def _trigger(name: str) -> EventTrigger:
    trigger = AutomationCreate.model_validate(_automations()[name]).trigger
    assert isinstance(trigger, EventTrigger)
    return trigger


def _event(state: str, flow: str = "nightly") -> ReceivedEvent:
    """What Prefect's server tells of a flow run that enters a state."""
    return ReceivedEvent(
        id=uuid4(),
        occurred=datetime.now(UTC),
        event=f"prefect.flow-run.{state}",
        resource={"prefect.resource.id": f"prefect.flow-run.{uuid4()}", "prefect.resource.name": "nightly"},
        related=[
            {
                "prefect.resource.id": f"prefect.flow.{uuid4()}",
                "prefect.resource.role": "flow",
                "prefect.resource.name": flow,
            }
        ],
    )


@pytest.mark.parametrize("name", [FAILED, MISSING, SET_ASIDE])
def test_prefect_accepts_the_automation_and_it_is_off_until_switched_on(name: str) -> None:
    automation = _automations()[name]
    for accepted in (AutomationCore.model_validate(automation), AutomationCreate.model_validate(automation)):
        assert not accepted.enabled


@pytest.mark.parametrize("name", [FAILED, MISSING, SET_ASIDE])
def test_a_notification_is_one_sentence_that_names_the_runbook(name: str) -> None:
    (action,) = _automations()[name]["actions"]
    assert action["body"].endswith(".")
    assert action["body"].count(". ") == 0
    assert "docs/runbook.md" in action["body"]
    assert (PROJECT / "docs" / "runbook.md").exists()


@pytest.mark.parametrize("name", [FAILED, MISSING, SET_ASIDE])
def test_a_notification_quotes_no_error_since_it_leaves_the_machine(name: str) -> None:
    (action,) = _automations()[name]["actions"]
    assert "message" not in action["body"]


@pytest.mark.parametrize("state", ["Failed", "Crashed", "TimedOut"])
def test_a_night_that_ends_without_a_publication_is_told_at_once(state: str) -> None:
    trigger = _trigger(FAILED)
    assert trigger.immediate
    assert trigger.covers(_event(state))
    assert trigger.expects(f"prefect.flow-run.{state}")


def test_a_night_that_completes_and_other_flows_are_not_told() -> None:
    trigger = _trigger(FAILED)
    assert not trigger.expects("prefect.flow-run.Completed")
    assert not trigger.covers(_event("Failed", flow="another"))


def test_a_missing_night_is_told_26_hours_after_the_last_that_completed() -> None:
    trigger = _trigger(MISSING)
    completed = _event("Completed")
    assert trigger.covers(completed)
    assert trigger.starts_after(completed.event)
    assert trigger.expects(completed.event)
    assert not trigger.meets_threshold(1)
    assert trigger.meets_threshold(0)
    assert trigger.within.total_seconds() == 26 * 3600


def test_a_delivery_that_a_night_set_aside_is_told_by_the_event_that_the_night_emits() -> None:
    trigger = _trigger(SET_ASIDE)
    event = ReceivedEvent(
        id=uuid4(),
        occurred=datetime.now(UTC),
        event=report.SET_ASIDE,
        resource={"prefect.resource.id": report.delivery_resource("nsmart_BED_0404")},
    )
    assert trigger.immediate
    assert trigger.covers(event)
    assert trigger.expects(event.event)
    assert not trigger.covers(_event("Completed"))
