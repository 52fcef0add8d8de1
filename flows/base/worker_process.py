"""A second process for half of a stage's work; and that a process does not outlive the one that started it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, cast

from flows.base.errors import CasebookError
from flows.base.settings import PROJECT


@contextmanager
def second_process(module: str, arguments: Sequence[object], share: list[str]) -> Iterator[None]:
    """Have `python -m module` do its share of the work while the block does the rest; both are done when it is left.

    Errors: CasebookError where the process did not end well.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    # A session of its own: Ctrl-C is for the night, which ends this process.
    process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, text=True, start_new_session=True)
    told = cast(IO[str], process.stdin)
    try:
        with suppress(BrokenPipeError):
            told.write(f"{json.dumps(share)}\n")
            told.flush()
        yield
        process.wait()
    finally:
        process.kill()
        process.wait()
        with suppress(BrokenPipeError):
            told.close()
    if process.returncode:
        raise CasebookError(
            f"The {module} cannot be built: the process that builds half of them ended with {process.returncode}."
        )


def own_share() -> list[str]:
    """What this process, the second, is to do. It ends once the other end of its standard input is closed."""
    share: list[str] = json.loads(sys.stdin.readline())
    end_with_parent()
    return share


def end_with_parent() -> None:
    """End this process once its standard input closes, as it does when the process that holds the other end is gone."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    sys.stdin.read()
    os._exit(0)
