"""Retracted releases leave a page that says why, and what they showed stays shown."""

from pathlib import Path

import pytest

from flows.base.errors import CannotRelease
from flows.base.warehouse_paths import Warehouse
from flows.release import publish
from flows.release.draft import draft
from flows.release.releases import drafts, releases
from tests.releases import FIRST, LATER_RUN, SECOND, files, notes, publication, released, seen, shown, warehouse

__all__ = ["warehouse"]


def test_a_retracted_release_leaves_a_page_that_says_why(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    released(warehouse, SECOND)
    publish.retract(warehouse, SECOND, "A table showed figures of another area")
    left = files(warehouse.releases / SECOND)
    assert left.keys() == {"index.html", "release.json", "site/index.html", "assets/casebook.css"}
    for page in ("index.html", "site/index.html"):
        assert b"A table showed figures of another area." in left[page]
    assert (warehouse.releases / "current").readlink() == Path(FIRST)
    assert "A table showed figures of another area." in (warehouse.releases / "index.html").read_text()


def test_what_a_retracted_release_showed_stays_as_it_was_in_later_ones(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    publish.retract(warehouse, FIRST, "It was wrong.")
    assert not (warehouse.releases / "current").exists()
    publication(warehouse, LATER_RUN, cases=29)
    assert shown(released(warehouse, SECOND)) == 30


def test_a_draft_is_retracted_without_a_trace(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    assert "is removed" in publish.retract(warehouse, FIRST, "Not needed.")
    assert drafts(warehouse) == releases(warehouse) == []
    released(warehouse, FIRST)


@pytest.mark.parametrize(("name", "reason", "sentence"), [(SECOND, "x", "no release"), (FIRST, " ", "Say why")])
def test_what_is_not_there_or_without_a_reason_is_not_retracted(
    name: str, reason: str, sentence: str, warehouse: Warehouse
) -> None:
    released(warehouse, FIRST)
    before = seen(warehouse)
    with pytest.raises(CannotRelease, match=sentence):
        publish.retract(warehouse, name, reason)
    assert seen(warehouse) == before


def test_a_release_is_retracted_once(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    publish.retract(warehouse, FIRST, "It was wrong.")
    with pytest.raises(CannotRelease, match="retracted already: It was wrong"):
        publish.retract(warehouse, FIRST, "Again.")
