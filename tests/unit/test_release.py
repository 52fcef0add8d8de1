"""Releases: cut on purpose, whole or not at all, never changed, and retracted with a reason."""

import json
import os
import stat
import xml.etree.ElementTree as Xml
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml

from flows.base.errors import AnotherNightRunning, CannotRelease, CasebookError, KeyUnusable
from flows.base.night import alone as night_alone
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import PUBLIC_FILE, Warehouse, open_public
from flows.publish import publish as publications
from flows.release import check as checking
from flows.release import draft as drafting
from flows.release import keys, manifest, publish
from flows.release.check import check
from flows.release.draft import draft
from flows.release.releases import alone, draft_folder, drafts, drafts_folder, releases
from tests.commands import Command
from tests.releases import KEY, LATER_RUN, NOTES, RUN, attack, notes, publication, warehouse

__all__ = ["warehouse"]

FIRST, SECOND = "2006-q1", "2006-q2"


def released(warehouse: Warehouse, name: str, revise: tuple[str, ...] = ()) -> Path:
    """Draft, check and publish a release; returns its folder."""
    draft(warehouse, name, notes(warehouse.root.parent), revise=revise)
    check(warehouse, name)
    publish.publish(warehouse, name)
    return warehouse.releases / name


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def shown(folder: Path) -> int:
    with open_public(folder / PUBLIC_FILE) as connection:
        return int(connection.execute("select value from public.fct_figure").fetchall()[0][0])


def seen(warehouse: Warehouse) -> dict[str, bytes]:
    """What readers get of all releases: everything but what is hidden."""
    if not warehouse.releases.is_dir():
        return {}
    return {path: content for path, content in files(warehouse.releases).items() if not path.startswith(".")}


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


# Bad input: a sentence, and nothing that readers get is changed.


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


# The check.


