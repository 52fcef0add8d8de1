"""What is reused from an earlier night is what would have been made, whatever has changed since."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

import pages.build
from downloads import Downloads, write_downloads
from figures import Figure, Page, Rows, rows_of
from pages import Site, build_site, list_downloads
from tests.houses import House
from tests.sites import differences

CHANGES = """
update ops.publication set run_id = '20300102T030405Z-beef', business_date = date '2030-01-02';
update marts.dim_area set area_name = area_name || ' (renamed)' where area_code = 'BED';
delete from marts.dim_inspection where inspection_id = 'OMI-AVS-2008';
update marts.fct_recommendation set theme = 'Another theme' where inspection_id = 'ESI-AVS-2005';
update ops.publication_table set content_hash = 'changed'
where table_schema = 'marts' and table_name in ('dim_area', 'dim_inspection', 'fct_recommendation');
"""
"""A new name on many pages, a page fewer and all links to it, and a word on one page."""


@dataclass(frozen=True)
class Built:
    folder: Path
    site: Site
    downloads: Downloads


def built(file: Path, folder: Path, cache: Path | None) -> Built:
    """Pages and downloads of a file, as a night builds them."""
    site = build_site(file, folder / "site", cache and cache / "site")
    written = write_downloads(file, folder / "downloads", cache and cache / "downloads")
    list_downloads(folder)
    return Built(folder, site, written)


@pytest.fixture(scope="module")
def cache(tiny: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the night over small deliveries has cached."""
    return shutil.copytree(tiny.warehouse / "restricted" / "render_cache", tmp_path_factory.mktemp("cache") / "cache")


@pytest.fixture(scope="module")
def changed(tiny: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its file with changes."""
    file = tmp_path_factory.mktemp("changed") / "analyst.duckdb"
    shutil.copyfile(tiny.warehouse / "current" / "analyst.duckdb", file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(CHANGES)
    return file


@pytest.fixture(scope="module")
def made(changed: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The changed publication without a cache."""
    return built(changed, tmp_path_factory.mktemp("made"), None)


def test_a_night_without_changes_makes_next_to_nothing_and_the_same_bytes(
    cache: Path, tiny: House, tmp_path: Path
) -> None:
    file = tiny.warehouse / "current" / "analyst.duckdb"
    again = built(file, tmp_path, cache)
    # The first page and that of data quality are about the publication itself.
    assert again.site.pages - again.site.reused == 2
    assert again.downloads.reused == again.downloads.workbooks
    for part in ("site", "downloads"):
        assert differences(tiny.warehouse / "current" / part, tmp_path / part) == []


def test_what_changed_is_made_and_the_rest_is_the_same_bytes(
    cache: Path, changed: Path, made: Built, tmp_path: Path
) -> None:
    mine = shutil.copytree(cache, tmp_path / "cache")
    reused = built(changed, tmp_path / "reused", mine)
    assert 0 < reused.site.reused < reused.site.pages
    assert made.site.reused == made.downloads.reused == 0
    for part in ("site", "downloads"):
        assert differences(made.folder / part, tmp_path / "reused" / part) == []
    cached = {path.relative_to(mine / "site") for path in (mine / "site").rglob("*.html")}
    assert cached == {path.relative_to(made.folder / "site") for path in (made.folder / "site").rglob("*.html")}


def test_files_that_anyone_touched_are_made_again(cache: Path, tiny: House, tmp_path: Path) -> None:
    mine = shutil.copytree(cache, tmp_path / "cache")
    touched = [
        *(mine / "site" / name for name in ("areas/BED.html", "about.html", "measures.html")),
        mine / "downloads" / "workbooks" / "areas" / "BED.xlsx",
        *(mine / "downloads" / "tables" / name for name in ("dim_area.csv", "dim_area.parquet")),
    ]
    for number, path in enumerate(touched):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if number % 2 else content.replace(b"e", b"i", 1))
    (mine / "site" / "areas.html").unlink()
    built(tiny.warehouse / "current" / "analyst.duckdb", tmp_path / "again", mine)
    for part in ("site", "downloads"):
        assert differences(tiny.warehouse / "current" / part, tmp_path / "again" / part) == []


def test_nothing_cached_names_its_publication(cache: Path, tiny: House) -> None:
    """All but the files about the publication itself, which are made every night."""
    ((run_id,),) = tiny.ask("select run_id from ops.publication")
    naming = {path.name for path in cache.rglob("*") if path.is_file() and run_id.encode() in path.read_bytes()}
    assert naming <= {"index.html", "quality_result.csv", "quality_result.parquet"}


@pytest.mark.long
def test_a_figure_whose_tables_are_what_they_were_is_not_asked_again(
    cache: Path, changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()

    def counted(connection: duckdb.DuckDBPyConnection, page: Page, figures: Sequence[Figure]) -> Iterable[Rows]:
        asked.update(f"{page.kind.name} {figure.name}" for figure in figures)
        return rows_of(connection, page, figures)

    monkeypatch.setattr("pages.jobs.rows_of", counted)
    monkeypatch.setattr(pages.build, "PAGES", replace(pages.build.PAGES, worth_a_process=sys.maxsize))
    built(changed, tmp_path / "again", shutil.copytree(cache, tmp_path / "cache"))
    assert asked["measure areas"] > 0, "it reads the names of areas, of which one has changed"
    assert asked["measure national"] == 0, "no table that it reads has changed"
