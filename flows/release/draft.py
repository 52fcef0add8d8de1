"""Draft a release from a publication: its figures, pages and downloads, for its owner alone until it is published."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from downloads import write_downloads
from flows.base.errors import CannotRelease
from flows.base.warehouse_paths import PUBLIC_FILE, Warehouse, open_public, sql_text
from flows.release import keys, manifest, state
from flows.release.manifest import Release, revised_years
from flows.release.publish import settle
from flows.release.releases import (
    BUILDING,
    alone,
    draft_folder,
    drafts,
    drafts_folder,
    releases,
    remove_draft,
    require_name,
    shown_folders,
)
from flows.release.source import Source, require_unchanged, source_of
from pages import build_site, list_downloads

LOG = logging.getLogger("casebook.release")

LONGEST_NOTES = 20_000

TABLE = "What this release is. Grain: one row. Key: release. Use it when you cite a figure or ask how recent it is."
COLUMNS = {
    "release": "Its name, which pages and downloads quote.",
    "business_date": "The date as of which its new figures are counted.",
    "invented_cases": "How many of the deliveries behind it are marked as invented: none, some or all.",
}


@dataclass(frozen=True)
class Drafted:
    """A draft, and how many files it has for readers."""

    release: Release
    pages: int
    workbooks: int
    tables: int


def draft(
    warehouse: Warehouse, name: str, notes: Path, run_id: str | None = None, revise: Sequence[str] = ()
) -> Drafted:
    """Draft a release; a draft with the same name is replaced once the new one is whole.

    Errors: CannotRelease where it cannot be; KeyUnusable; AnotherNightRunning where another command is at work.
    """
    text = notes_in(notes)
    with alone(warehouse):
        settle(warehouse)
        require_name(warehouse, name)
        _require_no_other(warehouse, name)
        source, before = source_of(warehouse, run_id), releases(warehouse)
        _require_revisable(revise, before, text)
        _require_shown(warehouse, revise, text)
        release = Release(
            name=name,
            number=len(before) + 1,
            run_id=source.run_id,
            business_date=source.business_date,
            notes=text,
            revised=tuple(sorted(set(revise))),
            key_check=source.key_check,
        )
        keys.require_same_key(warehouse, source.key_check, before)
        return _build(warehouse, release, source)


def notes_in(file: Path) -> str:
    """The notes of a release, which a person wrote. Errors: CannotRelease where they are missing or no text."""
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise CannotRelease(f"The notes cannot be read from {file}: {why}. Nothing was drafted.") from None
    if not text or len(text) > LONGEST_NOTES:
        what = "no notes" if not text else f"more than {LONGEST_NOTES:,} characters"
        raise CannotRelease(f"There are {what} in {file}: write what is new, in Markdown. Nothing was drafted.")
    return text


def _require_no_other(warehouse: Warehouse, name: str) -> None:
    """One draft at a time: each new figure is counted once, for the release that shows it first."""
    for other in drafts(warehouse):
        if other.name != name:
            raise CannotRelease(
                f"There is a draft {other.name} already: publish it (casebook release publish {other.name}), or remove "
                f"it (casebook release retract {other.name} --reason TEXT). Nothing was drafted."
            )


def _require_revisable(years: Sequence[str], before: Sequence[Release], notes: str) -> None:
    """Errors: CannotRelease where a year was revised before, there is nothing to revise, or notes do not name it."""
    if years and not before:
        raise CannotRelease("There is no release yet, so there is nothing to revise: draft without --revise.")
    twice = sorted(set(years) & revised_years(before))
    if twice:
        raise CannotRelease(
            f"Figures of {twice[0]} were revised before, and a figure is revised at most once: differences of several "
            "revisions would give away numbers of people. Nothing was drafted."
        )
    unnamed = [year for year in sorted(set(years)) if year[:4] not in notes]
    if unnamed:
        raise CannotRelease(
            f"The notes of a revision name each year that is revised, and why: {unnamed[0]} is not in them. Nothing "
            "was drafted."
        )


def _require_shown(warehouse: Warehouse, years: Sequence[str], notes: str) -> None:
    """Errors: CannotRelease where the last release shows nothing of a year to be revised, or notes name an area."""
    if not years:
        return
    with open_public(shown_folders(warehouse)[-1] / PUBLIC_FILE) as connection:
        _require_no_area(connection, notes)
        shown = _shown_years(connection)
    missing = sorted(set(years) - shown)
    if missing:
        raise CannotRelease(
            f"No release shows figures of {missing[0]}, so there is nothing to revise: shown are "
            f"{', '.join(sorted(shown))}. Nothing was drafted."
        )


def _require_no_area(connection: duckdb.DuckDBPyConnection, notes: str) -> None:
    areas = connection.execute("select area_name from public.dim_area order by area_name").fetchall()
    named = [area for (area,) in areas if re.search(rf"\b{re.escape(area)}\b", notes)]
    if named:
        raise CannotRelease(
            f"The notes of a revision name years and reasons, and no area: {named[0]} is in them, which says whose "
            "figures changed. Nothing was drafted."
        )


def _shown_years(connection: duckdb.DuckDBPyConnection) -> set[str]:
    tables = connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'public' and table_name like 'fct%' "
        "and column_name = 'performance_year'"
    ).fetchall()
    return {
        year
        for (table,) in tables
        for (year,) in connection.execute(f"select distinct performance_year from public.{table}").fetchall()
        if year
    }


def _revision(release: Release, before: Sequence[Release]) -> int:
    """Which revision a release is, the first being 1; 0 where it revises nothing."""
    return 1 + sum(bool(one.revised) for one in before) if release.revised else 0


def _build(warehouse: Warehouse, release: Release, source: Source) -> Drafted:
    """Everything in a folder of its own first: a draft that dies leaves what was there."""
    # Loaded here: only a draft needs dbt.
    from flows.release import figures

    folder = drafts_folder(warehouse) / f"{BUILDING}{release.name}"
    folder.mkdir()
    public = folder / PUBLIC_FILE
    earlier = [one / PUBLIC_FILE for one in shown_folders(warehouse)]
    secrets = keys.secrets(warehouse, _revision(release, releases(warehouse)))
    figures.build(source.file, public, earlier, secrets, release.revised, known=warehouse)
    _describe(public, release, source)
    site = build_site(public, folder / "site")
    written = write_downloads(public, folder / "downloads")
    list_downloads(folder)
    manifest.write(folder, release)
    require_unchanged(warehouse, release, source.content)
    remove_draft(warehouse, release.name)
    folder.rename(draft_folder(warehouse, release.name))
    state.write(warehouse, release.name, source.content)
    return Drafted(release, site.pages, written.workbooks, written.tables)


def _describe(public: Path, release: Release, source: Source) -> None:
    """`public.release`: which release the file is of."""
    with open_public(public, read_only=False) as connection:
        connection.execute(
            "create table public.release as select ?::varchar as release, ?::date as business_date, "
            "?::varchar as invented_cases",
            [release.name, release.business_date, source.invented],
        )
        connection.execute(f"comment on table public.release is {sql_text(TABLE)}")
        for column, text in COLUMNS.items():
            connection.execute(f"comment on column public.release.{column} is {sql_text(text)}")
