"""What the machine refuses, reported with what to do: a full disk, a missing right, too little memory.

DuckDB, dbt, Great Expectations and Prefect each pass on the operating system's words in errors of their own, so the
words are what it is known by.
"""

import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.base.errors import CasebookError, MachineRefused, NoPermission, NoSpace

NO_SPACE = ("No space left on device", "Disk quota exceeded", "File too large", "database or disk is full")
OUT_OF_MEMORY = "Out of Memory Error"
"""What DuckDB says where `memory_limit` is too little, spilling included, or where the machine has no more."""

OF_THE_MACHINE = (
    *("Too many open files", "Input/output error", "Cannot allocate memory"),
    *("start new thread", "launch worker thread"),
    *("MemoryError", OUT_OF_MEMORY, "bad allocation", "bad_alloc", "malloc of size"),
)
NO_PERMISSION = ("Permission denied", "Operation not permitted", "Read-only file system", "readonly database")


LEAST_ROOM = 32 << 20
"""Bytes without which a night is not begun: Prefect's server could not start, nor say why."""


def require_room(root: Path) -> None:
    """Errors: NoSpace where the disk of the warehouse at this root is as good as full."""
    free = shutil.disk_usage(root).free
    if free < LEAST_ROOM:
        raise _no_space(f"{free >> 20} MB are free at {root}")


def user() -> str:
    """Who runs the command: a name, or a number where the machine has none for it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"user {os.geteuid()}"


@contextmanager
def told() -> Iterator[None]:
    """Run a block that works on a warehouse.

    Errors: NoSpace, NoPermission, MachineRefused in place of whatever the machine's refusal came as.
    """
    try:
        yield
    except (NoSpace, NoPermission, MachineRefused, KeyboardInterrupt, SystemExit):
        raise
    # A library that panics raises what is no Exception.
    except BaseException as error:
        words = _words(error)
        if any(sign in words for sign in NO_SPACE):
            raise _no_space(_line(words, NO_SPACE)) from error
        if any(sign in words for sign in NO_PERMISSION):
            raise _no_permission(_line(words, NO_PERMISSION)) from error
        if any(sign in words for sign in OF_THE_MACHINE):
            raise _refused(_line(words, OF_THE_MACHINE)) from error
        raise


def _words(error: BaseException | None) -> str:
    """What an error says, and what the errors behind it say."""
    words = []
    while error is not None:
        # Python's MemoryError says nothing but its name.
        words.append(str(error) or type(error).__name__)
        error = error.__cause__ or error.__context__
    return "\n".join(words)


def _no_space(told: str) -> CasebookError:
    return NoSpace(
        "There is no space left for the warehouse: make room, as much again as its restricted folder takes, and start "
        f"again. Readers keep what they have. ({told})"
    )


def _no_permission(told: str) -> CasebookError:
    return NoPermission(
        f"{user()} may not write all of the warehouse: start again as the user who owns its restricted "
        f"folder, or give the folders to this one. Readers keep what they have. ({told})"
    )


def _refused(told: str) -> CasebookError:
    return MachineRefused(
        f"The machine refuses what is needed: mend that, then start again. Readers keep what they have. ({told})"
    )


def _line(words: str, signs: tuple[str, ...]) -> str:
    """The line of what was said that names the refusal."""
    return next(line.strip() for line in words.splitlines() if any(sign in line for sign in signs))
