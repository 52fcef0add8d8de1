"""Reading: whatever spelling a sender's program chose, the same cells; what is not the delivery is rejected whole."""

import gzip
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.base.night import Night
from flows.base.warehouse_paths import connect
from flows.intake import land
from flows.intake.read import Read
from tests.conftest import Deliver, read_new
from tests.samples import GOOD, NAMES, csv_text, good_rows, xlsx_bytes

JUDGEMENTS = NAMES["judgement"]
ROWS = good_rows("judgement", 2)
TEXT = csv_text(ROWS)

ReadFile = Callable[[str, str | bytes], Read]


@pytest.fixture
def read_file(deliver: Deliver, night: Night) -> ReadFile:
    """Land and read one file."""

    def run(name: str, content: str | bytes) -> Read:
        deliver(name, content)
        land.land(night)
        return read_new(night)

    return run


def batch_of(night: Night) -> Path:
    """The only batch of a night."""
    return night.warehouse.batches / night.run_id / "0001.duckdb"


def batch_rows(night: Night, kind: str) -> list[dict[str, str | None]]:
    """Rows of the batch in the order of the file, with the delivery's own columns."""
    with connect(batch_of(night), night.warehouse) as batch:
        columns = ", ".join(GOOD[kind])
        rows = batch.execute(f"select {columns} from {kind} order by row_number").fetchall()
    return [dict(zip(GOOD[kind], row, strict=True)) for row in rows]


def only(sentences: dict[int, str]) -> str:
    """The sentence for the only file."""
    (sentence,) = sentences.values()
    return sentence


SPELLINGS: dict[str, str | bytes] = {
    "utf-8 with BOM": b"\xef\xbb\xbf" + TEXT.encode(),
    "CRLF": csv_text(ROWS, "\r\n"),
    "spaces around values": TEXT.replace(",", " , \t").replace("\n", "  \n"),
    "no-break spaces around values": TEXT.replace(",", "\u00a0,\u00a0"),
    "reordered columns": csv_text([dict(reversed(row.items())) for row in ROWS]),
    "upper-case headers": TEXT.replace("inspection_id,case_id", "INSPECTION_ID,Case_Id"),
    "trailing empty lines": TEXT + "\n\n\n",
    "trailing empty rows as a spreadsheet writes them": TEXT + ",,,\n,,,\n",
    "trailing lines of spaces": TEXT + "   \n\t\n",
    "empty columns without a name after the last": TEXT.replace("\n", ",,\n"),
    "spaces around quoted values": "\n".join(
        " , ".join(f'"{cell}"' for cell in line.split(",")) for line in TEXT.split()
    ),
    "semicolons between values": TEXT.replace(",", ";"),
    "tabs between values": TEXT.replace(",", "\t"),
    "bars between values": TEXT.replace(",", "|"),
    "a first line that names the separator": "sep=;\n" + TEXT.replace(",", ";"),
    "blank lines above the header and between rows": "\n\n" + TEXT.replace("\n", "\n\n"),
    "marks that nobody sees in the header": TEXT.replace("case_id", "\u200bcase_\u200bid\ufeff\u00a0"),
    "every value quoted": "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in TEXT.split()),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_reads_the_same_with_nothing_to_complain_about(
    spelling: str, read_file: ReadFile, night: Night
) -> None:
    outcome = read_file(JUDGEMENTS, SPELLINGS[spelling])
    assert (outcome.rejected, outcome.warnings, outcome.rows) == ({}, {}, 2)
    assert batch_rows(night, "judgement") == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_of_either_encoding_and_quoted_line_breaks_stay(
    encoding: str, read_file: ReadFile, night: Night
) -> None:
    row = {**GOOD["recommendation"], "theme": 'Ynys Môn \N{EN DASH} “plans”,\nsigned €5 "now"'}
    read_file(NAMES["recommendation"], csv_text([row]).encode(encoding))
    assert batch_rows(night, "recommendation") == [row]


def test_a_gzipped_csv_reads_as_the_csv(read_file: ReadFile, night: Night) -> None:
    read_file(f"{JUDGEMENTS}.gz", gzip.compress(TEXT.encode()))
    assert batch_rows(night, "judgement") == ROWS


NSMART_DATES = ("commenced_on", "breach_required_on")
NSMART_NUMBERS = ("record_no", "appts_required", "appts_arranged", "appts_kept", "unacceptable_absences")


