"""A withdrawal is on record with who, when and why, and takes out nothing that is not there."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.base.errors import AnotherNightRunning, CannotWithdraw
from flows.base.night import Night, alone
from flows.recover.withdraw import withdraw
from flows.warehouse import changes
from tests.conftest import Deliver, RunIntake

TARGETS = "performance_year,area_code,measure_code,target,direction\n2004/05,ENW,ENF,0.{},higher\n"
KIND, KEY = "performance_target", "2004-05"
NAME = f"{KIND}_{KEY}"


@pytest.fixture
def known(deliver: Deliver, intake: RunIntake) -> Night:
    """Revisions 1 and 3 of a delivery; 2 could not be read."""
    deliver(f"{NAME}.csv", TARGETS.format(8))
    deliver(f"{NAME}_r2.csv", "nothing\nof the kind\n")
    deliver(f"{NAME}_r3.csv", TARGETS.format(9))
    return intake().night


def recorded(night: Night) -> list[tuple[object, ...]]:
    """Every withdrawal, without who and when."""
    with night.warehouse.connect() as connection:
        return connection.execute(
            "select kind, delivery_key, first_revision, last_revision, reason from intake.withdrawal"
        ).fetchall()


def test_a_withdrawal_records_who_when_and_why(known: Night) -> None:
    done = withdraw(known.warehouse, KIND, KEY, "  Sent\nby mistake ")
    assert recorded(known) == [(KIND, KEY, 1, 3, "Sent by mistake.")]
    assert done.withdrawn_by
    assert datetime.now(UTC).replace(tzinfo=None) - done.withdrawn_at < timedelta(minutes=1)


def test_a_single_revision_may_be_withdrawn(known: Night) -> None:
    withdraw(known.warehouse, KIND, KEY, "Wrong.", revision=3)
    assert recorded(known) == [(KIND, KEY, 3, 3, "Wrong.")]


@pytest.mark.parametrize(
    ("kind", "key", "reason", "revision", "sentence"),
    [
        ("nsmrt", KEY, "Wrong.", None, "There is no kind of delivery nsmrt"),
        (KIND, "2005-06", "Wrong.", None, "No delivery performance_target 2005-06 has come"),
        (KIND, KEY, "Wrong.", 7, "There is no revision 7 of performance_target 2004-05: there is 1, 3"),
        (KIND, KEY, "Wrong.", 2, "There is no revision 2"),
        (KIND, KEY, " \n", None, "Say why"),
        (KIND, KEY, "x" * 301, None, "longer than 300"),
    ],
)
def test_what_never_came_cannot_be_withdrawn(
    known: Night, kind: str, key: str, reason: str, revision: int | None, sentence: str
) -> None:
    with pytest.raises(CannotWithdraw, match=sentence):
        withdraw(known.warehouse, kind, key, reason, revision)
    assert recorded(known) == []


def test_a_delivery_that_was_only_rejected_cannot_be_withdrawn(deliver: Deliver, intake: RunIntake) -> None:
    deliver(f"{NAME}.csv", "nothing\nof the kind\n")
    with pytest.raises(CannotWithdraw, match="was rejected"):
        withdraw(intake().night.warehouse, KIND, KEY, "Wrong.")


def test_nothing_is_withdrawn_where_there_is_no_warehouse(night: Night) -> None:
    with pytest.raises(CannotWithdraw, match="no warehouse"):
        withdraw(night.warehouse, KIND, KEY, "Wrong.")


def test_a_withdrawal_does_not_cross_a_running_night(known: Night) -> None:
    with alone(known.warehouse), pytest.raises(AnotherNightRunning):
        withdraw(known.warehouse, KIND, KEY, "Wrong.")


def test_a_withdrawal_is_a_reason_to_build_its_kind(known: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "calendar", lambda _: "calendar")
    changes.changed_inputs(known)
    changes.complete(known, {})
    assert changes.changed_inputs(known) == frozenset()
    withdraw(known.warehouse, KIND, KEY, "Wrong.")
    assert changes.changed_inputs(known) == {KIND}
