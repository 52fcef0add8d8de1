"""What a night rebuilds: what follows from what changed, and what a night before began to rebuild and did not end."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from dbt.artifacts.resources import UnitTestOutputFixture
from dbt.contracts.graph.nodes import UnitTestDefinition
from dbt.node_types import NodeType

from flows.base.errors import TransformFailed
from flows.base.night import Night
from flows.warehouse import changes, dbt, transform
from flows.warehouse.nodes import Node, node_of


def model(name: str, *parents: str) -> SimpleNamespace:
    parents = tuple(f"model.casebook.{parent}" for parent in parents)
    return SimpleNamespace(name=name, schema="marts", alias=name, resource_type="model", depends_on_nodes=parents)


MANIFEST = SimpleNamespace(
    nodes={
        one.name: one
        for one in (model("int_performance__reporting_month", "stg_night"), model("file_flag", "stg_file", "stg_night"))
    }
)


@pytest.fixture(autouse=True)
def no_dbt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing always succeeds, and the calendar is as it was."""
    monkeypatch.setattr(dbt, "run_dbt", lambda *_: SimpleNamespace(success=True, result=MANIFEST))
    monkeypatch.setattr(changes, "calendar", lambda _: "calendar")


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
    transform.prepare(night, changes.changed_inputs(night))
    changes.complete(night, {})
    return night


def outcome(name: str, status: str, message: str = "") -> SimpleNamespace:
    """What dbt says of a node."""
    node = model(name)
    return SimpleNamespace(node=node, status=status, execution_time=0.1, message=message)


def build(night: Night, monkeypatch: pytest.MonkeyPatch, *results: list[SimpleNamespace]) -> list[list[str]]:
    """Build a layer where dbt answers each call with the next results; returns what it was asked."""
    plan = transform.prepare(night, changes.changed_inputs(night))
    asked, left = [], list(results)

    def answer(_: object, arguments: list[str], __: object) -> SimpleNamespace:
        asked.append(arguments)
        found = left.pop(0)
        return SimpleNamespace(
            success=all(one.status == "success" for one in found), result=SimpleNamespace(results=found), exception=None
        )

    monkeypatch.setattr(dbt, "run_dbt", answer)
    nodes = transform.build_layer(night, "marts", plan)
    assert {node.status for node in nodes} == {"success"}
    return asked


