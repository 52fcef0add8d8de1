"""Kinds of pages and their figures, read from the folders beside this file.

Kinds and figures are of the staff edition unless their `page.yml` says otherwise (`editions: [staff, public]`): nothing
is public by accident. A section or column that is not in every edition of its figure says so too. A text that differs
has an entry for each: `text: {staff: ..., public: ...}` (figures.edition).
"""

from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from figures.edition import STAFF, Edition, is_in, told_in
from figures.show import SHOWS

FOLDER = Path(__file__).parent


class _Told(BaseModel):
    """Something that a `page.yml` tells; a word that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Told):
    """A column of a figure.

    name: in the query. label: its heading. show: how values are written, a name of `figures.show.SHOWS`. to: the
    column with the other end of an interval. status: the column that says why a value is missing. missing: what stands
    for a missing value without a status. unit: the column with the unit of the row, for `printed`. words: what is
    written for a code. head: whether it names its row. link: a page of the site, with columns of the row in braces.
    """

    name: str
    label: str
    show: Literal[tuple(SHOWS)] = "text"  # type: ignore[valid-type]
    to: str | None = None
    status: str | None = None
    missing: str = "[x]"
    unit: str | None = None
    words: dict[str, str] = {}
    head: bool = False
    link: str | None = None


class Chart(_Told):
    """A picture of a figure's rows. kind: a name of `pages.charts.CHARTS`. fields: which column plays which part.
    text: how to read its marks (Markdown).

    by: a column for whose every value there is a picture of its own. description: what it shows, in a sentence, for
    those who cannot see it.
    """

    kind: str
    fields: dict[str, str]
    description: str
    text: str = ""
    by: str | None = None


class Grid(_Told):
    """A table with a row for each `down` and a column for each `across`, whose rows are cells.

    down_code, across_code: columns with what tells them apart. by: a column for whose every value there is a table of
    its own. tag: the column whose word colours the cell. All other columns stand in the cell.
    """

    down: str
    down_code: str
    across: str
    across_code: str
    tag: str
    by: str | None = None


class Tiles(_Told):
    """A tile for each row above its table, each leading where the row does: columns with its code, place and figure."""

    code: str
    row: str
    column: str
    value: str


class Figure(_Told):
    """A table, perhaps with a picture, and the query behind it.

    name: of its query, `<name>.sql`. columns: of its table; none where a figure beside it has the picture's numbers.
    sheet: its name in a workbook; without one it is not in workbooks. sheet_only: too long for its page, so that it is
    in workbooks alone. script_only: its rows stand on no page and are loaded by a script of the site. facts: one row,
    shown as a list and on the cover of a workbook. folded: a long table that is unfolded by who wants it. empty: what
    stands in its place where the query has no rows; without it the figure is left out. spark: a column with a list of
    numbers; each row is then a tile with them as a small line. group: a column; each run of rows with one value is a
    table under that heading. heads: a column that is true in the rows that head those below them.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    text: str = ""
    sheet: str | None = None
    sheet_only: bool = False
    script_only: bool = False
    facts: bool = False
    folded: bool = False
    empty: str | None = None
    chart: Chart | None = None
    grid: Grid | None = None
    tiles: Tiles | None = None
    spark: str | None = None
    group: str | None = None
    heads: str | None = None


class Section(_Told):
    """Figures under one heading. text: what a reader must know first (Markdown)."""

    title: str
    text: str = ""
    figures: tuple[Figure, ...] = ()


class Kind(_Told):
    """A kind of page.

    path: where it stands in the site, with its keys in braces. keys: what tells one page of the kind from another; the
    parameters of its queries. title: with columns of `pages.sql` in braces. caption: what kind of thing it is. parent:
    the kind one step up. text: Markdown under the title. document: a file of the project with text (Markdown) that
    stands under the sections, with columns of `pages.sql` in braces. script: of the site's assets, which adds to the
    page what it can be read without. filters: by which columns `filter.js` shortens its lists, by their headings; any
    other word is what the headings above tables are called. edition: for which it was read.
    """

    name: str
    edition: Edition = STAFF
    path: str
    title: str
    keys: tuple[str, ...] = ()
    caption: str = ""
    parent: str | None = None
    text: str = ""
    document: str | None = None
    script: str | None = None
    filters: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def called(self) -> str:
        """What its pages are called in general."""
        return self.caption or self.title

    @cached_property
    def folder(self) -> Path:
        return FOLDER / self.name

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in order."""
        return tuple(figure for section in self.sections for figure in section.figures)

    @cached_property
    def on_page(self) -> tuple[Figure, ...]:
        """The figures that stand on its pages."""
        return tuple(figure for figure in self.figures if not (figure.sheet_only or figure.script_only))

    @cached_property
    def for_scripts(self) -> tuple[Figure, ...]:
        """The figures whose rows scripts of the site load."""
        return tuple(figure for figure in self.figures if figure.script_only)

    @cached_property
    def in_workbook(self) -> tuple[Figure, ...]:
        """The figures that stand in its workbooks, and with them the facts; none where it has no workbooks."""
        if not any(figure.sheet for figure in self.figures):
            return ()
        return tuple(figure for figure in self.figures if figure.sheet or figure.facts)

    def query(self, name: str) -> str:
        """The text of one of its queries, on the tables of its edition: a figure's, or `pages`."""
        return _query(self.edition, self.name, name)

    def query_path(self, figure: Figure) -> str:
        """Where the query behind a figure stands in the site."""
        return f"queries/{self.name}-{figure.name}.html"

    def notes_path(self, figure: Figure) -> str:
        """Where the notes on the file of a figure's rows stand in the site."""
        return f"queries/{self.name}-{figure.name}.txt"


@cache
def _query(edition: Edition, kind: str, name: str) -> str:
    return edition.query((FOLDER / kind / f"{name}.sql").read_text(encoding="utf-8").strip())


def kinds(edition: Edition = STAFF) -> list[Kind]:
    """Every kind of page in an edition, by name."""
    names = [file.parent.name for file in sorted(FOLDER.glob("*/page.yml"))]
    return [kind(name, edition) for name in names if is_in(_told(name), edition)]


@cache
def kind(name: str, edition: Edition = STAFF) -> Kind:
    """A kind of page by the name of its folder, with what is in an edition.

    Errors: pydantic.ValidationError where its `page.yml` says something that is not known.
    """
    told = told_in(_told(name), edition)
    told["sections"] = [section for section in told.get("sections", ()) if section.get("figures", True)]
    return Kind(name=name, edition=edition, **told)


@cache
def _told(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.load((FOLDER / name / "page.yml").read_bytes(), yaml.CSafeLoader)
    return told
