"""Workbooks say what pages say, as tables that everyone can read; delivered text in them is text."""

import html
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from downloads.cells import fields_of
from downloads.forms import filled
from downloads.sheets import NO_TABLE, Book, book_of, plain
from downloads.workbooks import LONGEST_TEXT, form_of
from figures import Column, Figure, Kind, Page, Publication, Rows, Section, kinds

PUBLICATION = Publication("R1", date(2006, 6, 15))

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "+1",
    "@SUM(A1)",
    "http://example.org/",
    "internal:'Cover'!A1",
    "[look](http://example.org/)",
    "[a](b) and [c](d)",
    "$$note$$",
    "---",
    "<script>alert(1)</script>",
    "_x0041_",
]

FACTS = Figure(name="facts", title="What it is", facts=True, columns=(Column(name="area", label="Area"),))
SCORES = Figure(
    name="scores",
    title="Scores",
    text="Rounded *half up*.",
    sheet="Scores",
    columns=(
        Column(name="code", label="Code", head=True),
        Column(name="score", label="Score", show="percent", status="score_status"),
        Column(name="low", label="95 % interval", show="percent", to="high", status="score_status"),
        Column(name="change", label="Change (points)", show="points"),
        Column(name="cases", label="Cases", show="whole"),
        Column(name="month", label="Month", show="month"),
        Column(name="value", label="Value", show="printed", unit="unit"),
        Column(name="met", label="Met", show="yes_no"),
        Column(name="word", label="Word", missing=""),
    ),
)
NONE = Figure(name="none", title="Nothing", sheet="Nothing", columns=SCORES.columns)
KIND = Kind(
    name="inspection",
    path="inspections/{inspection_id}.html",
    title="{inspection_title}",
    keys=("inspection_id",),
    sections=(
        Section(title="", figures=(FACTS,)),
        Section(title="Scores", text="What [a score](about.html) is.", figures=(SCORES, NONE)),
    ),
)
ROW = {
    "code": "B1",
    "score": 0.545,
    "score_status": "shown",
    "low": 0.4,
    "high": 0.701,
    "change": -0.05,
    "cases": 1234,
    "month": date(2006, 3, 1),
    "value": 92.456,
    "unit": "percent",
    "met": True,
    "word": "fairly met",
}
MISSING = {**dict.fromkeys(ROW), "code": "B2", "score_status": "not_applicable", "unit": "days"}
FEW = {**ROW, "code": "B3", "score_status": "few_cases"}


def book(rows: list[dict[str, Any]], title: str = "An inspection", area: str = "Bedfordshire") -> Book:
    page = Page(KIND, {"inspection_id": "I1", "inspection_title": title})
    return book_of(page, [Rows(FACTS, [{"area": area}]), Rows(SCORES, rows)])


def written(folder: Path, *args: Any, **kwargs: Any) -> Path:
    path = folder / "book.xlsx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(filled(form_of(book(*args, **kwargs)), PUBLICATION))
    return path


def cells(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def table(path: Path, sheet: str) -> list[list[Any]]:
    """The table of a sheet with its headings: what stands in more than one column."""
    return [row for row in cells(path, sheet) if row[1] != ""]


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_numbers_are_numbers_in_the_unit_of_their_heading(tmp_path: Path) -> None:
    headings, row, _ = table(written(tmp_path, [ROW, MISSING]), "Scores")
    assert dict(zip(headings, row, strict=True)) == {
        "Code": "B1",
        "Score (%)": 55,
        "95 % interval, from (%)": 40,
        "95 % interval, to (%)": 70,
        "Change (points)": -5,
        "Cases": 1234,
        "Month": date(2006, 3, 1),
        "Measured in": "%",
        "Value": 92.46,
        "Met": "Yes",
        "Word": "fairly met",
    }


def test_a_missing_value_says_why_and_no_cell_is_empty(tmp_path: Path) -> None:
    _, _, row = table(written(tmp_path, [ROW, MISSING]), "Scores")
    assert row == ["B2", "[z]", "[z]", "[z]", "[x]", "[x]", "[x]", "days", "[x]", "[x]", "[z]"]


def test_a_figure_of_few_cases_is_marked_and_stays_a_number(tmp_path: Path) -> None:
    path = written(tmp_path, [FEW])
    _, row = table(path, "Scores")
    assert (row[1], row[5]) == (55, 1234)
    assert '0" [u]"' in html.unescape(parts(path)["xl/styles.xml"])
    assert any(str(line[0]).startswith("[u] unreliable") for line in cells(path, "Scores"))


def test_a_sheet_says_what_it_is_and_what_its_shorthand_means(tmp_path: Path) -> None:
    lines = [row[0] for row in cells(written(tmp_path, [ROW, MISSING]), "Scores")]
    assert lines[:2] == [
        "Scores [note 1] [note 2]",
        "This worksheet contains one table. Notes are on the worksheet Notes.",
    ]
    assert lines[2].startswith("[x] not available")
    assert "Source: publication R1; query: site/queries/inspection-scores.html" in lines


def test_the_cover_says_which_publication_it_is_of(tmp_path: Path) -> None:
    lines = [row[0] for row in cells(written(tmp_path, [ROW]), "Cover")]
    assert lines[0] == "An inspection"
    assert {"Inspection id: I1", "Area: Bedfordshire", "Publication (run id): R1", "Figures as of: 15 June 2006"} <= {
        *lines
    }
    assert any(line.startswith("[z] not applicable") for line in lines)


def test_contents_lead_to_every_sheet_and_name_what_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, [ROW])
    assert CalamineWorkbook.from_path(path).sheet_names == ["Cover", "Contents", "Notes", "Scores"]
    assert table(path, "Contents")[1:] == [["Notes", "Notes"], ["Scores", "Scores"]]
    assert cells(path, "Contents")[1][0].endswith("because there is nothing to show: Nothing.")
    assert "location=\"'Scores'!A1\"" in parts(path)["xl/worksheets/sheet2.xml"]


