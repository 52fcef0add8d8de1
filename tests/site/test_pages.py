"""Every page: links that lead somewhere, three clicks from the first page, and the marks of a whole document."""

import posixpath
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.houses import House
from tests.sites import Element, parse

DOWNLOAD = re.compile(r"\.\./downloads/[A-Za-z0-9._/-]+")
"""What another stage writes beside the site."""

NOTES = re.compile(r"queries/[a-z_-]+\.txt")
"""Notes beside the rows of a figure."""

NEVER = {"iframe", "object", "embed", "base", "style"}

FILTER = ["assets/filter.js"]
SCRIPTS = {
    "search.html": ["assets/search-data.js", "assets/search.js"],
    "compare.html": ["assets/compare.js"],
    "make-a-table.html": ["assets/make-table.js"],
    **dict.fromkeys(("areas.html", "inspections.html", "measures.html", "criteria.html", "a-to-z.html"), FILTER),
    **dict.fromkeys(("tables/index.html", "tables/columns.html"), FILTER),
}
"""What pages run: scripts of the site, on pages that say everything else without them too."""


def scripts_of(path: str) -> list[str]:
    """The scripts that a page runs, in order."""
    return FILTER if path.startswith("about/") and path != "about/example.html" else SCRIPTS.get(path, [])


def links(page: Element) -> list[str]:
    """Where the links of a page lead, as they are written."""
    return [element.attributes["href"] for element in page.all("a") if "href" in element.attributes]


def target(path: str, link: str) -> tuple[str, str]:
    """The path in the site and the anchor that a link on a page leads to."""
    parts = urlsplit(link)
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path, (
        parts.fragment
    )


def ids(page: Element) -> list[str]:
    return [element.attributes["id"] for element in page.all() if "id" in element.attributes]


