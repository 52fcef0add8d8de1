"""Readers: who may read publications, whatever the umask of the night that wrote them.

Publications are for their owner and one group (folders 0750, files 0640), or for everyone on the machine. Nobody but
the owner may write them. What is restricted is the owner's alone: processes that write it use `OWNERS_UMASK`.
"""

import grp
import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.base.errors import SettingWrong
from flows.base.machine_errors import user
from flows.base.settings import Settings
from flows.base.warehouse_paths import ANALYST_FILE, Warehouse
from flows.publish.publication import has_public_schema

LOG = logging.getLogger("casebook.readers")

EVERYONE = "everyone"
OWNERS_UMASK = 0o077


@dataclass(frozen=True)
class Rights:
    """Modes of published folders and files. group: the one that may read them, or None for the one they have."""

    folder: int
    file: int
    group: int | None


OWNER_ONLY = Rights(0o700, 0o600, None)
FOR_EVERYONE = Rights(0o755, 0o644, None)


def rights() -> Rights:
    """The rights that the setting gives.

    Raises:
        SettingWrong: there is no such group, or the user is not a member, so cannot give it anything.
    """
    name = Settings().readers
    if not name:
        return Rights(0o750, 0o640, None)
    if name == EVERYONE:
        return FOR_EVERYONE
    try:
        group = grp.getgrnam(name).gr_gid
    except KeyError:
        raise SettingWrong(
            f"CASEBOOK_READERS names the group {name}, which this machine does not have: make it, or name another "
            f"(or {EVERYONE})."
        ) from None
    if os.geteuid() != 0 and group not in {os.getegid(), *os.getgroups()}:
        raise SettingWrong(
            f"CASEBOOK_READERS names the group {name}, of which {user()} is not a member, so that it could "
            "not be given the publications: make the user a member, and start again in a new session."
        )
    return Rights(0o750, 0o640, group)


def open_publication(folder: Path) -> None:
    """Give readers a publication that is not visible yet. Errors: PermissionError."""
    open_below(folder, rights())


def open_below(folder: Path, given: Rights) -> None:
    """Give a folder and all in it these rights. Errors: PermissionError."""
    for path in _below(folder):
        _give(path, given)


def open_releases(warehouse: Warehouse) -> None:
    """Let everyone reach releases, and see nothing beside them: the folder above can be entered, and not be listed."""
    for path in warehouse.releases.glob("[!.]*"):
        if not path.is_dir():
            _give(path, FOR_EVERYONE)
    open_below(warehouse.releases / "assets", FOR_EVERYONE)
    _give(warehouse.releases, FOR_EVERYONE)
    root = stat.S_IMODE(warehouse.root.stat().st_mode)
    warehouse.root.chmod(root | 0o001)


def open_warehouse(warehouse: Warehouse) -> None:
    """Give readers the way to the publications and every one of them, also those that an earlier night made.

    Publications with a schema `public` are their owner's alone. What belongs to another user keeps its rights, which
    is logged as a warning.
    """
    given = rights()
    refused = [*_refused([warehouse.root], _at_least(warehouse.root, given))]
    refused += _refused([warehouse.published], given)
    for publication in sorted(warehouse.published.glob("[!.]*")):
        is_withdrawn = has_public_schema(publication / ANALYST_FILE)
        refused += _refused(_below(publication), OWNER_ONLY if is_withdrawn else given)
    if refused:
        LOG.warning(
            "publish: %s files and folders are not opened to readers, as they belong to another user (first: %s): "
            "chown the warehouse to the user of the night",
            f"{len(refused):,}",
            refused[0],
        )


def _at_least(root: Path, given: Rights) -> Rights:
    """The warehouse's own folder may be open wider, as whoever made it decided."""
    mode = stat.S_IMODE(root.stat().st_mode)
    return Rights(mode | (given.folder & 0o055), given.file, None if mode & 0o005 == 0o005 else given.group)


def _below(folder: Path) -> Iterator[Path]:
    """A folder and what is in it, the folder last: it opens when all of it is open."""
    for place, _, files in os.walk(folder, topdown=False):
        yield from (Path(place, name) for name in files)
        yield Path(place)


def _refused(paths: Iterator[Path] | list[Path], given: Rights) -> list[Path]:
    refused = []
    for path in paths:
        try:
            _give(path, given)
        except PermissionError:
            refused.append(path)
    return refused


def _give(path: Path, given: Rights) -> None:
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return
    if given.group not in (None, status.st_gid):
        os.chown(path, -1, given.group or 0)
    is_folder = stat.S_ISDIR(status.st_mode)
    # A folder that hands its group on goes on doing so.
    wanted = given.folder | status.st_mode & stat.S_ISGID if is_folder else given.file
    if stat.S_IMODE(status.st_mode) != wanted:
        path.chmod(wanted)