def test_what_memory_was_too_little_for_is_built_one_node_at_a_time(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    side_by_side = [
        outcome("small", "success"),
        outcome("large", "error", "Runtime Error: Out of Memory Error: failed to allocate data"),
        outcome("after", "skipped"),
    ]
    _, again = build(night, monkeypatch, side_by_side, [outcome("large", "success"), outcome("after", "success")])
    assert again[again.index("--select") + 1 : again.index("--indirect-selection")] == ["large", "after"]
    assert again[again.index("--threads") + 1] == "1"


def test_what_failed_for_another_reason_is_not_tried_again(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [outcome("large", "error", "Out of Memory Error: x"), outcome("wrong", "fail", "got 3 results")]
    with pytest.raises(TransformFailed, match="wrong"):
        build(night, monkeypatch, both)


def test_where_nothing_failed_nothing_is_built_again(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(build(night, monkeypatch, [outcome("small", "success")])) == 1
    assert transform._left_for_lack_of_memory([Node("after", "", "model", "skipped", 0, "")]) == []


def test_what_does_not_fit_alone_either_stops_the_night(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    short = [outcome("large", "error", "Out of Memory Error: x")]
    with pytest.raises(TransformFailed, match="Out of Memory"):
        build(night, monkeypatch, short, short)


def test_a_test_of_a_seed_that_fails_ends_the_night_with_its_name(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TransformFailed, match="unique_probation_area: got 2 results"):
        build(night, monkeypatch, [outcome("unique_probation_area", "fail", "got 2 results")])


def test_a_unit_test_that_is_skipped_has_an_outcome_and_hides_no_other() -> None:
    unit_test = UnitTestDefinition(
        **dict.fromkeys(("package_name", "path", "original_file_path", "unique_id"), ""),
        model="dim_area",
        given=[],
        expect=UnitTestOutputFixture(),
        name="areas_have_codes",
        resource_type=NodeType.Unit,
        fqn=[],
        schema="marts",
    )
    node = node_of(SimpleNamespace(node=unit_test, status="skipped", execution_time=0.0, message=None))
    assert (node.name, node.table, node.status) == ("areas_have_codes", "marts.areas_have_codes", "skipped")


def test_a_night_leaves_out_unit_tests_and_exposures(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    (call,) = build(night, monkeypatch, [outcome("small", "success")])
    excluded = call.index("--exclude-resource-type")
    assert call[excluded + 1 : excluded + 3] == ["unit_test", "exposure"]


def test_the_first_build_is_whole(night: Night) -> None:
    assert transform.prepare(night, changes.changed_inputs(night)).whole


def test_nothing_is_rebuilt_after_a_complete_build(built: Night) -> None:
    assert changes.changed_inputs(built) == frozenset()


def test_what_a_night_began_to_rebuild_and_did_not_finish_is_rebuilt_by_the_next_and_nothing_else(
    built: Night,
) -> None:
    add_file(built, "nsmart", 3)
    transform.prepare(built, changes.changed_inputs(built))
    assert changes.changed_inputs(built) == {"nsmart"}
    add_file(built, "ippf", 4)
    plan = transform.prepare(built, changes.changed_inputs(built))
    assert plan.changed == {"nsmart", "ippf"}
    assert not plan.whole
    changes.complete(built, {})
    assert changes.changed_inputs(built) == frozenset()


def test_a_build_with_new_code_that_was_not_finished_is_whole_again(built: Night) -> None:
    newer = replace(built, code_version="newer")
    assert transform.prepare(newer, changes.changed_inputs(newer)).whole
    assert transform.prepare(newer, changes.changed_inputs(newer)).whole
    assert transform.prepare(built, changes.changed_inputs(built)).whole


def test_a_delivery_that_is_taken_back_while_its_build_was_unfinished_is_still_rebuilt(built: Night) -> None:
    """The inputs are again those of the last complete build, but the tables are not."""
    later = replace(built, business_date=built.business_date.replace(year=2007))
    transform.prepare(later, changes.changed_inputs(later))
    assert changes.changed_inputs(built) == {changes.DATE}


@pytest.fixture
def next_day(built: Night) -> Night:
    return replace(built, business_date=built.business_date.replace(year=2007))


def test_a_new_date_first_builds_the_calendar(next_day: Night) -> None:
    plan = transform.prepare(next_day, changes.changed_inputs(next_day))
    assert plan.layers == (transform.CALENDAR, transform.CHANGED)
    assert transform.selection(transform.CALENDAR, plan) == ["--selector", "calendar"]


def test_where_the_calendar_is_what_it_was_nothing_is_built_from_it(next_day: Night) -> None:
    plan = transform.prepare(next_day, changes.changed_inputs(next_day))
    assert plan.calendar == "calendar"
    assert transform.selection(transform.CHANGED, plan, same_calendar=True) == ["--select", "file_flag+"]
    assert "tag:rebuilt,stg_night+" in transform.selection(transform.CHANGED, plan, same_calendar=False)


def test_after_a_night_that_died_nobody_knows_which_calendar_tables_were_built_from(next_day: Night) -> None:
    transform.prepare(next_day, changes.changed_inputs(next_day))
    assert transform.prepare(next_day, changes.changed_inputs(next_day)).calendar is None


def test_which_run_built_a_table_is_known_until_a_night_dies(built: Night) -> None:
    plan = transform.prepare(built, frozenset({"nsmart"}))
    nodes = [Node("file_flag", "marts.file_flag", "model", "success", 0, "")]
    known = replace(plan, tables={"marts.file_flag": "before", "marts.int_performance__reporting_month": "before"})
    assert known.built(nodes, "now") == {
        "marts.file_flag": "now",
        "marts.int_performance__reporting_month": "before",
    }
    assert set(replace(plan, tables={}).built([], "now").values()) == {"now"}
