"""The index of releases and its Atom feed."""

import xml.etree.ElementTree as Xml

import pytest

from flows.base.warehouse_paths import Warehouse
from flows.release import publish
from flows.release.check import check
from flows.release.draft import draft
from flows.release.releases import releases
from tests.commands import Command
from tests.releases import FIRST, SECOND, notes, released, warehouse

__all__ = ["warehouse"]


ATOM = "{http://www.w3.org/2005/Atom}"


def feed(warehouse: Warehouse) -> Xml.Element:
    return Xml.fromstring((warehouse.releases / "feed.xml").read_bytes())


def test_the_index_lists_all_with_date_notes_revisions_and_the_next(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    released(warehouse, SECOND, revise=("2004/05", "2005/06"))
    index = (warehouse.releases / "index.html").read_text()
    newest = releases(warehouse)[-1]
    assert newest.released_at
    assert f"Released on {newest.released_at.day} {newest.released_at:%B %Y}" in index
    assert f"The next is due on {newest.next_due.day} {newest.next_due:%B %Y}" in index
    assert "Nothing was <em>revised</em>" in index
    assert "Revised: 2004/05, 2005/06, marked [r]" in index
    assert index.index(f'href="{SECOND}/index.html"') < index.index(f'href="{FIRST}/index.html"')


def test_the_feed_has_tags_that_stay_when_the_address_changes(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_RELEASES_ADDRESS", "https://figures.example.org/probation/")
    released(warehouse, FIRST)
    (entry,) = feed(warehouse).findall(f"{ATOM}entry")
    on = releases(warehouse)[0].changed_at.date()
    tag = f"tag:figures.example.org,{on}:casebook/releases/{FIRST}"
    assert entry.findtext(f"{ATOM}id") == tag
    assert entry.find(f"{ATOM}link").attrib["href"] == f"https://figures.example.org/probation/{FIRST}/index.html"  # type: ignore[union-attr]
    monkeypatch.setenv("CASEBOOK_RELEASES_ADDRESS", "https://elsewhere.example.org")
    released(warehouse, SECOND)
    newer, older = feed(warehouse).findall(f"{ATOM}entry")
    assert older.findtext(f"{ATOM}id") == tag
    assert newer.findtext(f"{ATOM}id") == f"tag:elsewhere.example.org,{on}:casebook/releases/{SECOND}"
    assert feed(warehouse).findtext(f"{ATOM}id") == f"tag:figures.example.org,{on}:casebook/releases"


def test_a_feed_without_an_address_has_links_that_begin_at_itself(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    (entry,) = feed(warehouse).findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").attrib["href"] == f"{FIRST}/index.html"  # type: ignore[union-attr]
    assert str(entry.findtext(f"{ATOM}id")).startswith("tag:casebook.invalid,")


def test_the_feed_says_that_a_release_was_retracted(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    publish.retract(warehouse, FIRST, "It was wrong.")
    (entry,) = feed(warehouse).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == f"Release {FIRST} (retracted)"
    assert entry.findtext(f"{ATOM}summary") == "Retracted: It was wrong."


def test_notes_are_text_and_no_markup_of_theirs_is_run(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent, "<script>alert(1)</script> & more"))
    check(warehouse, FIRST)
    publish.publish(warehouse, FIRST)
    for page in ("index.html", f"{FIRST}/index.html"):
        assert "<script" not in (warehouse.releases / page).read_text()
    assert "<script>alert(1)</script> & more" in str(feed(warehouse).findtext(f"{ATOM}entry/{ATOM}summary"))


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://", "https://a.org/?q=1", ""])
def test_an_address_that_is_none_is_refused(
    address: str, warehouse: Warehouse, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_RELEASES_ADDRESS", address)
    refused = command("release", "list", "--warehouse", warehouse.root)
    assert refused.code in (0, 2)
    refused = command("release", "draft", FIRST, "--notes", notes(warehouse.root.parent), "--warehouse", warehouse.root)
    assert (refused.code, "CASEBOOK_RELEASES_ADDRESS" in refused.err) == (2, True)
