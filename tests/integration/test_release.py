"""A release of the examples, as anyone gets it: whole, leading nowhere else, and without a secret."""

import json
import logging
import posixpath
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from figures import kinds, pages_of
from figures.edition import PUBLIC, STAFF
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import ANALYST_FILE, PUBLIC_FILE, Warehouse, open_public
from flows.release import check, draft, figures, keys, publish
from flows.warehouse.dbt import share_parsed
from tests.houses import House
from tests.once import once
from tests.releases import notes
from tests.site.test_queries import check_figures
from tests.sites import Element, parse

NAME = "2026-q3"

NAMED = ("fct_criterion_score", "fct_performance_period")
"""The tables that docs/reference/access.md gives names to."""


@pytest.fixture(scope="module")
def warehouse(examples: House) -> Warehouse:
    """A warehouse with the publication of the examples, and a release of it. What dbt wrote for it is in `counting/`,
    what was logged in `log`, beside the warehouse."""
    return Warehouse(once("released", lambda folder: _release(examples, folder)) / "warehouse")


def _release(examples: House, folder: Path) -> None:
    made = Warehouse(folder / "warehouse")
    made.make()
    share_parsed(Warehouse(examples.warehouse), made)
    run_id = (examples.warehouse / "current").readlink().name
    (made.published / run_id).mkdir()
    shutil.copy(examples.warehouse / "published" / run_id / ANALYST_FILE, made.published / run_id / ANALYST_FILE)
    made.current.symlink_to(Path("published") / run_id)
    shutil.copy(examples.warehouse / "restricted" / made.key_file.name, made.key_file)
    with pytest.MonkeyPatch.context() as patch, _logged(folder / "log"):
        patch.setattr(check, "ATTACK", [sys.executable, "-c", ""])
        patch.setattr(figures.tempfile, "TemporaryDirectory", lambda **_: _kept(folder / "counting"))
        draft.draft(made, NAME, notes(folder))
        check.check(made, NAME)
        publish.publish(made, NAME)


@contextmanager
def _kept(folder: Path) -> Iterator[str]:
    """A folder that stays, in the place of a temporary one."""
    folder.mkdir()
    yield str(folder)


@contextmanager
def _logged(file: Path) -> Iterator[None]:
    """Everything that anybody logs, in a file."""
    handler = logging.FileHandler(file)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@pytest.fixture(scope="module")
def release(warehouse: Warehouse) -> Path:
    """The folder of the release."""
    return warehouse.releases / NAME


@pytest.fixture(scope="module")
def pages(release: Path) -> dict[str, Element]:
    """Every page of the release by its path in it."""
    return {
        path.relative_to(release).as_posix(): parse(path.read_text(encoding="utf-8"))
        for path in sorted(release.rglob("*.html"))
    }


def test_every_link_leads_to_a_file_of_the_release(release: Path, pages: dict[str, Element]) -> None:
    lost = [
        (path, href)
        for path, page in pages.items()
        for href in _links(page)
        if not _target(path, href) or not (release / _target(path, href)).is_file()
    ]
    assert len(pages) > 100
    assert lost == []


def _links(page: Element) -> Iterator[str]:
    for element in page.all("a", "link", "img", "script"):
        href = element.attributes.get("href", element.attributes.get("src", ""))
        if href and not href.startswith(("#", "data:")):
            yield href


def _target(path: str, href: str) -> str:
    """The file that a link leads to, empty where it leads out of the release."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), href.partition("#")[0]))
    return "" if target.startswith("..") or ":" in href else target


def test_every_page_says_which_edition_it_is_and_none_speaks_of_the_other(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        if not path.startswith("site/"):
            continue
        assert PUBLIC.banner in page.text, path
        assert STAFF.banner not in page.text
        if not path.startswith("site/about/"):
            assert not [word for word in ("analyst.duckdb", "marts.", "ops.") if word in page.text], path


def test_the_printed_query_of_a_figure_gives_what_the_page_shows(release: Path, pages: dict[str, Element]) -> None:
    site = {path.removeprefix("site/"): page for path, page in pages.items() if path.startswith("site/")}
    with open_public(release / PUBLIC_FILE) as connection:
        for kind in kinds(PUBLIC):
            for page in pages_of(connection, kind)[:1] + pages_of(connection, kind)[-1:]:
                check_figures(site, connection, page)


def test_the_file_has_the_public_schema_alone(release: Path) -> None:
    with open_public(release / PUBLIC_FILE) as connection:
        found = connection.execute("select distinct schema_name from duckdb_columns() where not internal").fetchall()
    assert found == [("public",)]


def test_names_are_a_join_away_as_the_page_on_access_says(release: Path) -> None:
    page = (PROJECT / "docs" / "reference" / "access.md").read_text(encoding="utf-8")
    queries = re.findall(r"^```\n(select .*?)^```$", page.partition("## Releases")[2], re.DOTALL | re.MULTILINE)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{release / PUBLIC_FILE}' as release (read_only); use release")
        found = [connection.execute(query).fetchall() for query in queries]
        facts = [connection.execute(f"from public.{name}").fetchall() for name in NAMED]
        regions = connection.execute("select count(*) from public.dim_region").fetchall()
    assert [len(rows) for rows in found] == [len(rows) for rows in facts]
    assert regions == [(10,)]


def test_no_secret_is_in_a_release_compiled_sql_a_log_or_a_manifest(warehouse: Warehouse) -> None:
    secrets = keys.every_secret(warehouse, 3)
    words = [*secrets, *(secret.hex().encode() for secret in secrets)]
    folder = warehouse.root.parent
    files = [path for path in folder.rglob("*") if path.is_file() and path != warehouse.key_file]
    assert {"counting", "log"} <= {path.relative_to(folder).parts[0] for path in files}
    assert {".sql", ".json", ".duckdb"} <= {path.suffix for path in files}
    assert [path for path in files if any(word in path.read_bytes() for word in words)] == []


def test_a_secret_that_was_there_would_be_found(warehouse: Warehouse, tmp_path: Path) -> None:
    secret = keys.every_secret(warehouse, 0)[2]
    (tmp_path / "compiled.sql").write_bytes(b"select '" + secret.hex().encode() + b"'")
    assert secret.hex().encode() in (tmp_path / "compiled.sql").read_bytes()
    assert len(secret) == 32


def test_workbooks_and_tables_are_of_the_public_edition(release: Path) -> None:
    tables = {path.stem for path in (release / "downloads" / "tables").glob("*.csv")}
    assert "fct_criterion_score" in tables
    assert not {"fct_standard_case", "dim_case", "fct_team_score", "fct_judgement"} & tables
    assert list((release / "downloads" / "workbooks" / "areas").glob("*.xlsx"))


def test_what_dbt_parsed_for_the_night_is_not_parsed_again(warehouse: Warehouse) -> None:
    took = Warehouse(warehouse.root.parent / "counting").dbt_target / "perf_info.json"
    assert json.loads(took.read_text(encoding="utf-8"))["parsed_path_count"] == 0


def test_nothing_is_left_of_the_draft(warehouse: Warehouse) -> None:
    assert list((warehouse.releases / ".drafts").iterdir()) == []
    assert tempfile.TemporaryDirectory.__module__ == "tempfile"
