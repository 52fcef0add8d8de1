"""Seen: fingerprints of the files in the landing folder, so that a night reads only those that came or changed.

A file is taken for unchanged where its size, its place on the disk and both its times are what they were; the time of
the last change is kept by the operating system. A file that changed while its fingerprint was taken, or a moment
before, is read again the next night.
"""

import json
import os
import time
from pathlib import Path

STEADY = 3_000_000_000
"""Nanoseconds that must have passed since a file's last change: times of files are coarse on some disks."""

Signs = tuple[int, ...]


class Seen:
    """Fingerprints by path. What cannot be read is as good as empty: every file is then read once more."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._before = _read(file)
        self._now: dict[str, list[object]] = {}

    def sha256(self, path: str, status: os.stat_result) -> str | None:
        """The fingerprint of a file that is what it was; None where it must be taken."""
        known = self._before.get(path)
        if known is None or known[0] != list(signs(status)):
            return None
        self._now[path] = known
        return str(known[1])

    def remember(self, path: str, status: os.stat_result, sha256: str) -> None:
        """Keep the fingerprint of a file that stood still. status: from before it was taken."""
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > STEADY:
            self._now[path] = [list(signs(status)), sha256]

    def keep(self) -> None:
        """Write what was seen, and nothing of files that are gone; whole or not at all."""
        if self._now == self._before:
            return
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(self._now), encoding="utf-8")
        part.replace(self._file)


def signs(status: os.stat_result) -> Signs:
    """Size, place on the disk, and the times of the last change: of content, and of anything."""
    return status.st_size, status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns


def _read(file: Path) -> dict[str, list[object]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
