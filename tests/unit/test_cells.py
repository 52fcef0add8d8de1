"""Cells of a table: what stands in it, and the columns that it has."""

from datetime import date

from figures import Column, Figure, Rows
from figures.show import cell, change
from figures.words import lower_first
from pages.cells import shown

NAMED = Column(name="area", label="Area", head=True)
NOTED = Column(name="note", label="Note", missing="")
FIGURE = Figure(name="f", title="F", columns=(NAMED, NOTED), empty="None.")


def labels(*notes: str | None) -> list[str]:
    rows = [{"area": "Kent", "note": note} for note in notes]
    made = shown(Rows(FIGURE, rows), lambda column, row: None)
    assert all(len(cells) == len(made.figure.columns) for cells in made.cells)
    return [column.label for column in made.figure.columns]


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    assert labels(None, None) == ["Area"]
    assert labels(None, "[p]") == ["Area", "Note"]


def test_a_table_without_rows_keeps_its_columns() -> None:
    assert labels() == ["Area", "Note"]


def test_a_period_of_one_month_is_written_once() -> None:
    months = Column(name="first", label="Months", show="month", to="last")
    april, may = date(2005, 4, 1), date(2005, 5, 1)
    assert cell(months, {"first": april, "last": april}) == "April 2005"
    assert cell(months, {"first": april, "last": may}) == "April 2005 to May 2005"
    interval = Column(name="low", label="95% interval", show="percent", to="high")
    assert cell(interval, {"low": 1.0, "high": 1.0}) == "100% to 100%"


def test_a_name_keeps_its_capital_within_a_sentence() -> None:
    assert lower_first("England and Wales, and regions") == "England and Wales, and regions"
    assert lower_first("Areas in the funnel") == "areas in the funnel"


def test_a_column_has_one_number_of_decimals_for_each_unit() -> None:
    value = Column(name="value", label="Figure", show="printed", unit="unit")
    figure = Figure(name="f", title="F", columns=(NAMED, value))
    pairs = [(81.0, "percent"), (82.3, "percent"), (-5.0, "percent"), (12.0, "days"), (None, "percent")]
    rows = [{"area": "Kent", "value": number, "unit": unit} for number, unit in pairs]
    made = shown(Rows(figure, rows), lambda column, row: None)
    assert [cells[1].text for cells in made.cells] == ["81.0%", "82.3%", "\N{MINUS SIGN}5.0%", "12 days", "[x]"]


def test_a_change_that_rounds_to_nothing_has_no_sign() -> None:
    assert [change(value) for value in (-0.04, 0.0, 0.04, -0.06)] == ["0.0", "0.0", "0.0", "\N{MINUS SIGN}0.1"]
