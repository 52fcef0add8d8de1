"""Canonical values: each value has one spelling, so that keys are compared by what they mean."""

import pyarrow as pa
import pytest

from expectations import canonical
from expectations.deliveries import DELIVERIES
from flows.base.settings import PROJECT
from tests.conftest import Deliver, RunIntake
from tests.samples import GOOD, NAMES, csv_text, good_rows, spoilt

CASES = PROJECT / "tests" / "data" / "cases"

TEXTS = {
    "plain": ("Area", "Area"),
    "space around": ("  Area\t", "Area"),
    "double spaces": ("two  words", "two words"),
    "a no-break space": ("two\u00a0words", "two words"),
    "spaces of other widths": ("two\u2003\u202f words", "two words"),
    "a tab between": ("two\twords", "two words"),
    "marks without width": ("\ufeffA\u200br\u200c\u200de\u2060a\u00ad", "Area"),
    "marks of direction": ("\u202eArea\u202c\u200f", "Area"),
    "a control": ("Ar\x07ea", "Area"),
    "a letter and its accent": ("Mo\u0302n", "M\u00f4n"),
    "a letter, a mark without width and its accent": ("Mo\u200b\u0302n", "M\u00f4n"),
    "lines": ("one \r\n two", "one\ntwo"),
    "an empty line between": ("one\n\ntwo\n", "one\n\ntwo"),
    "nothing but marks": ("\u200b \ufeff", ""),
    "letters that look alike": ("\u0391rea", "\u0391rea"),
    "a wide letter": ("\uff21rea", "\uff21rea"),
}

NUMBERS = {
    "0": "0",
    "-0": "0",
    "+0.0": "0",
    "00": "0",
    "7": "7",
    "+7": "7",
    "007": "7",
    "-007": "-7",
    "7.0": "7",
    "7.": "7",
    "7.000000000000001": "7",
    "6.9999999999999": "7",
    ".5": "0.5",
    "0.50": "0.5",
    "12.333333333333334": "12.333333333",
    "0.30000000000000004": "0.3",
    "33.29999923706055": "33.299999237",
    "1e-05": "0.00001",
    "1E5": "100000",
    "1e-10": "0",
    "-1e-10": "0",
    "0.0000000005": "0.000000001",
    "1e20": "100000000000000000000",
    " \u200b1 ": "1",
    "1,000": "1,000",
    "1_000": "1_000",
    "1 000": "1 000",
    "0x10": "0x10",
    "1e": "1e",
    ".": ".",
    "": "",
    "-": "-",
    "- 1": "- 1",
    "\uff11": "\uff11",
    "\u0663": "\u0663",
    "NaN": "NaN",
    "1e999": "1e999",
    "9" * 41: "9" * 41,
}

FIGURES = {"92%": "92%", "92 %": "92%", "092.50%": "92.5%", "9.2e1": "92", "%": "%", "under  review": "under review"}


@pytest.mark.parametrize("spelling", TEXTS)
def test_a_text_has_one_spelling(spelling: str) -> None:
    delivered, wanted = TEXTS[spelling]
    assert canonical.text(delivered) == wanted


@pytest.mark.parametrize("delivered", NUMBERS)
def test_a_number_has_one_spelling_and_what_is_none_stays(delivered: str) -> None:
    assert canonical.number(delivered) == NUMBERS[delivered]


@pytest.mark.parametrize("delivered", FIGURES)
def test_a_figure_has_one_spelling(delivered: str) -> None:
    assert canonical.figure(delivered) == FIGURES[delivered]


@pytest.mark.parametrize("delivered", [*NUMBERS, *FIGURES, *(delivered for delivered, _ in TEXTS.values())])
@pytest.mark.parametrize("type_", canonical.FORMS)
def test_the_canonical_spelling_of_a_canonical_spelling_is_itself(delivered: str, type_: str) -> None:
    spell = {name: form.spell for name, form in canonical.FORMS.items()}[type_]
    assert spell(spell(delivered)) == spell(delivered)


def batch(kind: str, **cells: list[str]) -> pa.Table:
    """A batch of a kind with these cells, its other columns empty; each row is a file."""
    (rows,) = {len(values) for values in cells.values()}
    columns = {column.name: cells.get(column.name, [""] * rows) for column in DELIVERIES[kind].columns}
    return pa.table({**columns, "file_id": list(range(1, rows + 1))})


def test_every_column_is_spelled_by_its_type_and_empty_cells_are_null() -> None:
    spelled, told = canonical.canonical(
        batch("area_profile", area_code=["B\u200bED", "NWA", ""], population=["+0500", "1e3", ""]),
        DELIVERIES["area_profile"],
    )
    assert spelled.column("area_code").to_pylist() == ["BED", "NWA", None]
    assert spelled.column("population").to_pylist() == ["500", "1000", None]
    assert told == {}


def test_a_word_that_a_column_keeps_stays_a_word() -> None:
    spelled, told = canonical.canonical(
        batch("ippf", actual=["###", "N/A", "Under\u00a0review", "NULL", "092%"], ippf_grade=["n/a", "04", "", "", ""]),
        DELIVERIES["ippf"],
    )
    assert spelled.column("actual").to_pylist() == ["###", "n/a", "under review", None, "92%"]
    assert spelled.column("ippf_grade").to_pylist() == ["n/a", "4", None, None, None]
    assert list(told) == [4]


