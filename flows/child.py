"""A second process for half of a stage's work. It must not outlive the first, however that one ended."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from flows.errors import CasebookError
from flows.settings import PROJECT


@contextmanager
def second_process(module: str, arguments: Sequence[object], share: list[str]) -> Iterator[None]:
    """Have `python -m module` do its share of the work while the block does the rest; both are done when it is left.

    Errors: CasebookError where the process did not end well.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, text=True)
    assert process.stdin is not None
    try:
        with suppress(BrokenPipeError):
            process.stdin.write(f"{json.dumps(share)}\n")
            process.stdin.flush()
        yield
        process.wait()
    finally:
        process.kill()
        process.wait()
        with suppress(BrokenPipeError):
            process.stdin.close()
    if process.returncode:
        raise CasebookError(
            f"The {module} cannot be built: the process that builds half of them ended with {process.returncode}."
        )


def own_share() -> list[str]:
    """What this process, the second, is to do. It ends once the other end of its standard input is closed."""
    share: list[str] = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return share


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)
