"""One page of every kind on paper: unfolded, whole, and nothing beyond the edge."""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from figures import kinds

KINDS = [*(kind.name for kind in kinds()), "query", "table", "tables", "columns", "search"]
A4_POINTS = (595, 842)
MARGIN = 20
"""Points that stay white on each side, so that every printer can print it."""

SHOWN = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text; text = texts.nextNode();) {
        const range = document.createRange();
        range.selectNodeContents(text);
        const drawn = [...range.getClientRects()].some(r => r.width > 1 && r.height > 1);
        const parent = text.parentElement;
        const unseen = parent.closest('title, desc, .govuk-visually-hidden, [opacity="0"]');
        if (drawn && !unseen) found.push(text.textContent);
    }
    return found.join(' ');
}"""

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


WIDTH = 703
"""Pixels between the margins of A4; what needs more makes the browser print the whole page smaller."""

TOO_WIDE = """() => [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.outerHTML.slice(0, 160))"""


@dataclass(frozen=True)
class Printed:
    """A page on paper. shown: the text that paper should have. too_wide: elements that do not fit between the margins.
    words: each word with its left, upper, right and lower edge in points."""

    shown: str
    too_wide: list[str]
    words: list[tuple[float, float, float, float, str]]

    def lost(self) -> Counter[str]:
        """Letters that paper has not got."""
        return letters(self.shown) - letters("".join(word[4] for word in self.words))

    def beyond(self) -> list[str]:
        """Words that are not between the margins."""
        return [word[4] for word in self.words if word[0] < MARGIN or word[2] > A4_POINTS[0] - MARGIN]


def print_page(browser: Browser, path: Path, target: Path) -> Printed:
    """Print a page as a reader does."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 900})
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    page.pdf(path=target, prefer_css_page_size=True)
    printed = Printed(page.evaluate(SHOWN), page.evaluate(TOO_WIDE), words_on_paper(target))
    page.close()
    return printed


def words_on_paper(pdf: Path) -> list[tuple[float, float, float, float, str]]:
    """Each word of a printed page with its left, upper, right and lower edge in points."""
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    sizes = {
        tuple(round(float(side)) for side in size) for size in re.findall(r'<page width="(.*?)" height="(.*?)"', told)
    }
    assert {tuple(sorted(size)) for size in sizes} == {A4_POINTS}
    return [(*map(float, found[:4]), unescape(found[4])) for found in WORD.findall(told)]  # type: ignore[misc]


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s|\u00ad", "", text))


@pytest.mark.parametrize("name", KINDS)
def test_paper_has_all_of_the_page_within_its_margins(
    name: str, browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    printed = print_page(browser, pages[name], tmp_path / "page.pdf")
    assert printed.lost() == Counter()
    assert printed.beyond() == []
    assert printed.too_wide == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p style='position: absolute; left: 780px; white-space: nowrap'>far away</p>", ["too_wide"]),
        ("<style>@page { margin: 2mm }</style>", ["beyond"]),
        ("<p style='overflow: hidden; width: 50px; white-space: nowrap'>near but not quite whole</p>", ["lost"]),
        ("<p>and all here</p>", []),
    ],
)
def test_what_paper_lacks_is_found(html: str, found: list[str], browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<style>@page {{ size: A4; margin: 14mm }}</style><p>all right</p>{html}")
    printed = print_page(browser, page, tmp_path / "page.pdf")
    faults = {"too_wide": printed.too_wide, "beyond": printed.beyond(), "lost": printed.lost()}
    assert [name for name, what in faults.items() if what] == found


def test_what_is_folded_on_a_screen_is_unfolded_on_paper(
    browser: Browser, one_of_each: dict[str, Path], tmp_path: Path
) -> None:
    words = [word[4] for word in print_page(browser, one_of_each["inspection"], tmp_path / "page.pdf").words]
    assert "Section scores by characteristic" in " ".join(words)
    assert words.count("Consistent") > 5


def test_ten_columns_fit_on_paper(browser: Browser, site: Path, tmp_path: Path) -> None:
    heads = ["Criterion", "Recommendation", "Respondents", "95% interval", "Performance", *["Difference"] * 5]
    cells = ["1.3 Assessment of likelihood of reoffending", "Area and partners", "1,234", "61% to 66%"] + ["100%"] * 6
    rows = "".join(
        f'<tr class="govuk-table__row">{"".join(cell)}</tr>'
        for cell in (
            [f'<th class="govuk-table__header">{text}</th>' for text in heads],
            [f'<td class="govuk-table__cell govuk-table__cell--numeric">{text}</td>' for text in cells],
        )
    )
    page = tmp_path / "page.html"
    sheet = (site / "assets" / "casebook.css").as_uri()
    page.write_text(
        f'<html lang="en"><link rel="stylesheet" href="{sheet}"><body class="govuk-template__body">'
        f'<div class="govuk-width-container"><table class="govuk-table">{rows}</table></div></body></html>'
    )
    assert print_page(browser, page, tmp_path / "page.pdf").too_wide == []