def test_words_for_no_value_are_empty_cells_where_a_cell_may_be_empty() -> None:
    spelled, told = canonical.canonical(
        batch("recommendation", due_on=["NULL", "n/a", ""], criterion_code=["None", "A1", ""], theme=["None", "x", ""]),
        DELIVERIES["recommendation"],
    )
    assert spelled.column("due_on").to_pylist() == [None, None, None]
    assert spelled.column("criterion_code").to_pylist() == [None, "A1", None]
    assert spelled.column("theme").to_pylist() == ["None", "x", None]
    assert told == {
        1: "NULL, None and N/A were read as empty cells: criterion_code (1 row), due_on (1 row).",
        2: "NULL, None and N/A were read as empty cells: due_on (1 row).",
    }


def test_a_sender_is_warned_of_words_for_no_value_beside_extra_columns(deliver: Deliver, intake: RunIntake) -> None:
    rows = [{**row, "remarks": "x", "team_code": "null"} for row in good_rows("nsmart", 2)]
    deliver(NAMES["nsmart"], csv_text(rows))
    night = intake()
    assert night.counts(NAMES["nsmart"]) == (2, 2, 0, 0)
    assert night.query("select distinct team_code from raw.nsmart") == [(None,)]
    assert night.file(NAMES["nsmart"])["warning"] == (
        "Columns that are not part of this delivery were left out: remarks. "
        "NULL, None and N/A were read as empty cells: team_code (2 rows)."
    )


SAME_KEY = {
    "a zero before it": ("recommendation", {"recommendation_no": "01"}),
    "a plus sign": ("recommendation", {"recommendation_no": "+1"}),
    "a point": ("nsmart", {"record_no": "1.0"}),
    "a mark without width": ("judgement", {"case_id": "BED\u200b/2005/0001"}),
    "a no-break space": ("judgement", {"case_id": "BED/2005/0001\u00a0"}),
    "a mark in a measure": ("performance_return", {"measure_code": "ECP1\u00ad"}),
}


@pytest.mark.parametrize("spelling", SAME_KEY)
@pytest.mark.parametrize(("changed", "counts"), [({}, (4, 3, 1, 0)), (None, (4, 2, 0, 2))])
def test_another_spelling_of_a_key_is_an_exact_repeat_or_contradicts(
    spelling: str,
    changed: dict[str, str] | None,
    counts: tuple[int, int, int, int],
    deliver: Deliver,
    intake: RunIntake,
) -> None:
    kind, cells = SAME_KEY[spelling]
    other = {"recommendation": "theme", "nsmart": "team_code", "judgement": "answer", "performance_return": "numerator"}
    changed = {other[kind]: "poor" if kind == "judgement" else "9"} if changed is None else changed
    rows = good_rows(kind, 3)
    deliver(NAMES[kind], csv_text([*rows, {**rows[0], **cells, **changed}]))
    assert intake().counts(NAMES[kind]) == counts


def test_spellings_of_one_case_have_one_key(deliver: Deliver, intake: RunIntake) -> None:
    rows = spoilt("judgement", case_id="BED/2005/00\u200b01", question_code="1.1.2")
    deliver(NAMES["judgement"], csv_text(rows))
    assert intake().query("select count(distinct case_key), count(*) from raw.judgement") == [(2, 3)]


def test_a_row_as_delivered_stays_in_the_archive(deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["nsmart"], csv_text([{**GOOD["nsmart"], "appts_required": "0010"}]))
    night = intake()
    assert night.query("select appts_required from raw.nsmart") == [("10",)]
    archived = [path for path in night.night.warehouse.archive.rglob("*") if path.is_file()]
    assert any(b"0010" in path.read_bytes() for path in archived)


OUTCOMES: dict[str, tuple[tuple[int, int, int, int], set[int]]] = {
    "nsmart_AVS_1004.csv": ((32, 29, 1, 2), {2, 32}),
    "recommendation_ESI-BED-2005_r2.csv": ((13, 10, 0, 3), {2, 13, 14}),
    "nsmart_CUM_1004.csv": ((30, 26, 0, 4), {2, 3, 4, 5}),
    "unpaid_work_DOUBLE.parquet": ((4, 4, 0, 0), set()),
    "unpaid_work_FLOAT.xlsx": ((9, 9, 0, 0), set()),
}
"""Rows landed, loaded, duplicate and held of a delivery, and the numbers of those held."""


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_delivery_with_odd_values_gets_what_its_values_mean(name: str, deliver: Deliver, intake: RunIntake) -> None:
    counts, held = OUTCOMES[name]
    deliver(name, (CASES / name).read_bytes())
    night = intake()
    assert night.counts(name) == counts
    assert set(night.held(name)) == held
    assert night.file(name)["warning"] is None


def test_computed_numbers_load_with_nine_places(deliver: Deliver, intake: RunIntake) -> None:
    deliver("unpaid_work_DOUBLE.parquet", (CASES / "unpaid_work_DOUBLE.parquet").read_bytes())
    values = intake().query("select value from raw.unpaid_work order by row_number")
    assert values == [("12.333333333",), ("0.00001",), ("0.3",), ("5",)]
