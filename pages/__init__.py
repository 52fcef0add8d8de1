"""The pages that people read: a static site, built from a publication alone."""

from pages.build import Site, build_site

__all__ = ["Site", "build_site"]
