"""Checks on one file: rows are held with every reason, repeats count once, hopeless files are rejected whole.

One night over all the cases below and those of tests/single_rows.py, a folder a case; each test looks at its own file.
"""

import logging
import re
from pathlib import Path

import pytest

from expectations.deliveries import DELIVERIES
from flows.intake.check import check
from flows.intake.read import Batch, Read
from tests.conftest import BUSINESS_DATE, Deliver, Intake, RunIntake, run_intake, write_delivery
from tests.samples import GOOD, NAMES, CellError, csv_text, good_rows, spoilt, xlsx_bytes
from tests.single_rows import FLAGGED, HELD, LOADED

HEADER = ",".join(GOOD["judgement"])
REPEATS = good_rows("judgement", 8)
REPEATS[1] = {**REPEATS[0]}
REPEATS[2] = {**REPEATS[0], "answer": "  sufficient "}
REPEATS[4] = {**REPEATS[3], "answer": "poor"}

MONTH_TWICE = [{**GOOD["performance_return"], "measure_code": code} for code in ("APC", "ECP", "ECP", "PSR", "VICTIM")]
MONTH_TWICE = [{**row, "numerator": str(n), "denominator": "100"} for n, row in enumerate(MONTH_TWICE)]
TARGET_TWICE = [{**GOOD["performance_target"], "target": target} for target in ("467", "400")]
TARGET_TWICE += [{**GOOD["performance_target"], "area_code": area} for area in ("CAM", "CAM", "ENW")]

FILES = {
    **{f"held {case}": (NAMES[kind], csv_text(spoilt(kind, **cells))) for case, (kind, cells, _) in HELD.items()},
    **{f"loaded {case}": (NAMES[kind], csv_text(spoilt(kind, **cells))) for case, (kind, cells) in LOADED.items()},
    **{f"flagged {case}": (NAMES[kind], csv_text(spoilt(kind, **cells))) for case, (kind, cells, _) in FLAGGED.items()},
    "cells": (NAMES["judgement"], csv_text(good_rows("judgement", 5)) + "ESI-BED-2005,9\nESI-BED-2005,8,1,poor,x\n"),
    "repeats": (NAMES["judgement"], csv_text(REPEATS)),
    "a month twice": (NAMES["performance_return"], csv_text(MONTH_TWICE)),
    "a target twice": (NAMES["performance_target"], csv_text(TARGET_TWICE)),
    "half": (
        NAMES["judgement"],
        csv_text(
            [
                *good_rows("judgement", 2),
                *({**GOOD["judgement"], "answer": str(n), "case_id": str(n)} for n in range(2)),
            ]
        ),
    ),
    "more than half": (
        NAMES["judgement"],
        csv_text(
            [
                *good_rows("judgement", 2),
                *({**GOOD["judgement"], "answer": str(n), "case_id": str(n)} for n in range(3)),
            ]
        ),
    ),
    "future": ("nsmart_BED_0706.csv", csv_text([{**row, "data_period": "0706"} for row in good_rows("nsmart", 2)])),
    "this month": ("nsmart_BED_0606.csv", csv_text([{**row, "data_period": "0606"} for row in good_rows("nsmart", 2)])),
}


