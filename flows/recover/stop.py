"""A night by command that receives a signal to stop: a sentence that says so, and the exit code that a signal has."""

import atexit
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from flows.base.errors import CasebookError, NothingPublished
from flows.base.warehouse_paths import Warehouse
from flows.publish import publish

SIGNALS = (signal.SIGTERM, signal.SIGINT)
SECONDS_TO_LEAVE = 15
"""For what libraries do when a process ends. Prefect would go on sending logs to a server that is gone."""


class Stopped(CasebookError):
    """A signal ended the night. Its exit code is 128 and the signal's number, as a shell has it."""

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__(sentence)
        self.exit_code = 128 + number


@contextmanager
def stoppable(warehouse: Warehouse) -> Iterator[None]:
    """Run a night until it ends, or SIGTERM or Ctrl-C ends it. Errors: Stopped, whatever the signal came out as."""
    came: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        # A second one, of a supervisor that has signalled a child too, must not interrupt what the first one set going.
        if not came:
            came.append(number)
            raise KeyboardInterrupt

    before = _current(warehouse)
    for number in SIGNALS:
        signal.signal(number, stop)
    try:
        yield
    except BaseException:
        if not came:
            raise
        raise Stopped(came[0], _sentence(came[0], warehouse, before)) from None


class Leaving:
    """How this process ends where a command failed. To be made first, so that it is the last that is done at exit.

    A thread of dbt's that still computes would abort the process, and Prefect would go on sending logs to a server
    that is gone, with the warehouse open.
    """

    def __init__(self) -> None:
        self._exit_code: int | None = None
        atexit.register(self._leave)

    def fail(self, exit_code: int) -> None:
        """End with this exit code, in good time. Errors: SystemExit."""
        self._exit_code = exit_code
        leave_within(SECONDS_TO_LEAVE, exit_code)
        sys.exit(exit_code)

    def _leave(self) -> None:
        if self._exit_code is not None:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(self._exit_code)


def leave_within(seconds: float, exit_code: int) -> None:
    """End this process after so long, if it has not ended by itself by then."""
    timer = threading.Timer(seconds, os._exit, [exit_code])
    timer.daemon = True
    timer.start()


def _sentence(number: int, warehouse: Warehouse, before: str | None) -> str:
    name, after = signal.Signals(number).name, _current(warehouse)
    if after and after != before:
        return f"The night was stopped by {name} after it had published {after}, which readers get."
    readers = f"readers keep {after}" if after else "nothing was published before"
    return f"The night was stopped by {name}: it publishes nothing, {readers}, and the next night makes up for it."


def _current(warehouse: Warehouse) -> str | None:
    try:
        return publish.current_run(warehouse)
    except NothingPublished:
        return None