def typed(name: str, value: str) -> str | int | date | None:
    """A cell as a spreadsheet would hold it."""
    if name in NSMART_DATES and value:
        day, month, year = map(int, value.split("/"))
        return date(year, month, day)
    return int(value) if name in NSMART_NUMBERS else value or None


def test_date_cells_of_an_nsmart_workbook_read_as_the_day_they_are(read_file: ReadFile, night: Night) -> None:
    row = GOOD["nsmart"]
    data = xlsx_bytes([list(row), [typed(*cell) for cell in row.items()]])
    read_file("nsmart_BED_0404.xlsx", data)
    assert batch_rows(night, "nsmart") == [{name: value or None for name, value in row.items()}]


def test_date_columns_of_an_nsmart_parquet_read_as_the_day_they_are(read_file: ReadFile, night: Night) -> None:
    row = GOOD["nsmart"]
    data = io.BytesIO()
    pq.write_table(pa.table({name: [typed(name, value)] for name, value in row.items()}), data)
    read_file("nsmart_BED_0404.parquet", data.getvalue())
    assert batch_rows(night, "nsmart") == [{name: value or None for name, value in row.items()}]


def test_date_cells_of_other_workbooks_read_as_iso(read_file: ReadFile, night: Night) -> None:
    row = GOOD["recommendation"]
    cells = [date.fromisoformat(value) if name.endswith("_on") else value for name, value in row.items()]
    read_file("recommendation_ESI-BED-2005.xlsx", xlsx_bytes([list(row), cells]))
    assert batch_rows(night, "recommendation") == [row]


def test_an_iso_date_in_an_nsmart_csv_is_left_for_the_checks_to_hold(read_file: ReadFile, night: Night) -> None:
    read_file(NAMES["nsmart"], csv_text([{**GOOD["nsmart"], "commenced_on": "2003-08-04"}]))
    assert batch_rows(night, "nsmart")[0]["commenced_on"] == "2003-08-04"


@pytest.mark.parametrize("name", ["remarks", "file_id", "row_number", "cells_match"])
def test_an_extra_column_is_left_out_and_a_warning_names_it(name: str, read_file: ReadFile, night: Night) -> None:
    outcome = read_file(JUDGEMENTS, csv_text([{name: "x", **row} for row in ROWS]))
    assert name in only(outcome.warnings)
    assert batch_rows(night, "judgement") == ROWS


def test_an_extra_column_without_a_name_is_left_out_and_a_warning_says_where_it_is(
    read_file: ReadFile, night: Night
) -> None:
    outcome = read_file(JUDGEMENTS, csv_text([{"": "1", **row} for row in ROWS]))
    assert "1" in only(outcome.warnings)
    assert batch_rows(night, "judgement") == ROWS


def test_two_extra_columns_of_one_name_are_left_out(read_file: ReadFile, night: Night) -> None:
    outcome = read_file(JUDGEMENTS, TEXT.replace("answer", "answer,x,x").replace("sufficient", "sufficient,1,2"))
    assert outcome.rejected == {}
    assert batch_rows(night, "judgement") == ROWS


def test_a_warning_about_an_extra_column_is_bounded(read_file: ReadFile) -> None:
    outcome = read_file(JUDGEMENTS, csv_text([{**row, "x" * 500_000: ""} for row in ROWS]))
    assert len(only(outcome.warnings)) < 500


def test_a_column_that_may_lack_is_empty(read_file: ReadFile, night: Night) -> None:
    outcome = read_file(
        "case_outcome_ESI-BED-2005.csv",
        "inspection_id,case_id,oasys_start,oasys_latest,oasys_rescored_on,reconvicted_on\nESI-BED-2005,1,9,8,,\n",
    )
    assert (outcome.rejected, outcome.warnings) == ({}, {})
    with connect(batch_of(night), night.warehouse) as batch:
        assert batch.execute("select observed_to, cells_match from case_outcome").fetchall() == [(None, True)]


