"""One page of every kind on a desk and on a telephone: anyone can use it, and nothing of it is out of sight."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from figures import kinds

DESK, TELEPHONE = 1100, 320
KINDS = [*(kind.name for kind in kinds()), "query", "table", "tables", "columns", "search"]
EACH = pytest.mark.parametrize("name", KINDS)
WIDTHS = pytest.mark.parametrize("width", [pytest.param(DESK, marks=pytest.mark.long), TELEPHONE])

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}

OUT_OF_SIGHT = """() => {
    const wide = document.documentElement.clientWidth;
    const inside = element => element.closest('.casebook-scroll');
    const hidden = element => element.closest('[class*=visually-hidden], .govuk-skip-link');
    return [...document.body.querySelectorAll('*')]
        .filter(element => !hidden(element) && (!inside(element) || element === inside(element)))
        .filter(element => { const r = element.getBoundingClientRect();
            return r.width > 0 && r.height > 0 && (r.right > wide + 1 || r.left < -1); })
        .map(element => element.outerHTML.slice(0, 120));
}"""

SCROLLS = """() => [...document.querySelectorAll('*')].filter(element => element.scrollWidth > element.clientWidth + 1
    && ['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX)
    && !element.closest('.govuk-visually-hidden, .govuk-skip-link, .casebook-cards thead'))
    .map(element => element.classList.contains('casebook-scroll') ? 'casebook-scroll' : element.className)"""


class Opened:
    """A page, and what it said and asked for while it was opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: Path) -> "Opened":
        """Open a page and unfold what it has folded."""
        self.page.goto(path.as_uri())
        self.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        return self


@pytest.fixture(params=[pytest.param(DESK, marks=pytest.mark.long), TELEPHONE], scope="module")
def opened(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    yield page
    page.close()


@EACH
def test_axe_finds_nothing_and_nothing_is_out_of_sight(
    name: str, opened: Page, pages: dict[str, Path], site: Path
) -> None:
    page = Opened(opened).open(pages[name])
    assert page.said == []
    assert {url.startswith((site.as_uri(), "data:")) for url in page.asked} == {True}
    assert opened.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert opened.evaluate(OUT_OF_SIGHT) == []
    assert set(opened.evaluate(SCROLLS)) <= {"casebook-scroll"}
    assert found_by_axe(opened) == {}


@pytest.mark.parametrize(
    "address",
    [
        "search.html#q=bed",
        "search.html#q=zzzz",
        "search.html#q=risk of harm",
        "compare.html#areas=BED,KEN&beside=region,family&inspections=ESI-BED-2005,ESI-DVC-2006,XYZ",
        "make-a-table.html#measures=ENF,SICK&areas=BED,regions&of=month&last=2",
        "areas.html#find=kent",
        "about/assumptions.html#subject=deliveries",
    ],
)
def test_axe_finds_nothing_in_what_scripts_add(address: str, opened: Page, site: Path) -> None:
    opened.goto("about:blank")
    opened.goto(f"{site.as_uri()}/{address}")
    opened.wait_for_function("document.querySelector('[role=status]')?.textContent")
    assert opened.evaluate(OUT_OF_SIGHT) == []
    assert found_by_axe(opened) == {}


def found_by_axe(page: Page) -> dict[str, list[str]]:
    """What axe finds: rule and elements."""
    violations: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return {each["id"]: [node["html"][:200] for node in each["nodes"]] for each in violations}


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<p style='color: #999'>faint</p>", "color-contrast"),
        ("<h4>too deep</h4>", "heading-order"),
        ("<a href='#a' style='font:8px/8px arial'>x</a><a href='#b' style='font:8px/8px arial'>y</a>", "target-size"),
    ],
)
def test_a_fault_is_found_by_axe(html: str, rule: str, browser: Browser, one_of_each: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(one_of_each["tables"].as_uri())
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", html)
    assert rule in found_by_axe(page)
    page.close()


def test_what_sticks_out_is_found(browser: Browser, one_of_each: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": TELEPHONE, "height": 900})
    page.goto(one_of_each["tables"].as_uri())
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=wide style=\"width:900px\">x</p>')"
    )
    assert [found for found in page.evaluate(OUT_OF_SIGHT) if "wide" in found]
    assert page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.close()


def test_the_first_tab_shows_the_way_past_the_navigation(browser: Browser, one_of_each: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": DESK, "height": 900})
    page.goto(one_of_each["inspection"].as_uri())
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Skip to main content"
    box = link.bounding_box()
    assert box
    assert box["width"] > 100
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")
    page.close()


@pytest.mark.parametrize("name", ["home", "inspection", "criterion"])
def test_whoever_uses_the_keyboard_sees_where_they_are(
    name: str, browser: Browser, one_of_each: dict[str, Path]
) -> None:
    page = browser.new_page(viewport={"width": DESK, "height": 900})
    page.goto(one_of_each[name].as_uri())
    before = page.evaluate(LOOKS)
    for _ in range(len(before)):
        page.keyboard.press("Tab")
        number, looks = page.evaluate(FOCUSED)
        assert looks != before[number], page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert number == len(before) - 1
    page.close()


FOCUSABLE = 'a[href], summary, input, button, select, [tabindex="0"]'
REACHED = f"[...document.querySelectorAll('{FOCUSABLE}')].filter(e => e.checkVisibility())"
LOOK = "e => { const s = getComputedStyle(e); return [s.outline, s.backgroundColor, s.boxShadow].join('|'); }"
LOOKS = f"() => {REACHED}.map({LOOK})"
FOCUSED = f"() => {{ const e = document.activeElement; return [{REACHED}.indexOf(e), ({LOOK})(e)]; }}"
