"""Every figure can be had again: by the query that its page prints."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from figures import Figure, Kind, Page, Rows, kinds, pages_of
from figures.define import Grid
from figures.edition import STAFF
from figures.read import key_statement
from figures.show import cell, places
from figures.words import lower_first
from flows.cli.question import require_query, variables_and_query
from pages import build_site, list_downloads
from pages.cells import shown
from tests.sites import Element, differences

FIGURES = [(kind, figure) for kind in kinds() for figure in kind.figures]
EACH_FIGURE = pytest.mark.parametrize(
    ("kind", "figure"), FIGURES, ids=[f"{kind.name}-{figure.name}" for kind, figure in FIGURES]
)
EACH_KIND = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)


def figure_on(page: Element, name: str) -> Element | None:
    """The part of a page that is a figure."""
    found = [each for each in page.all("section") if each.attributes.get("id") == f"figure-{name}"]
    assert len(found) < 2
    return found[0] if found else None


def cells_of(figure: Element) -> list[list[str]]:
    """What stands in the cells of a figure, row by row."""
    facts = [[each.text for each in told.all("dd")] for told in figure.all("dl")]
    return facts or [
        [each.text for each in row.all("td", "th")] for body in figure.all("tbody") for row in body.all("tr")
    ]


def squeezed(texts: Iterable[str]) -> str:
    """Texts one after the other, without what stands between words."""
    return re.sub(r"\s", "", "".join(texts))


def grid_cells(figure: Element) -> list[str]:
    """What stands in the cells of a cross table, empty ones left out."""
    cells = (squeezed([cell.text]) for body in figure.all("tbody") for cell in body.all("td"))
    return sorted(filter(None, cells))


def printed_query(pages: dict[str, Element], kind: Kind, figure: Figure) -> str:
    """The query as the page behind a figure prints it, for the first page of its kind."""
    return pages[kind.query_path(figure)].one("pre").raw_text


def rows_by(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query."""
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def grid_cells_by(figure: Figure, grid: Grid, rows: list[dict[str, Any]]) -> list[str]:
    """What the cells of a cross table say of rows; the numbers of what stands across have their own decimals."""
    said = [column for column in figure.columns if column.name not in {grid.across, grid.down, grid.by}]
    alike: dict[str, list[dict[str, Any]]] = {row[grid.across_code]: [] for row in rows}
    for row in rows:
        alike[row[grid.across_code]].append(row)
    return sorted(
        squeezed(cell(column, row, places(column, alike[row[grid.across_code]])) for column in said) for row in rows
    )


def check_figures(pages: dict[str, Element], connection: duckdb.DuckDBPyConnection, page: Page) -> None:
    """Each figure of a page links to its query, which gives what the page shows with the keys that stand under it."""
    for figure in page.kind.on_page:
        query = printed_query(pages, page.kind, figure)
        for key, value in page.keys.items():
            query, times = re.subn(rf"(?m)^set variable {key} = .*;$", key_statement(key, value) + ";", query)
            assert times == 1
        rows = rows_by(connection, query)
        found = figure_on(pages[page.path], figure.name)
        if found is None:
            assert rows == [], f"{page.path}: {figure.name} is not shown"
            continue
        if figure.grid:
            assert grid_cells(found) == grid_cells_by(figure, figure.grid, rows), figure.name
            continue
        where = f"{page.path}: {figure.name}"
        told = shown(Rows(figure, rows), lambda column, row: None, page.kind.filters)
        assert [said for said in told.in_all_rows if said not in found.text] == [], where
        # A picture alone has no cells.
        expected = told.table if figure.columns else []
        assert cells_of(found) == [[" ".join(each.text.split()) for each in cells] for cells in expected], where
        assert [a.text for a in found.all("a") if re.search(r"queries/[\w-]+\.html$", a.attributes["href"])] == [
            f"Query behind {lower_first(figure.title)}"
        ]
        for key, value in page.keys.items():
            assert f"{key} = {value}" in found.text


@EACH_KIND
def test_the_query_of_each_figure_gives_what_its_page_shows(
    kind: Kind, pages: dict[str, Element], publication: duckdb.DuckDBPyConnection
) -> None:
    for page in pages_of(publication, kind)[:1] + pages_of(publication, kind)[-1:]:
        check_figures(pages, publication, page)


@EACH_FIGURE
def test_the_printed_query_runs_as_it_is(
    kind: Kind, figure: Figure, pages: dict[str, Element], publication: duckdb.DuckDBPyConnection
) -> None:
    if not pages_of(publication, kind):
        pytest.skip(f"the examples have no page of kind {kind.name}")
    names = {column[0] for column in publication.execute(printed_query(pages, kind, figure)).description or ()}
    named = {name for column in figure.columns for name in (column.name, column.to, column.status, column.unit) if name}
    assert named <= names


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.figures], ids=lambda kind: kind.name)
def test_the_command_takes_a_printed_query_as_it_is(kind: Kind, pages: dict[str, Element]) -> None:
    variables, query = variables_and_query(printed_query(pages, kind, kind.figures[0]))
    assert len(variables) == len(kind.keys)
    require_query(query)


@EACH_FIGURE
def test_a_query_reads_the_schemas_of_the_edition_and_no_clock(kind: Kind, figure: Figure) -> None:
    query = re.sub("--.*", "", kind.query(figure.name).lower())
    ctes = set(re.findall(r"(?:with|,)\s+(\w+) as \(", query))
    read = set(re.findall(r"\b(?:from|join)\s+([\w.]+)", query)) - ctes
    assert {name for name in read if name.partition(".")[0] not in STAFF.schemas} == set()
    assert not re.search(r"\bcurrent_date\b|\bnow\(\)|\brandom\(", query)


@EACH_KIND
def test_the_pages_of_a_kind_are_those_of_the_site(
    kind: Kind, pages: dict[str, Element], publication: duckdb.DuckDBPyConnection
) -> None:
    paths = [page.path for page in pages_of(publication, kind)]
    assert len(set(paths)) == len(paths)
    assert set(paths) <= pages.keys()


@pytest.mark.long
def test_a_second_build_is_the_same_bytes_whatever_the_order_of_rows(
    site: Path, reordered_file: Path, tmp_path: Path
) -> None:
    build_site(reordered_file, tmp_path / "site")
    (tmp_path / "downloads").symlink_to(site.parent / "downloads")
    list_downloads(tmp_path)
    assert differences(tmp_path / "site", site) == []


@pytest.mark.parametrize("value", ["../up", "a/b", "", ".hidden", "a b", "<b>"])
def test_a_key_that_could_not_name_a_page_stops_the_build_and_says_so(value: str) -> None:
    inspections = next(kind for kind in kinds() if kind.name == "inspection")
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.dim_area as select 'BED' as area_code, 'B' as area_name")
        connection.execute("create table marts.dim_framework as select 'E' as framework_code, 'E' as framework_name")
        connection.execute(
            "create table marts.dim_inspection as select $1 as inspection_id, 'T' as inspection_title, "
            "date '2008-05-12' as fieldwork_from, 'E' as framework_code, 'BED' as area_code",
            [value],
        )
        with pytest.raises(ValueError, match=re.escape(f"inspection_id {value!r} cannot name a page of kind")):
            pages_of(connection, inspections)
