"""Publish: one symlink is swapped, so readers see the last publication whole or the new one whole.

Connections that are open keep the file they opened. A rollback pins readers to an earlier publication until `resume`.
"""

import fcntl
import logging
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.base.errors import CasebookError, NothingPublished, PublicationDamaged, PublicationPinned
from flows.base.night import Night, is_run_id
from flows.base.warehouse_paths import ANALYST_FILE, Warehouse, sync_file, sync_folder
from flows.publish import readers
from flows.publish.publication import damage, has_public_schema, may_not_read

LOG = logging.getLogger("casebook.publish")

CLEARED = ".cleared-"

STRANGER = "{name} in {folder} is no publication that a night made, and nothing looks after it: move it away"

SYNCED_AT_ONCE = 8

KEPT_NIGHTS = 7
KEPT_MONTHLY = timedelta(days=366)
"""The last seven publications stay, and the last of each month for a year."""


def publish(night: Night) -> None:
    """Make the candidate a publication and, unless readers are pinned, the current one.

    Errors: PublicationPinned where a rollback holds; the publication is kept all the same.
    """
    warehouse = night.warehouse
    with _swapping(warehouse):
        readers.open_publication(building_folder(night))
        sync_files(building_folder(night))
        building_folder(night).rename(warehouse.published / night.run_id)
        sync_folder(warehouse.published)
        readers.open_warehouse(warehouse)
        if warehouse.pin_file.exists():
            raise PublicationPinned(
                f"Built {night.run_id}, but readers stay on {_pinned_to(warehouse)}, where a rollback pinned them. "
                "When the cause is mended, run: casebook resume"
            )
        _swap(warehouse, night.run_id)
        _clear(warehouse, night.started_at.date())
    for name in strangers(warehouse):
        LOG.warning("publish: %s", STRANGER.format(name=name, folder=warehouse.published))
    LOG.info("publish: %s is current", night.run_id)


def rollback(warehouse: Warehouse, run_id: str | None) -> str:
    """Point readers at an earlier publication, by default the one before the current, and pin them there.

    Returns its run id. Those that are damaged are passed over.
    Errors: NothingPublished where there is none, PublicationDamaged where the one that is named cannot be read.
    """
    with _swapping(warehouse):
        if run_id is not None:
            kept_file(warehouse, run_id)
            target = _newest_whole(warehouse, [run_id])
        else:
            current = current_run(warehouse)
            earlier = [run for run in publications(warehouse) if run < current]
            if not earlier:
                raise NothingPublished("There is no earlier publication to go back to.")
            target = _newest_whole(warehouse, earlier)
        warehouse.pin_file.write_text(f"{target}\n", encoding="utf-8")
        _swap(warehouse, target)
    return target


def resume(warehouse: Warehouse) -> str:
    """Undo a rollback: readers get the newest publication that can be read, now and after each night.

    Returns its run id.
    """
    with _swapping(warehouse):
        kept = publications(warehouse)
        if not kept:
            raise NothingPublished("Nothing is published yet: run a night first.")
        target = _newest_whole(warehouse, kept)
        _swap(warehouse, target)
        warehouse.pin_file.unlink(missing_ok=True)
    return target


def _newest_whole(warehouse: Warehouse, runs: list[str]) -> str:
    """The last of these publications of which every row can be read.

    Errors: PublicationDamaged where there is none, NothingPublished where it would be one of an earlier version.
    """
    for run_id in reversed(runs):
        _refuse_withdrawn(published_file(warehouse, run_id))
        found = damage(published_file(warehouse, run_id))
        if found is None:
            return run_id
        LOG.warning("%s is damaged, so readers do not get it: remove its folder from published/ (%s)", run_id, found)
    raise PublicationDamaged(
        f"Readers stay where they are: of {', '.join(runs)} every publication is damaged. Run a night (casebook "
        "nightly), which needs none of them."
    )


def _refuse_withdrawn(file: Path) -> None:
    """Errors: NothingPublished where an earlier version made the publication."""
    if has_public_schema(file):
        raise NothingPublished(
            f"The publication {file.parent.name} was made by an earlier version, with a schema `public` that gave "
            "suppressed figures away: readers do not get it back, and stay where they are. It is readable by its "
            "owner alone."
        )


def publications(warehouse: Warehouse) -> list[str]:
    """Run ids of the publications kept, oldest first. A folder that has lost its file is none."""
    return [name for name in _folders(warehouse) if is_run_id(name)]


def strangers(warehouse: Warehouse) -> list[str]:
    """Folders in `published/` that look like publications and are not named by a night: copies that a person made."""
    return [name for name in _folders(warehouse) if not is_run_id(name)]


def _folders(warehouse: Warehouse) -> list[str]:
    if not warehouse.published.is_dir():
        return []
    return sorted(file.parent.name for file in warehouse.published.glob(f"[!.]*/{ANALYST_FILE}"))


def published_file(warehouse: Warehouse, run_id: str) -> Path:
    """The analysts' file of a publication."""
    return warehouse.published / run_id / ANALYST_FILE


def kept_file(warehouse: Warehouse, run_id: str) -> Path:
    """The analysts' file of a publication that is kept.

    Errors: NothingPublished where it is not.
    """
    if run_id not in publications(warehouse):
        raise NothingPublished(
            f"There is no publication {run_id}; kept are: {', '.join(publications(warehouse)) or 'none'}."
        )
    return published_file(warehouse, run_id)


