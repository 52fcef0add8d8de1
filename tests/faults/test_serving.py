"""`make serve` whose machine goes down in a night: it recovers by itself, and somebody is told."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from flows.base.night import alone
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.service import prefect_auth, prefect_records, prefect_settings, watch
from flows.service.prefect_api import DEPLOYMENT, Api, NoAnswer, named
from tests.faults.conftest import Scene, without_traceback
from tests.faults.damages import NOISE
from tests.faults.test_kill import children, wait_until_gone
from tests.houses import BUSINESS_DATE
from tests.integration.test_schedule import free_port

SECONDS_TO_RECOVER = 600
"""What operations.md promises is a third of it, on a machine that does nothing else."""


def wait_for(what: Callable[[], Any], seconds: float = SECONDS_TO_RECOVER) -> Any:
    """What a function gives once it gives something. Errors: AssertionError where it does not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            found = what()
        except NoAnswer:
            found = None
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"nothing came of {what}")


@pytest.fixture
def told() -> Iterator[tuple[str, list[str]]]:
    """The address of a webhook, and the sentences that were sent there."""
    sentences: list[str] = []

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            sentences.append(json.loads(content)["text"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    server = HTTPServer(("127.0.0.1", 0), Webhook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", sentences
    server.shutdown()


@dataclass
class Serving:
    """`make serve` for a warehouse, started and killed as often as one likes."""

    warehouse: Warehouse
    webhook: str
    port: int = field(default_factory=free_port)
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def api(self) -> Api:
        url = f"http://127.0.0.1:{self.port}/api"
        return Api({"PREFECT_API_URL": url, prefect_auth.CLIENT: prefect_auth.auth_string(self.warehouse)})

    def start(self) -> "subprocess.Popen[bytes]":
        environment = {
            **os.environ,
            "CASEBOOK_WAREHOUSE": str(self.warehouse.root),
            "CASEBOOK_LANDING": str(self.warehouse.root / "no-such-folder"),
            "CASEBOOK_PORT": str(self.port),
            "CASEBOOK_WEBHOOK": self.webhook,
        }
        started = subprocess.Popen([sys.executable, "-m", "flows.service.serve"], cwd=PROJECT, env=environment)
        self.started.append(started)
        return started

    def begin_a_night(self) -> str:
        """A run of the deployment that a process works on; it waits, as the test holds the warehouse's lock."""
        (deployment,) = wait_for(lambda: self.api.post("deployments/filter", {"deployments": named(DEPLOYMENT)}))
        create = f"deployments/{deployment['id']}/create_flow_run"
        run = str(wait_for(lambda: self.api.post(create, {"state": {"type": "SCHEDULED"}}))["id"])
        wait_for(lambda: run in self.in_state("RUNNING") and run in watch.runs_at_work())
        return run

    def in_state(self, state: str) -> list[str]:
        return [run["id"] for run in self.api.of_deployment({"state": {"type": {"any_": [state]}}})]


@pytest.fixture
def serving(told: tuple[str, list[str]], tmp_path: Path) -> Iterator[Serving]:
    """Of an empty warehouse without a landing folder; ended after the test."""
    warehouse = Warehouse(tmp_path)
    warehouse.make()
    serving = Serving(warehouse, told[0])
    yield serving
    for process in serving.started:
        process.terminate()
        process.wait()


def noise_in_the_database(home: Path) -> dict[str, str]:
    prefect_records.database(home).write_bytes(NOISE)
    return {}


def half_a_database(home: Path) -> dict[str, str]:
    database = prefect_records.database(home)
    os.truncate(database, database.stat().st_size // 2)
    return {}


def no_database(home: Path) -> dict[str, str]:
    prefect_records.database(home).unlink()
    return {}


def nobody_answers(_: Path) -> dict[str, str]:
    return {"PREFECT_API_URL": f"http://127.0.0.1:{free_port()}/api"}


TROUBLES: dict[str, Callable[[Path], dict[str, str]]] = {
    "Prefect's database is noise": noise_in_the_database,
    "Prefect's database is cut in half": half_a_database,
    "Prefect's database is gone": no_database,
    "PREFECT_API_URL names a server that does not answer": nobody_answers,
    "PREFECT_API_URL is no address": lambda _: {"PREFECT_API_URL": "nonsense"},
}


@pytest.mark.long
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_night_by_command_gets_over_trouble_with_prefect(trouble: str, published: Scene) -> None:
    """The night before made the database."""
    arguments = ("nightly", "--date", BUSINESS_DATE)
    before = published.house.command(*arguments)
    assert before.returncode == 0, before.stderr
    home = prefect_settings.home(Warehouse(published.house.warehouse))
    done = published.house.command(*arguments, env=TROUBLES[trouble](home))
    without_traceback(done.stdout + done.stderr)
    assert done.returncode == 0, done.stderr
    published.recovers()


@pytest.mark.long
def test_after_a_power_cut_the_next_night_runs_and_somebody_is_told(
    serving: Serving, told: tuple[str, list[str]]
) -> None:
    _, sentences = told
    with alone(serving.warehouse):
        first = serving.start()
        dead = serving.begin_a_night()
        cut = [first.pid, *children(first.pid), *watch.runs_at_work()[dead]]
        for process in cut:
            os.kill(process, signal.SIGKILL)
        first.wait()
        wait_until_gone(cut[1:])
        second = serving.start()
        wait_for(lambda: dead in serving.in_state("CRASHED"))
        wait_for(lambda: any("ended as Crashed" in sentence and dead in sentence for sentence in sentences))
        next_one = serving.begin_a_night()
    # It had waited for the lock, and goes on: there is no landing folder, and that is told too.
    wait_for(lambda: next_one in serving.in_state("FAILED"))
    wait_for(lambda: len(sentences) == 2)
    assert "ended as Failed" in sentences[1]
    left = children(second.pid)
    second.terminate()
    assert second.wait(60) == 0
    wait_until_gone(left)
