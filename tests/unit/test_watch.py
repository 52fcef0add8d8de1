"""Flow runs of which no process is left are ended; those at work, and those just taken, are left alone."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from flows.service import watch
from flows.service.prefect_api import Api

NOW = datetime(2026, 1, 3, 9, tzinfo=UTC)
URL = "http://127.0.0.1:4200/api"


class Server(Api):
    """Prefect's, with one run that has been in its state for an hour, or so long. Remembers what it was told."""

    def __init__(self, run: str, state: timedelta = timedelta(hours=1)) -> None:
        super().__init__({"PREFECT_API_URL": URL})
        object.__setattr__(self, "run", {"id": run, "state": {"timestamp": (NOW - state).isoformat()}})
        object.__setattr__(self, "told", {})

    def post(self, what: str, body: Any) -> Any:
        if what == "flow_runs/filter":
            return [self.__dict__["run"]]
        self.__dict__["told"][what] = body["state"]["type"]
        return None


@pytest.fixture
def process() -> Callable[[str, str], subprocess.Popen[bytes]]:
    """Starts a process that looks like a night of a flow run, for a server."""

    def start(run: str, url: str) -> subprocess.Popen[bytes]:
        environment = {"PREFECT__FLOW_RUN_ID": run, "PREFECT_API_URL": url}
        started = subprocess.Popen([sys.executable, "-c", "input()"], env=environment, stdin=subprocess.PIPE)
        deadline = time.monotonic() + 10
        while run not in watch.runs_at_work() and time.monotonic() < deadline:
            time.sleep(0.01)
        return started

    return start


def test_a_run_without_a_process_is_ended_as_crashed() -> None:
    server = Server(run := str(uuid4()))
    assert watch.end_dead_runs(server, NOW) == [run]
    assert server.__dict__["told"] == {f"flow_runs/{run}/set_state": "CRASHED"}


def test_a_run_at_work_is_left_alone(process: Callable[[str, str], subprocess.Popen[bytes]]) -> None:
    night = process(run := str(uuid4()), URL)
    assert watch.end_dead_runs(Server(run), NOW) == []
    night.kill()
    night.wait()
    assert watch.end_dead_runs(Server(run), NOW) == [run]


def test_a_run_that_the_worker_has_just_taken_is_left_alone() -> None:
    assert watch.end_dead_runs(Server(str(uuid4()), timedelta(seconds=30)), NOW) == []


def test_a_process_that_cannot_be_looked_at_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "1").mkdir()
    monkeypatch.setattr(watch, "PROCESSES", tmp_path)
    assert watch.runs_at_work() == {}


def test_serve_ends_its_own_nights_and_no_others(process: Callable[[str, str], subprocess.Popen[bytes]]) -> None:
    ours = process(str(uuid4()), "http://127.0.0.1:4711/api")
    others = process(str(uuid4()), "http://127.0.0.1:4712/api")
    watch.end_nights("http://127.0.0.1:4711/api", 10)
    assert ours.wait(10) == -15
    assert others.poll() is None
    others.kill()
    others.wait()
