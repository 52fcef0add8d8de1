"""A return says what to mend, opens in a spreadsheet without running anything, and goes when nothing is left to say."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows.base.night import Night
from flows.intake.catch_up import catch_up
from flows.intake.delivery_name import parse_name
from flows.intake.register import append
from flows.intake.returns import Return, guarded, named, write_returns
from tests.conftest import Deliver, Intake, RunIntake

TARGETS = """performance_year,area_code,measure_code,target,direction
2004/05,ENW,ENF,0.9,higher
2004/05,ENW,@SUM,0.9,higher
2004/05,Ÿork,ENF,0.9,higher
2004/05,ENW,ENF,0.9,higher
"""
NAME = "performance_target_2004-05.csv"
REJECTED = "performance_target_2005-06.csv"
TOMBSTONE = "Erased on 2006-06-15: Asked for."


@pytest.fixture
def night(deliver: Deliver, intake: RunIntake) -> Night:
    """A night over a file with a held row, one that waits and one repeated, and a rejected file."""
    deliver(NAME, TARGETS)
    deliver(REJECTED, "nothing\nof the kind\n")
    result = intake()
    _build(result)
    return result.night


def _build(result: Intake) -> None:
    """What the models make of it, by hand: row 4 waits for its area."""
    with result.night.warehouse.connect() as connection:
        connection.execute(
            """
            create schema ops;
            create schema intermediate;
            create table intermediate.int_delivery__return as select file_id from intake.file;
            create table ops.set_aside (file_id bigint, row_numbers bigint[], sentence varchar);
            create table ops.file_flag (file_id bigint, flag varchar, sentence varchar);
            create table ops.quarantine_row as
                select file_id, row_number, reasons from intake.held_row
                union all select file_id, 4, ['There is no area.'] from intake.file where state = 'loaded';
            create table ops.load_file as
                select file_id, rows_landed, rows_loaded - 1 as rows_loaded, rows_duplicate,
                    rows_held + 1 as rows_quarantined, state as status, reason
                from intake.file
            """
        )


def test_of_a_file_that_is_set_aside_the_return_gives_the_rows_that_the_rule_found(night: Night) -> None:
    change(
        night,
        """
        update ops.load_file set status = 'set_aside', reason = 'A test fails. Mend it.' where rows_landed is not null;
        update ops.quarantine_row set reasons = ['A test fails. Mend it.'] where row_number = 3;
        insert into ops.quarantine_row
            select file_id, 2, ['A test fails. Mend it.'] from ops.load_file where status = 'set_aside';
        insert into ops.set_aside
            select file_id, [3], 'A test fails. Mend it.' from ops.load_file where status = 'set_aside'
        """,
    )
    write_returns(night)
    _, about, rule, *rows = cells(night, f"return_{NAME}")
    assert about[1].startswith("The whole file is set aside")
    assert rule[1] == "A test fails. Mend it."
    assert [row[0] for row in rows] == ["3", "4"]


def change(night: Night, sql: str) -> None:
    """Something happens in the warehouse between two nights."""
    with night.warehouse.connect() as connection:
        connection.execute(sql)


def cells(night: Night, name: str) -> list[list[str]]:
    """The cells of a return, as a spreadsheet reads them."""
    return list(csv.reader((night.warehouse.returns / name).open(encoding="utf-8-sig", newline="")))


def names(night: Night) -> list[str]:
    """Everything in the folder of returns."""
    return sorted(path.name for path in night.warehouse.returns.iterdir())


def test_a_return_gives_each_held_row_with_its_reasons_as_delivered(night: Night) -> None:
    assert write_returns(night) == 2
    assert [line[:7] for line in cells(night, f"return_{NAME}")] == [
        ["row", "what_to_mend", "performance_year", "area_code", "measure_code", "target", "direction"],
        [
            "",
            "Rows landed: 4; loaded: 1; exact repeats, counted once: 1; held: 2. "
            "Mend those below and deliver the whole file again as its next revision.",
            *[""] * 5,
        ],
        ["3", "a text must not begin with =, +, - or @", "2004/05", "ENW", "'@SUM", "0.9", "higher"],
        ["4", "There is no area.", "2004/05", "Ÿork", "ENF", "0.9", "higher"],
    ]


def test_a_spreadsheet_knows_a_return_for_utf_8(night: Night) -> None:
    write_returns(night)
    content = (night.warehouse.returns / f"return_{NAME}").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Ÿork".encode() in content


def test_a_rejected_file_gets_its_reason(night: Night) -> None:
    write_returns(night)
    _, about, reason = cells(night, f"return_{REJECTED}")
    assert about[1] == "The whole file is rejected: mend it and deliver it again."
    assert reason[1].startswith("The first row does not name the columns")


MOSTLY_BAD = """performance_year,area_code,measure_code,target,direction

