"""Ordinary files and nothing else: no link is followed, no pipe waited for, whatever has just taken a file's place."""

import os
import stat
from io import BufferedReader
from pathlib import Path

from flows.base.text import printable

LARGEST_FILE = 128 << 20
"""Bytes: a delivery is a few megabytes at most, and a night must not stop for a file that fills the disk."""


class NotOrdinary(OSError):
    """A link, folder, pipe, socket or device where a file should be."""


def open_ordinary(path: Path) -> BufferedReader:
    """A file for reading. Errors: NotOrdinary; OSError where it can't be opened."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise NotOrdinary
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotOrdinary
    return os.fdopen(descriptor, "rb")


def path_text(path: str) -> str:
    """A path as text that any table and terminal can take."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))
