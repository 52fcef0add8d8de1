"""Secrets that are made on first use and kept in a file that only its owner may read."""

import os
import tempfile
from pathlib import Path

OWNER_ONLY = 0o600


def write_once(path: Path, content: bytes) -> bytes:
    """Write a secret unless its file has one already; returns what the file has.

    Of two processes that make it at once, the first wins.
    """
    descriptor, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not path.stat().st_size:
            path.unlink()
        try:
            os.link(part, path)
        except FileExistsError:
            path.chmod(OWNER_ONLY)
    finally:
        Path(part).unlink()
    return path.read_bytes()
