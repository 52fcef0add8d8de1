"""Prefect's server for one night without a server of its own: a process that ends with the one that started it.

It is started before Prefect is imported here, so that both load at once. What it prints goes to a file.
"""

import gc
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows.child import end_with_parent
from flows.errors import CasebookError
from flows.folders import Warehouse
from flows.settings import PROJECT

HOST = "127.0.0.1"
SECONDS_TO_START = 90
EPHEMERAL = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
"""As Prefect starts a temporary server: no pages, no scheduler."""


@contextmanager
def starting(warehouse: Warehouse) -> Iterator[Callable[[], None]]:
    """A server on a free port of this machine, named to Prefect by PREFECT_API_URL; gone when the block is left.

    Gives a function to call before the flow, which waits until the server answers. Where a server is named already
    (PREFECT_API_URL), that one is used. Errors: CasebookError where it does not start.
    """
    if "PREFECT_API_URL" in os.environ:
        yield lambda: None
        return
    port = _free_port()
    log = warehouse.restricted / "prefect" / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.prefect_server", str(port)],
            cwd=PROJECT,
            env={**os.environ, **EPHEMERAL},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
        )
    os.environ["PREFECT_API_URL"] = f"http://{HOST}:{port}/api"
    try:
        yield lambda: wait_until_it_answers(process, port, f"its own words are in {log}")
    finally:
        _send_logs()
        del os.environ["PREFECT_API_URL"]
        process.communicate()  # closes its standard input, and waits


def _send_logs() -> None:
    """What Prefect, where it was loaded, holds back to send it together: its server is about to go."""
    handlers = sys.modules.get("prefect.logging.handlers")
    if handlers:
        handlers.APILogHandler().flush()


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, hint: str) -> None:
    """Errors: CasebookError with the hint where the process ends, or does not answer in good time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/api/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise CasebookError(f"The Prefect server did not start on port {port}: {hint}.")


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind((HOST, 0))
        return int(chosen.getsockname()[1])


def main() -> None:
    """Serve until standard input closes; Prefect's database survives a sudden end."""
    end_with_parent()
    # What is loaded stays; looking through it for what might go takes a second.
    gc.disable()
    import uvicorn
    from prefect.server.api.server import create_app

    gc.freeze()
    gc.enable()
    uvicorn.run(create_app, factory=True, host=HOST, port=int(sys.argv[1]), log_level="error")


if __name__ == "__main__":
    main()
