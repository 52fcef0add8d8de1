"""The deployment runs on schedule: a server that looks healthy but schedules nothing must fail here."""

import json
import socket
import time
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from flows import serve
from flows.folders import Warehouse

SECONDS_TO_SCHEDULE = 60


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((serve.HOST, 0))
        return int(listener.getsockname()[1])


def ask(port: int, what: str, body: dict[str, Any]) -> Any:
    """What the server answers."""
    request = urllib.request.Request(
        f"http://{serve.HOST}:{port}/api/{what}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> int:
    """The port of a server with the deployment, alive for this module."""
    folder = tmp_path_factory.mktemp("serve")
    warehouse = Warehouse(folder / "warehouse")
    warehouse.make()
    port = free_port()
    environment = serve.serving_environment(warehouse, Path("examples").absolute(), port)
    with serve.server(environment, port):
        serve.deploy(environment)
        yield port


def _scheduled_runs(port: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + SECONDS_TO_SCHEDULE
    while time.monotonic() < deadline:
        runs = ask(port, "flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "limit": 50})
        if runs:
            return list(runs)
        time.sleep(1)
    return []


def test_future_nights_are_scheduled_at_two_in_london(served: int) -> None:
    runs = _scheduled_runs(served)
    times = [datetime.fromisoformat(run["expected_start_time"]).astimezone(ZoneInfo("Europe/London")) for run in runs]
    assert len(times) >= 2
    assert {(time.hour, time.minute) for time in times} == {(2, 0)}
    assert len({time.date() for time in times}) == len(times)


def test_one_night_runs_at_a_time(served: int) -> None:
    deployments = {each["name"]: each for each in ask(served, "deployments/filter", {})}
    assert set(deployments) == {"nightly", "share"}
    deployment = deployments["nightly"]
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
