"""Cells of a table: what stands in it, and the columns that it has."""

from figures import Column, Figure, Rows
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