def test_a_workbook_for_which_nothing_was_delivered_is_a_cover_that_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, [])
    assert CalamineWorkbook.from_path(path).sheet_names == ["Cover"]
    assert [NO_TABLE] in cells(path, "Cover")


def test_notes_are_the_texts_of_the_page_without_its_markup(tmp_path: Path) -> None:
    assert table(written(tmp_path, [ROW]), "Notes")[1:] == [
        ["[note 1]", "What a score is."],
        ["[note 2]", "Rounded half up."],
    ]
    assert plain("One\nline, `code`.\n\nAnother.") == "One line, code.\nAnother."


def test_each_sheet_is_one_marked_table_whose_headings_stay_in_sight(tmp_path: Path) -> None:
    found = parts(written(tmp_path, [ROW, MISSING]))
    for number in (2, 3, 4):
        sheet = found[f"xl/worksheets/sheet{number}.xml"]
        assert sheet.count("<tablePart ") == 1
        assert 'state="frozen"' in sheet
        assert "<mergeCell" not in sheet
        assert 'headerRowCount="0"' not in found[f"xl/tables/table{number - 1}.xml"]
    assert 'activeTab="0"' in found["xl/workbook.xml"] or "activeTab" not in found["xl/workbook.xml"]
    rows = [int(row) for row in re.findall(r'<row r="(\d+)"', found["xl/worksheets/sheet4.xml"])]
    assert rows == list(range(1, max(rows) + 1))


@pytest.mark.parametrize("text", HOSTILE)
def test_delivered_text_is_text_wherever_it_stands(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, [{**ROW, "code": text, "word": text}], title=text, area=text)
    _, row = table(path, "Scores")
    assert (row[0], row[-1]) == (text, text)
    assert cells(path, "Cover")[0][0] == text
    assert [f"Area: {text}"] in cells(path, "Cover")
    found = parts(path)
    assert not any("<f>" in content or "<f " in content for content in found.values())
    assert not any('TargetMode="External"' in content for content in found.values())


def test_what_no_workbook_can_hold_is_replaced_or_cut(tmp_path: Path) -> None:
    path = written(tmp_path, [{**ROW, "code": "a\x00b\x0bc\ufffed\u202ee", "word": "long " * 10_000}])
    _, row = table(path, "Scores")
    assert row[0] == "a?b\nc?d?e"
    assert len(row[-1]) == LONGEST_TEXT
    assert row[-1].endswith("…")


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path / "first", [ROW, MISSING])
    second = written(tmp_path / "second", [ROW, MISSING])
    assert first.read_bytes() == second.read_bytes()
    assert "2006-06-15T00:00:00Z" in parts(first)["docProps/core.xml"]


SHEETS = [(kind, figure) for kind in kinds() for figure in kind.figures if figure.sheet]


@pytest.mark.parametrize(("kind", "figure"), SHEETS, ids=[f"{kind.name}-{figure.name}" for kind, figure in SHEETS])
def test_every_sheet_has_a_name_that_a_workbook_allows_and_headings_of_its_own(kind: Kind, figure: Figure) -> None:
    assert re.fullmatch(r"[A-Za-z][^\[\]:*?/\\']{0,30}", str(figure.sheet))
    assert figure.sheet not in ("Cover", "Contents", "Notes", "Key")
    assert fields_of(figure)


def test_areas_inspections_and_the_whole_country_have_workbooks_whose_sheets_have_different_names() -> None:
    national = {"criterion", "measure", "programme", "theme"}
    assert {kind.name for kind in kinds() if kind.in_workbook} == {"area", "inspection", *national}
    for kind in kinds():
        names = [str(figure.sheet).casefold() for figure in kind.figures if figure.sheet]
        assert len(set(names)) == len(names)


def test_two_equal_headings_are_refused() -> None:
    twice = Figure(name="t", title="T", sheet="T", columns=(Column(name="a", label="A"), Column(name="b", label="a")))
    with pytest.raises(ValueError, match="same heading"):
        fields_of(twice)
