"""The check of a draft: what breaks the promises of a release is not published."""

from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from flows.base.errors import CannotRelease
from flows.base.warehouse_paths import PUBLIC_FILE, Warehouse, open_public
from flows.release import check as checking
from flows.release import keys, publish
from flows.release.check import check
from flows.release.draft import draft
from flows.release.releases import draft_folder
from tests.releases import FIRST, KEY, SECOND, attack, notes, released, warehouse

__all__ = ["warehouse"]


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
