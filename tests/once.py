"""What takes a night to make and tests only read or copy: made once for a state of the code, in target/tests/.

Processes that test side by side wait for the one that makes it.
"""

import fcntl
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flows.base import night, render_cache
from flows.base.code_fingerprint import PACKAGES, fingerprint
from flows.base.settings import PROJECT

CODE = (*night.CODE, *render_cache.CODE, "tests/conftest.py", "tests/houses.py", "bench/generator", "examples")
DONE = "done"


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` has filled, in this run of the tests or in an earlier one of the same code."""
    folder = _of_this_code() / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / DONE).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / DONE).touch()
    return folder


@cache
def _of_this_code() -> Path:
    """Those of other states of the code are removed."""
    made = PROJECT / "target" / "tests"
    now = made / fingerprint(CODE, (*PACKAGES, *render_cache.PACKAGES))[:12]
    for other in made.glob("*"):
        if other != now:
            shutil.rmtree(other, ignore_errors=True)
    return now