REJECTED: dict[str, tuple[str, str | bytes, str]] = {
    "a missing column": (JUDGEMENTS, csv_text([{"case_id": "1", "answer": "poor"}]), "inspection_id, question_code"),
    "a renamed column": (JUDGEMENTS, TEXT.replace("question_code", "question"), "question_code"),
    "an empty file": (JUDGEMENTS, "", "empty"),
    "a header and nothing else": (JUDGEMENTS, TEXT.split("\n")[0], "no rows"),
    "a header and empty rows": (JUDGEMENTS, TEXT.split("\n")[0] + "\n,,,\n ,,,\n", "no rows"),
    "a header and a line of spaces": (JUDGEMENTS, TEXT.split("\n")[0] + "\n   \n", "no rows"),
    "another format": (JUDGEMENTS, xlsx_bytes([list(ROWS[0]), *[list(row.values()) for row in ROWS]]), "CSV"),
    "a CSV that says it is a workbook": ("judgement_ESI-BED-2005.xlsx", TEXT, "XLSX"),
    "a CSV that says it is Parquet": ("judgement_ESI-BED-2005.parquet", TEXT, "Parquet"),
    "two header rows": (JUDGEMENTS, TEXT.split("\n")[0].upper() + "\n" + TEXT, "two header rows"),
    "a title above the header": (JUDGEMENTS, "Judgements of the inspection,,,\n\n" + TEXT, "header is in row 3"),
    "a column twice": (JUDGEMENTS, TEXT.replace("question_code", "answer,question_code"), "two columns named answer"),
    "a truncated gzip": (f"{JUDGEMENTS}.gz", gzip.compress(TEXT.encode())[:-12], "cut short"),
    "a truncated workbook": ("judgement_ESI-BED-2005.xlsx", xlsx_bytes([list(ROWS[0])])[:-30], "XLSX"),
    "NUL characters": (JUDGEMENTS, TEXT.replace("sufficient", "suffi\0cient"), "NUL"),
    "UTF-16": (JUDGEMENTS, TEXT.encode("utf-16"), "UTF-8"),
    "two open quotation marks": (JUDGEMENTS, TEXT.replace("sufficient", '"sufficient'), "quotation mark"),
    "an open quotation mark": (JUDGEMENTS, TEXT.replace("sufficient", '"sufficient', 1), "quotation mark"),
}


@pytest.mark.parametrize("fault", REJECTED)
def test_the_whole_file_is_rejected_with_one_sentence_and_the_rest_goes_on(
    fault: str, deliver: Deliver, read_file: ReadFile
) -> None:
    name, content, told = REJECTED[fault]
    deliver(NAMES["recommendation"], csv_text(good_rows("recommendation", 2)))
    outcome = read_file(name, content)
    sentence = only(outcome.rejected)
    assert told in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert outcome.rows == 2


def test_a_row_with_fewer_or_more_cells_than_the_header_is_told_apart(read_file: ReadFile, night: Night) -> None:
    read_file(JUDGEMENTS, TEXT + "ESI-BED-2005,x\nESI-BED-2005,y,1.1.1,poor,more\n")
    with connect(batch_of(night), night.warehouse) as batch:
        found = batch.execute("select cells_match from judgement order by row_number").fetchall()
    assert found == [(True,), (True,), (False,), (False,)]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(read_file: ReadFile, night: Night) -> None:
    read_file(JUDGEMENTS, TEXT)
    with connect(batch_of(night), night.warehouse) as batch:
        numbered = batch.execute("select row_number, case_id, file_key from judgement order by row_number").fetchall()
    assert numbered == [(2, "BED/2005/0001", "ESI-BED-2005"), (3, "BED/2005/0002", "ESI-BED-2005")]


def left_by(script: str, night: Night) -> Path:
    """The batch of a night that died in a script; it had the run id of this night."""
    batch_of(night).parent.mkdir(parents=True)
    subprocess.run([sys.executable, "-c", script, batch_of(night)], check=False)
    return batch_of(night)


def test_a_batch_that_a_killed_night_left_does_not_stop_the_next(read_file: ReadFile, night: Night) -> None:
    killed = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); "
        "c.execute(\"set checkpoint_threshold = '1TB'\"); "
        "c.execute('create table judgement as select 1 as file_id'); os._exit(9)"
    )
    left = left_by(killed, night)
    assert left.with_name("0001.duckdb.wal").exists()
    assert read_file(JUDGEMENTS, TEXT).rows == 2
    assert batch_rows(night, "judgement") == ROWS


def test_what_a_dead_night_left_of_its_batch_does_not_reach_the_next(night: Night) -> None:
    """A log left beside a new file would be replayed into it."""
    script = (
        "import duckdb, os, sys\n"
        "batch = duckdb.connect(sys.argv[1])\n"
        "batch.execute('create table nsmart as select 1 as left_over')\n"
        "os._exit(9)\n"
    )
    assert left_by(script, night).with_name("0001.duckdb.wal").exists()
    assert read_new(night).rows == 0
    with connect(batch_of(night), night.warehouse) as batch:
        assert batch.execute("select table_name from duckdb_tables()").fetchall() == []
