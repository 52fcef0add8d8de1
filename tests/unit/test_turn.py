"""A night of the deployment waits for its turn, or has nothing to do; neither is a failure."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.base.errors import AnotherNightRunning, GateClosed
from flows.recover import stop, turn

DUE = datetime(2026, 1, 2, 2, tzinfo=UTC)


def busy() -> str:
    raise AnotherNightRunning("A night is already running on /warehouse.")


@pytest.fixture
def deployed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs a night as a scheduled run of the deployment. Attempts: what it does the first time, the second ..."""
    (tmp_path / "published").mkdir()
    monkeypatch.setattr(turn, "SECONDS_BETWEEN_LOOKS", 0)
    monkeypatch.setattr(stop, "leave_within", lambda *_: None)

    def run(*attempts: Callable[[], str], **facts: Any) -> Any:
        scheduled = SimpleNamespace(**{"expected_start_time": DUE, "auto_scheduled": True, "run_count": 1, **facts})
        monkeypatch.setattr(turn, "_deployed", lambda: scheduled)
        left = iter(attempts)

        @turn.in_turn
        def night(landing: Path | None = None, warehouse: Path | None = None) -> str:
            return next(left)()

        return night(None, tmp_path)

    return run


def publish(folder: Path, run: str) -> None:
    """A publication in the warehouse of the test."""
    (folder / "published" / run).mkdir()
    (folder / "published" / run / "analyst.duckdb").touch()


def test_a_scheduled_night_waits_for_one_at_work_and_then_runs(deployed: Callable[..., Any]) -> None:
    assert deployed(busy, busy, lambda: "published") == "published"


def test_a_night_by_command_says_at_once_that_another_is_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "_deployed", lambda: None)
    with pytest.raises(AnotherNightRunning):
        turn.in_turn(busy)()


def test_a_night_that_waited_for_hours_is_skipped_and_says_so(
    deployed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "MOST_SECONDS", -1)
    state = deployed(busy)
    assert (state.name, state.is_completed()) == ("Skipped", True)
    assert state.message.startswith("A night is already running on")


def test_a_late_night_is_skipped_where_one_that_began_later_has_published(
    deployed: Callable[..., Any], tmp_path: Path
) -> None:
    publish(tmp_path, "20260104T020001Z-0000")
    state = deployed()
    assert state.name == "Skipped"
    assert "20260104T020001Z-0000 began after this one was due" in state.message


@pytest.mark.parametrize("facts", [{"auto_scheduled": False}, {"run_count": 2}], ids=["by hand", "retried"])
def test_a_run_that_a_person_started_is_never_skipped(
    facts: dict[str, object], deployed: Callable[..., Any], tmp_path: Path
) -> None:
    publish(tmp_path, "20260104T020001Z-0000")
    assert deployed(lambda: "published", **facts) == "published"


def test_a_night_by_command_before_the_schedule_skips_nothing(deployed: Callable[..., Any], tmp_path: Path) -> None:
    publish(tmp_path, "20260102T015959Z-0000")
    assert deployed(busy, lambda: "published") == "published"


def test_a_night_that_fails_fails(deployed: Callable[..., Any]) -> None:
    def failing() -> str:
        raise GateClosed("An expectation is broken.")

    with pytest.raises(GateClosed):
        deployed(failing)
