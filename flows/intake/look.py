"""Look: what is in the landing folder. Nothing is followed out of it, and nothing in it is changed."""

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

from flows.base.regular_file import LARGEST_FILE, NotOrdinary, open_ordinary, path_text
from flows.intake.delivery_name import INVENTED, is_passed_over, is_passed_over_folder, parse_name
from flows.intake.landing_fingerprints import Seen, Signs, signs

SETTLING = 1_000_000_000
"""Nanoseconds since a file's last change before it is looked at a second time."""

TABLE_FILES = re.compile(r"_SUCCESS|_metadata|_common_metadata|part[-.][0-9].*", re.I | re.S)
"""Files of a table that Spark and its like write as a folder."""

TABLE_FOLDERS = re.compile(r"_delta_log|[^=]+=.*", re.S)
"""Folders in such a folder: its log, or a part for each value of a column."""

IN_PARTS = (
    "The folder is one table in parts, as Spark writes it: write it as one file (coalesce(1)) and deliver that file "
    "under a delivery's name, such as nsmart_BED_0404.parquet."
)


@dataclass(frozen=True)
class Found:
    """A file in the landing folder. source: where it is; path: the same below the landing folder, printable.
    reason: why it cannot be taken in, or None. signs: size, place and times before it was read, None where it was not.
    is_invented: whether its folder, or one above it, says so.
    """

    source: Path
    path: str
    file_name: str
    sha256: str
    size: int
    reason: str | None
    signs: Signs | None = None
    is_invented: bool = False


def find(landing: Path, seen: Seen, passed_over: list[Path]) -> Iterator[Found]:
    """Every file below a folder in a fixed order; links are reported, never followed.

    Hidden files, and the mark that a folder is invented, are left out. passed_over: gains unfinished uploads and what
    systems leave in folders.
    """
    closed: list[OSError] = []
    invented: set[Path] = set()
    for name, folders, files in os.walk(landing, followlinks=False, onerror=closed.append):
        folder = Path(name)
        if folder.parent in invented or _is_marked(folder, files):
            invented.add(folder)
        links = [name for name in folders if (folder / name).is_symlink()]
        if folder != landing and _is_table(folder.name, folders, files):
            yield refused(folder, landing, IN_PARTS)
            links, files = [], []
            folders[:] = [name for name in folders if not TABLE_FOLDERS.fullmatch(name)]
        folders[:] = sorted(name for name in folders if _is_walked(name) and name not in links)
        for path in (folder / name for name in sorted(files + links) if _is_looked_at(name)):
            if is_passed_over(path.name):
                passed_over.append(path)
            elif found := look_at(path, landing, seen):
                yield replace(found, is_invented=folder in invented)
    for error in closed:
        yield refused(Path(error.filename), landing, f"The folder cannot be opened ({error.strerror}).")


def look_at(path: Path, landing: Path, seen: Seen) -> Found | None:
    """A file as it is, or None where it is gone again."""
    try:
        if path.is_symlink():
            target = os.fsencode(path.readlink())
            return refused(path, landing, "The file is a link; deliver the file itself.", target)
        with open_ordinary(path) as file:
            status = os.fstat(file.fileno())
            size = status.st_size
            if size > LARGEST_FILE:
                sentence = f"The file is larger than {LARGEST_FILE >> 20} MB."
                return refused(path, landing, sentence, f"too large: {size}".encode(), size)
            sha256 = _fingerprint(file, str(path), status, seen)
    except FileNotFoundError:
        return None
    except NotOrdinary:
        return refused(path, landing, "This is not an ordinary file.")
    except OSError as error:
        return refused(path, landing, f"The file cannot be opened ({error.strerror}).", b"unreadable")
    return Found(path, _below(path, landing), path_text(path.name), sha256, size, None, signs(status))


def settled(files: Iterable[Found]) -> list[Found]:
    """The files whose size and times are what they were before they were read; the others are still being written.

    Where one has just changed it is given a moment, so that a slow upload shows.
    """
    files = list(files)
    changed = max((max(file.signs[-2:]) for file in files if file.signs), default=0)
    pause = changed + SETTLING - time.time_ns()
    if pause > 0:
        # At most a moment: the clock of a share may be ahead.
        time.sleep(min(pause, SETTLING) / 1e9)
    return [file for file in files if _is_as_it_was(file)]


def refused(path: Path, landing: Path, reason: str, known_by: bytes = b"not a file", size: int = 0) -> Found:
    """A file that is not taken in. known_by: what stands for its bytes, so that each state of it is reported once."""
    sha256 = hashlib.sha256(known_by).hexdigest()
    return Found(path, _below(path, landing), path_text(path.name), sha256, size, reason)


def _is_looked_at(name: str) -> bool:
    return not (name.startswith(".") or name == INVENTED)


def _is_marked(folder: Path, files: list[str]) -> bool:
    return INVENTED in files and not (folder / INVENTED).is_symlink()


def _is_walked(folder: str) -> bool:
    return not (folder.startswith(".") or is_passed_over_folder(folder))


def _is_table(folder: str, folders: list[str], files: list[str]) -> bool:
    """Whether a folder's content is one table in parts. A folder with a delivery in it is not."""
    if any(not isinstance(parse_name(name), str) for name in files):
        return False
    is_named_so = folder.lower().endswith((".parquet", ".csv"))
    return any(map(TABLE_FILES.fullmatch, files)) or (is_named_so and any(map(TABLE_FOLDERS.fullmatch, folders)))


def _below(path: Path, landing: Path) -> str:
    return path_text(str(path.relative_to(landing)))


def _fingerprint(file: BufferedReader, path: str, status: os.stat_result, seen: Seen) -> str:
    known = seen.sha256(path, status)
    if known is None:
        known = hashlib.file_digest(file, "sha256").hexdigest()
        seen.remember(path, status, known)
    return known


def _is_as_it_was(file: Found) -> bool:
    try:
        return file.signs is None or signs(file.source.lstat()) == file.signs
    except OSError:
        return False
