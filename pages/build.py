"""Build the site of a publication. Pages that are what they were are carried over from an earlier night."""

import logging
import shutil
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import duckdb

from figures import Publication, publication_of
from figures.show import day
from flows.base.render_cache import BUSINESS_DATE, RUN_ID, Kept
from flows.base.worker_process import second_process
from pages.jobs import Jobs

LOG = logging.getLogger("casebook.pages")

ASSETS = Path(__file__).parent / "assets"
STYLESHEET = "casebook.css"

WORTH_A_PROCESS = 50
"""Pages to make for which a second process, which takes a second to begin, is of use."""


@dataclass(frozen=True)
class Site:
    """What was built: pages, those of them that were carried over, and their size in bytes."""

    pages: int
    carried: int
    size: int


def build_site(candidate: Path, folder: Path, kept: Path | None = None) -> Site:
    """Write the site of the analysts' file `candidate` into `folder`, which must not be there yet.

    The same file makes the same bytes: nothing is said but what the file says. kept: where forms of pages are kept from
    night to night; without it every page is made anew.
    """
    (folder / "assets").mkdir(parents=True)
    shutil.copyfile(ASSETS / STYLESHEET, folder / "assets" / STYLESHEET)
    with duckdb.connect(str(candidate), read_only=True, config={"threads": 1}) as connection:
        share = _Share(connection, folder, Kept(kept))
        left = share.carry_over()
        here, there = (left[::2], left[1::2]) if len(left) >= WORTH_A_PROCESS else (left, [])
        with second_process("pages", [candidate, folder, *([kept] if kept else [])], there) if there else nullcontext():
            share.make(here)
        share.kept.keep_only(share.jobs)
    site = Site(
        len(share.jobs), len(share.jobs) - len(left), sum(path.stat().st_size for path in folder.rglob("*.html"))
    )
    LOG.info("pages: %s pages, %s carried over, %.1f MB", f"{site.pages:,}", f"{site.carried:,}", site.size / 1e6)
    return site


def build_share(candidate: Path, folder: Path, kept: Path | None, paths: list[str]) -> None:
    """Make the pages with these paths."""
    with duckdb.connect(str(candidate), read_only=True, config={"threads": 1}) as connection:
        _Share(connection, folder, Kept(kept)).make(paths)


class _Share:
    """What a process does of the pages."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, kept: Kept) -> None:
        self._publication = publication_of(connection)
        self._folder = folder
        self.kept = kept
        self.jobs = Jobs(connection, kept).by_path

    def carry_over(self) -> list[str]:
        """Write the pages that need not be made anew. Returns the paths of the others."""
        for path in {path.rpartition("/")[0] for path in self.jobs}:
            (self._folder / path).mkdir(parents=True, exist_ok=True)
        return [path for path, job in self.jobs.items() if not self._carry(path, job.basis)]

    def make(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._write(path, self.jobs[path].make())

    def _carry(self, path: str, basis: bytes | None) -> bool:
        form = self.kept.carried(path, basis)
        if form is not None:
            self._write(path, form)
        return form is not None

    def _write(self, path: str, form: bytes) -> None:
        (self._folder / path).write_bytes(filled(form, self._publication))


def filled(form: bytes, publication: Publication) -> bytes:
    """A form as the page of a publication."""
    told = {RUN_ID: publication.run_id, BUSINESS_DATE: day(publication.business_date)}
    for mark, text in told.items():
        form = form.replace(mark.encode(), text.encode())
    return form
