"""A built site as tests read it: its pages as trees of elements, and the file that it is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import duckdb

from figures.edition import STAFF

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "use"}


@dataclass
class Element:
    """An element of a page; children are elements and texts, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator["Element"]:
        """The elements below it, in order: all, or those of these tags."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def one(self, tag: str) -> "Element":
        """The only element of a tag."""
        (found,) = self.all(tag)
        return found

    @property
    def raw_text(self) -> str:
        """All text in it as it stands."""
        return "".join(child if isinstance(child, str) else child.raw_text for child in self.children)

    @property
    def text(self) -> str:
        """All text in it, spaces as a browser shows them."""
        return " ".join(self.raw_text.split())

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice: {attrs}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """A page as a tree. A tag that is not closed where it should be is an error."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert parser.open == [parser.root], f"not closed: {[element.tag for element in parser.open[1:]]}"
    return parser.root


def pages_in(folder: Path) -> dict[str, Element]:
    """Every page of a site by its path in it."""
    return {
        path.relative_to(folder).as_posix(): parse(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def differences(one: Path, other: Path) -> list[str]:
    """The files that two sites do not have alike, by path."""
    first, second = contents_of(one), contents_of(other)
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def contents_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a site by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def reordered(publication: Path, target: Path) -> Path:
    """Write the tables and views that pages read into another file, last rows first; returns where."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{publication}' as published (read_only)")
        for schema in STAFF.schemas:
            connection.execute(f"create schema {schema}")
        tables = connection.execute(
            "select schema_name || '.' || table_name, comment from duckdb_tables() where database_name = 'published'"
        ).fetchall()
        for table, comment in tables:
            connection.execute(f"create table {table} as from published.{table} order by rowid desc")
            connection.execute(f"comment on table {table} is {_quoted(comment)}")
        views = connection.execute(
            "select schema_name || '.' || view_name, sql, comment from duckdb_views() "
            "where database_name = 'published' and not internal"
        ).fetchall()
        for view, sql, comment in views:
            connection.execute(sql)
            connection.execute(f"comment on view {view} is {_quoted(comment)}")
        columns = connection.execute(
            "select schema_name || '.' || table_name, column_name, comment from duckdb_columns() "
            "where database_name = 'published' and comment is not null"
        ).fetchall()
        for table, column, comment in columns:
            connection.execute(f'comment on column {table}."{column}" is {_quoted(comment)}')
    return target


def _quoted(text: str | None) -> str:
    return "null" if text is None else "'" + text.replace("'", "''") + "'"
