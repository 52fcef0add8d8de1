"""Figures: what pages and workbooks say, as data.

A kind of page is a folder here: `page.yml` says what stands on it and in which order, `pages.sql` lists its pages, and
each figure is a query of its own on the edition's schemas, which readers can run themselves.
"""

from figures.define import Chart, Column, Figure, Grid, Kind, Section, Tiles, kind, kinds
from figures.read import Page, Publication, Rows, pages_of, publication_of, rows_of

__all__ = [
    "Chart",
    "Column",
    "Figure",
    "Grid",
    "Kind",
    "Page",
    "Publication",
    "Rows",
    "Section",
    "Tiles",
    "kind",
    "kinds",
    "pages_of",
    "publication_of",
    "rows_of",
]
