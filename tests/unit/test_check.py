"""Checks on one file: rows are held with every reason, repeats count once, hopeless files are rejected whole.

One night over all the cases below, a folder a case; each test looks at its own file.
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

HELD: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "an impossible date": ("nsmart", {"commenced_on": "31/02/2004"}, ["commenced_on must be a date"]),
    "a month 13": ("nsmart", {"risk_plan_on": "01/13/2004"}, ["risk_plan_on must be a date"]),
    "an ISO date in nsmart": ("nsmart", {"commenced_on": "2003-08-04"}, ["commenced_on must be a date as dd/mm/yyyy"]),
    "a UK date elsewhere": ("recommendation", {"due_on": "31/01/2006"}, ["due_on must be a date as yyyy-mm-dd"]),
    "29 February of no leap year": ("recommendation", {"due_on": "2005-02-29"}, ["due_on must be a date"]),
    "a year of two digits": ("nsmart", {"commenced_on": "04/08/03"}, ["commenced_on must be a date"]),
    "a code not in the list": ("judgement", {"answer": "good"}, ["answer must be one of"]),
    "a code in other letters": ("nsmart", {"sex": "male"}, ["sex must be one of M, F, U"]),
    "a status not in the list": ("recommendation", {"status": "done"}, ["status must be one of open, closed"]),
    "text in a number": ("performance_return", {"numerator": "about 40"}, ["numerator must be a number"]),
    "a thousands separator": ("performance_return", {"numerator": "1,042"}, ["numerator must be a number"]),
    "a fraction of an appointment": ("nsmart", {"appts_kept": "3.5"}, ["appts_kept must be a whole number"]),
    "a negative count": ("nsmart", {"appts_required": "-1"}, ["appts_required must be from 0 to 1,000,000"]),
    "a negative numerator": ("performance_return", {"numerator": "-4"}, ["numerator must be from 0 to 1,000,000"]),
    "numerator above denominator for a proportion": (
        "performance_return",
        {"measure_code": "ENF", "numerator": "11", "denominator": "10"},
        ["numerator must not be above denominator"],
    ),
    "kept above arranged": ("nsmart", {"appts_kept": "9"}, ["appts_kept must not be above appts_arranged"]),
    "a month of a century without calendar": (
        "performance_return",
        {"data_period": "0440"},
        ["data_period must be a month as MMYY in the years 1990 to 2035", "must be what the file's name says"],
    ),
    "a target of a year without calendar": (
        "performance_target",
        {"performance_year": "2040/41"},
        ["must be a performance year such as 2004/05 in the years 1990 to 2035", "must be what the file's name says"],
    ),
    "a target in another year's file": (
        "performance_target",
        {"performance_year": "2005/06"},
        ["performance_year must be what the file's name says"],
    ),
    "a profile of eleven months": (
        "performance_target",
        {"profile": "40;40;40;40;40;40;40;40;40;40;67"},
        ["profile must be twelve numbers"],
    ),
    "a profile with a gap": (
        "performance_target",
        {"profile": "40;40;40;;40;40;40;40;40;40;40;67"},
        ["profile must be numbers, with ; between them"],
    ),
    "a profile with a negative month": (
        "performance_target",
        {"profile": "-40;80;40;40;40;40;40;40;40;40;40;67"},
        ["profile must be from 0 to 1,000,000"],
    ),
    "a profile that does not add up": (
        "performance_target",
        {"profile": "40;40;40;40;40;40;40;40;40;40;40;40"},
        ["the twelve numbers of profile must add up to target"],
    ),
    "a profile of a proportion": (
        "performance_target",
        {"measure_code": "ENF", "target": "1.2", "profile": ";".join(["0.1"] * 12)},
        ["profile must be empty where the measure is not a count against target"],
    ),
    "a month before there were returns": (
        "performance_return",
        {"data_period": "0470"},
        ["data_period must be a month as MMYY in the years 1990 to 2035", "must be what the file's name says"],
    ),
    "more appointments than a person can have": (
        "nsmart",
        {"appts_required": "999999999999999"},
        ["appts_required must be from 0 to 1,000,000"],
    ),
    "one above the bound": ("nsmart", {"unacceptable_absences": "1000001"}, ["must be from 0 to 1,000,000"]),
    "a number of many digits": ("nsmart", {"appts_required": "9" * 19}, ["appts_required must be from 0 to 1,000,000"]),
    "a number of forty digits": ("performance_return", {"numerator": "9" * 40}, ["must be from 0 to 1,000,000"]),
    "a number of fifty digits": ("performance_return", {"numerator": "9" * 50}, ["numerator must be from 0"]),
    "a huge exponent": ("performance_return", {"numerator": "1e99"}, ["numerator must be from 0 to 1,000,000"]),
    "an exponent beyond reading": (
        "performance_return",
        {"numerator": "1e999"},
        ["numerator must be a number", "from 0"],
    ),
    "digits of another script": ("performance_return", {"numerator": "\uff11\uff12"}, ["numerator must be a number"]),
    "digits with a low line between": ("performance_return", {"numerator": "1_000"}, ["numerator must be a number"]),
    "a hexadecimal number": ("performance_return", {"numerator": "0x10"}, ["numerator must be a number"]),
    "not a number": ("performance_return", {"numerator": "NaN"}, ["numerator must be a number", "from 0"]),
    "an infinite number": ("performance_return", {"numerator": "Infinity"}, ["numerator must be a number", "from 0"]),
    "a date of a person before 1900": ("nsmart", {"commenced_on": "31/12/1899"}, ["in the years 1900 to 2035"]),
    "a date after the calendar": ("nsmart", {"commenced_on": "01/01/2036"}, ["in the years 1900 to 2035"]),
    "a date before the calendar": ("recommendation", {"due_on": "1969-12-31"}, ["in the years 1970 to 2035"]),
    "a number for a word": ("recommendation", {"recommendation_no": "1000001"}, ["must be from 1 to 1,000,000"]),
    "a formula behind a mark without width": (
        "recommendation",
        {"theme": "\u200b=1+1"},
        ["a text must not begin with"],
    ),
    "no value where one must be": ("nsmart", {"appts_required": "NULL"}, ["appts_required must be a whole number"]),
    "a profile beyond its bounds": (
        "performance_target",
        {"target": "12", "profile": "2000000;" + ";".join(["1"] * 11)},
        ["profile must be from 0 to 1,000,000", "must add up to target"],
    ),
    "an empty key": ("judgement", {"case_id": ""}, ["case_id must not be empty"]),
    "another inspection": ("judgement", {"inspection_id": "OMI-NWA-2008"}, ["must be what the file's name says"]),
    "another area": ("nsmart", {"area_code": "NWA"}, ["must be what the file's name says"]),
    "another period": ("performance_return", {"data_period": "0504"}, ["must be what the file's name says"]),
    "a formula with =": ("recommendation", {"theme": "=1+1"}, ["a text must not begin with"]),
    "a formula with +": ("recommendation", {"theme": "+1"}, ["a text must not begin with"]),
    "a formula with -": ("recommendation", {"theme": "-1"}, ["a text must not begin with"]),
    "a formula with @": ("recommendation", {"theme": "@SUM(A1)"}, ["a text must not begin with"]),
    "a formula behind spaces": ("recommendation", {"theme": "\t =cmd|' /C calc'!A0"}, ["a text must not begin with"]),
    "a formula in an identifier": ("judgement", {"case_id": "=HYPERLINK(1)"}, ["a text must not begin with"]),
    "an error of a spreadsheet in a text": ("recommendation", {"theme": "#REF!"}, ["a cell must not hold an error"]),
    "an error of a spreadsheet where no code is held": (
        "nsmart",
        {"ethnicity": "#N/A"},
        ["a cell must not hold an error"],
    ),
    "an error of a spreadsheet in a number": (
        "performance_return",
        {"numerator": "#DIV/0!"},
        ["a cell must not hold an error", "numerator must be a number"],
    ),
    "10 MB in one cell": ("recommendation", {"theme": "x" * 10_000_000}, ["must not be longer than 1,000"]),
    "every reason, not only the first": (
        "nsmart",
        {"sex": "X", "ppo": "maybe", "commenced_on": "31/02/2004", "appts_kept": "9", "team_code": "=1"},
        ["sex must", "ppo must", "commenced_on must", "appts_kept must not", "a text must not begin"],
    ),
}
"""What the second of three rows holds, and the reasons it must get."""

LOADED: dict[str, tuple[str, dict[str, str]]] = {
    "more arranged than required": ("nsmart", {"appts_required": "2", "appts_arranged": "8"}),
    "absences above arranged minus kept": ("nsmart", {"unacceptable_absences": "30"}),
    "an act after the month's end": ("nsmart", {"breach_initiated_on": "01/03/2006"}),
    "ethnicity outside the list": ("nsmart", {"ethnicity": "Martian"}),
    "no ethnicity": ("nsmart", {"ethnicity": ""}),
    "29 February of a leap year": ("nsmart", {"commenced_on": "29/02/2004"}),
    "numerator above denominator for days per head": (
        "performance_return",
        {"measure_code": "SICK", "numerator": "900", "denominator": "100"},
    ),
    "a target of zero": ("performance_target", {"target": "0"}),
    "a profile with spaces": ("performance_target", {"profile": "40; 40; 40; 40; 40; 40; 40; 40; 40; 40; 40; 27"}),
    "a profile with fractions": (
        "performance_target",
        {"target": "1.2", "profile": "0.1;0.1;0.1;0.1;0.1;0.1;0.1;0.1;0.1;0.1;0.1;0.1"},
    ),
    "a profile with months of nothing": ("performance_target", {"profile": "467;0;0;0;0;0;0;0;0;0;0;0"}),
    "numerator equal to denominator": (
        "performance_return",
        {"measure_code": "ENF", "numerator": "10", "denominator": "10"},
    ),
    "kept equal to arranged": ("nsmart", {"appts_kept": "8"}),
    "a commencement before the calendar": ("nsmart", {"commenced_on": "01/01/1900"}),
    "a whole number with zeros before it": ("nsmart", {"appts_required": "0010"}),
    "a whole number with a plus sign": ("nsmart", {"appts_required": "+10"}),
    "a whole number with a point": ("nsmart", {"appts_required": "10.0"}),
    "a whole number as a program computes it": ("nsmart", {"appts_required": "10.000000000000002"}),
    "nothing with a minus sign": ("nsmart", {"unacceptable_absences": "-0"}),
    "the greatest number": ("performance_return", {"numerator": "1000000"}),
    "a number with sixteen digits": ("performance_return", {"numerator": "12.333333333333334"}),
    "a number with an exponent": ("performance_return", {"numerator": "1e-05"}),
    "a number that begins with its point": ("performance_return", {"numerator": ".5"}),
    "a number that ends with its point": ("performance_return", {"numerator": "1."}),
    "a code between marks without width": ("nsmart", {"sex": "\ufeffM\u200b"}),
    "a key between marks without width": ("nsmart", {"area_code": "B\u00adED"}),
    "a profile in other notations": ("performance_target", {"profile": "+040;4e1;40.0" + ";40" * 8 + ";27"}),
    "markup and SQL in a text": ("recommendation", {"theme": "<script>'; drop table raw.recommendation; --</script>"}),
    "a text that begins with #": ("recommendation", {"theme": "#1: better plans!"}),
    "braces in a text": ("recommendation", {"theme": "{batch} {0} {{"}),
}
"""Legitimate though odd: the second of three rows loads as it is."""

FLAGGED: dict[str, tuple[str, dict[str, str], str]] = {
    "far more arranged than required": (
        "nsmart",
        {"appts_required": "4", "appts_arranged": "23"},
        "appts_arranged should not be more than three times appts_required and ten",
    ),
}
"""Loaded as it is, and the file is flagged."""

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
