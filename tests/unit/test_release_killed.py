"""Drafting, publishing and retracting that are killed: readers get all of it or nothing."""

from pathlib import Path

import pytest

from flows.base.warehouse_paths import PUBLIC_FILE, Warehouse
from flows.release import draft as drafting
from flows.release import publish
from flows.release.check import check
from flows.release.draft import draft
from flows.release.releases import draft_folder, drafts, drafts_folder, releases
from tests.releases import FIRST, SECOND, files, notes, released, seen, shown, warehouse

__all__ = ["warehouse"]


class Killed(BaseException):
    """In the place of a signal that no code can catch."""


def kill(*_: object, **__: object) -> None:
    raise Killed


@pytest.mark.parametrize("place", ["build_site", "write_downloads", "require_unchanged", "remove_draft"])
def test_a_draft_that_is_killed_leaves_the_draft_before_and_nothing_for_readers(
    place: str, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    before, readers_get = files(draft_folder(warehouse, FIRST)), seen(warehouse)
    with monkeypatch.context() as patch:
        patch.setattr(drafting, place, kill)
        with pytest.raises(Killed):
            draft(warehouse, FIRST, notes(warehouse.root.parent))
    assert files(draft_folder(warehouse, FIRST)) == before
    assert seen(warehouse) == readers_get
    check(warehouse, FIRST)
    publish.publish(warehouse, FIRST)
    assert not list(drafts_folder(warehouse).iterdir())


@pytest.mark.parametrize("place", ["open_below", "sync_files", "sync_folder", "settle"])
def test_publishing_that_is_killed_has_published_whole_or_not_at_all_and_the_next_command_ends_it(
    place: str, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    check(warehouse, FIRST)
    calls: list[None] = []

    def kill_late(*_: object) -> None:
        calls.append(None)
        # `settle` is called first and last.
        if place != "settle" or len(calls) == 2:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(publish, place, kill_late)
        with pytest.raises(Killed):
            publish.publish(warehouse, FIRST)
    if (warehouse.releases / FIRST).exists():
        draft(warehouse, SECOND, notes(warehouse.root.parent))
    else:
        assert [each.state for each in drafts(warehouse)] == ["draft"]
        publish.publish(warehouse, FIRST)
    assert (warehouse.releases / "current").readlink() == Path(FIRST)
    assert FIRST in (warehouse.releases / "index.html").read_text()
    assert PUBLIC_FILE in files(warehouse.releases / FIRST)


@pytest.mark.parametrize("place", ["_take_back", "_leave_page", "open_below", "open_releases"])
def test_retracting_that_is_killed_is_ended_by_the_next_command(
    place: str, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(warehouse, FIRST)
    armed: list[None] = []
    real = getattr(publish, place)

    def kill_late(*given: object) -> object:
        # What is done before anything is retracted does not count.
        if publish._record(warehouse, FIRST).exists():
            armed.append(None)
            raise Killed
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(publish, place, kill_late)
        with pytest.raises(Killed):
            publish.retract(warehouse, FIRST, "It was wrong.")
    assert armed
    draft(warehouse, SECOND, notes(warehouse.root.parent))
    assert b"It was wrong." in files(warehouse.releases / FIRST)["site/index.html"]
    assert [each.state for each in releases(warehouse)] == ["retracted"]
    assert shown(warehouse.restricted / "retracted" / FIRST) == 30
