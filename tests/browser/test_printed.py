"""One page of every kind on paper: unfolded, whole, and nothing beyond the edge."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from figures import kinds

KINDS = [*(kind.name for kind in kinds()), "query", "table", "tables"]
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
        if (drawn && !parent.closest('title, desc, .govuk-visually-hidden')) found.push(text.textContent);
    }
    return found.join(' ');
}"""

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


def print_page(browser: Browser, path: Path, target: Path) -> str:
    """Print a page as a reader does; returns the text that paper should have."""
    page = browser.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    page.pdf(path=target, prefer_css_page_size=True)
    shown: str = page.evaluate(SHOWN)
    page.close()
    return shown


def words_on_paper(pdf: Path) -> list[tuple[float, float, float, float, str]]:
    """Each word of a printed page with its left, upper, right and lower edge in points."""
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    sizes = {
        tuple(round(float(side)) for side in size) for size in re.findall(r'<page width="(.*?)" height="(.*?)"', told)
    }
    assert {tuple(sorted(size)) for size in sizes} == {A4_POINTS}
    return [(*map(float, found[:4]), _unescaped(found[4])) for found in WORD.findall(told)]  # type: ignore[misc]


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s|\u00ad", "", text))


@pytest.mark.parametrize("name", KINDS)
def test_paper_has_all_of_the_page_within_its_margins(
    name: str, browser: Browser, one_of_each: dict[str, Path], tmp_path: Path
) -> None:
    shown = print_page(browser, one_of_each[name], tmp_path / "page.pdf")
    words = words_on_paper(tmp_path / "page.pdf")
    assert letters(shown) - letters("".join(word[4] for word in words)) == Counter()
    assert [word for word in words if word[0] < MARGIN or word[2] > A4_POINTS[0] - MARGIN] == []


def test_a_word_beyond_the_edge_of_paper_is_found(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>near</p><p style='position: absolute; left: 780px; white-space: nowrap'>far away</p>")
    shown = print_page(browser, page, tmp_path / "page.pdf")
    words = words_on_paper(tmp_path / "page.pdf")
    lost = letters(shown) - letters("".join(word[4] for word in words))
    assert lost or [word for word in words if word[2] > A4_POINTS[0] - MARGIN]


def test_what_is_folded_on_a_screen_is_unfolded_on_paper(
    browser: Browser, one_of_each: dict[str, Path], tmp_path: Path
) -> None:
    print_page(browser, one_of_each["inspection"], tmp_path / "page.pdf")
    text = " ".join(word[4] for word in words_on_paper(tmp_path / "page.pdf"))
    assert "Section scores by characteristic" in text
    assert text.count("Consistent") > 5