def current_run(warehouse: Warehouse) -> str:
    """Run id of the publication that readers get.

    Errors: NothingPublished where there is none, or its file is gone; NoPermission where the user may not enter it.
    """
    _require_link(warehouse)
    run_id = warehouse.current.readlink().name
    if not _is_file(warehouse.current / ANALYST_FILE):
        raise NothingPublished(
            f"The publication {run_id}, which readers should get, is gone from {warehouse.published}: "
            "run a night (casebook nightly), or give them the newest that is left (casebook resume)."
        )
    return run_id


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except PermissionError:
        raise may_not_read(path) from None


def _require_link(warehouse: Warehouse) -> None:
    """Errors: NothingPublished where readers have no link to follow, with the reason."""
    if warehouse.current.is_symlink():
        return
    if warehouse.current.exists():
        raise NothingPublished(
            f"{warehouse.current} is not the symlink that readers follow: move it away, then run `casebook resume`."
        )
    if publications(warehouse):
        raise NothingPublished(
            f"The symlink that readers follow is missing ({warehouse.current}): run `casebook resume`, which makes it "
            "again, to the newest publication."
        )
    raise NothingPublished(f"Nothing is published in {warehouse.root} yet: run a night first (casebook nightly).")


def replace(warehouse: Warehouse, run_id: str, folder: Path) -> None:
    """Put a folder in the place of a publication that is kept. Readers who have its file open keep what they opened."""
    with _swapping(warehouse):
        readers.open_publication(folder)
        sync_files(folder)
        before = _take_away(warehouse, run_id)
        shutil.move(folder, warehouse.published / run_id)
        sync_folder(warehouse.published)
        readers.open_warehouse(warehouse)
        shutil.rmtree(before, ignore_errors=True)


def remove(warehouse: Warehouse, run_id: str) -> None:
    """Remove a publication that is kept; readers who were given it get the newest that is left."""
    with _swapping(warehouse):
        shutil.rmtree(_take_away(warehouse, run_id), ignore_errors=True)
        if warehouse.pin_file.exists() and _pinned_to(warehouse) == run_id:
            warehouse.pin_file.unlink()
            LOG.warning("%s, where a rollback pinned readers, is removed: the rollback ends", run_id)
        if warehouse.current.is_symlink() and warehouse.current.readlink().name == run_id:
            left = publications(warehouse)
            if left:
                _swap(warehouse, left[-1])
            else:
                warehouse.current.unlink()


def _take_away(warehouse: Warehouse, run_id: str) -> Path:
    """Out of sight first: a night that is killed halfway leaves no publication without its file."""
    return (warehouse.published / run_id).rename(warehouse.published / f"{CLEARED}{run_id}")


def building_folder(night: Night) -> Path:
    """Where tonight's publication is put together; hidden, and gone if the night fails."""
    return night.warehouse.published / f".building-{night.run_id}"


def discard(night: Night) -> None:
    """Remove what a night that did not publish has put together."""
    shutil.rmtree(building_folder(night), ignore_errors=True)


def discard_dead(warehouse: Warehouse) -> None:
    """Remove what nights left that died while they were building or clearing."""
    for pattern in (".building-*", f"{CLEARED}*"):
        for folder in warehouse.published.glob(pattern):
            shutil.rmtree(folder, ignore_errors=True)


def kept(runs: list[str], today: date) -> set[str]:
    """Of publications by run id (YYYYMMDDT...), those that stay: the last seven, and a year's last of each month."""
    by_month = {run[:6]: run for run in sorted(runs)}
    monthly = {run for run in by_month.values() if today - _day(run) <= KEPT_MONTHLY}
    return set(sorted(runs)[-KEPT_NIGHTS:]) | monthly


def _day(run_id: str) -> date:
    return datetime.strptime(run_id[:8], "%Y%m%d").date()


def _clear(warehouse: Warehouse, today: date) -> None:
    runs = publications(warehouse)
    for run in set(runs) - kept(runs, today) - {current_run(warehouse)}:
        shutil.rmtree(_take_away(warehouse, run), ignore_errors=True)


def _pinned_to(warehouse: Warehouse) -> str:
    return warehouse.pin_file.read_text(encoding="utf-8").strip()


def _swap(warehouse: Warehouse, run_id: str) -> None:
    if warehouse.current.exists() and not warehouse.current.is_symlink():
        raise CasebookError(f"{warehouse.current} is not the symlink that readers follow: move it away, start again.")
    link = warehouse.root / ".current-next"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("published") / run_id)
    link.replace(warehouse.current)
    sync_folder(warehouse.root)


def sync_files(folder: Path) -> None:
    """On disk before anyone is pointed there: a power cut must not leave readers an empty file."""
    # Several at a time: a disk waits for one file after the other four times as long.
    with ThreadPoolExecutor(SYNCED_AT_ONCE) as threads:
        list(threads.map(_sync_one, [*folder.rglob("*"), folder]))


def _sync_one(path: Path) -> None:
    if path.is_dir():
        sync_folder(path)
    else:
        sync_file(path)


@contextmanager
def _swapping(warehouse: Warehouse) -> Iterator[None]:
    """One swap at a time, so that a rollback and a publishing night cannot cross."""
    if not warehouse.restricted.is_dir():
        raise CasebookError(
            f"There is no warehouse at {warehouse.root}: name it with --warehouse or CASEBOOK_WAREHOUSE."
        )
    with (warehouse.restricted / "swap.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
