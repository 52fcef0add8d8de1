"""The page that searches: every name and every code of the site is found at once, also when it is not typed exactly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

FIRST_HITS = """words => words.map(word => {
    const box = document.getElementById('search-words');
    box.value = word;
    box.dispatchEvent(new Event('input'));
    return [...document.querySelectorAll('#search-found a')].slice(0, 3).map(link => link.getAttribute('href'));
})"""

NOTHING = "Nothing is called zzzz. Try a code, a part of a name, or the A to Z."


@pytest.fixture(scope="module")
def search(browser: Browser, site: Path) -> Iterator[Page]:
    page = browser.new_page()
    page.goto((site / "search.html").as_uri())
    yield page
    page.close()


def first_hits(search: Page, *words: str) -> list[list[str]]:
    """Where the first three results of each search lead."""
    hits: list[list[str]] = search.evaluate(FIRST_HITS, list(words))
    return hits


def test_every_name_and_every_code_is_among_its_first_three_results(search: Page, site: Path) -> None:
    entries = search.evaluate("CASEBOOK_ENTRIES")
    asked = [(words, path) for _, name, code, _, path in entries for words in (name, code) if words]
    hits = first_hits(search, *(words for words, _ in asked))
    assert [words for (words, path), found in zip(asked, hits, strict=True) if path not in found] == []
    paths = {path.partition("#")[0] for *_, path in entries if not path.startswith("../")}
    assert [path for path in paths if not (site / path).is_file()] == []


def test_every_page_of_an_area_inspection_criterion_measure_and_theme_is_an_entry(search: Page, site: Path) -> None:
    folders = ("areas", "inspections", "criteria", "measures", "themes", "programmes", "about", "tables")
    pages = {path.relative_to(site).as_posix() for folder in folders for path in (site / folder).glob("*.html")}
    found = {path.partition("#")[0] for *_, path in search.evaluate("CASEBOOK_ENTRIES")}
    assert pages - found - {"tables/index.html"} == set()


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("1.2.10", "criteria/OMI-1.2.html"),
        ("esi-bed-2005", "inspections/ESI-BED-2005.html"),
        ("BED 2005", "inspections/ESI-BED-2005.html"),
        ("bedford", "areas/BED.html"),
        ("Bedfrodshire", "areas/BED.html"),
        ("enforcment", "measures/ENF.html"),
        ("ESI-B1", "criteria/ESI-B1.html"),
        ("ci_low", "tables/columns.html#ci_low"),
        ("B1 Bedfordshire", "inspections/ESI-BED-2005/B1.html"),
        ("West Midlands", "areas.html#region=West Midlands"),
        ("Quality of assessment", "criteria.html#section=ESI B Quality of assessment"),
        ("beyond chance", "about/glossary.html"),
        ("fct_scorecard.csv", "../downloads/tables/fct_scorecard.csv"),
    ],
)
def test_codes_their_parts_beginnings_and_slips_are_found(words: str, path: str, search: Page) -> None:
    (found,) = first_hits(search, words)
    assert path in found


def test_the_exact_code_comes_before_codes_that_begin_with_it(search: Page) -> None:
    first_hits(search, "1.2.1")
    codes = search.locator("#search-found p").all_inner_texts()
    assert codes[0].startswith("1.2.1 ")
    assert any(code.startswith("1.2.10 ") for code in codes[1:])


def test_every_code_of_the_site_finds_first_what_it_is_the_code_of(search: Page) -> None:
    entries = search.evaluate("CASEBOOK_ENTRIES")
    codes = [code for _, _, code, *_ in entries if code]
    paths = {code: {path for _, _, other, _, path in entries if other == code} for code in codes}
    hits = first_hits(search, *codes)
    assert [code for code, found in zip(codes, hits, strict=True) if found[0] not in paths[code]] == []


def test_tables_columns_and_downloads_come_after_pages_of_figures(search: Page) -> None:
    first_hits(search, "risk of harm")
    headings = search.locator("#search-found h2").all_inner_texts()
    after = [heading in ("Tables", "Columns", "Downloads") for heading in headings if heading != "Called exactly so"]
    assert any(after)
    assert after == sorted(after)


def test_exact_names_come_first_and_the_others_are_grouped_by_subject(search: Page) -> None:
    first_hits(search, "score")
    headings = search.locator("#search-found h2").all_inner_texts()
    assert headings[0] == "Called exactly so"
    assert {"Tables", "Columns", "Downloads", "Terms"} <= set(headings)
    assert len(set(headings)) == len(headings)


def test_what_is_not_there_is_answered_by_a_sentence(search: Page) -> None:
    assert first_hits(search, "zzzz") == [[]]
    assert search.locator("#search-told").inner_text() == NOTHING


def test_the_box_of_any_page_leads_to_the_results_and_the_address_holds_the_words(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "areas" / "BED.html").as_uri())
    page.get_by_label("Search by name or code").fill("Kent")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-found a")
    assert page.locator("#search-found a").first.inner_text() == "Kent"
    page.locator("#search-words").fill("ENF")
    page.reload()
    assert page.locator("#search-found a").first.get_attribute("href") == "measures/ENF.html"
    page.close()


def test_without_scripts_the_page_leads_to_the_a_to_z(browser: Browser, site: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((site / "search.html").as_uri())
    assert page.locator("#search-words").is_hidden()
    page.locator("main").get_by_role("link", name="A to Z").click()
    assert page.get_by_role("link", name="Bedfordshire", exact=True).count() == 1
    page.close()
