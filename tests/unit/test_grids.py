"""Cross tables, tiles and small lines as HTML."""

from markupsafe import Markup

from figures import Column, Figure, Grid, Rows, Tiles
from pages.cells import body, shown
from pages.grids import grids, spark, tiles
from pages.render import card_labels

AREA = Column(name="area", label="Area", head=True, link="areas/{area_code}.html")
MEASURE = Column(name="measure", label="Measure")
VALUE = Column(name="value", label="Figure", show="percent")
STATUS = Column(name="status", label="Status", show="word", missing="")
GRID = Grid(down="area", down_code="area_code", across="measure", across_code="measure_code", tag="status")
HOSTILE = "<b>&\"'"


def row(area: str, measure: str, value: float | None, status: str | None) -> dict[str, object]:
    return {
        "area": area,
        "area_code": area[:1],
        "measure": measure,
        "measure_code": measure[:1],
        "value": value,
        "status": status,
    }


def found(*rows: dict[str, object], grid: Grid = GRID) -> Rows:
    figure = Figure(name="f", title="F", columns=(AREA, MEASURE, VALUE, STATUS), grid=grid)
    return Rows(figure, list(rows))


def test_numbers_in_a_cell_are_a_small_line() -> None:
    figure = Figure(name="f", title="F", columns=(AREA, Column(name="months", label="Months", show="spark")))
    made = shown(Rows(figure, [{**row("Kent", "ENF", None, None), "months": [1.0, 2.0]}]), leads)
    assert str(body(made.table, str)).count("<svg class='casebook-spark'") == 1


def test_a_column_that_says_the_same_in_all_rows_stands_above_the_table_and_not_in_it() -> None:
    figure = Figure(name="f", title="F", columns=(AREA, MEASURE, STATUS))
    rows = [row(f"Area {number}", "ENF", None, None) for number in range(6)]
    made = shown(Rows(figure, rows), leads)
    assert [column.label for column in made.columns] == ["Area"]
    assert {len(cells) for cells in made.table} == {1}
    assert made.in_all_rows == ["Measure: ENF"]
    assert [column.label for column in shown(Rows(figure, rows), leads, ["Measure"]).columns] == ["Area", "Measure"]
    assert [column.label for column in shown(Rows(figure, rows[:5]), leads).columns] == ["Area", "Measure"]


def leads(column: Column, row: dict[str, object]) -> str | None:
    return (column.link or "").format_map(row) or None


def table(rows: Rows) -> Markup:
    ((_, html),) = grids(rows, leads, str)
    return html


def test_a_cell_has_its_figure_and_the_word_that_colours_it() -> None:
    html = table(found(row("Kent", "Sick", 0.5, "met")))
    assert '<td class="govuk-table__cell casebook-is-met" data-label="S">50%<br>Met</td>' in html
    assert '<a class="govuk-link" href="areas/K.html">Kent</a>' in html


def test_columns_are_in_the_order_of_their_names_and_a_cell_without_a_row_is_empty() -> None:
    html = table(
        found(row("Kent", "Sick", 0.5, None), row("Leeds", "Better", 0.2, None), row("Leeds", "Sick", 0.3, None))
    )
    assert html.index("Better") < html.index("Sick")
    assert '<tr class="govuk-table__row" data-code="K"><th scope="row"' in html
    assert '</th><td class="govuk-table__cell"></td><td class="govuk-table__cell" data-label="S">50%</td></tr>' in html


def test_there_is_a_table_for_every_value_of_what_it_is_told_by() -> None:
    by = GRID.model_copy(update={"by": "status"})
    rows = found(row("Kent", "Sick", 0.5, "met"), row("Leeds", "Sick", 0.5, "missed"), grid=by)
    assert [title for title, _ in grids(rows, leads, str)] == ["met", "missed"]


def test_what_is_delivered_is_text_in_grids_and_tiles() -> None:
    assert HOSTILE not in table(found(row(HOSTILE, HOSTILE, None, HOSTILE)))
    places = Tiles(code="measure_code", row="x", column="y", value="measure")
    figure = Figure(name="f", title="F", columns=(AREA,), tiles=places)
    html = tiles(shown(Rows(figure, [{**row(HOSTILE, HOSTILE, None, None), "x": 1, "y": 2}]), leads), str)
    assert HOSTILE not in html
    assert 'style="grid-area:1/2"' in html


def test_a_month_that_is_missing_is_a_gap_in_the_line() -> None:
    figure = Figure(name="f", title="F", columns=(AREA,), spark="months")
    html = spark(Rows(figure, [{"months": [1.0, 3.0, None, 2.0]}]), 0)
    assert "<path d='M0.0,40.0L66.7,0.0h0'/><path d='M200.0,20.0h0'/>" in html


def test_a_small_line_is_flat_where_next_to_nothing_changes() -> None:
    figure = Figure(name="f", title="F", columns=(AREA,), spark="months")
    rows = [{"months": [12.3, 12.2]}, {"months": [0.0, 0.0]}]
    assert "<path d='M0.0,18.4L200.0,21.6h0'/>" in spark(Rows(figure, rows), 0)
    assert "<path d='M0.0,20.0L200.0,20.0h0'/>" in spark(Rows(figure, rows), 1)


def test_headings_become_labels_of_cards_whatever_stands_in_them() -> None:
    columns = (Column(name="a", label='Say "yes"'), Column(name="b", label="C:\\"))
    assert card_labels(columns) == '--c1:"Say \\"yes\\"";--c2:"C:\\\\"'
