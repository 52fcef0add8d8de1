"""A local Prefect server and worker, so that the deployment of prefect.yaml runs on schedule: `make serve`.

The server listens on this machine only and answers to the operator alone. SIGTERM or Ctrl-C ends both, and a night
that runs. As a service that comes back by itself: docs/operations/operations.md.
"""

import fcntl
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flows.base.errors import CasebookError
from flows.base.settings import PROJECT, Settings
from flows.base.warehouse_paths import Warehouse
from flows.publish import readers
from flows.service import notify, prefect_auth, prefect_records, prefect_settings, watch
from flows.service.prefect_api import Api, NoAnswer
from flows.service.prefect_server import HOST, SECONDS_TO_STOP, bound, log_file, start, stop, wait_until_it_answers

LOG = logging.getLogger("casebook.serve")

POOL = "casebook"
SECONDS_BETWEEN_LOOKS = 20
MOST_FAILURES = 5
"""Looks in a row that Prefect's server may leave unanswered."""

SECONDS_TO_DEPLOY = 300
LARGEST_LOG = 4 << 20
DAYS_KEPT = 30
PREFECT = [str(Path(sys.executable).with_name("prefect"))]

BOUNDED = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(DAYS_KEPT * 24 * 3600),
}
"""Prefect's server removes what is older from its database, once an hour."""


def main() -> None:
    """Serve until interrupted."""
    os.umask(readers.OWNERS_UMASK)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = Settings()
    warehouse = Warehouse(settings.warehouse.absolute())
    warehouse.make()
    try:
        port = _port()
        environment = serving_environment(warehouse, settings.landing.absolute(), port)
        with server(warehouse, environment, port):
            deploy(environment)
            LOG.info("The nightly deployment is scheduled: http://%s:%s/deployments", HOST, port)
            LOG.info("Its pages ask for what is in %s.", warehouse.prefect_auth_file)
            _work(warehouse, environment)
    except KeyboardInterrupt:
        sys.exit(0)
    except CasebookError as error:
        sys.exit(str(error))


def _interrupt(*_: object) -> None:
    """End in good order; what tells this program so once more does not disturb that."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _port() -> int:
    """Errors: CasebookError where the setting is no port."""
    port = os.environ.get("CASEBOOK_PORT", "4200")
    if not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise CasebookError(f"CASEBOOK_PORT is {port}: give the number of a port, for example 4200.")
    return int(port)


def serving_environment(warehouse: Warehouse, landing: Path, port: int) -> dict[str, str]:
    """The environment of server, deployment and worker; Prefect keeps its files in the restricted folder."""
    return {
        **os.environ,
        **prefect_settings.TELEMETRY_OFF,
        **prefect_auth.closed(warehouse, f"http://{HOST}:{port}"),
        **BOUNDED,
        "PREFECT_HOME": str(_home(warehouse)),
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "casebook",
        "CASEBOOK_PROJECT": str(PROJECT),
        "CASEBOOK_LANDING": str(landing),
        "CASEBOOK_WAREHOUSE": str(warehouse.root),
    }


@contextmanager
def server(warehouse: Warehouse, environment: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers; ended when the block is left. A database that is damaged is set aside first.

    Errors: CasebookError where this warehouse is served already, or the server does not start.
    """
    home = _home(warehouse)
    home.mkdir(parents=True, exist_ok=True)
    with _alone(warehouse):
        damage = prefect_records.repair(home)
        if damage:
            LOG.warning(damage)
        with bound(port) as listener:
            process = start(listener, environment, home)
        try:
            wait_until_it_answers(process, f"http://{HOST}:{port}", home)
            yield process
        finally:
            stop(process)


def deploy(environment: Mapping[str, str]) -> None:
    """Make the work pool and the deployment of prefect.yaml what this version says; may be repeated."""
    commands = [
        [*PREFECT, "work-pool", "create", "--type", "process", "--overwrite", POOL],
        [*PREFECT, "--no-prompt", "deploy", "--all"],
    ]
    for command in commands:
        done = subprocess.run(
            command,
            env=dict(environment),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS_TO_DEPLOY,
        )
        if done.returncode:
            words = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
            raise CasebookError(f"Prefect refused `{' '.join(map(str, command[1:]))}`: {words}")


def _work(warehouse: Warehouse, environment: Mapping[str, str]) -> None:
    """A worker, started again where it ends, and looks at what goes on, until this program receives a signal to stop.

    Errors: NoAnswer where the server fails: whoever started this program starts it again, which repairs its database.
    """
    worker = _start_worker(environment)
    failures = 0
    try:
        while True:
            trouble = _look(warehouse, Api(environment))
            failures = failures + 1 if trouble else 0
            if failures >= MOST_FAILURES:
                raise NoAnswer(
                    f"Prefect's server does not answer any more ({trouble}): start make serve again, which repairs its "
                    f"database. Its own words are in {log_file(_home(warehouse))}."
                )
            time.sleep(SECONDS_BETWEEN_LOOKS)
            if worker.poll() is not None:
                LOG.warning("The worker ended with %s and is started again.", worker.returncode)
                worker = _start_worker(environment)
    finally:
        watch.end_nights(environment["PREFECT_API_URL"], SECONDS_TO_STOP)
        stop(worker)


def _look(warehouse: Warehouse, api: Api) -> Exception | None:
    """Once: end what is dead, report what is missing, bound the log. Returns what kept it from doing so."""
    try:
        _bound(log_file(_home(warehouse)))
        now = datetime.now(UTC)
        watch.end_dead_runs(api, now)
        notify.report(api, warehouse, now)
    except (NoAnswer, OSError) as error:
        LOG.warning(error)
        return error
    return None


def _start_worker(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A night at a time: scheduled ones wait for each other here, and for nights by command at the warehouse's lock."""
    command = [sys.executable, "-m", "flows.service.prefect_worker", "--pool", POOL, "--name", POOL, "--limit", "1"]
    return subprocess.Popen(command, env=dict(environment), cwd=PROJECT, stdin=subprocess.PIPE, start_new_session=True)


def _bound(log: Path) -> None:
    """Begin the log again where it has grown; what it had stays beside it. The server writes at its end, wherever."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        shutil.copyfile(log, log.with_suffix(".log.before"))
        os.truncate(log, 0)


@contextmanager
def _alone(warehouse: Warehouse) -> Iterator[None]:
    """One server for a warehouse. One that is still ending is waited for."""
    deadline = time.monotonic() + 3 * SECONDS_TO_STOP
    with (_home(warehouse) / "serve.lock").open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise CasebookError(
                        f"The nights of {warehouse.root} are served already: end the other make serve first, or leave "
                        "it as it is."
                    ) from None
            time.sleep(0.5)
        yield


def _home(warehouse: Warehouse) -> Path:
    return warehouse.restricted / "prefect-server"


if __name__ == "__main__":
    main()
