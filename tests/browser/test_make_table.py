"""Tables that readers make: the choice is in the address, and the file has the same rows with codes and words."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

SAID = "#casebook-added [role=status]"
TABLES = "#casebook-added .casebook-made table"
ROWS = f"{TABLES} tbody tr"
CHOICE = "#measures=ENF,SICK&areas=BED,nation&of=month&from=2005-04&to=2005-06"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def open_at(page: Page, site: Path, address: str) -> None:
    page.goto("about:blank")
    page.goto(f"{(site / 'make-a-table.html').as_uri()}{address}")
    page.wait_for_selector("#casebook-added form")
    page.wait_for_function(f"document.querySelector('{SAID}').textContent !== ''")


def taken(page: Page) -> list[dict[str, str]]:
    """The rows of the file that the page gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Take as a file (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_what_is_chosen_stands_in_the_address_and_is_restored_from_it(page: Page, site: Path) -> None:
    open_at(page, site, "")
    assert page.locator(SAID).inner_text() == "Choose at least one measure and one area."
    page.get_by_label("(ENF)").check()
    page.get_by_label("Bedfordshire (BED)").check()
    page.get_by_label("Figures of").select_option("month")
    expect(page.locator(ROWS)).to_have_count(21)
    page.locator("select[name=from]").select_option("2005-10")
    expect(page.locator(ROWS)).to_have_count(3)
    assert page.url.endswith("#measures=ENF&areas=BED&of=month&from=2005-10")
    page.reload()
    expect(page.locator(ROWS)).to_have_count(3)
    assert page.locator("select[name=from]").input_value() == "2005-10"
    assert page.get_by_label("Bedfordshire (BED)").is_checked()
    page.go_back()
    expect(page.locator(ROWS)).to_have_count(21)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("#measures=ENF,XYZ&areas=BED", "There is no measure XYZ. 2 rows."),
        ("#measures=ENF&areas=BED,QQQ", "There is no area QQQ. 2 rows."),
        ("#measures=ENF&areas=BED&of=week", "Figures are of year or month, not of week. 2 rows."),
        (
            "#measures=ENF&areas=BED&of=month&from=1999-01&to=2004-05",
            "There is no month 1999-01: figures are from 2004-04 to 2005-12. 2 rows.",
        ),
        ("#measures=ENF&areas=BED&last=many", "last is a number of periods, not many. 2 rows."),
        ("#measures=ENF", "Choose at least one measure and one area."),
        ("#measures=DRR_RATE&areas=BED&last=1", "1 row."),
        ("#measures=all&areas=areas&of=month", "15,876 rows, the first 100 shown; the file has all."),
    ],
)
def test_what_cannot_be_shown_is_answered_by_a_sentence(address: str, said: str, page: Page, site: Path) -> None:
    open_at(page, site, address)
    assert page.locator(SAID).inner_text() == said


def test_an_address_shows_nothing_but_text(page: Page, site: Path) -> None:
    open_at(page, site, "#measures=<img src=x onerror=alert(1)>,ENF&areas=BED")
    assert page.locator("#casebook-added img").count() == 0
    assert "There is no measure <img src=x" in page.locator(SAID).inner_text()


def test_the_file_has_the_rows_of_the_page_with_codes_beside_names_and_words_for_statuses(
    page: Page, site: Path
) -> None:
    open_at(page, site, CHOICE)
    rows = taken(page)
    assert [(row["measure_code"], row["area_code"], row["period"]) for row in rows] == [
        (measure, area, month)
        for measure in ("ENF", "SICK")
        for area in ("ENW", "BED")
        for month in ("2005-04", "2005-05", "2005-06")
    ]
    assert {(row["area_code"], row["area"]) for row in rows} == {("ENW", "England and Wales"), ("BED", "Bedfordshire")}
    assert {row["unit"] for row in rows} == {"per cent", "days a head a year"}
    assert {row["target_is"] for row in rows if row["area_code"] == "BED"} <= {"Met", "Close", "Missed"}
    assert "unreliable: from few people or acts, to be read with care" in {row["note"] for row in rows}
    shown = page.locator(f"{ROWS} td:nth-child(4)").all_inner_texts()
    assert [cell.rstrip("% days") for cell in shown] == [row["figure"] for row in rows]


def test_the_file_is_called_by_its_subject_edition_and_publication(page: Page, site: Path) -> None:
    open_at(page, site, CHOICE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Take as a file (CSV)").click()
    name = download.value.suggested_filename
    assert name.startswith("casebook-ENF-SICK-month-staff-")
    assert name.endswith(".csv")


def test_the_tool_opens_each_featured_table_as_its_page_shows_it(page: Page, site: Path) -> None:
    page.goto((site / "make-a-table.html").as_uri())
    ways = page.locator("#figure-featured tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('a')].map(a => a.getAttribute('href')))"
    )
    assert len(ways) >= 10
    for static, choice in ways:
        page.goto((site / static).as_uri())
        figures = page.locator("#figure-rows tbody tr").evaluate_all(
            "rows => { const heads = [...document.querySelectorAll('#figure-rows thead th')].map(th => th.textContent);"
            "return rows.map(row => ['Area code', 'Measure', 'Figure']"
            ".map(head => row.cells[heads.indexOf(head)]?.textContent ?? null)) }"
        )
        open_at(page, site, choice.removeprefix("make-a-table.html"))
        rows = taken(page)
        # A code that is the same in all rows stands above them.
        for row, (area, code, _) in zip(rows, figures, strict=True):
            assert area in {None, row["area_code"]}, static
            assert code in {None, row["measure_code"]}, static
        differing = [
            (row, figure)
            for row, (*_, figure) in zip(rows, figures, strict=True)
            if row["figure"] and float(row["figure"]) != float(figure.split()[0].rstrip("%").replace(",", ""))
        ]
        assert differing == [], static


def test_rows_that_cannot_be_read_are_answered_by_a_sentence(page: Page, site: Path) -> None:
    page.route("**/assets/data/measures/ENF.js", lambda route: route.abort())
    open_at(page, site, "#measures=ENF&areas=BED")
    assert page.locator(SAID).inner_text() == "The figures in assets/data/measures/ENF.js cannot be read."


def test_without_scripts_the_featured_tables_are_pages(browser: Browser, site: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((site / "make-a-table.html").as_uri())
    page.get_by_role("link", name="Enforcement in every area").click()
    assert page.locator("#figure-rows tbody tr").count() == 42
    page.close()


def test_the_way_to_a_table_leaves_the_address_as_it_is(page: Page, site: Path) -> None:
    open_at(page, site, CHOICE)
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="(SICK)").click()
    assert page.url.endswith(CHOICE)
    assert page.evaluate("document.activeElement.id") == "chosen-SICK"
