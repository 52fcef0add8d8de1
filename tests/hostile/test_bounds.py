"""Files made to harm: each costs its sender a sentence, and the night a bounded time and memory."""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.base.errors import Unreadable
from flows.intake import sandbox
from flows.intake.formats import read_rows
from flows.intake.sandbox import TOO_MUCH, Sandbox
from tests.conftest import Deliver, RunIntake
from tests.samples import ANY, NAMES, csv_text, good_rows, xlsx_bytes

MOST_MEMORY = 1_500 << 20
"""Bytes of address space in which every file below must be dealt with: what Python itself needs is 300 MB of it."""

MOST_SECONDS = 60

JUDGEMENTS = NAMES["judgement"]
TEXT = csv_text(good_rows("judgement", 2))
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(sheet: bytes = b"", rename: str = "", **parts: bytes) -> bytes:
    """A workbook with this sheet instead of a good one, or the good one under another name, and further parts."""
    changed = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(xlsx_bytes([["a", "b"], ["1", "x"]])))
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                name, content = f"xl/{rename or 'worksheets/sheet1.xml'}", sheet or content
            if name.endswith("workbook.xml.rels"):
                content = content.replace(b"worksheets/sheet1.xml", (rename or "worksheets/sheet1.xml").encode())
                content = content.replace(
                    b"</Relationships>",
                    b'<Relationship Id="r9" Type="' + OFFICE + b'/sharedStrings" Target="sharedStrings.xml"/>'
                    b"</Relationships>",
                )
            target.writestr(name, content)
        for name, content in parts.items():
            target.writestr(f"xl/{name}.xml", content)
    return changed.getvalue()


def sheet_of(rows: bytes) -> bytes:
    """A sheet's XML with these rows."""
    return b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def parquet_of(table: pa.Table) -> bytes:
    """A table as a Parquet file."""
    data = io.BytesIO()
    pq.write_table(table, data, compression="zstd")
    return data.getvalue()


def nested(levels: int) -> bytes:
    """A Parquet file with a list in a list in a list."""
    value: object = "x"
    type_: pa.DataType = pa.string()
    for _ in range(levels):
        value, type_ = [value], pa.list_(type_)
    return parquet_of(pa.table({"a": pa.array([value], type_)}))


STRAY = sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
SHARED = b"<sst " + MAIN + b"><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
    + sheet_of(b'<row><c t="inlineStr"><is><t>&j;</t></is></c></row>')
)
ONE_TEXT_FOR_ALL = pa.DictionaryArray.from_arrays(pa.array([0] * 500_000, pa.int32()), pa.array(["x" * 100_000]))