def test_a_draft_that_the_attack_breaks_is_not_published(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    attack(monkeypatch, "print('3 counts are certain'); raise SystemExit(1)")
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    with pytest.raises(CannotRelease, match=r"does not stay within the limits\.\n3 counts are certain"):
        check(warehouse, FIRST)
    with pytest.raises(CannotRelease, match="is not checked"):
        publish.publish(warehouse, FIRST)


@pytest.mark.parametrize("program", ["raise SystemExit('no such package')", "print('half'); raise SystemExit(2)"])
def test_an_attack_that_cannot_be_made_is_no_check(
    program: str, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack(monkeypatch, program)
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    with pytest.raises(CannotRelease, match=r"is not checked: the attack could not be made\."):
        check(warehouse, FIRST)


def test_the_attack_gets_every_release_also_retracted_ones_and_no_secret(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(warehouse, FIRST)
    publish.retract(warehouse, FIRST, "It was wrong.")
    warehouse.key_file.unlink()
    monkeypatch.setenv("CASEBOOK_CASE_KEY", KEY.decode())
    attack(monkeypatch, "import os, sys; print(sys.argv[1:], [name for name in os.environ if 'CASE_KEY' in name])")
    draft(warehouse, SECOND, notes(warehouse.root.parent))
    folders = [warehouse.restricted / "retracted" / FIRST, draft_folder(warehouse, SECOND)]
    assert check(warehouse, SECOND) == f"{[str(folder) for folder in folders]} []"


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("create schema marts; create table marts.fct_x as select 1 as exact", "has marts.fct_x.exact"),
        ("create table public.fct_x as select 'a' as case_key", "has public.fct_x.case_key"),
    ],
)
def test_exact_tables_and_keys_of_cases_do_not_pass_the_check(sql: str, sentence: str, warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    folder = draft_folder(warehouse, FIRST)
    with open_public(folder / PUBLIC_FILE, read_only=False) as connection:
        connection.execute(sql)
    _accept(warehouse)
    with pytest.raises(CannotRelease, match=sentence):
        check(warehouse, FIRST)


def test_a_draft_that_changes_what_was_shown_does_not_pass_the_check(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(warehouse, FIRST)
    draft(warehouse, SECOND, notes(warehouse.root.parent))
    found = ["2 figures of fct_figure are not as the release before shows them"]
    monkeypatch.setattr(checking, "lost_figures", lambda before, _: found if FIRST in str(before) else [])
    with pytest.raises(CannotRelease, match="2 figures of fct_figure are not as the release before"):
        check(warehouse, SECOND)


def test_a_secret_a_path_of_the_machine_or_a_link_does_not_pass_the_check(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    page = draft_folder(warehouse, FIRST) / "site" / "index.html"
    for content in (KEY, KEY.hex().encode(), str(warehouse.published).encode(), keys.derived(KEY, "rows", 0)):
        page.write_bytes(b"<p>" + content)
        _accept(warehouse)
        with pytest.raises(CannotRelease, match=r"site/index\.html has a secret or a path of this machine"):
            check(warehouse, FIRST)
    page.write_bytes(b"<p>")
    (page.parent / "way").symlink_to(warehouse.published)
    _accept(warehouse)
    with pytest.raises(CannotRelease, match="site/way is a link"):
        check(warehouse, FIRST)


def test_a_secret_in_an_archive_does_not_pass_the_check(warehouse: Warehouse) -> None:
    draft(warehouse, FIRST, notes(warehouse.root.parent))
    archive = draft_folder(warehouse, FIRST) / "downloads" / "all.zip"
    with ZipFile(archive, "w", ZIP_DEFLATED) as packed:
        packed.writestr("guide.txt", KEY)
    assert KEY not in archive.read_bytes()
    _accept(warehouse)
    with pytest.raises(CannotRelease, match=r"downloads/all\.zip has a secret or a path of this machine"):
        check(warehouse, FIRST)


def _accept(warehouse: Warehouse) -> None:
    """Let the draft as it is now be the one that was made."""
    from flows.release import state
    from flows.release.source import source_of

    state.write(warehouse, FIRST, source_of(warehouse, None).content)


# Revisions.


def test_a_revision_names_its_years_and_is_made_once(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    publication(warehouse, LATER_RUN, cases=29)
    assert shown(released(warehouse, SECOND, revise=("2004/05",))) == 29
    with pytest.raises(CannotRelease, match="Figures of 2004/05 were revised before"):
        draft(warehouse, "2006-q3", notes(warehouse.root.parent), revise=("2005/06", "2004/05"))
    index = (warehouse.releases / "index.html").read_text()
    assert "Revised: 2004/05, marked [r]." in index


def test_a_retracted_revision_was_one_too(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    released(warehouse, SECOND, revise=("2004/05",))
    publish.retract(warehouse, SECOND, "It was wrong.")
    with pytest.raises(CannotRelease, match="Figures of 2004/05 were revised before"):
        draft(warehouse, "2006-q3", notes(warehouse.root.parent), revise=("2004/05",))


def test_a_revision_needs_a_release_before_and_notes_that_name_its_years(warehouse: Warehouse) -> None:
    with pytest.raises(CannotRelease, match="nothing to revise"):
        draft(warehouse, FIRST, notes(warehouse.root.parent), revise=("2004/05",))
    released(warehouse, FIRST)
    with pytest.raises(CannotRelease, match="2003/04 is not in them"):
        draft(warehouse, SECOND, notes(warehouse.root.parent), revise=("2003/04",))


def test_a_year_that_was_never_shown_is_not_revised(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    with pytest.raises(CannotRelease, match=r"No release shows figures of 1990/91.*shown are 2004/05, 2005/06"):
        draft(warehouse, SECOND, notes(warehouse.root.parent, "1990, by mistake"), revise=("1990/91",))


def test_notes_of_a_revision_name_no_area(warehouse: Warehouse) -> None:
    released(warehouse, FIRST)
    with pytest.raises(CannotRelease, match="Bedfordshire is in them"):
        draft(warehouse, SECOND, notes(warehouse.root.parent, "2004, by Bedfordshire"), revise=("2004/05",))


def test_each_revision_has_secrets_of_its_own_and_none_is_the_key() -> None:
    made = {keys.derived(KEY, purpose, revision) for purpose in ("records", "rows") for revision in range(3)}
    assert len(made) == 6
    assert KEY not in made
    assert not made & {keys.derived(b"another key", "rows", revision) for revision in range(3)}


def test_a_revision_has_a_secret_of_its_own_for_its_years_alone(warehouse: Warehouse) -> None:
    none, first, second = (keys.secrets(warehouse, revision) for revision in range(3))
    assert none.revised == b""
    assert len({none.records, none.rows, first.revised, second.revised}) == 4
    assert {(each.records, each.rows) for each in (none, first, second)} == {(none.records, none.rows)}


# Retracting.


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


# Killed in the middle.


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


# The index and the feed.

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


# The command.


def test_the_command_drafts_checks_publishes_lists_and_retracts(warehouse: Warehouse, command: Command) -> None:
    def release(*arguments: str | Path) -> str:
        ended = command("release", *arguments, "--warehouse", warehouse.root)
        assert ended.code == 0, ended.err
        return ended.out

    assert f"Drafted {FIRST} from {RUN}" in release("draft", FIRST, "--notes", notes(warehouse.root.parent))
    assert release("list").splitlines() == [
        "name,state,released,publication,revised,next due",
        f"{FIRST},draft,,{RUN},,",
    ]
    assert "nothing is certain" in release("check", FIRST)
    assert "The next release is due on" in release("publish", FIRST)
    assert release("list").splitlines()[1].startswith(f"{FIRST},published,20")
    assert "is retracted" in release("retract", FIRST, "--reason", "It was wrong.")
    assert release("list").splitlines()[1].startswith(f"{FIRST},retracted,20")


def test_the_command_answers_programs_in_json(warehouse: Warehouse, command: Command) -> None:
    def release(*arguments: str | Path) -> Any:
        ended = command("release", *arguments, "--json", "--quiet", "--warehouse", warehouse.root)
        assert (ended.code, ended.err) == (0, "")
        return json.loads(ended.out)

    drafted = release("draft", FIRST, "--notes", notes(warehouse.root.parent))
    assert drafted == {
        "name": FIRST,
        "publication": RUN,
        "pages": 1,
        "workbooks": 0,
        "tables": 1,
        "folder": str(draft_folder(warehouse, FIRST)),
    }
    assert release("check", FIRST) == {"name": FIRST, "attack": "nothing is certain"}
    published = release("publish", FIRST)
    assert published["page"] == str(warehouse.releases / FIRST / "index.html")
    (listed,) = release("list")
    assert (listed["name"], listed["state"], listed["next due"]) == (FIRST, "published", published["next_due"])
    assert "is retracted" in release("retract", FIRST, "--reason", "It was wrong.")["sentence"]


def test_what_to_do_next_is_a_note_that_quiet_silences(warehouse: Warehouse, command: Command) -> None:
    given = ("release", "draft", FIRST, "--notes", notes(warehouse.root.parent), "--warehouse", warehouse.root)
    loud, quiet = command(*given), command(*given, "--quiet")
    assert f"casebook release check {FIRST}" in loud.err
    assert (quiet.out, quiet.err) == (loud.out, "")


@pytest.mark.parametrize("what", ["taken", "old", "notes", "run", "key", "two", "locked"])
def test_bad_input_is_one_sentence_and_nothing_is_published(what: str, warehouse: Warehouse, command: Command) -> None:
    released(warehouse, FIRST)
    before, text = seen(warehouse), notes(warehouse.root.parent)
    name, run, sentence, code = SECOND, RUN, "", 1
    match what:
        case "taken":
            name, sentence = FIRST, "There is a release 2006-q1 already, and it stays as it is"
        case "old":
            publication(warehouse, LATER_RUN, is_staff=False)
            run, sentence = LATER_RUN, f"The publication {LATER_RUN} is from before the staff edition"
        case "notes":
            text, sentence = warehouse.root / "no-notes.md", "The notes cannot be read from"
        case "run":
            run, sentence = "[red]\udcff", "There is no publication [red]"
        case "key":
            warehouse.key_file.write_bytes(b"another key")
            sentence = "The key of the case identifiers is not the one that"
        case "two":
            draft(warehouse, "2006-q3", text)
            sentence = "There is a draft 2006-q3 already"
        case "locked":
            sentence, code = "Another `casebook release` is at work", 3
    with alone(warehouse) if what == "locked" else nullcontext():
        refused = command("release", "draft", name, "--notes", text, "--run", run, "--warehouse", warehouse.root)
    assert (refused.code, refused.out) == (code, "")
    assert refused.err.startswith(sentence)
    assert refused.err.count("\n") == 1
    assert seen(warehouse) == before


@pytest.mark.parametrize("year", ["0", "2000", "nan", "9" * 30, "2004/05"])
def test_a_year_that_cannot_be_meant_is_not_revised(year: str, warehouse: Warehouse, command: Command) -> None:
    text = notes(warehouse.root.parent)
    refused = command("release", "draft", FIRST, "--notes", text, "--revise", year, "--warehouse", warehouse.root)
    assert (refused.code, "--revise" in refused.err) == (2, True)


def test_the_command_says_what_is_wrong_in_a_sentence(warehouse: Warehouse, command: Command) -> None:
    refused = command("release", "publish", FIRST, "--warehouse", warehouse.root)
    assert (refused.code, refused.err.startswith("There is no draft 2006-q1")) == (1, True)
    missing = command("release", "draft", FIRST, "--warehouse", warehouse.root)
    assert (missing.code, "--notes" in missing.err) == (2, True)
    with alone(warehouse):
        busy = command("release", "check", FIRST, "--warehouse", warehouse.root)
    assert busy.code == 3


def test_as_flows_a_release_is_drafted_and_checked_in_one_and_published_in_another(warehouse: Warehouse) -> None:
    from flows.release.flow import draft_release, publish_release

    said = draft_release.fn(FIRST, notes(warehouse.root.parent), warehouse=warehouse.root)
    assert said == "nothing is certain"
    assert publish_release.fn(FIRST, warehouse=warehouse.root) == str(warehouse.releases / FIRST)


def test_deployments_of_releases_have_no_schedule_and_no_secret() -> None:
    deployments = yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    of_releases = [each for each in deployments if each["name"].startswith("release-")]
    assert [each["name"] for each in of_releases] == ["release-draft", "release-publish"]
    for each in of_releases:
        assert not each.get("schedules")
        assert each["work_pool"]["job_variables"]["env"].keys() == {"CASEBOOK_WAREHOUSE"}


def test_notes_of_the_tests_name_the_years_that_they_revise() -> None:
    assert "2004" in NOTES
    assert "2005" in NOTES
