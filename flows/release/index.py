"""What leads to releases: their index, the feed, the link to the newest, and the first page of each.

All of it follows from what releases say of themselves, so it can be written again at any time.
"""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from flows.base.settings import Settings
from flows.base.warehouse_paths import Warehouse, sync_folder, write_durably
from flows.release.feed import feed
from flows.release.manifest import Release
from pages.build import ASSETS
from pages.releases import index_page, release_page

NO_AUTHORITY = "casebook.invalid"
"""Stands in identifiers for the name of a host where the setting gives no address: a name that nobody can own."""

STYLESHEET = "casebook.css"

INDEX, FEED, CURRENT = "index.html", "feed.xml", "current"


def write(warehouse: Warehouse, releases: Sequence[Release]) -> None:
    """Write the index and the feed of all releases, and point `current` to the newest that is not retracted."""
    folder = warehouse.releases
    _write_style(folder)
    write_durably(folder / INDEX, index_page(releases).encode())
    if releases:
        write_durably(folder / FEED, feed(releases, Settings().releases_address))
    _swap(folder / CURRENT, next((one.name for one in reversed(releases) if not one.retracted_at), None))


def write_page(folder: Path, release: Release) -> None:
    """Write the first page of a release; of a retracted one the same stands where its site began."""
    _write_style(folder)
    (folder / INDEX).write_text(release_page(release), encoding="utf-8")
    if release.retracted_at:
        (folder / "site" / INDEX).write_text(release_page(release, "../"), encoding="utf-8")


def tag(name: str, released_at: datetime) -> str:
    """The identifier of a release in the feed (RFC 4151). It stays as it is, also where the address changes later."""
    address = Settings().releases_address
    authority = urlsplit(address).hostname if address else NO_AUTHORITY
    return f"tag:{authority},{released_at:%Y-%m-%d}:casebook/releases/{name}"


def _write_style(folder: Path) -> None:
    (folder / "assets").mkdir(exist_ok=True)
    shutil.copyfile(ASSETS / STYLESHEET, folder / "assets" / STYLESHEET)


def _swap(link: Path, name: str | None) -> None:
    if name is None:
        link.unlink(missing_ok=True)
        return
    fresh = link.with_name(f".{link.name}-next")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(name)
    fresh.replace(link)
    sync_folder(link.parent)
