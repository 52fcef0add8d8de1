"""Flow runs and their processes: runs whose process is gone, and processes that must end with `make serve`."""

import logging
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from flows.service.prefect_api import RELEASES, Api

LOG = logging.getLogger("casebook.serve")

UNFINISHED = ("PENDING", "RUNNING", "CANCELLING")
TIME_TO_BEGIN = timedelta(minutes=2)
"""A worker takes seconds from the moment at which it takes a run to the process that works on it."""

CRASHED = {
    "type": "CRASHED",
    "name": "Crashed",
    "message": "The night's process is gone: it was killed, or the machine went down. Readers keep what they have.",
}
FLOW_RUN = re.compile(rb"(?:^|\0)PREFECT__FLOW_RUN_ID=([0-9a-f-]{36})(?:\0|$)")
PROCESSES = Path("/proc")


def end_dead_runs(api: Api, now: datetime) -> list[str]:
    """End as Crashed each of the deployments' runs that no process of this machine works on. Returns their ids.

    A run whose machine went down, or which ended without a word, would be Running or Pending for ever.
    Errors: NoAnswer.
    """
    alive = runs_at_work()
    dead = [
        run["id"]
        for run in api.of_deployment({"state": {"type": {"any_": list(UNFINISHED)}}}, *RELEASES)
        if run["id"] not in alive and datetime.fromisoformat(run["state"]["timestamp"]) < now - TIME_TO_BEGIN
    ]
    for run in dead:
        api.post(f"flow_runs/{run}/set_state", {"state": CRASHED, "force": True})
        LOG.warning("The flow run %s had no process any more and is ended as Crashed.", run)
    return dead


def runs_at_work() -> dict[str, list[int]]:
    """Processes of this user that work on a flow run, by its id."""
    found: dict[str, list[int]] = {}
    for folder in PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            run = FLOW_RUN.search((folder / "environ").read_bytes())
            if run:
                found.setdefault(run[1].decode(), []).append(int(folder.name))
    return found


def end_nights(api_url: str, seconds: float) -> None:
    """End the nights that report to a server of ours which is about to end; killed where they take too long."""
    for number, wait in ((signal.SIGTERM, seconds), (signal.SIGKILL, 0.0)):
        for process in _nights_of(api_url):
            with suppress(ProcessLookupError):
                os.kill(process, number)
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline and next(_nights_of(api_url), None):
            time.sleep(0.2)


def _nights_of(api_url: str) -> Iterator[int]:
    setting = f"PREFECT_API_URL={api_url}".encode()
    for processes in runs_at_work().values():
        for process in processes:
            with suppress(OSError):
                if setting in (PROCESSES / str(process) / "environ").read_bytes().split(b"\0"):
                    yield process
