"""Releases: cut on purpose, whole or not at all, and never changed."""

import os
import stat
from pathlib import Path

import pytest

from flows.base.errors import CannotRelease
from flows.base.warehouse_paths import PUBLIC_FILE, Warehouse, open_public
from flows.release import publish
from flows.release.check import check
from flows.release.draft import draft
from flows.release.releases import draft_folder, drafts, drafts_folder
from tests.releases import (
    FIRST,
    LATER_RUN,
    RUN,
    SECOND,
    files,
    notes,
    publication,
    released,
    shown,
    warehouse,
)

__all__ = ["warehouse"]


def test_a_release_is_drafted_checked_and_published_and_then_current(warehouse: Warehouse) -> None:
    folder = released(warehouse, FIRST)
    assert {"index.html", "release.json", PUBLIC_FILE, "site/index.html", "downloads/fct_figure.csv"} <= set(
        files(folder)
    )
    assert (warehouse.releases / "current").readlink() == Path(FIRST)
    assert drafts(warehouse) == []
    with open_public(folder / PUBLIC_FILE) as connection:
        told = connection.execute("from public.release").fetchall()
    assert [(name, str(date), invented) for name, date, invented in told] == [(FIRST, "2006-06-15", "some")]


def test_nobody_but_the_owner_can_read_a_draft_and_everyone_a_release_and_nothing_beside_it(
    warehouse: Warehouse,
) -> None:
    warehouse.root.chmod(0o700)
    before = os.umask(0o077)
    try:
        folder = released(warehouse, FIRST)
        draft(warehouse, SECOND, notes(warehouse.root.parent))
    finally:
        os.umask(before)
    paths = [folder, *folder.rglob("*"), warehouse.releases, warehouse.releases / "index.html"]
    assert {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in paths} == {(True, 0o755), (False, 0o644)}
    assert stat.S_IMODE(drafts_folder(warehouse).stat().st_mode) == 0o700
    assert stat.S_IMODE(warehouse.restricted.stat().st_mode) == 0o700
    # Others may go through the folder of the warehouse, and not see what is in it.
    assert stat.S_IMODE(warehouse.root.stat().st_mode) & 0o007 == 0o001


def test_nothing_in_a_release_leads_out_of_it(warehouse: Warehouse) -> None:
    folder = released(warehouse, FIRST)
    assert not [path for path in folder.rglob("*") if path.is_symlink()]
    for path, content in files(folder).items():
        assert str(warehouse.root).encode() not in content
        if path.endswith(".html"):
            assert b"../../" not in content
            assert b"//" not in content.replace(b"http://www.w3.org", b"").replace(b"data:,", b"")


def test_a_later_release_carries_what_was_shown_and_changes_nothing_of_the_first(warehouse: Warehouse) -> None:
    folder = released(warehouse, FIRST)
    before = files(folder)
    publication(warehouse, LATER_RUN, cases=29)
    assert shown(released(warehouse, SECOND)) == shown(folder) == 30
    assert files(folder) == before
    assert (warehouse.releases / "current").readlink() == Path(SECOND)


def test_a_draft_of_the_same_name_replaces_the_one_before_and_must_be_checked_again(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    check(warehouse, FIRST)
    publication(warehouse, LATER_RUN, cases=40)
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    with pytest.raises(CannotRelease, match="is not checked"):
        publish.publish(warehouse, FIRST)
    assert shown(draft_folder(warehouse, FIRST)) == 40


def test_an_earlier_publication_can_be_named(warehouse: Warehouse) -> None:
    publication(warehouse, LATER_RUN, cases=40)
    draft(warehouse, FIRST, notes(warehouse.root.parent), RUN)
    assert (drafts(warehouse)[0].run_id, shown(draft_folder(warehouse, FIRST))) == (RUN, 30)
