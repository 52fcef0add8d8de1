"""The folder of releases: which there are, the draft of the next one, and the lock that keeps commands apart.

A release is `releases/<name>/`. The draft is `releases/.drafts/<name>/`, for its owner alone, with what the check found
in `<name>.json` beside it. A retracted release is moved to `restricted/retracted/<name>/`, since later releases carry
figures that were shown once; in its place is a page with the reason.
"""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flows.base.errors import AnotherNightRunning, CannotRelease
from flows.base.warehouse_paths import OWNER_ONLY, Warehouse
from flows.release import manifest
from flows.release.manifest import Release

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 40
TAKEN = {"assets", "current"}

BUILDING = ".building-"


def drafts_folder(warehouse: Warehouse) -> Path:
    """Where drafts are, beside releases so that publishing one is a rename."""
    return warehouse.releases / ".drafts"


def draft_folder(warehouse: Warehouse, name: str) -> Path:
    """The folder of a draft, which becomes that of the release."""
    return drafts_folder(warehouse) / name


def retracted_folder(warehouse: Warehouse) -> Path:
    """What was retracted, for later releases and the attack; and a record of each (`<name>.json`)."""
    return warehouse.restricted / "retracted"


def releases(warehouse: Warehouse) -> list[Release]:
    """Every release in order, retracted ones too."""
    folders = [file.parent for file in warehouse.releases.glob(f"[!.]*/{manifest.FILE}")]
    found = [manifest.read(folder) for folder in folders if not folder.is_symlink()]
    return sorted(found, key=lambda release: release.number)


def drafts(warehouse: Warehouse) -> list[Release]:
    """The draft, if there is one; whoever may not look has none."""
    try:
        folders = [file.parent for file in drafts_folder(warehouse).glob(f"[!.]*/{manifest.FILE}")]
    except PermissionError:
        return []
    # What a command that was killed while it published had said of it already does not count.
    return [replace(manifest.read(folder), released_at=None) for folder in folders]


def shown_folders(warehouse: Warehouse) -> list[Path]:
    """The folders with the figures of every release in order, also of retracted ones: what anyone may have copied."""
    return [_figures_of(warehouse, release) for release in releases(warehouse)]


def require_name(warehouse: Warehouse, name: str) -> None:
    """Errors: CannotRelease where no release can be called so, or one is."""
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME or name in TAKEN:
        raise CannotRelease(
            f"{name!r} cannot name a release: use small letters, digits and hyphens, such as 2006-q1. Nothing was "
            "drafted."
        )
    if (warehouse.releases / name).exists():
        raise CannotRelease(
            f"There is a release {name} already, and it stays as it is: choose another name. Nothing was drafted."
        )


def drafted(warehouse: Warehouse, name: str) -> Release:
    """The draft with this name. Errors: CannotRelease where there is none."""
    for draft in drafts(warehouse):
        if draft.name == name:
            return draft
    if (warehouse.releases / name / manifest.FILE).exists():
        raise CannotRelease(f"{name} is published already, and stays as it is.")
    raise CannotRelease(f"There is no draft {name}: make it with `casebook release draft {name} --notes FILE`.")


@contextmanager
def alone(warehouse: Warehouse) -> Iterator[None]:
    """Hold the lock of releases, without what a command that was killed left behind.

    Errors: AnotherNightRunning where another command is at work on them; CannotRelease where there is no warehouse.
    """
    if not warehouse.restricted.is_dir():
        raise CannotRelease(
            f"There is no warehouse at {warehouse.root}: name it with --warehouse or CASEBOOK_WAREHOUSE."
        )
    with (warehouse.restricted / "release.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherNightRunning(
                f"Another `casebook release` is at work on {warehouse.root}: this one stops here and changes nothing. "
                "Try again when it has finished."
            ) from None
        _make(warehouse)
        for left in drafts_folder(warehouse).glob(f"{BUILDING}*"):
            shutil.rmtree(left)
        yield


def remove_draft(warehouse: Warehouse, name: str) -> None:
    """Remove a draft: what was found of it first, so that none is left that counts as checked."""
    state_file(warehouse, name).unlink(missing_ok=True)
    shutil.rmtree(draft_folder(warehouse, name), ignore_errors=True)


def state_file(warehouse: Warehouse, name: str) -> Path:
    """What is known of a draft and is not for readers."""
    return drafts_folder(warehouse) / f"{name}.json"


def _make(warehouse: Warehouse) -> None:
    for folder in (warehouse.releases, drafts_folder(warehouse), retracted_folder(warehouse)):
        folder.mkdir(parents=True, exist_ok=True)
    drafts_folder(warehouse).chmod(OWNER_ONLY)


def _figures_of(warehouse: Warehouse, release: Release) -> Path:
    shown = warehouse.releases / release.name
    return retracted_folder(warehouse) / release.name if release.retracted_at else shown
