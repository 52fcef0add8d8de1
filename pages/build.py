"""Build the site of a publication. Pages that are what they were are reused from an earlier night."""

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from figures import Publication
from figures.build import Product, build
from figures.show import day
from flows.base.render_cache import BUSINESS_DATE, CHECKSUM, ISO_DATE, RUN_ID
from pages.jobs import jobs

LOG = logging.getLogger("casebook.pages")

ASSETS = Path(__file__).parent / "assets"
CARRIED = ("casebook.css", "compare.js", "filter.js", "make-table.js", "search.js")
"""Files that every site carries as they are."""


@dataclass(frozen=True)
class Site:
    """What was built: pages, those of them that were reused, and their size in bytes."""

    pages: int
    reused: int
    size: int


def build_site(candidate: Path, folder: Path, cache: Path | None = None) -> Site:
    """Write the site of the analysts' file `candidate` into `folder`, which must not be there yet.

    The same file makes the same bytes: nothing stands on a page but what the file holds. cache: where pages are cached
    from night to night; without it every page is made.
    """
    (folder / "assets").mkdir(parents=True)
    for name in CARRIED:
        shutil.copyfile(ASSETS / name, folder / "assets" / name)
    built = build(PAGES, candidate, folder, cache)
    site = Site(built.files, built.reused, sum(path.stat().st_size for path in folder.rglob("*.html")))
    LOG.info("pages: %s pages, %s reused, %.1f MB", f"{site.pages:,}", f"{site.reused:,}", site.size / 1e6)
    return site


def filled(page: bytes, publication: Publication) -> bytes:
    """A cached page as the page of a publication."""
    text = {
        RUN_ID: publication.run_id,
        BUSINESS_DATE: day(publication.business_date),
        ISO_DATE: publication.business_date.isoformat(),
        CHECKSUM: publication.checksum,
    }
    for mark, value in text.items():
        page = page.replace(mark.encode(), value.encode())
    return page


PAGES = Product("pages", jobs, filled, worth_a_process=50)
