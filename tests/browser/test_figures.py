"""Figures as readers use them: pictures that fit, rows as a file, the report of an inspection on paper."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from flows.tools.report import print_report
from tests.browser.test_printed import MARGIN, words_on_paper

BOX = "e => { const r = e.getBoundingClientRect(); return [r.left, r.right, r.top, r.bottom]; }"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield page
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_picture_that_cannot_be_stretched_is_seen_once_and_whole(width: int, page: Page, site: Path) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((site / "measures" / "ENF.html").as_uri())
    seen = [svg for svg in page.locator("#figure-funnel svg").all() if svg.is_visible()]
    assert len(seen) == 1
    left, right, *_ = seen[0].evaluate(BOX)
    assert 0 <= left < right <= width


def test_labels_of_rows_stand_beside_them_on_a_desk_and_above_on_a_telephone(page: Page, site: Path) -> None:
    page.goto((site / "inspections" / "ESI-BED-2005.html").as_uri())
    label, row = page.locator("#figure-intervals .casebook-rows > :not([hidden])").all()[:2]
    assert label.evaluate(BOX)[1] < row.evaluate(BOX)[0]
    page.set_viewport_size({"width": 320, "height": 900})
    assert label.evaluate(BOX)[3] <= row.evaluate(BOX)[2]
    assert row.evaluate(BOX)[1] <= 320


def test_the_rows_of_a_figure_are_a_file_named_by_subject_edition_and_date(page: Page, site: Path) -> None:
    page.goto((site / "inspections" / "ESI-BED-2005.html").as_uri())
    with page.expect_download() as download:
        page.locator("#figure-summary a[download]").click()
    assert download.value.suggested_filename == "inspection-ESI-BED-2005-summary-staff-2026-11-20.csv"
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = page.locator("#figure-summary tbody th").all_inner_texts()
    assert [row["code"] for row in rows] == shown
    assert rows[0] | {"code": "Overall", "score_pct": "67", "published": "67%", "verdict": "consistent"} == rows[0]


def test_a_report_on_paper_has_scores_and_questions_within_its_margins(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    words = words_on_paper(print_report(site, "ESI-BED-2005", tmp_path))
    said = " ".join(word[4] for word in words)
    for expected in ("Scoring summary sheet", "Questions of all criteria", "Recommendations", "Cite this", "1 of "):
        assert expected in said
    assert "Section scores by characteristic" not in said
    assert [word[4] for word in words if word[0] < MARGIN or word[2] > 595 - MARGIN] == []
