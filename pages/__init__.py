"""The pages that people read: a static site, built from a publication alone."""

from pages.build import Site, build_site
from pages.listing import list_downloads

__all__ = ["Site", "build_site", "list_downloads"]