HARMFUL: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a gzip of gigabytes of zeros": ("csv.gz", lambda: gzip.compress(bytes(200 << 20), 1)),
    "a gzip in many members": ("csv.gz", lambda: gzip.compress(b"a,b\n" * (1 << 22), 1) * 20),
    "a gzip of rows without end": ("csv.gz", lambda: gzip.compress(b"a,b\n" + b"1,\n" * 40_000_000, 1)),
    "a gzip of quotation marks": ("csv.gz", lambda: gzip.compress(b'"' * (100 << 20), 1)),
    "a gzip of quoted cells": ("csv.gz", lambda: gzip.compress(b'a,b\n"1" ,2\n' + b'"1" ,2\n' * 6_000_000, 1)),
    "a million columns": ("csv", lambda: b"x," * 1_000_000 + b"\n1\n"),
    "a million columns in a row": ("csv", lambda: b"a,b\n" + b"1," * 1_000_000 + b"\n"),
    "a wide row over many narrow ones": ("csv", lambda: b"a,b\n" * 1_000_000 + b"1," * 199 + b"1\n"),
    "a workbook of gigabytes of spaces": ("xlsx", lambda: workbook(sheet_of(b" " * (140 << 20)))),
    "a workbook with a bomb beside its sheet": ("xlsx", lambda: workbook(extra=b" " * (140 << 20))),
    "a stray cell in a sheet of another folder": ("xlsx", lambda: workbook(STRAY, "other/data.txt")),
    "a stray cell behind a bracket": ("xlsx", lambda: workbook(STRAY.replace(b'<c r="X', b'<c q=">" r="X'))),
    "a long text in every cell": (
        "xlsx",
        lambda: workbook(sheet_of(b"<row>" + b'<c t="s"><v>0</v></c>' * 150 + b"</row>"), sharedStrings=SHARED),
    ),
    "a workbook of laughs": ("xlsx", lambda: workbook(LAUGHS)),
    "a workbook of a million columns": (
        "xlsx",
        lambda: workbook(sheet_of(b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>")),
    ),
    "a Parquet of one long text": ("parquet", lambda: parquet_of(pa.table({"a": ONE_TEXT_FOR_ALL}))),
    "a Parquet of very many rows": ("parquet", lambda: parquet_of(pa.table({"a": pa.nulls(20_000_000, pa.string())}))),
    "a Parquet of a thousand columns": (
        "parquet",
        lambda: parquet_of(pa.table({f"c{n}": ["1"] for n in range(1_000)})),
    ),
    "a Parquet of nested lists": ("parquet", lambda: nested(1_000)),
}

READ = """
import json, resource, sys, time
from pathlib import Path
from expectations.deliveries import DELIVERIES
from flows.base.errors import Unreadable
from flows.intake.sandbox import Sandbox
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
with Sandbox() as sandbox:
    for path, file_format in (line.split() for line in sys.stdin):
        started, sentence = time.monotonic(), None
        try:
            sandbox.read_rows(Path(path), file_format, DELIVERIES["judgement"])
        except Unreadable as error:
            sentence = str(error)
        print(json.dumps([Path(path).name, time.monotonic() - started, sentence]), flush=True)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, str]]:
    """Seconds and sentence of each harmful file, all read by one process of bounded memory, up to one that ends it."""
    folder = tmp_path_factory.mktemp("harmful")
    questions = []
    for number, (file_format, make) in enumerate(HARMFUL.values()):
        (folder / str(number)).write_bytes(make())
        questions.append(f"{folder / str(number)} {file_format}\n")
    # What Arrow sets aside for many threads is no measure of what a file takes.
    environment = {**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "1"}
    done = subprocess.run(
        [sys.executable, "-c", READ, str(MOST_MEMORY)],
        input="".join(questions),
        env=environment,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS * len(HARMFUL),
        check=False,
    )
    names = list(HARMFUL)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {names[int(number)]: (seconds, sentence or "") for number, seconds, sentence in answers}


@pytest.mark.parametrize("harm", HARMFUL)
def test_a_file_made_to_harm_is_refused_with_a_sentence_in_bounded_time_and_memory(
    harm: str, told: dict[str, tuple[float, str]]
) -> None:
    assert harm in told, "reading it ended the process"
    seconds, sentence = told[harm]
    assert seconds < MOST_SECONDS
    assert sentence.endswith(".")
    assert sentence.isprintable()


def test_the_reading_process_starts_again_after_a_file_that_ended_it(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad", tmp_path / "good"
    bad.write_bytes(workbook(STRAY.replace(b'<c r="X', b'<c q=">" r="X')))
    good.write_bytes(xlsx_bytes([["a"], ["1"]]))
    with Sandbox() as reader:
        with pytest.raises(Unreadable, match=TOO_MUCH):
            reader.read_rows(bad, "xlsx", ANY)
        assert reader.read_rows(good, "xlsx", ANY).cells.num_rows == 2


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_SECONDS", 0)
    path = tmp_path / "file"
    path.write_bytes(xlsx_bytes([["a"], ["1"]]))
    with Sandbox() as reader, pytest.raises(Unreadable, match=TOO_MUCH):
        reader.read_rows(path, "xlsx", ANY)


def test_the_reading_process_does_not_know_the_key_of_the_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_CASE_KEY", "known to the night alone")
    path = tmp_path / "file"
    path.write_bytes(xlsx_bytes([["a"], ["1"]]))
    with Sandbox() as reader:
        reader.read_rows(path, "xlsx", ANY)
        assert reader._process is not None
        environment = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"CASEBOOK_CASE_KEY" not in environment


def test_a_night_goes_on_after_files_made_to_harm(deliver: Deliver, intake: RunIntake) -> None:
    deliver("survey_A.xlsx", workbook(STRAY.replace(b'<c r="X', b'<c q=">" r="X')))
    deliver("survey_B.parquet", parquet_of(pa.table({"a": ONE_TEXT_FOR_ALL})))
    deliver(JUDGEMENTS, TEXT)
    night = intake()
    assert night.counts(JUDGEMENTS) == (2, 2, 0, 0)
    assert {night.file(path)["reason"] for path in ("survey_A.xlsx", "survey_B.parquet")} == {TOO_MUCH}


def test_sixty_megabytes_in_one_cell_hold_their_row_alone(deliver: Deliver, intake: RunIntake) -> None:
    rows = good_rows("recommendation", 3)
    rows[1]["theme"] = "x" * (60 << 20)
    deliver(NAMES["recommendation"], csv_text(rows))
    assert intake().counts(NAMES["recommendation"]) == (3, 2, 0, 1)


def test_a_formula_in_a_workbook_is_not_run_and_a_link_out_of_it_not_followed() -> None:
    formulas = (
        b'<row><c t="str"><f>HYPERLINK("http://localhost:1/")</f><v>shown</v></c>'
        b"<c><f>[1]Sheet1!A1+1</f><v>7</v></c></row>"
    )
    external = b"<externalLink " + MAIN + b'><externalBook r:id="r1"/></externalLink>'
    data = workbook(sheet_of(formulas + formulas), **{"externalLinks/externalLink1": external})
    assert read_rows(data, "xlsx", ANY).cells.to_pylist()[0] == {"f0": "shown", "f1": "7"}


def test_an_entity_in_a_workbook_does_not_read_a_file() -> None:
    sheet = b'<!DOCTYPE worksheet [<!ENTITY secret SYSTEM "file:///etc/passwd">]>' + sheet_of(
        b'<row><c t="inlineStr"><is><t>&secret;</t></is></c></row>'
    )
    with pytest.raises(Unreadable):
        read_rows(workbook(sheet), "xlsx", ANY)


def test_texts_that_a_parquet_holds_as_bytes_are_texts() -> None:
    assert read_rows(parquet_of(pa.table({"a": ["é".encode()]})), "parquet", ANY).cells.to_pylist() == [
        {"f0": "a"},
        {"f0": "é"},
    ]


def test_a_nul_in_a_parquet_is_not_lost_unseen() -> None:
    data = parquet_of(pa.table({"a": ["suffi\0cient"]}))
    assert read_rows(data, "parquet", ANY).cells.to_pylist()[1] == {"f0": "suffi\N{REPLACEMENT CHARACTER}cient"}


@pytest.mark.parametrize("type_", [pa.date32(), pa.timestamp("us"), pa.timestamp("ns")])
def test_a_day_beyond_the_calendar_is_refused_or_kept_as_text(type_: pa.DataType) -> None:
    number = 2**31 - 1 if type_ == pa.date32() else 2**62
    whole = pa.array([number], pa.int32() if type_ == pa.date32() else pa.int64())
    with suppress(Unreadable):
        read_rows(parquet_of(pa.table({"a": whole.view(type_)})), "parquet", ANY)
