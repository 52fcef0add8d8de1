"""Revisions of releases: of years that were shown, once, with secrets of their own."""

import pytest

from flows.base.errors import CannotRelease
from flows.base.warehouse_paths import Warehouse
from flows.release import keys, publish
from flows.release.draft import draft
from tests.releases import FIRST, KEY, LATER_RUN, SECOND, notes, publication, released, shown, warehouse

__all__ = ["warehouse"]


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
