"""What a night rebuilds: what follows from what changed, and what a night before began to rebuild and did not end."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from flows import transform
from flows.night import Night


@pytest.fixture(autouse=True)
def no_dbt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing always succeeds."""
    monkeypatch.setattr(transform, "run_dbt", lambda *_: SimpleNamespace(success=True, result="manifest"))


def add_file(night: Night, kind: str, file_id: int) -> None:
    with night.warehouse.connect() as connection:
        connection.execute(
            "insert into intake.file (file_id, path, file_name, kind, sha256, size_bytes, first_seen_run_id, state) "
            "values (?, 'path', 'name', ?, 'sha', 1, 'run', 'loaded')",
            [file_id, kind],
        )


@pytest.fixture
def built(night: Night) -> Night:
    """A night whose build was completed."""
    add_file(night, "nsmart", 1)
    add_file(night, "ippf", 2)
    transform.prepare(night, transform.changed_inputs(night))
    transform.complete(night, {})
    return night


def test_the_first_build_is_whole(night: Night) -> None:
    assert transform.prepare(night, transform.changed_inputs(night)).whole


def test_nothing_is_rebuilt_after_a_complete_build(built: Night) -> None:
    assert transform.changed_inputs(built) == frozenset()


def test_what_a_night_began_to_rebuild_and_did_not_finish_is_rebuilt_by_the_next_and_nothing_else(
    built: Night,
) -> None:
    add_file(built, "nsmart", 3)
    transform.prepare(built, transform.changed_inputs(built))
    assert transform.changed_inputs(built) == {"nsmart"}
    add_file(built, "ippf", 4)
    plan = transform.prepare(built, transform.changed_inputs(built))
    assert plan.changed == {"nsmart", "ippf"}
    assert not plan.whole
    transform.complete(built, {})
    assert transform.changed_inputs(built) == frozenset()


def test_a_build_with_new_code_that_was_not_finished_is_whole_again(built: Night) -> None:
    newer = replace(built, code_version="newer")
    assert transform.prepare(newer, transform.changed_inputs(newer)).whole
    assert transform.prepare(newer, transform.changed_inputs(newer)).whole
    assert transform.prepare(built, transform.changed_inputs(built)).whole


def test_a_delivery_that_is_taken_back_while_its_build_was_unfinished_is_still_rebuilt(built: Night) -> None:
    """The inputs are again those of the last complete build, but the tables are not."""
    later = replace(built, business_date=built.business_date.replace(year=2007))
    transform.prepare(later, transform.changed_inputs(later))
    assert transform.changed_inputs(built) == {transform.DATE}
