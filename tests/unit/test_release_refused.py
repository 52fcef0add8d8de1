"""What no release is made of: a sentence, and nothing that readers get is changed."""

import pytest

from flows.base.errors import AnotherNightRunning, CannotRelease, CasebookError, KeyUnusable
from flows.base.night import alone as night_alone
from flows.base.warehouse_paths import Warehouse
from flows.publish import publish as publications
from flows.release import draft as drafting
from flows.release import manifest, publish
from flows.release.check import check
from flows.release.draft import draft
from flows.release.releases import alone, draft_folder, drafts
from tests.releases import FIRST, KEY, LATER_RUN, RUN, SECOND, notes, publication, released, seen, warehouse

__all__ = ["warehouse"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (FIRST, "There is a release 2006-q1 already"),
        ("current", "cannot name a release"),
        ("assets", "cannot name a release"),
        ("feed.xml", "cannot name a release"),
        ("../restricted", "cannot name a release"),
        (".hidden", "cannot name a release"),
        ("", "cannot name a release"),
        ("Q1 2006", "cannot name a release"),
        ("x" * 41, "cannot name a release"),
    ],
)
def test_a_name_that_is_taken_or_none_is_refused(name: str, sentence: str, warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    before = seen(warehouse)
    with pytest.raises(CannotRelease, match=sentence):
        draft(warehouse, name, notes(warehouse.root.parent))
    assert seen(warehouse) == before
    assert drafts(warehouse) == []


def test_the_name_of_a_retracted_release_stays_taken(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    publish.retract(warehouse, FIRST, "It was wrong.")
    with pytest.raises(CannotRelease, match="There is a release 2006-q1 already"):
        draft(warehouse, FIRST, notes(warehouse.root.parent))


def test_a_publication_from_before_the_staff_edition_is_refused(warehouse: Warehouse) -> None:
    publication(warehouse, LATER_RUN, is_staff=False)
    with pytest.raises(CannotRelease, match="is from before the staff edition: it has no marts"):
        draft(warehouse, FIRST, notes(warehouse.root.parent))
    assert drafts(warehouse) == []


def test_a_publication_that_is_not_kept_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(CasebookError, match=rf"There is no publication .*kept are: {RUN}"):
        draft(warehouse, FIRST, notes(warehouse.root.parent), LATER_RUN)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "cannot be read"), (b"", "no notes"), (b" \n", "no notes"), (b"\xff\xfe", "no text in UTF-8")],
)
def test_notes_that_are_missing_are_refused(content: bytes | None, sentence: str, warehouse: Warehouse) -> None:
    file = warehouse.root.parent / "notes.md"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CannotRelease, match=sentence):
        draft(warehouse, FIRST, file)
    assert seen(warehouse) == {}


def test_notes_that_are_a_folder_are_refused(warehouse: Warehouse) -> None:
    with pytest.raises(CannotRelease, match="Is a directory"):
        draft(warehouse, FIRST, warehouse.root)


@pytest.mark.parametrize("act", [check, publish.publish])
def test_a_draft_whose_publication_was_made_again_after_an_erasure_goes_no_further(
    act: object, warehouse: Warehouse
) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    if act is publish.publish:
        check(warehouse, FIRST)
    publication(warehouse, RUN, cases=29)
    before = seen(warehouse)
    with pytest.raises(CannotRelease, match="was made again after an erasure"):
        act(warehouse, FIRST)  # type: ignore[operator]
    assert seen(warehouse) == before


def test_a_draft_whose_publication_was_removed_goes_no_further(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    check(warehouse, FIRST)
    publication(warehouse, LATER_RUN)
    publications.remove(warehouse, RUN)
    with pytest.raises(CannotRelease, match="is no longer kept"):
        publish.publish(warehouse, FIRST)


def test_an_erasure_while_a_draft_is_built_ends_it(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    write = drafting.write_downloads
    monkeypatch.setattr(
        drafting, "write_downloads", lambda *given: (publication(warehouse, RUN, cases=29), write(*given))[1]
    )
    with pytest.raises(CannotRelease, match="was made again after an erasure"):
        draft(warehouse, FIRST, notes(warehouse.root.parent))
    assert drafts(warehouse) == []


def test_another_key_than_that_of_the_releases_before_is_refused(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    before = seen(warehouse)
    warehouse.key_file.write_bytes(b"another key")
    with pytest.raises(KeyUnusable, match="is not the one that the publication was made with"):
        draft(warehouse, SECOND, notes(warehouse.root.parent))
    folder = warehouse.releases / FIRST
    manifest.write(folder, manifest.Release(**{**vars(manifest.read(folder)), "key_check": "another"}))
    warehouse.key_file.write_bytes(KEY)
    with pytest.raises(KeyUnusable, match="is not the one that release 2006-q1 was made with"):
        draft(warehouse, SECOND, notes(warehouse.root.parent))
    warehouse.key_file.unlink()
    with pytest.raises(KeyUnusable, match="is missing"):
        draft(warehouse, SECOND, notes(warehouse.root.parent))
    assert seen(warehouse).keys() == before.keys()
    assert drafts(warehouse) == []


def test_two_drafts_at_once_are_refused(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    with pytest.raises(CannotRelease, match="There is a draft 2006-q1 already"):
        draft(warehouse, SECOND, notes(warehouse.root.parent))
    with alone(warehouse), pytest.raises(AnotherNightRunning, match="Another `casebook release` is at work"):
        draft(warehouse, FIRST, notes(warehouse.root.parent))
    assert [each.name for each in drafts(warehouse)] == [FIRST]


def test_nothing_is_published_while_a_night_or_an_erasure_runs(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    check(warehouse, FIRST)
    with night_alone(warehouse), pytest.raises(AnotherNightRunning, match="nothing was published"):
        publish.publish(warehouse, FIRST)
    assert not (warehouse.releases / FIRST).exists()


def test_a_draft_that_was_changed_by_hand_is_not_published(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    check(warehouse, FIRST)
    (draft_folder(warehouse, FIRST) / "site" / "index.html").write_text("better")
    with pytest.raises(CannotRelease, match="is not as it was made"):
        publish.publish(warehouse, FIRST)


@pytest.mark.parametrize("act", [check, publish.publish])
def test_what_was_not_drafted_cannot_be_checked_or_published(act: object, warehouse: Warehouse) -> None:
    with pytest.raises(CannotRelease, match="There is no draft 2006-q1"):
        act(warehouse, FIRST)  # type: ignore[operator]
    released(warehouse, FIRST)
    with pytest.raises(CannotRelease, match="is published already"):
        act(warehouse, FIRST)  # type: ignore[operator]
