"""A local Prefect server and worker, so that the deployment of prefect.yaml runs on schedule: `make serve`.

The server listens on this machine only. Ctrl-C ends both. For a server that survives restarts see docs/operations.md.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flows import prefect_settings
from flows.errors import CasebookError
from flows.folders import Warehouse
from flows.prefect_server import HOST, wait_until_it_answers
from flows.settings import PROJECT, Settings

POOL, SHARES_POOL = "casebook", "casebook-shares"
SECONDS_TO_STOP = 10
PREFECT = [str(Path(sys.executable).with_name("prefect"))]


def main() -> None:
    """Serve until interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = Settings()
    warehouse = Warehouse(settings.warehouse.absolute())
    warehouse.make()
    port = int(os.environ.get("CASEBOOK_PORT", "4200"))
    environment = serving_environment(warehouse, settings.landing.absolute(), port)
    try:
        with server(environment, port):
            deploy(environment)
            print(f"The nightly deployment is scheduled: http://{HOST}:{port}/deployments")  # noqa: T201 -- a command of its own
            _work(environment)
    except KeyboardInterrupt:
        sys.exit(0)
    except CasebookError as error:
        sys.exit(str(error))


def _work(environment: Mapping[str, str]) -> None:
    """A worker, until it ends or this program is told to stop; it is ended with this program."""
    worker = subprocess.Popen([*PREFECT, "worker", "start", "--pool", POOL], env=dict(environment), cwd=PROJECT)
    try:
        worker.wait()
    finally:
        worker.terminate()
        _wait_or_kill(worker)


def _wait_or_kill(process: subprocess.Popen[bytes]) -> None:
    """A program that was told to end; killed where it does not in good time. A night that dies harms nothing."""
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serving_environment(warehouse: Warehouse, landing: Path, port: int) -> dict[str, str]:
    """The environment of server, deployment and worker; Prefect keeps its files in the restricted folder."""
    return {
        **os.environ,
        **prefect_settings.TELEMETRY_OFF,
        "PREFECT_HOME": str(warehouse.restricted / "prefect-server"),
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "casebook",
        "CASEBOOK_PROJECT": str(PROJECT),
        "CASEBOOK_LANDING": str(landing),
        "CASEBOOK_WAREHOUSE": str(warehouse.root),
    }


@contextmanager
def server(environment: Mapping[str, str], port: int) -> Iterator[None]:
    """A server that answers; ended when the block is left.

    Errors: CasebookError where it does not start.
    """
    command = [*PREFECT, "server", "start", "--host", HOST, "--port", str(port)]
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_until_it_answers(process, port, "is another program using it? CASEBOOK_PORT names another")
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        _wait_or_kill(process)


def deploy(environment: Mapping[str, str]) -> None:
    """Make the work pool and the deployment of prefect.yaml what this version says; may be repeated."""
    create = [*PREFECT, "work-pool", "create", "--type", "process", "--overwrite"]
    pools = [[*create, POOL], [*create, SHARES_POOL]]
    for command in (*pools, [*PREFECT, "--no-prompt", "deploy", "--all"]):
        done = subprocess.run(command, env=dict(environment), cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CasebookError(f"Prefect refused `{' '.join(command[1:])}`: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
