"""Turn pages and their figures into HTML."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import count, groupby, pairwise
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, Template
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from figures import Column, Figure, Kind, Page, Rows, Section
from figures.dictionary import Table
from figures.edition import STAFF, Edition
from figures.show import MEANINGS, NUMERIC
from figures.words import lower_first
from flows.base.render_cache import BUSINESS_DATE, CHECKSUM, RUN_ID
from pages.card_tables import as_cards, cards
from pages.cells import body, shown
from pages.contents import parts_of, slug
from pages.data_notes import csv_link
from pages.finder import NamedColumn, table_path
from pages.grids import grids, spark, tiles
from pages.site_map import HOME, Crumb, SiteMap

T = TypeVar("T")

TEMPLATES = Path(__file__).parent / "templates"

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class Renderer:
    """Renders every page of one publication, with marks where they say which it is (flows.base.render_cache)."""

    def __init__(self, site_map: SiteMap, notice: str = "", edition: Edition = STAFF) -> None:
        """notice: what stands on every page where deliveries are invented. edition: for whom the pages are."""
        self._map = site_map
        self._headers: dict[tuple[str, str], Markup] = {}
        self._environment = _environment()
        self._environment.globals |= {"notice": notice, "edition": edition}
        self._templates = {
            name: self._environment.get_template(f"{name}.html")
            for name in ("columns", "fragment", "header", "page", "query", "search", "table", "tables")
        }

    def page(self, page: Page, figures: Mapping[str, Markup]) -> str:
        """A page of a kind with its figures, by name; one that is left out is not among them."""
        sections = [
            (section, [figures[f.name] for f in section.figures if f.name in figures]) for section in page.kind.sections
        ]
        return self._render(
            "page",
            page.path,
            title=page.title,
            crumbs=self._map.crumbs(page),
            beside=self._map.beside(page),
            page=page,
            sections=[(section, shown) for section, shown in sections if shown or not section.figures],
            parts=parts_of(page, figures),
        )

    def figure(self, page: Page, rows: Rows) -> Markup:
        """A figure as it stands on a page."""
        (section,) = (section for section in page.kind.sections if rows.figure in section.figures)
        html = self._render(
            "fragment",
            page.path,
            shown=shown(rows, self._map.leads, page.kind.filters),
            page=page,
            csv=lambda found: csv_link(page, found),
            heading="h3" if section.title else "h2",
            is_said=_is_said(section, rows.figure),
        )
        return Markup(html.strip())  # noqa: S704 -- a template of ours, which escapes

    def query(self, kind: Kind, figure: Figure, statements: list[str], tables: list[Table]) -> str:
        """The page of the query behind a figure. statements: that give it its parameters, for one page of the kind."""
        return self._render(
            "query",
            kind.query_path(figure),
            title=f"Query: {figure.title} ({kind.called})",
            crumbs=[HOME],
            figure=figure,
            kind=kind,
            statements=statements,
            query=kind.query(figure.name),
            tables=tables,
        )

    def tables(self, tables: list[Table]) -> str:
        """The page that lists the tables."""
        subjects = _grouped(tables, lambda table: table.subject)
        return self._render("tables", TABLES.path, title=TABLES.title, crumbs=[HOME], subjects=subjects)

    def columns(self, columns: list[NamedColumn]) -> str:
        """The page that lists the columns of all tables."""
        letters = _grouped(columns, lambda column: column.described.name[0].upper())
        return self._render("columns", COLUMNS.path, title=COLUMNS.title, crumbs=[HOME, TABLES], letters=letters)

    def search(self) -> str:
        """The page that searches."""
        return self._render("search", SEARCH.path, title=SEARCH.title, crumbs=[HOME])

    def table(self, table: Table) -> str:
        """The page of a table with the figures made of it."""
        made = [(kind, figure) for kind in self._map.kinds for figure in kind.figures if table.is_read_by(kind, figure)]
        return self._render("table", table_path(table), title=table.name, crumbs=[HOME, TABLES], table=table, made=made)

    def _render(self, template: str, path: str, **values: Any) -> str:
        folder = posixpath.dirname(path)
        to = _ways_from(folder)
        helpers = {
            "header": self._header(folder, re.split(r"[/.]", path)[0]),
            "to": to,
            "markdown": lambda text: markdown(text, to),
            "pictures": _markup_of_pictures,
            "body": lambda cells: body(cells, to),
            "grids": lambda found: grids(found, self._map.leads, to),
            "tiles": lambda shown: tiles(shown, to),
            "spark": spark,
        }
        return self._templates[template].render(path=path, **helpers, **values)

    def _header(self, folder: str, part: str) -> Markup:
        """What stands at the head of the pages in a folder of one part of the site."""
        if (folder, part) not in self._headers:
            to = _ways_from(folder)
            # An edition does not have every kind of page.
            there = {to(page.path) for page in self._map.all if not page.keys}
            html = self._templates["header"].render(to=to, part=part, there=there)
            self._headers[folder, part] = Markup(html)  # noqa: S704 -- a template of ours, which escapes
        return self._headers[folder, part]


def _is_said(section: Section, figure: Figure) -> bool:
    """Whether the heading of a section says what its only figure on the page is called, but for an ending."""
    alone = [each for each in section.figures if not each.is_elsewhere] == [figure]
    return alone and section.title.startswith(figure.title[:-2])


FIGURE_BEGINS, FIGURE_ENDS = '<section class="casebook-figure" id="figure-{}"', "</section>"


def figure_on(page: str, name: str) -> Markup | None:
    """A figure as it stands on a finished page, or None where it was left out."""
    start = page.find(FIGURE_BEGINS.format(name))
    if start < 0:
        return None
    end = page.index(FIGURE_ENDS, start) + len(FIGURE_ENDS)
    return Markup(page[start:end])  # noqa: S704 -- of a page of ours


TABLES = Crumb("Tables", "tables/index.html")
COLUMNS = Crumb("Columns", "tables/columns.html")
SEARCH = Crumb("Search", "search.html")


def _grouped(things: Iterable[T], by: Callable[[T], str]) -> dict[str, list[T]]:
    """Things by what they share, in the order of that."""
    return {name: list(group) for name, group in groupby(sorted(things, key=by), by)}


@cache
def _ways_from(folder: str) -> Callable[[str], str]:
    """The way from a page in a folder of the site to another page."""

    @cache
    def to(target: str) -> str:
        return posixpath.relpath(target, folder or ".")

    return to


def _markup_of_pictures(found: Rows) -> list[tuple[str, Markup]]:
    # Loaded here: what draws takes a second, which a night whose pictures are all kept need not spend.
    from pages.charts import pictures

    return [(title, Markup(svg)) for title, svg in pictures(found)]  # noqa: S704 -- what is delivered is escaped in it


CLASSES = {
    "a": "govuk-link",
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "table": "govuk-table",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "tr": "govuk-table__row",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
}
"""Classes of the design system for what Markdown makes."""

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M0 0h16v16H0z'/%3E"
    "%3Cpath d='M12 5H5v6h7' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E"
)
"""A C on black, in the page, so that nothing is asked for."""

SCROLL = '<div class="casebook-scroll" tabindex="0" role="region" aria-label="Table {}">'


@cache
def markdown(text: str, to: Callable[[str], str] = str) -> Markup:
    """Markdown of ours as HTML with the classes of the design system; HTML in it stands as text.

    Headings are anchors. to: makes of a path in the site, as links name it, the way there from the page.
    """
    tokens = MARKDOWN.parse(text)
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", slug(words.content))
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            as_cards(tokens[place:])
    for token in [*tokens, *(child for block in tokens for child in block.children or ())]:
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrJoin("class", CLASSES[token.tag])
        href = token.attrs.get("href")
        if isinstance(href, str) and not href.startswith("#"):
            token.attrSet("href", to(href))
    html: str = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    number = count(1)
    html = re.sub("<table ", lambda found: SCROLL.format(next(number)) + found[0], html)
    return Markup(html.replace("</table>", "</table></div>"))  # noqa: S704


def card_labels(columns: Iterable[Column]) -> str:
    """The headings of a figure's columns for cards."""
    return cards(column.label for column in columns)


def prose(text: str) -> Markup:
    """A description of ours as HTML, with what stands between backticks as code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 -- escaped


def template(name: str) -> Template:
    """A template that belongs to no site."""
    return _environment().get_template(f"{name}.html")


def _environment() -> Environment:
    design_system = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), design_system]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "card_labels": card_labels,
        "cards": cards,
        "prose": prose,
        "slug": slug,
        "lower_first": lower_first,
    }
    environment.globals |= {
        "run_id": RUN_ID,
        "business_date": BUSINESS_DATE,
        "checksum": CHECKSUM,
        "is_number": lambda column: column.show in NUMERIC,
        "meanings": MEANINGS,
        "icon": ICON,
    }
    return environment
