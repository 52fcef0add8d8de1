"""Prefect's server, for one night by command or for `make serve`: a process that ends with the one that started it.

It listens on a port of this machine that its parent has bound, so that nothing else can answer in its place, and asks
for the string of flows/service/prefect_auth.py. What it prints goes to a file.
"""

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flows.base.errors import CasebookError
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.base.worker_process import end_with_parent
from flows.service import prefect_auth, prefect_records, prefect_settings

LOG = logging.getLogger("casebook.prefect")

HOST = "127.0.0.1"
SECONDS_TO_START = 180
SECONDS_TO_STOP = 10
SECONDS_TO_ANSWER = 5
EPHEMERAL = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1"}
"""As Prefect starts a temporary server: no pages, no scheduler."""


@contextmanager
def starting(warehouse: Warehouse) -> Iterator[Callable[[], None]]:
    """A server on a free port of this machine, named to Prefect by PREFECT_API_URL; gone when the block is left.

    Gives a function to call before the flow, which waits until the server answers. Where a server is named already
    (PREFECT_API_URL), that one is used. Errors: CasebookError where it does not start, or fails while the night runs.
    """
    if "PREFECT_API_URL" in os.environ:
        with _failure_told(None):
            yield lambda: None
        return
    home = prefect_settings.home(warehouse)
    home.mkdir(parents=True, exist_ok=True)
    with bound(0) as listener:
        origin = f"http://{HOST}:{listener.getsockname()[1]}"
        closed = prefect_auth.closed(warehouse, origin)
        process = start(listener, {**os.environ, **EPHEMERAL, **closed}, home)
    ours = {"PREFECT_API_URL": f"{origin}/api", prefect_auth.CLIENT: closed[prefect_auth.CLIENT]}
    os.environ.update(ours)

    def ready() -> None:
        wait_until_it_answers(process, origin, home)
        prefect_records.remember_migration(home)

    try:
        with _failure_told(home):
            yield ready
    finally:
        _send_logs()
        for name in ours:
            del os.environ[name]
        process.communicate()  # closes its standard input, and waits


def use_one_that_answers(warehouse: Warehouse) -> None:
    """Where PREFECT_API_URL names a server that does not answer, or not to this user, the night has one of its own."""
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        return
    if url.startswith(f"http://{HOST}:"):
        os.environ.setdefault(prefect_auth.CLIENT, prefect_auth.auth_string(warehouse))
    try:
        request = urllib.request.Request(f"{url.rstrip('/')}/admin/version", headers=prefect_auth.header())  # noqa: S310 -- http or https, as Prefect asks
        with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER):  # noqa: S310
            return
    except (OSError, ValueError) as error:
        LOG.warning("Prefect's server at %s does not answer (%s), so this night starts one of its own.", url, error)
    del os.environ["PREFECT_API_URL"]


@contextmanager
def bound(port: int) -> Iterator[socket.socket]:
    """A socket that listens on a port of this machine; 0 is any that is free. Closed here when the block is left.

    Errors: CasebookError where another program has the port.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            raise CasebookError(
                f"Port {port} is not free for Prefect's server ({error.strerror}): end the program that has it, "
                "or name another port with CASEBOOK_PORT."
            ) from None
        listener.listen()
        yield listener


def start(listener: socket.socket, environment: Mapping[str, str], home: Path) -> subprocess.Popen[bytes]:
    """Start a server on a socket that listens. It ends when its standard input is closed; Ctrl-C does not reach it.

    home: Prefect's folder, where what it prints goes; what the server before printed stays beside it.
    """
    log = log_file(home)
    if log.exists():
        log.rename(log.with_suffix(".log.before"))
    with log.open("a") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.service.prefect_server", str(listener.fileno())],
            cwd=PROJECT,
            env={**environment, "PREFECT__SERVER_FINAL": "1"},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            pass_fds=[listener.fileno()],
            start_new_session=True,
        )


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a program in good order; killed where that takes too long. A night that dies harms nothing."""
    process.terminate()
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin:
        process.stdin.close()


def log_file(home: Path) -> Path:
    """What the server prints."""
    return home / "server.log"


def wait_until_it_answers(process: subprocess.Popen[bytes], origin: str, home: Path) -> None:
    """Errors: CasebookError where the process ends, or does not answer in good time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{origin}/api/health", timeout=2):  # noqa: S310 -- our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise CasebookError(f"The Prefect server did not start at {origin}: its own words are in {log_file(home)}.")


@contextmanager
def _failure_told(home: Path | None) -> Iterator[None]:
    """Say in a sentence that Prefect's server failed. home: of the night's own server, whose database is set aside.

    Errors: CasebookError.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, CasebookError) or not _is_of_the_server(error):
            raise
        first = _first(error)
        if first:
            raise first from None
        aside = f" Its database is set aside as {prefect_records.set_aside(home)}." if home else ""
        raise CasebookError(
            f"Prefect's server failed while the night ran ({str(error).splitlines()[0]}): nothing is lost. See "
            f"`casebook status` for what is published, then start the night again.{aside}"
        ) from error


def _first(error: BaseException | None) -> CasebookError | None:
    """What stopped the night before its server failed, if anything did: that is what the person must know."""
    while error:
        if isinstance(error, CasebookError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _is_of_the_server(error: Exception) -> bool:
    """Whether Prefect's client says that its server is gone, or failed."""
    httpx = sys.modules.get("httpx")
    return bool(httpx and isinstance(error, httpx.HTTPError)) or "Failed to reach API" in str(error)


def _send_logs() -> None:
    """What Prefect, where it was loaded, holds back to send it together: its server is about to go."""
    handlers = sys.modules.get("prefect.logging.handlers")
    if handlers:
        handlers.APILogHandler().flush()


def main() -> None:
    """Serve on the socket that was handed over, until standard input closes; the database survives a sudden end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    # What is loaded stays; looking through it for what might go takes a second.
    gc.disable()
    import uvicorn
    from prefect.server.api.server import create_app

    gc.freeze()
    gc.enable()
    config = uvicorn.Config(create_app, factory=True, log_level="error")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])


if __name__ == "__main__":
    main()
