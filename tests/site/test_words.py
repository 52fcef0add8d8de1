"""Pages say words where tables have codes."""

import re

import duckdb

from figures import kinds
from tests.site.test_queries import cells_of, figure_on
from tests.sites import Element, parse

SNAKE = re.compile(r"[a-z]+(_[a-z]+)+")

CODES_ARE_THE_SUBJECT = ("tables/", "queries/", "about/")


def codes_in_cells(page: Element) -> set[str]:
    """Cells of tables that hold a code with underscores and nothing else."""
    return {cell.text for cell in page.all("td", "th", "dd") if SNAKE.fullmatch(cell.text)}


def test_no_cell_of_a_figure_is_a_code_with_underscores(pages: dict[str, Element]) -> None:
    read = {path: page for path, page in pages.items() if not path.startswith(CODES_ARE_THE_SUBJECT)}
    assert {path: found for path, page in read.items() if (found := codes_in_cells(page))} == {}


def test_a_code_in_a_cell_is_found() -> None:
    table = "<table><tr><td>high_roh</td><td>High risk of harm</td></tr></table>"
    assert codes_in_cells(parse(table)) == {"high_roh"}


def test_characteristics_of_people_are_said_in_words(
    pages: dict[str, Element], publication: duckdb.DuckDBPyConnection
) -> None:
    of_people = "characteristic in ('sex', 'risk_of_harm', 'ppo', 'order_type')"
    listed = publication.execute(f"select distinct category from marts.dim_category where {of_people}").fetchall()
    codes = {code for (code,) in listed}
    assert codes
    for kind in kinds():
        paths = [path for path in pages if re.fullmatch(re.sub(r"{\w+}", "[^/]+", kind.path), path)]
        for figure in kind.on_page:
            labels = {column.label for column in figure.columns if column.name == "category"}
            for path in paths if labels else ():
                shown = figure_on(pages[path], figure.name)
                assert (said_under(labels, shown) if shown else set()) & codes == set(), (path, figure.name)


def said_under(labels: set[str], figure: Element) -> set[str]:
    """What stands in the columns with these headings, in all tables of a figure."""
    first = next(iter(figure.all("thead")), None)
    heads = [head.text for head in first.all("th")] if first else []
    places = [place for place, head in enumerate(heads) if head in labels]
    return {row[place] for row in cells_of(figure) for place in places}