2006/07,ENW,ENF,0.9,upwards
2006/07,ENW,APC,much,higher
2006/07,ENW,ECP,0.9,higher
"""


def test_a_file_rejected_for_its_rows_gets_them_with_their_cells(deliver: Deliver, intake: RunIntake) -> None:
    deliver("performance_target_2006-07.csv", MOSTLY_BAD)
    result = intake()
    _build(result)
    write_returns(result.night)
    _, about, reason, first, second = [
        line[:7] for line in cells(result.night, "return_performance_target_2006-07.csv")
    ]
    assert about[1] == "The whole file is rejected: mend it and deliver it again."
    assert reason[1].startswith("2 of 3 rows fail")
    assert first == ["3", "direction must be one of higher, lower", "2006/07", "ENW", "ENF", "0.9", "upwards"]
    assert (second[0], second[2:]) == ("4", ["2006/07", "ENW", "APC", "much", "higher"])


def test_of_a_rejected_file_a_bounded_number_of_rows_is_shown(deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAME, TARGETS.split("\n")[0] + "\n" + "".join(f"2004/05,ENW,X{n},much,higher\n" for n in range(150)))
    result = intake()
    assert result.query("select count(*), min(row_number), max(row_number) from intake.rejected_row") == [(100, 2, 101)]


def test_a_warning_is_told_too(night: Night) -> None:
    change(night, "update intake.file set warning = '=A further column.'")
    write_returns(night)
    assert "'=A further column." in [line[1] for line in cells(night, f"return_{NAME}")]


def test_an_unusual_volume_is_told_also_where_nothing_else_is_open(night: Night) -> None:
    change(night, "insert into ops.file_flag values (1, 'unusual_volume', 'Is it whole?'), (2, 'extra_column', '')")
    change(night, "delete from intermediate.int_delivery__return")
    assert write_returns(night) == 1
    assert "Is it whole?" in [line[1] for line in cells(night, f"return_{NAME}")]


def test_a_night_with_nothing_new_writes_nothing(night: Night) -> None:
    write_returns(night)
    before = {path: path.stat().st_mtime_ns for path in night.warehouse.returns.iterdir()}
    assert write_returns(night) == 0
    assert {path: path.stat().st_mtime_ns for path in night.warehouse.returns.iterdir()} == before


def test_only_a_return_with_something_new_to_say_is_written(night: Night) -> None:
    write_returns(night)
    change(night, "delete from ops.quarantine_row where row_number = 4")
    assert write_returns(night) == 1
    assert [line[0] for line in cells(night, f"return_{NAME}")] == ["row", "", "3"]


def test_a_return_goes_with_its_trouble(night: Night) -> None:
    write_returns(night)
    change(night, "delete from intermediate.int_delivery__return where file_id = 1")
    write_returns(night)
    assert names(night) == [f"return_{REJECTED}"]


def test_a_return_that_was_lost_or_half_written_comes_back_whole(night: Night) -> None:
    write_returns(night)
    before = cells(night, f"return_{NAME}")
    (night.warehouse.returns / f"return_{NAME}").rename(night.warehouse.returns / f".return_{NAME}.part")
    (night.warehouse.returns / "return_nsmart_BED_0404.csv").touch()
    assert write_returns(night) == 1
    assert cells(night, f"return_{NAME}") == before
    assert len(names(night)) == 2


def test_a_newer_code_writes_every_return_anew(night: Night) -> None:
    write_returns(night)
    assert write_returns(replace(night, code_version="another")) == 2


def test_without_its_bytes_a_row_has_its_number_and_reasons(night: Night) -> None:
    shutil.rmtree(night.warehouse.archive)
    write_returns(night)
    *_, last = cells(night, f"return_{NAME}")
    assert [cell for cell in last if cell] == ["4", "There is no area."]


def test_whoever_sent_what_was_erased_is_asked_for_nothing(night: Night) -> None:
    write_returns(night)
    rejected = f"return_{REJECTED}"
    assert cells(night, rejected)[1][1] == "The whole file is rejected: mend it and deliver it again."
    with night.warehouse.connect() as connection:
        catch_up(night.warehouse, connection)
        ((file_id,),) = connection.execute("select file_id from intake.file where file_name = ?", [REJECTED]).fetchall()
    append(night.warehouse, [{"event": "erased", "file_id": file_id, "reason": TOMBSTONE}])
    write_returns(night)
    assert names(night) == [f"return_{NAME}"]


def test_whoever_sends_again_what_was_erased_is_told_so_and_not_to_mend_it(night: Night) -> None:
    with night.warehouse.connect() as connection:
        catch_up(night.warehouse, connection)
        connection.execute("update intake.file set file_id = 7, reason = ? where file_name = ?", [TOMBSTONE, REJECTED])
        connection.execute("update intermediate.int_delivery__return set file_id = 7 where file_id = 2")
        connection.execute("update ops.load_file set file_id = 7, reason = ? where file_id = 2", [TOMBSTONE])
    append(night.warehouse, [{"event": "erased", "file_id": 2, "reason": TOMBSTONE}])
    write_returns(night)
    assert [line[1] for line in cells(night, f"return_{REJECTED}")[1:]] == [
        "The file has the bytes of one that was erased: nothing is to be mended, and it is not to be delivered again.",
        TOMBSTONE,
    ]


def returned(file_id: int, file_name: str) -> Return:
    """A return of a file by its name alone."""
    return Return(file_id, file_name, "", "", (), "")


def test_a_return_has_the_name_of_its_delivery_and_is_none_itself() -> None:
    files = [
        returned(1, "nsmart_BED_0404.csv"),
        returned(2, "nsmart_BED_0404_r2.xlsx"),
        returned(3, "nsmart_BED_0504.csv"),
        returned(4, "nsmart_BED_0504.csv.gz"),
        returned(5, "../=Bed fordshire.csv"),
    ]
    found = list(named(files))
    assert found == [
        "return_nsmart_BED_0404.csv",
        "return_nsmart_BED_0404_r2.csv",
        "return_nsmart_BED_0504_file3.csv",
        "return_nsmart_BED_0504_file4.csv",
        "return_.._Bed_fordshire.csv_file5.csv",
    ]
    assert all(isinstance(parse_name(name), str) and Path(name).name == name for name in found)


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "B1=2", "1", "ESI-BED-2005"])
def test_any_other_cell_is_left_as_it_is(cell: str) -> None:
    assert guarded(cell) == cell
