"""Long lists are shortened by words and by region, programme or year; what is chosen stands in the address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

SAID = "#casebook-added [role=status]"
SEEN = "main tbody tr:visible"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def open_at(page: Page, site: Path, address: str) -> None:
    page.goto("about:blank")
    page.goto(f"{site.as_uri()}/{address}")


def test_inspections_are_found_by_region_programme_and_year(page: Page, site: Path) -> None:
    open_at(page, site, "inspections.html")
    count = page.locator(SEEN).count()
    page.get_by_label("Fieldwork from, year").select_option("2005")
    assert 0 < page.locator(SEEN).count() < count
    page.get_by_label("Region").select_option("East of England")
    expect(page.locator(SEEN)).to_have_count(1)
    assert "Bedfordshire" in page.locator(SEEN).inner_text()
    assert page.locator(SAID).inner_text() == f"1 of {count} rows."
    assert page.url.endswith("#region=East+of+England&fieldwork-from=2005")
    page.reload()
    expect(page.locator(SEEN)).to_have_count(1)
    assert page.get_by_label("Region").input_value() == "East of England"
    page.get_by_label("Programme").select_option("Offender Management Inspection")
    expect(page.locator(SEEN)).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("areas.html#find=kent", 1),
        ("areas.html#region=London", 1),
        ("criteria.html#find=b1%20risk", 1),
        ("measures.html#find=ENF", 1),
        ("a-to-z.html#find=esi-bed-2005", 1),
        ("tables/index.html#find=fct_scorecard_measure", 1),
        ("tables/columns.html#find=ci_low%20lower", None),
        ("about/glossary.html#find=oasys", None),
    ],
)
def test_every_long_list_can_be_shortened(address: str, rows: int | None, page: Page, site: Path) -> None:
    open_at(page, site, address.partition("#")[0])
    before = page.locator(SEEN).count()
    open_at(page, site, address)
    assert 0 < page.locator(SEEN).count() < before
    assert rows in {None, page.locator(SEEN).count()}


def test_a_heading_without_rows_is_out_of_sight_and_so_is_the_way_to_it(page: Page, site: Path) -> None:
    open_at(page, site, "areas.html#find=kent")
    headings = page.locator("#figure-list h3:visible").all_inner_texts()
    assert headings == ["South East"]
    ways = page.get_by_role("navigation", name="On this page").get_by_role("link")
    assert [way.inner_text() for way in ways.all() if way.is_visible()] == headings


def test_what_is_not_in_the_list_is_answered_by_a_sentence(page: Page, site: Path) -> None:
    open_at(page, site, "areas.html#region=Atlantis")
    assert page.locator(SAID).inner_text() == "There is no region Atlantis in this list."
    assert page.locator(SEEN).count() == 42
    open_at(page, site, "areas.html#find=zzzz")
    assert page.locator(SAID).inner_text() == "0 of 42 rows."


def test_without_scripts_the_list_is_whole(browser: Browser, site: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    open_at(page, site, "areas.html")
    assert page.locator(SEEN).count() == 42
    page.close()
