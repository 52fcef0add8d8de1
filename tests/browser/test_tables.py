"""Tables that are wider than the screen, driven by keyboard and on a telephone; ways about a long page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

WIDE = "#figure-areas .casebook-scroll"
LEFT = "e => Math.round(e.getBoundingClientRect().left)"


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    yield page
    page.close()


def test_every_region_that_scrolls_is_named_and_in_the_way_of_the_tab_key(
    telephone: Page, one_of_each: dict[str, Path]
) -> None:
    for path in one_of_each.values():
        telephone.goto(path.as_uri())
        regions = telephone.locator("div.casebook-scroll")
        told = regions.evaluate_all(
            "all => all.map(e => [e.tabIndex, e.getAttribute('role'), e.getAttribute('aria-label')])"
        )
        assert {(index, role) for index, role, _ in told} <= {(0, "region")}, path
        names = [name for *_, name in told]
        assert all(names), path
        assert len(set(names)) == len(names), path


def test_the_arrow_key_scrolls_a_wide_table_and_its_first_column_stays(telephone: Page, site: Path) -> None:
    telephone.goto((site / "compare.html").as_uri())
    region = telephone.locator(WIDE).first
    region.focus()
    row = region.locator("tbody tr").nth(1)
    head, cell = row.locator("th"), row.locator("td").first
    before = head.evaluate(LEFT), cell.evaluate(LEFT)
    for _ in range(6):
        telephone.keyboard.press("ArrowRight")
    telephone.wait_for_function("e => e.scrollLeft > 100", arg=region.element_handle())
    assert head.evaluate(LEFT) == before[0]
    assert cell.evaluate(LEFT) < before[1]


def test_the_heading_of_a_figure_does_not_scroll_with_its_table(telephone: Page, site: Path) -> None:
    telephone.goto((site / "compare.html").as_uri())
    assert telephone.locator(".casebook-scroll h2, .casebook-scroll h3, .casebook-scroll caption").count() == 0


def test_a_row_of_a_narrow_table_is_a_card_on_a_telephone_and_a_row_on_a_desk(telephone: Page, site: Path) -> None:
    telephone.goto((site / "inspections.html").as_uri())
    cells = telephone.locator("#figure-list tbody tr").first.locator("th, td")
    assert len(set(cells.evaluate_all(f"all => all.map({LEFT})"))) == 1
    label = "e => getComputedStyle(e, '::before').content"
    assert "Region" in telephone.locator("#figure-list tbody td").nth(1).evaluate(label)
    telephone.set_viewport_size({"width": 1280, "height": 900})
    assert len(set(cells.evaluate_all(f"all => all.map({LEFT})"))) == cells.count()
    assert telephone.locator("#figure-list tbody td").nth(1).evaluate(label) == "none"


@pytest.mark.parametrize("name", ["area", "inspection", "a_to_z"])
def test_contents_and_the_way_back_stay_in_sight(name: str, telephone: Page, one_of_each: dict[str, Path]) -> None:
    telephone.goto(one_of_each[name].as_uri())
    telephone.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    contents = telephone.get_by_role("navigation", name="On this page").bounding_box()
    back = telephone.get_by_role("link", name="Back to top").bounding_box()
    assert contents
    assert round(contents["y"]) == 0
    assert back
    assert 0 < back["y"] < 700


def test_what_a_link_of_the_contents_leads_to_is_not_hidden_by_them(telephone: Page, site: Path) -> None:
    telephone.goto((site / "areas" / "BED.html").as_uri())
    telephone.get_by_role("navigation", name="On this page").get_by_role("link").nth(1).click()
    heading = telephone.locator(":target").bounding_box()
    contents = telephone.get_by_role("navigation", name="On this page").bounding_box()
    assert heading
    assert contents
    assert heading["y"] >= contents["y"] + contents["height"] - 1


def test_a_page_leads_to_those_before_and_after_it(telephone: Page, site: Path) -> None:
    telephone.goto((site / "areas" / "BED.html").as_uri())
    telephone.get_by_role("link", name="Next: Cambridgeshire").click()
    telephone.get_by_role("link", name="Previous: Bedfordshire").click()
    assert telephone.url.endswith("areas/BED.html")


IN_SIGHT = """() => {
    window.scrollTo(0, document.body.scrollHeight / 2);
    const contents = document.querySelector('nav.casebook-contents, .casebook-filter--in-sight');
    const top = contents?.getBoundingClientRect().top;
    const back = document.querySelector('.casebook-top a').getBoundingClientRect();
    return Math.abs(top) < 1 && back.top > 0 && back.bottom <= window.innerHeight;
}"""


@pytest.mark.parametrize("width", [320, *(pytest.param(width, marks=pytest.mark.long) for width in (768, 1280))])
def test_no_page_is_longer_than_six_thousand_pixels_without_contents_and_a_way_back_in_sight(
    width: int, browser: Browser, one_of_each: dict[str, Path]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    long = 0
    for path in [*one_of_each.values(), *one_of_each["topic"].parent.glob("*.html")]:
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollHeight") > 6000:
            assert page.evaluate(IN_SIGHT), path
            long += 1
    assert long
    page.close()


def test_a_long_page_without_contents_is_found(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / "areas" / "BED.html").as_uri())
    assert page.evaluate(IN_SIGHT)
    page.evaluate("document.querySelector('nav.casebook-contents').remove()")
    assert not page.evaluate(IN_SIGHT)
    page.close()