@pytest.fixture(scope="module")
def night_of_faults(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """A night over every file above."""
    folder = tmp_path_factory.mktemp("faults")
    for case, (name, content) in FILES.items():
        write_delivery(folder / "landing", f"{case}/{name}", content)
    return run_intake(folder / "landing", folder / "warehouse")


def path_of(case: str) -> str:
    """The path of a case's file."""
    return f"{case}/{FILES[case][0]}"


@pytest.mark.parametrize("case", HELD)
def test_a_faulty_row_is_held_with_every_reason_and_the_others_load(case: str, night_of_faults: Intake) -> None:
    path = path_of(f"held {case}")
    reasons = night_of_faults.held(path)
    told = HELD[case][2]
    assert night_of_faults.counts(path) == (3, 2, 0, 1)
    assert list(reasons) == [3]
    assert all(any(start in reason for reason in reasons[3]) for start in told)
    assert len(reasons[3]) == len(told)


@pytest.mark.parametrize("case", LOADED)
def test_what_is_odd_but_legitimate_loads(case: str, night_of_faults: Intake) -> None:
    path = path_of(f"loaded {case}")
    assert night_of_faults.held(path) == {}
    assert night_of_faults.counts(path) == (3, 3, 0, 0)
    assert night_of_faults.file(path)["warning"] is None


@pytest.mark.parametrize("case", FLAGGED)
def test_a_warning_loads_the_row_and_flags_its_file(case: str, night_of_faults: Intake) -> None:
    path = path_of(f"flagged {case}")
    assert night_of_faults.held(path) == {}
    assert night_of_faults.counts(path) == (3, 3, 0, 0)
    assert re.fullmatch(f"{re.escape(FLAGGED[case][2])}.* \\(1 row\\)\\.", night_of_faults.file(path)["warning"])


def test_an_unknown_ethnicity_in_a_sample_is_a_warning(deliver: Deliver, intake: RunIntake) -> None:
    header = ",".join(column.file_header for column in DELIVERIES["case_sample"].columns)
    rows = "\n".join(
        f"ESI-BED-2005,BED,{case},main,CRO,SUP,2004-06-01,M,{code},25-34,M,N,,2,1,1,inspector,T1"
        for case, code in (("BED/2005/0001", "W1"), ("BED/2005/0002", "White"), ("BED/2005/0003", ""))
    )
    deliver("case_sample_ESI-BED-2005.csv", f"{header}\n{rows}\n")
    night = intake()
    assert night.counts("case_sample_ESI-BED-2005.csv") == (3, 3, 0, 0)
    warning = night.file("case_sample_ESI-BED-2005.csv")["warning"]
    assert warning == "ethnicity should be one of the 16+1 codes (1 row)."


def test_information_is_counted_by_file_and_flags_nothing(night_of_faults: Intake) -> None:
    file_id = night_of_faults.file(path_of("loaded an act after the month's end"))["file_id"]
    found = "select severity, rows_failing from intake.file_quality where file_id = ? and rule = 'acts_within_month'"
    assert night_of_faults.query(found, file_id) == [("info", 1)]


def test_empty_cells_of_columns_that_may_be_empty_are_counted_by_file(night_of_faults: Intake) -> None:
    found = "select severity, rows_failing from intake.file_quality where file_id = ? and rule = 'ethnicity_empty'"
    with_empty = night_of_faults.file(path_of("loaded no ethnicity"))["file_id"]
    without = night_of_faults.file(path_of("loaded kept equal to arranged"))["file_id"]
    assert night_of_faults.query(found, with_empty) == [("info", 1)]
    assert night_of_faults.query(found, without) == []


def test_of_rejected_files_no_quality_is_kept(night_of_faults: Intake) -> None:
    file_id = night_of_faults.file(path_of("more than half"))["file_id"]
    assert night_of_faults.query("from intake.file_quality where file_id = ?", file_id) == []


def test_text_with_markup_or_sql_is_kept_as_it_is(night_of_faults: Intake) -> None:
    file_id = night_of_faults.file(path_of("loaded markup and SQL in a text"))["file_id"]
    query = "select theme from raw.recommendation where file_id = ? and row_number = 3"
    assert night_of_faults.query(query, file_id) == [(LOADED["markup and SQL in a text"][1]["theme"],)]


def test_a_row_with_fewer_or_more_cells_than_the_header_is_held(night_of_faults: Intake) -> None:
    reasons = night_of_faults.held(path_of("cells"))
    assert sorted(reasons) == [7, 8]
    assert all("as many cells as the header" in " ".join(told) for told in reasons.values())


def test_exact_repeats_count_once_and_contradictory_ones_are_all_held(night_of_faults: Intake) -> None:
    path = path_of("repeats")
    assert night_of_faults.counts(path) == (8, 4, 2, 2)
    assert sorted(night_of_faults.held(path)) == [5, 6]
    file_id = night_of_faults.file(path)["file_id"]
    loaded = night_of_faults.query("select row_number from raw.judgement where file_id = ? order by all", file_id)
    assert loaded == [(2,), (7,), (8,), (9,)]


def test_a_month_delivered_twice_with_different_numbers_counts_not_at_all(night_of_faults: Intake) -> None:
    path = path_of("a month twice")
    assert night_of_faults.counts(path) == (5, 3, 0, 2)
    assert sorted(night_of_faults.held(path)) == [3, 4]


def test_two_targets_for_one_area_year_and_measure_in_a_file_are_both_held(night_of_faults: Intake) -> None:
    path = path_of("a target twice")
    assert night_of_faults.counts(path) == (5, 2, 1, 2)
    assert sorted(night_of_faults.held(path)) == [2, 3]


def test_a_file_of_which_half_the_rows_fail_is_loaded(night_of_faults: Intake) -> None:
    assert night_of_faults.counts(path_of("half")) == (4, 2, 0, 2)


def test_a_file_of_which_more_than_half_the_rows_fail_is_rejected_with_reasons_and_an_example(
    night_of_faults: Intake,
) -> None:
    file = night_of_faults.file(path_of("more than half"))
    assert (file["state"], file["rows_landed"], file["rows_held"]) == ("rejected", None, None)
    assert re.search(r"3 of 5 rows fail.*answer must be one of .*such as row 4", file["reason"])
    for table in ("raw.judgement", "intake.held_row"):
        assert night_of_faults.query(f"select 1 from {table} where file_id = ?", file["file_id"]) == []


def test_a_period_after_the_business_date_loads_and_is_flagged(night_of_faults: Intake) -> None:
    file = night_of_faults.file(path_of("future"))
    assert (file["state"], file["rows_loaded"]) == ("loaded", 2)
    assert "future" in file["warning"]


def test_the_month_of_the_business_date_is_not_the_future(night_of_faults: Intake) -> None:
    assert night_of_faults.file(path_of("this month"))["warning"] is None


def test_no_reason_quotes_a_cell(night_of_faults: Intake) -> None:
    told = str(night_of_faults.query("select reasons from intake.held_row union all select [reason] from intake.file"))
    assert "answer must be one of" in told
    assert not any(cell in told for cell in ("HYPERLINK", "about 40", "31/02/2004", "BED/2005", "BED1000"))


def test_no_log_quotes_a_cell(deliver: Deliver, intake: RunIntake, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    rows = spoilt("nsmart", sex="Martian")
    deliver(NAMES["nsmart"], csv_text(rows))
    assert list(intake().held(NAMES["nsmart"])) == [3]
    assert "validate in" in caplog.text
    cells = ("Martian", *(row["case_ref"] for row in rows))
    assert [cell for cell in cells if cell in caplog.text] == []


def test_a_held_row_is_kept_as_delivered(night_of_faults: Intake) -> None:
    file_id = night_of_faults.file(path_of("held a code not in the list"))["file_id"]
    query = "select row_content->>'case_id', row_content->>'answer' from intake.held_row where file_id = ?"
    assert night_of_faults.query(query, file_id) == [("BED/2005/0002", "good")]


def test_each_rule_is_recorded_with_the_rows_it_saw_and_failed(night_of_faults: Intake) -> None:
    found = night_of_faults.query(
        "select severity, rows_failing, rows_checked > 0 from intake.quality_result "
        "where suite = 'nsmart' and rule = 'kept_within_arranged'"
    )
    assert found == [("critical", 2, True)]
    kinds = {kind for (kind,) in night_of_faults.query("select distinct suite from intake.quality_result")}
    assert kinds == {DELIVERIES[kind].kind for kind in NAMES}


def test_a_good_copy_of_a_row_with_too_many_cells_is_loaded(deliver: Deliver, intake: RunIntake) -> None:
    first, second, third = csv_text(good_rows("judgement", 3)).splitlines()[1:]
    deliver(NAMES["judgement"], "\n".join([HEADER, f"{first},x", first, second, third]))
    assert intake().counts(NAMES["judgement"]) == (4, 3, 0, 1)


def test_a_workbook_row_with_an_error_is_held_and_an_empty_cell_is_not(deliver: Deliver, intake: RunIntake) -> None:
    rows = [list(row.values()) for row in good_rows("nsmart", 3)]
    ethnicity = list(GOOD["nsmart"]).index("ethnicity")
    rows[0][ethnicity], rows[1][ethnicity] = CellError("#N/A"), ""
    name = NAMES["nsmart"].replace(".csv", ".xlsx")
    deliver(name, xlsx_bytes([list(GOOD["nsmart"]), *rows]))
    assert intake().held(name) == {2: ["a cell must not hold an error of the spreadsheet, such as #N/A or #REF!"]}


def test_a_night_without_new_rows_checks_nothing(night_of_faults: Intake) -> None:
    nothing = Read((Batch(Path("none.duckdb"), ()),), files=0, rows=0, rejected={7: "Empty."})
    checked = check(night_of_faults.night.warehouse, BUSINESS_DATE, nothing)
    assert (checked.results, checked.rejected) == ((), {7: "Empty."})


def test_that_a_row_has_other_cells_than_the_header_is_said_first(deliver: Deliver, intake: RunIntake) -> None:
    text = csv_text(good_rows("judgement", 3)).replace(",sufficient\n", ",1,sufficient\n")
    deliver("judgement_ESI-BED-2005.csv", text)
    reason = intake().file("judgement_ESI-BED-2005.csv")["reason"]
    assert "rejected: the row must have as many cells as the header (3 rows, such as row 2); answer must be" in reason
