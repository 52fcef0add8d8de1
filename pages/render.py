"""Turn pages and their figures into HTML."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from markdown_it import MarkdownIt
from markupsafe import Markup

from figures import Column, Figure, Kind, Page, Publication, Rows
from figures.dictionary import Table
from figures.show import MEANINGS, NUMERIC, day
from pages.cells import shown
from pages.charts import pictures

TEMPLATES = Path(__file__).parent / "templates"

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Rendered:
    """A page as it is written. path: in the site."""

    path: str
    html: str


@dataclass(frozen=True)
class Crumb:
    """A step on the way from the first page to the one that is read. path: in the site."""

    title: str
    path: str


class Renderer:
    """Renders every page of one publication. pages: those of each kind, so that links lead only where a page is."""

    def __init__(self, publication: Publication, pages: dict[str, list[Page]]) -> None:
        self.pages = pages
        self._paths = {page.path for each in pages.values() for page in each}
        self._environment = _environment()
        self._environment.globals["publication"] = publication
        self._templates = {
            name: self._environment.get_template(f"{name}.html") for name in ("page", "query", "table", "tables")
        }

    def page(self, page: Page, figures: list[Rows]) -> Rendered:
        """A page of a kind with what its figures say."""
        by_name = {rows.figure.name: shown(rows, self._leads) for rows in figures}
        sections = [
            (section, [by_name[f.name] for f in section.figures if f.name in by_name]) for section in page.kind.sections
        ]
        return self._render(
            "page",
            page.path,
            title=page.title,
            crumbs=self._crumbs(page),
            page=page,
            sections=[(section, rows) for section, rows in sections if rows or not section.figures],
        )

    def query(self, kind: Kind, figure: Figure, statements: list[str], tables: list[Table]) -> Rendered:
        """The page of the query behind a figure. statements: that give it its parameters, for one page of the kind."""
        return self._render(
            "query",
            kind.query_path(figure),
            title=f"Query: {figure.title} ({kind.called})",
            crumbs=[self._home()],
            figure=figure,
            kind=kind,
            statements=statements,
            query=kind.query(figure.name),
            tables=tables,
        )

    def tables(self, tables: list[Table]) -> Iterator[Rendered]:
        """The dictionary: a page a table with the figures made of it, and the page that lists them."""
        kinds = [pages[0].kind for pages in self.pages.values() if pages]
        crumbs = [self._home()]
        yield self._render("tables", "tables/index.html", title="Tables", crumbs=crumbs, tables=tables)
        crumbs = [*crumbs, Crumb("Tables", "tables/index.html")]
        for table in tables:
            made = [(kind, figure) for kind in kinds for figure in kind.figures if table.is_read_by(kind, figure)]
            path = f"tables/{table.name}.html"
            yield self._render("table", path, title=table.name, crumbs=crumbs, table=table, made=made)

    def _render(self, template: str, path: str, **values: Any) -> Rendered:
        def to(target: str) -> str:
            """The way from this page to another."""
            return posixpath.relpath(target, posixpath.dirname(path) or ".")

        helpers = {
            "to": to,
            "markdown": lambda text: markdown(text, to),
            "pictures": _markup_of_pictures,
        }
        return Rendered(path, self._templates[template].render(path=path, **helpers, **values))

    def _leads(self, column: Column, row: dict[str, Any]) -> str | None:
        """Where the cell of a column leads, if there is such a page."""
        path = (column.link or "").format_map(row)
        return path if path in self._paths else None

    def _home(self) -> Crumb:
        return Crumb("Home", "index.html")

    def _crumbs(self, page: Page) -> list[Crumb]:
        if page.kind.parent is None:
            return []
        for parent in self.pages[page.kind.parent]:
            if parent.keys.items() <= page.values.items():
                return [
                    *self._crumbs(parent),
                    Crumb("Home" if parent.path == "index.html" else parent.title, parent.path),
                ]
        raise ValueError(f"{page.path} has no page one step up of kind {page.kind.parent}.")


def _markup_of_pictures(found: Rows) -> list[tuple[str, Markup]]:
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

SCROLL = '<div class="casebook-scroll" tabindex="0" role="group" aria-label="Table">'


def markdown(text: str, to: Callable[[str], str] = str) -> Markup:
    """Markdown of ours as HTML with the classes of the design system; HTML in it stands as text.

    to: makes of a path in the site, as links name it, the way there from the page.
    """
    tokens = MARKDOWN.parse(text)
    for token in [*tokens, *(child for block in tokens for child in block.children or ())]:
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
        href = token.attrs.get("href")
        if isinstance(href, str) and not href.startswith("#"):
            token.attrSet("href", to(href))
    html: str = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return Markup(html.replace("<table ", f"{SCROLL}<table ").replace("</table>", "</table></div>"))  # noqa: S704


def slug(text: str) -> str:
    """A heading as an anchor."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _environment() -> Environment:
    design_system = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), design_system]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "slug": slug,
        "lower_first": lambda text: text[:1].lower() + text[1:],
    }
    environment.globals |= {
        "day": day,
        "is_number": lambda column: column.show in NUMERIC,
        "meanings": MEANINGS,
    }
    return environment
