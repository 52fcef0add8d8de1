"""Pages as Debian's Chromium opens them from a folder, without a server."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from figures import kinds
from tests.houses import House

NEEDED = ("chromium", "pdftotext")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def missing_programs() -> str:
    """A sentence about what these tests need and this machine lacks; empty where it lacks nothing."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    return f"Tests of pages need {' and '.join(missing)}: run make system-deps, which installs it." if missing else ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it tests are skipped, but not where every test must run."""
    told = missing_programs()
    if told and os.environ.get("CI") == "true":
        pytest.fail(told)
    if told:
        pytest.skip(told)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(browser: Browser, examples: House) -> Path:
    """The site as the examples' night published it."""
    return (examples.warehouse / "current" / "site").resolve()


@pytest.fixture(scope="session")
def one_of_each(site: Path) -> dict[str, Path]:
    """The longest page of every kind, of queries and of tables, the lists of tables and columns, and the search."""
    return {name: found[-1] for name, found in _by_length(site).items()}


@pytest.fixture(params=["of middling length", pytest.param("longest", marks=pytest.mark.long)])
def pages(request: pytest.FixtureRequest, site: Path) -> dict[str, Path]:
    """One page of each of these kinds."""
    is_longest = request.param == "longest"
    return {name: found[-1 if is_longest else len(found) // 2] for name, found in _by_length(site).items()}


def _by_length(site: Path) -> dict[str, list[Path]]:
    """The pages of each kind, the longest last."""
    patterns = {kind.name: kind.path for kind in kinds()}
    patterns |= {
        "query": "queries/{figure}.html",
        "table": "tables/{table}.html",
        "tables": "tables/index.html",
        "columns": "tables/columns.html",
    }
    patterns |= {"search": "search.html"}
    return {name: _matching(site, pattern) for name, pattern in patterns.items()}


def _matching(site: Path, pattern: str) -> list[Path]:
    while "{" in pattern:
        before, _, rest = pattern.partition("{")
        pattern = f"{before}*{rest.partition('}')[2]}"
    return sorted(site.glob(pattern), key=lambda path: (path.stat().st_size, path))
