"""Publish and retract releases. One rename publishes; what follows from the folders is written again by any command."""

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.base.errors import AnotherNightRunning, CannotRelease
from flows.base.night import alone as without_a_night
from flows.base.warehouse_paths import Warehouse, sync_folder, write_durably
from flows.publish.publish import sync_files
from flows.publish.readers import FOR_EVERYONE, open_below, open_releases
from flows.recover.withdraw import one_sentence
from flows.release import index, manifest, state
from flows.release.manifest import Release
from flows.release.releases import (
    BUILDING,
    alone,
    draft_folder,
    drafted,
    drafts,
    releases,
    remove_draft,
    retracted_folder,
    state_file,
)
from flows.release.source import require_unchanged

LOG = logging.getLogger("casebook.release")


def publish(warehouse: Warehouse, name: str) -> Release:
    """Publish a draft that passed its check. Returns the release.

    Errors: CannotRelease where there is none, it was not checked as it is, or its publication was erased from since;
    AnotherNightRunning where a night or another command is at work.
    """
    with alone(warehouse), _without_a_night(warehouse):
        settle(warehouse)
        draft = drafted(warehouse, name)
        known = state.require_whole(warehouse, name)
        require_unchanged(warehouse, draft, known.source)
        if not known.checked:
            raise CannotRelease(f"The draft {name} is not checked: run `casebook release check {name}` first.")
        now = datetime.now(UTC).replace(microsecond=0)
        release = replace(draft, released_at=now, tag=index.tag(name, now))
        folder = draft_folder(warehouse, name)
        manifest.write(folder, release)
        index.write_page(folder, release)
        open_below(folder, FOR_EVERYONE)
        sync_files(folder)
        folder.rename(warehouse.releases / name)
        sync_folder(warehouse.releases)
        state_file(warehouse, name).unlink()
        settle(warehouse)
    LOG.info("release: %s is published", name)
    return release


def retract(warehouse: Warehouse, name: str, reason: str) -> str:
    """Take a release back, or remove a draft. Returns a sentence on what was done.

    Errors: CannotRelease where there is none, it is retracted already, or the reason is none.
    """
    because = one_sentence(reason, CannotRelease)
    with alone(warehouse):
        settle(warehouse)
        if any(draft.name == name for draft in drafts(warehouse)):
            remove_draft(warehouse, name)
            return f"The draft {name} is removed; nobody has seen it."
        release = next((one for one in releases(warehouse) if one.name == name), None)
        if release is None:
            raise CannotRelease(f"There is no release {name}: `casebook release list` lists them.")
        if release.retracted_at:
            raise CannotRelease(f"{name} is retracted already: {release.reason}")
        told = {"reason": because, "retracted_at": datetime.now(UTC).replace(microsecond=0).isoformat()}
        write_durably(_record(warehouse, name), json.dumps(told).encode())
        settle(warehouse)
    return f"{name} is retracted: its address says why. Copies that readers made are out of reach."


def settle(warehouse: Warehouse) -> None:
    """Bring what readers get to what is published and retracted, also where a command died in between."""
    for release in releases(warehouse):
        record = _record(warehouse, release.name)
        if record.exists() and not release.retracted_at:
            _take_back(warehouse, release, json.loads(record.read_bytes()))
    for lost in retracted_folder(warehouse).glob(f"*/{manifest.FILE}"):
        if not (warehouse.releases / lost.parent.name).exists():
            told = json.loads(_record(warehouse, lost.parent.name).read_bytes())
            _leave_page(warehouse, manifest.read(lost.parent), told)
    index.write(warehouse, releases(warehouse))
    open_releases(warehouse)


def _take_back(warehouse: Warehouse, release: Release, told: dict[str, str]) -> None:
    """Move the folder away and leave a page in its place."""
    target = retracted_folder(warehouse) / release.name
    shutil.rmtree(target, ignore_errors=True)
    shutil.move(warehouse.releases / release.name, target)
    _leave_page(warehouse, release, told)


def _leave_page(warehouse: Warehouse, release: Release, told: dict[str, str]) -> None:
    """The folder of a retracted release: pages that say why, also where its site began."""
    retracted = replace(release, retracted_at=datetime.fromisoformat(told["retracted_at"]), reason=told["reason"])
    building = draft_folder(warehouse, f"{BUILDING}{release.name}")
    (building / "site").mkdir(parents=True)
    manifest.write(building, retracted)
    index.write_page(building, retracted)
    open_below(building, FOR_EVERYONE)
    sync_files(building)
    building.rename(warehouse.releases / release.name)


def _record(warehouse: Warehouse, name: str) -> Path:
    """That a release is to be retracted, and why: written first, so that nothing of it is lost."""
    return retracted_folder(warehouse) / f"{name}.json"


@contextmanager
def _without_a_night(warehouse: Warehouse) -> Iterator[None]:
    """While no erasure can make the publication again. Errors: AnotherNightRunning."""
    try:
        with without_a_night(warehouse):
            yield
    except AnotherNightRunning:
        raise AnotherNightRunning(
            f"A night, or a command that takes its place, is at work on {warehouse.root}: nothing was published. Try "
            "again when it has finished."
        ) from None
