"""What the search finds: everything of the A to Z, terms, pages about the figures, tables, columns and downloads."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from figures import Page, Rows
from figures.dictionary import Table, TableColumn
from figures.show import cell
from flows.base.settings import PROJECT
from pages.site_map import SiteMap

A_TO_Z = "a_to_z"
"""The kind of page whose figures are the first entries. In each the code, where there is one, is labelled so."""

GLOSSARY = PROJECT / "docs" / "reference" / "glossary.md"


class Entry(NamedTuple):
    """A thing to be found. more: what else is said of it and searched. path: in the site."""

    subject: str
    name: str
    code: str
    more: str
    path: str


@dataclass(frozen=True)
class NamedColumn:
    """A column by its name, with the tables that have it. described: in the first of them."""

    described: TableColumn
    tables: tuple[Table, ...]


def script(entries: Iterable[Entry]) -> str:
    """The entries as a script, since pages that are opened from a folder can load nothing else."""
    return f"window.CASEBOOK_ENTRIES = {json.dumps(list(entries), ensure_ascii=False, separators=(',', ':'))};\n"


def entries(site_map: SiteMap, found: Iterable[Rows], tables: list[Table]) -> Iterator[Entry]:
    """All entries; of those that suit words equally well the first is shown first. found: the figures of the A to Z."""
    for rows in found:
        yield from _of_rows(site_map, rows)
    yield from _terms()
    singles = filter(_is_single, site_map.all)
    yield from (Entry("Page", page.title, "", page.kind.caption, page.path) for page in singles)
    yield from (Entry("Table", table.name, "", _said_of(table), table_path(table)) for table in tables)
    yield from map(_column, columns_by_name(tables))
    yield from _downloads(site_map, tables)


def columns_by_name(tables: Iterable[Table]) -> list[NamedColumn]:
    """Every name of a column once, in their order."""
    named: dict[str, list[tuple[TableColumn, Table]]] = {}
    for table in tables:
        for column in table.columns:
            named.setdefault(column.name, []).append((column, table))
    return [NamedColumn(found[0][0], tuple(table for _, table in found)) for _, found in sorted(named.items())]


def table_path(table: Table) -> str:
    """Where the page of a table stands in the site."""
    return f"tables/{table.name}.html"


def _of_rows(site_map: SiteMap, found: Rows) -> Iterator[Entry]:
    columns = found.figure.columns
    (head,) = (column for column in columns if column.head)
    codes = [column for column in columns if column.label == "Code"]
    others = [column for column in columns if column is not head and column not in codes]
    for row in found.rows:
        code = "".join(cell(column, row) for column in codes)
        more = ", ".join(cell(column, row) for column in others)
        if path := site_map.leads(head, row):
            yield Entry(found.figure.title, cell(head, row), code, more, path)


def _terms() -> Iterator[Entry]:
    """The terms of the glossary: the rows of its tables, heads left out."""
    for term, meaning in re.findall(r"^\| (.+?) \| (.+?) \|$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE):
        if not {term, meaning} & {"term", "---"}:
            yield Entry("Term", term, "", _unmarked(meaning), "about/glossary.html")


def _unmarked(text: str) -> str:
    """Text without the marks of Markdown."""
    return re.sub("[`*]", "", text)


def _said_of(table: Table) -> str:
    """What a table holds, what a row of it is, of when and of how many areas, and when to use it."""
    row = f"One row for each {table.row}." if table.row else ""
    covers = f"{table.covers.words[:1].upper()}{table.covers.words[1:]}." if table.covers.words else ""
    use = f"Use it when {table.use}." if table.use else ""
    return " ".join(filter(None, (_unmarked(table.summary), row, covers, use)))


def _is_single(page: Page) -> bool:
    """Whether it is a page by itself, and no area, inspection and so on."""
    return not page.kind.keys or page.kind.keys == ("topic",)


def _column(column: NamedColumn) -> Entry:
    name = column.described.name
    return Entry("Column", name, "", _unmarked(column.described.description), f"tables/columns.html#{name}")


def _downloads(site_map: SiteMap, tables: Iterable[Table]) -> Iterator[Entry]:
    for page in site_map.all:
        if page.workbook:
            yield Entry("Download", f"{page.title}: workbook", "", "XLSX", f"../downloads/workbooks/{page.workbook}")
    for table in tables:
        if table.is_downloaded:
            for form in ("csv", "parquet"):
                file = f"{table.name}.{form}"
                covered = ", ".join(filter(None, (form.upper(), table.covers.words)))
                yield Entry("Download", file, "", covered, f"../downloads/tables/{file}")
