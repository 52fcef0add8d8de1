"""What is carried over from an earlier night is what would have been made anew, whatever has changed since."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from downloads import Downloads, write_downloads
from pages import Site, build_site
from tests.houses import House
from tests.sites import differences

CHANGES = """
update ops.publication set run_id = '20300102T030405Z-beef', business_date = date '2030-01-02';
update marts.dim_area set area_name = area_name || ' (renamed)' where area_code = 'BED';
delete from marts.dim_inspection where inspection_id = 'OMI-NWA-2008';
update marts.fct_recommendation set theme = 'Another theme' where inspection_id = 'ESI-BED-2005';
update ops.publication_table set content_hash = 'changed'
where table_schema = 'marts' and table_name in ('dim_area', 'dim_inspection', 'fct_recommendation');
"""
"""A new name on many pages, a page fewer and all links to it, and a word on one page."""


@dataclass(frozen=True)
class Built:
    folder: Path
    site: Site
    downloads: Downloads


def built(file: Path, folder: Path, kept: Path | None) -> Built:
    """Pages and downloads of a file, as a night builds them."""
    site = build_site(file, folder / "site", kept and kept / "site")
    return Built(folder, site, write_downloads(file, folder / "downloads", kept and kept / "downloads"))


@pytest.fixture(scope="module")
def kept(examples: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the night over the examples has kept."""
    return shutil.copytree(examples.warehouse / "restricted" / "kept", tmp_path_factory.mktemp("kept") / "kept")


@pytest.fixture(scope="module")
def changed(examples: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its file with changes."""
    file = tmp_path_factory.mktemp("changed") / "analyst.duckdb"
    shutil.copyfile(examples.warehouse / "current" / "analyst.duckdb", file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(CHANGES)
    return file


@pytest.fixture(scope="module")
def anew(changed: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The changed publication without anything kept."""
    return built(changed, tmp_path_factory.mktemp("anew"), None)


def test_a_night_without_changes_makes_next_to_nothing_and_the_same_bytes(
    kept: Path, examples: House, tmp_path: Path
) -> None:
    file = examples.warehouse / "current" / "analyst.duckdb"
    again = built(file, tmp_path, kept)
    # The first page and that of data quality tell of the publication itself.
    assert again.site.pages - again.site.carried == 2
    assert again.downloads.carried == again.downloads.workbooks
    for part in ("site", "downloads"):
        assert differences(examples.warehouse / "current" / part, tmp_path / part) == []


def test_what_changed_is_made_anew_and_the_rest_is_the_same_bytes(
    kept: Path, changed: Path, anew: Built, tmp_path: Path
) -> None:
    mine = shutil.copytree(kept, tmp_path / "kept")
    carried = built(changed, tmp_path / "carried", mine)
    assert 0 < carried.site.carried < carried.site.pages
    assert anew.site.carried == anew.downloads.carried == 0
    for part in ("site", "downloads"):
        assert differences(anew.folder / part, tmp_path / "carried" / part) == []
    forms = {path.relative_to(mine / "site") for path in (mine / "site").rglob("*.html")}
    assert forms == {path.relative_to(anew.folder / "site") for path in (anew.folder / "site").rglob("*.html")}


def test_forms_that_anyone_touched_are_made_anew(kept: Path, examples: House, tmp_path: Path) -> None:
    mine = shutil.copytree(kept, tmp_path / "kept")
    touched = [
        *(mine / "site" / name for name in ("areas/BED.html", "about.html", "measures.html")),
        mine / "downloads" / "workbooks" / "areas" / "BED.xlsx",
        *(mine / "downloads" / "tables" / name for name in ("dim_area.csv", "dim_area.parquet")),
    ]
    for number, path in enumerate(touched):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if number % 2 else content.replace(b"e", b"i", 1))
    (mine / "site" / "areas.html").unlink()
    built(examples.warehouse / "current" / "analyst.duckdb", tmp_path / "again", mine)
    for part in ("site", "downloads"):
        assert differences(examples.warehouse / "current" / part, tmp_path / "again" / part) == []


def test_nothing_kept_says_of_which_publication_it_is(kept: Path, examples: House) -> None:
    """All but what tells of the publication itself, which is made anew every night."""
    ((run_id,),) = examples.ask("select run_id from ops.publication")
    saying = {path.name for path in kept.rglob("*") if path.is_file() and run_id.encode() in path.read_bytes()}
    assert saying <= {"index.html", "quality_result.csv", "quality_result.parquet"}