def broken_links(pages: dict[str, Element]) -> list[str]:
    """Links within the site that lead to no page or to no anchor of it."""
    anchors = {path: set(ids(page)) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for link in links(page):
            if urlsplit(link).scheme:
                continue
            to, anchor = target(path, link)
            if "=" in anchor and scripts_of(to):  # What is chosen on a page, and no part of it.
                anchor = ""
            if not (DOWNLOAD.fullmatch(to) or NOTES.fullmatch(to)) and (
                to not in anchors or (anchor and anchor not in anchors[to])
            ):
                broken.append(f"{path} -> {link}")
    return broken


def clicks_from_home(pages: dict[str, Element]) -> dict[str, int]:
    """How many clicks each page is away from the first one."""
    clicks, edge = {"index.html": 0}, ["index.html"]
    while edge:
        reached = [
            (to, clicks[path] + 1) for path in edge for link in links(pages[path]) if (to := target(path, link)[0])
        ]
        edge = []
        for to, distance in reached:
            if to in pages and to not in clicks:
                clicks[to] = distance
                edge.append(to)
    return clicks


def test_every_link_and_anchor_leads_somewhere(pages: dict[str, Element]) -> None:
    assert broken_links(pages) == []


def test_a_link_that_leads_nowhere_is_found() -> None:
    pages = {
        "index.html": parse('<a href="a/b.html#here">x</a><a href="a/c.html">x</a><a href="#no">x</a>'),
        "compare.html": parse('<a href="#areas=BED">x</a><a href="index.html#areas=BED">x</a>'),
        "a/b.html": parse('<p id="here"></p><a href="../index.html">x</a><a href="../../elsewhere/x">x</a>'),
    }
    assert broken_links(pages) == [
        "index.html -> a/c.html",
        "index.html -> #no",
        "compare.html -> index.html#areas=BED",
        "a/b.html -> ../../elsewhere/x",
    ]


def test_the_page_of_an_area_leads_to_it_in_the_comparison(pages: dict[str, Element]) -> None:
    compared = {row.attributes.get("data-code", "") for row in pages["compare.html"].all("tr")}
    leads = {
        path: link for path, page in pages.items() for link in links(page) if link.startswith("../compare.html#areas=")
    }
    codes = {re.sub(r"^areas/|\.html$", "", path): link for path, link in leads.items()}
    assert codes.keys() == {code for code in compared if re.fullmatch("[A-Z]{3}", code)} - {"ENW"}
    assert all(link.partition("=")[2].partition("&")[0] == code for code, link in codes.items())


def test_questions_stand_in_order_under_the_criteria_that_they_belong_to(pages: dict[str, Element]) -> None:
    (figure,) = (
        each
        for each in pages["inspections/ESI-BED-2005.html"].all("section")
        if each.attributes.get("id") == "figure-questions"
    )
    criteria = [heading.text.partition(" ")[0] for heading in figure.all("h4")]
    tables = [[head.text for head in table.one("tbody").all("th")] for table in figure.all("table")]
    assert criteria == ["B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "C5", "D1", "D2", "D4"]
    for criterion, codes in zip(criteria, tables, strict=True):
        assert codes == [f"{criterion}.{number}" for number in range(1, len(codes) + 1)]


def test_the_list_of_tables_says_when_to_use_each(pages: dict[str, Element]) -> None:
    rows = [row for row in pages["tables/index.html"].all("tr") if list(row.all("td"))]
    said = {row.one("th").text: next(row.all("td")).text for row in rows}
    assert len(said) > 90
    assert {name: text for name, text in said.items() if not re.search(r" Use it when [^.]+\.$", text)} == {}


def test_pages_lead_to_every_table_that_is_downloaded(pages: dict[str, Element], site: Path) -> None:
    tables = {path.stem for path in (site.parent / "downloads" / "tables").glob("*.csv")}
    named = {
        found[1]
        for path, page in pages.items()
        for link in links(page)
        if (found := re.search(r"downloads/tables/(\w+)\.(?:csv|parquet)$", link))
    }
    assert named == tables


def test_links_leave_the_site_only_for_addresses_that_are_safe(pages: dict[str, Element]) -> None:
    schemes = {urlsplit(link).scheme for page in pages.values() for link in links(page)}
    assert schemes <= {"", "https", "mailto", "data"}


def test_an_address_with_data_in_it_is_a_csv_file_to_download(pages: dict[str, Element]) -> None:
    found = [
        each for page in pages.values() for each in page.all("a") if each.attributes.get("href", "").startswith("data:")
    ]
    assert found
    for link in found:
        assert link.attributes["href"].startswith("data:text/csv;charset=utf-8,")
        assert re.fullmatch(r"[A-Za-z0-9.-]+-staff-\d{4}-\d\d-\d\d\.csv", link.attributes["download"])


def test_notes_stand_where_a_link_leads_to_them(pages: dict[str, Element], site: Path) -> None:
    led = {to for path, page in pages.items() for link in links(page) if NOTES.fullmatch(to := target(path, link)[0])}
    assert led
    assert led <= {str(path.relative_to(site)) for path in site.glob("queries/*.txt")}


def test_every_page_of_figures_says_how_to_cite_it(pages: dict[str, Element], examples: House) -> None:
    ((run_id,),) = examples.ask("select run_id from ops.publication")
    for path, page in pages.items():
        if path.startswith(("tables/", "queries/", "search")):
            continue
        (cited,) = (each for each in page.all("section") if each.attributes.get("aria-labelledby") == "cite")
        assert f"published/{run_id}/site/{path}" in cited.text
        assert re.search(r"SHA-256 of content of all tables: [0-9a-f]{64}$", cited.text)


def test_every_page_is_within_three_clicks_of_the_first(pages: dict[str, Element]) -> None:
    clicks = clicks_from_home(pages)
    assert {path: clicks.get(path) for path in pages if clicks.get(path, 9) > 3} == {}


def test_every_page_says_which_publication_it_is_of(pages: dict[str, Element], examples: House) -> None:
    ((run_id,),) = examples.ask("select run_id from ops.publication")
    assert [path for path, page in pages.items() if run_id not in page.one("footer").text] == []


def test_every_page_is_a_whole_document(pages: dict[str, Element], site: Path) -> None:
    for path, page in pages.items():
        assert (site / path).read_text("utf-8").lstrip().startswith("<!DOCTYPE html>"), path
        assert page.one("html").attributes["lang"] == "en-GB", path
        assert page.one("h1").text, path
        assert page.one("head").one("title").text, path
        for landmark in ("header", "main", "footer"):
            page.one(landmark)
        assert any(page.one("header").all("nav")), path


def test_titles_tell_pages_apart(pages: dict[str, Element]) -> None:
    titles = Counter(page.one("head").one("title").text for page in pages.values())
    assert [title for title, times in titles.items() if times > 1] == []


def test_ids_are_unique_on_a_page_and_what_names_one_finds_it(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        found = ids(page)
        assert [name for name, times in Counter(found).items() if times > 1] == [], path
        for element in page.all():
            for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                assert set(element.attributes.get(attribute, "").split()) <= set(found), (path, element.attributes)


def test_a_page_runs_nothing_but_the_scripts_of_the_site_and_fetches_nothing(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        for element in page.all():
            assert element.tag not in NEVER, path
            assert not any(name.startswith("on") for name in element.attributes), (path, element.attributes)
            for name in ("srcset", "data", "xlink:href"):
                assert name not in element.attributes, (path, element.attributes)
            assert "src" not in element.attributes or element.tag == "script", path
        assert [target(path, each.attributes["src"])[0] for each in page.all("script")] == scripts_of(path), path
        ways = [target(path, form.attributes["action"])[0] for form in page.all("form") if "action" in form.attributes]
        assert ways == ["search.html"] * (path != "search.html"), path
        sheets = [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] == "stylesheet"]
        assert [target(path, sheet)[0] for sheet in sheets] == ["assets/casebook.css"], path


def test_the_stylesheet_fetches_nothing(site: Path) -> None:
    css = (site / "assets" / "casebook.css").read_text("utf-8")
    assert re.findall(r"@import|@font-face|url\((?!\"data:|data:)[^)]*\)", css) == []


@pytest.mark.parametrize("level", ["h2", "h3"])
def test_headings_are_not_empty(level: str, pages: dict[str, Element]) -> None:
    assert [path for path, page in pages.items() if not all(heading.text for heading in page.all(level))] == []


def test_tables_say_what_their_columns_and_rows_are(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        for table in page.all("table"):
            rows = list(table.one("tbody").all("tr"))
            width = len(list(table.one("thead").all("th")))
            assert {len(row.children) for row in rows} - {0}, path
            assert {sum(1 for _ in row.all("td", "th")) for row in rows} == {width}, path
