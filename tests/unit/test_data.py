"""Rows that scripts load: a script that holds them and does nothing else, with a word for each status."""

import json
from datetime import date

import pytest

from figures import Column, Figure, Kind, Page, Rows
from figures.show import MARKS, SHORTHAND
from pages.data import WORDS, data_path, data_script

FIGURE = Figure(
    name="every",
    title="Every",
    script_only=True,
    columns=(Column(name="area", label="Area", head=True), Column(name="value", label="Figure")),
)
PAGE = Page(Kind(name="measure", path="measures/{code}.html", title="M", keys=("code",)), {"code": "ENF"})


def loaded(text: str) -> dict[str, object]:
    before = '(window.CASEBOOK_DATA ??= {})["measures/ENF.html"] = '
    assert text.startswith(before)
    found: dict[str, object] = json.loads(text.removeprefix(before).removesuffix(";\n"))
    return found


def test_a_page_has_its_rows_in_a_script_of_its_name() -> None:
    assert data_path(PAGE) == "assets/data/measures/ENF.js"
    text = data_script(PAGE, [Rows(FIGURE, [{"area": "BED", "value": 0.5, "not_shown": 1}])])
    assert loaded(text)["every"] == {"columns": ["area", "value"], "rows": [["BED", 0.5]]}


@pytest.mark.parametrize("hostile", ["</script>';alert(1)//", "`${1}`", "\u2028", '"];alert(1);["'])
def test_text_stays_text(hostile: str) -> None:
    text = data_script(PAGE, [Rows(FIGURE, [{"area": hostile, "value": None}])])
    assert loaded(text)["every"] == {"columns": ["area", "value"], "rows": [[hostile, None]]}


@pytest.mark.parametrize("value", [float("nan"), date(2005, 4, 1)])
def test_what_is_no_text_or_number_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        data_script(PAGE, [Rows(FIGURE, [{"area": "BED", "value": value}])])


def test_every_status_of_a_figure_has_words() -> None:
    assert WORDS.keys() >= SHORTHAND.keys() | MARKS.keys() | {"provisional", "revised"}


def test_rows_for_scripts_stand_on_no_page() -> None:
    from figures import kind

    measure = kind("measure")
    assert [figure.name for figure in measure.for_scripts] == ["every"]
    assert "every" not in {figure.name for figure in measure.on_page}
