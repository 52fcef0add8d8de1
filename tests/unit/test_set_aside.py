"""What is set aside stays so until it is mended, the code changes or a person readmits it; the register knows."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from flows.base.errors import Broken, CannotReadmit, Failure
from flows.base.night import Night
from flows.intake.catch_up import catch_up
from flows.intake.events import SetAside
from flows.intake.register import read_register
from flows.recover import set_aside
from flows.recover.rebuild import rebuild
from tests.conftest import Deliver, RunIntake

TARGETS = "performance_year,area_code,measure_code,target,direction\n2004/05,ENW,ENF,0.{},higher\n"
KIND, KEY = "performance_target", "2004-05"
NAME = f"{KIND}_{KEY}"


@pytest.fixture
def night(deliver: Deliver, intake: RunIntake) -> Night:
    """Revision 2 of a delivery is set aside."""
    deliver(f"{NAME}.csv", TARGETS.format(8))
    deliver(f"{NAME}_r2.csv", TARGETS.format(9))
    night = intake().night
    set_aside._try(night, [row(night)])
    set_aside._confirm(night, Path())
    return night


def row(night: Night) -> SetAside:
    return SetAside(2, night.run_id, night.business_date, night.code_version, "a_test", "It fails.", 1, (1,))


def in_force(night: Night) -> list[int]:
    with night.warehouse.connect() as connection:
        rows = connection.execute("select file_id from intake.set_aside where readmitted_at is null order by 1")
        return [file_id for (file_id,) in rows.fetchall()]


def test_what_is_set_aside_stays_so_on_the_next_night(night: Night) -> None:
    assert set_aside._begin(replace(night, run_id="later")) == []
    assert in_force(night) == [2]


def test_other_code_tries_it_again(night: Night) -> None:
    set_aside._begin(replace(night, run_id="later", code_version="other"))
    assert in_force(night) == []
    with night.warehouse.connect() as connection:
        catch_up(night.warehouse, connection)
    (known,) = read_register(night.warehouse).set_aside.values()
    assert known.readmitted_because == "The code changed."


def test_the_same_bytes_under_a_later_revision_mend_nothing(night: Night, deliver: Deliver, intake: RunIntake) -> None:
    deliver(f"{NAME}_r3.csv", TARGETS.format(9))
    deliver(f"{NAME}_r4.csv", TARGETS.format(7))
    later = intake().night
    (copy,) = set_aside._begin(later)
    assert (copy.file_id, copy.rule, copy.run_id) == (3, "a_test", later.run_id)
    assert in_force(night) == [2, 3]


def test_what_a_night_only_tried_is_forgotten_by_the_next(night: Night) -> None:
    set_aside._try(night, [replace(row(night), file_id=1, run_id="tried")])
    assert in_force(night) == [1, 2]
    set_aside._begin(night)
    assert in_force(night) == [2]


def test_a_person_readmits_it_and_the_register_knows_who_and_why(night: Night) -> None:
    assert set_aside.readmit(night.warehouse, KIND, KEY, "The rule was wrong") == [2]
    assert in_force(night) == []
    (known,) = read_register(night.warehouse).set_aside.values()
    assert known.readmitted_by
    assert known.readmitted_because == "The rule was wrong."


@pytest.mark.parametrize(
    ("key", "revision", "reason", "sentence"),
    [
        ("2005-06", None, "Why.", "performance_target 2005-06 is not set aside"),
        (KEY, 1, "Why.", "Revision 1 of performance_target 2004-05 is not set aside"),
        (KEY, None, " ", "Say why"),
    ],
)
def test_what_is_not_set_aside_cannot_be_readmitted(
    night: Night, key: str, revision: int | None, reason: str, sentence: str
) -> None:
    with pytest.raises(CannotReadmit, match=sentence):
        set_aside.readmit(night.warehouse, KIND, key, reason, revision)
    assert in_force(night) == [2]


def test_rebuild_brings_back_what_was_set_aside_and_readmitted(night: Night) -> None:
    set_aside.readmit(night.warehouse, KIND, KEY, "The rule was wrong")
    with night.warehouse.connect() as connection:
        before = connection.execute("from intake.set_aside").fetchall()
    rebuild(night.warehouse)
    with night.warehouse.connect() as connection:
        assert connection.execute("from intake.set_aside").fetchall() == before
        catch_up(night.warehouse, connection)
    assert len(read_register(night.warehouse).set_aside) == 1


def test_a_replay_knows_what_its_publication_was_built_without(night: Night) -> None:
    set_aside.readmit(night.warehouse, KIND, KEY, "The rule was wrong")
    register = read_register(night.warehouse)
    (known,) = register.set_aside.values()
    assert known.readmitted_at is not None
    assert register.set_aside_in("20000101T000000Z-0000") == ()
    assert register.set_aside_in(night.run_id) == (
        replace(known, readmitted_at=None, readmitted_by=None, readmitted_because=None),
    )
    assert register.set_aside_in("29990101T000000Z-0000") == ()


@pytest.mark.parametrize("failures", [(), (Failure("a_unit_test", "marts.x", "It fails.", from_data=False),)])
def test_what_no_delivery_can_cause_stops_the_night_at_once(night: Night, failures: tuple[Failure, ...]) -> None:
    def build() -> Path:
        raise Broken("It fails.", failures)

    with pytest.raises(Broken):
        set_aside.settle(night, build)


def test_a_night_sets_aside_three_times_and_no_more(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    builds = []

    def build() -> Path:
        builds.append(in_force(night))
        raise Broken("It fails.", [Failure("a_test", "marts.x", "It fails.")])

    rounds = iter(range(10, 20))
    monkeypatch.setattr(set_aside, "_guilty", lambda *_: [replace(row(night), file_id=next(rounds), run_id="tonight")])
    with pytest.raises(Broken):
        set_aside.settle(night, build)
    assert builds == [[2], [2, 10], [2, 10, 11], [2, 10, 11, 12]]


def test_a_row_of_the_register_is_what_the_warehouse_has(night: Night) -> None:
    (known,) = read_register(night.warehouse).set_aside.values()
    assert replace(known, confirmed_at=None) == row(night)
    assert isinstance(known.business_date, date)
    assert isinstance(known.confirmed_at, datetime)
