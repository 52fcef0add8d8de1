"""Changes to a good delivery, of its cells and of its bytes, each a plain value that a failure can show."""

# ruff: noqa: RUF001 -- letters that look like others are what is tried

import csv
import gzip
import io
import zipfile
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from tests.hostile.deliveries import good_deliveries
from tests.samples import xlsx_bytes

GOOD = good_deliveries()
FORMATS = (*["csv"] * 7, "csv.gz", "xlsx", "xlsx", "parquet")

SPELLINGS = ("plain", "quoted", "spaced")
"""Cells quoted where they must be; all of them; all of them, with space around."""

CELLS = (
    *(
        "",
        " ",
        "\t",
        "\0",
        "\ufeff",
        "\u202egnp",
        "\u200b",
        "\u00a0x\u00a0",
        "é€",
        "A\u0301",
        "１２",
        "٣",
        "Μ",
        "\x1b[31m",
        "\x07",
    ),
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'", '"', '""', 'a" ,b', "a\nb", "a\r\nb", "a,b", "a;b", "|"),
    *("x" * 1_000, "x" * 1_001, "é" * 1_000, "x" * 50_000, "<script>alert(1)</script>", "'; drop table raw.nsmart; --"),
    *("{batch}", "{0}", "%s", "[red]", "[/x]", "${x}", "NULL", "null", "NaN", "inf", "1e5", "0x10", "True"),
    *(
        "0",
        "-0",
        "1",
        "2",
        "007",
        "1.5",
        "1,000",
        "1.",
        ".5",
        "1.0",
        "100",
        "100.1",
        "201",
        "50%",
        "%",
        "- 1",
        "#N/A",
        "#REF!",
        "#1",
    ),
    *(
        "2.01E+11",
        "201000000000",
        "12.333333333333334",
        "999999999999999",
        "9999999999999999",
        "1" * 40,
        "0.1234567890123",
        "2004-02-30",
        "2004-02-29",
        "29/02/2004",
    ),
    *("31/04/2004", "1/1/2004", "1969-12-31", "1970-01-01", "2035-12-31", "01/01/2036", "2004-1-1", "2004-01-01 00:00"),
    *(
        "0404",
        "1304",
        "0000",
        "2004/05",
        "2004/06",
        "2004-05",
        "1999/00",
        "M",
        "m",
        "F",
        "U",
        "V",
        "Y",
        "N",
        "CRO",
        "LIC",
    ),
    *(
        "SUP;UPW",
        "SUP;",
        "SUP; UPW",
        "SUP;SUP",
        "area",
        "NPD",
        "ECP",
        "ENF",
        "SICK",
        "BED",
        "NWA",
        "ENW",
        "ESI-BED-2005",
    ),
    *("open", "closed", "higher", "percent", "poor", "Poor", "main", "post_cja", "45+", "18-20", "criterion", "good"),
)

BYTES = (
    *(b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b'"', b'""', b"'", b"\r\n", b"\r", b"\n", b",", b";", b"\t", b" ", b"\x1a"),
    *(b"\x80", b"\x81", b"\x92", b"\xa3", b"\xe9", b"\xc3\xa9", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b[2J"),
    *(b"=", b"\\", b"\n\n\n", b",,,,", b"x" * 2_000, b'"' * 999, b"," * 300, b"PK\x03\x04", b"PAR1", b"\x1f\x8b"),
    *(b"<!ENTITY", b"<c r='XFD1048576'/>", b"<row r='1048576'/>", b"&#0;", b"]]>"),
)


@dataclass(frozen=True)
class Mutated:
    """A good delivery and what is done to it. cells: changes to records; content: changes to the file's bytes.

    spelling: of a CSV, see SPELLINGS. area: whose delivery it is made to be, "" for the good one's.
    """

    delivery: str
    format: str
    cells: tuple[tuple[Any, ...], ...]
    content: tuple[tuple[Any, ...], ...]
    spelling: str = "plain"
    area: str = ""
    revision: int = 1

    @property
    def file_name(self) -> str:
        revision = f"_r{self.revision}" if self.revision > 1 else ""
        return f"{of_area(self.delivery, self.delivery, self.area)}{revision}.{self.format}"

    @property
    def has_known_cells(self) -> bool:
        """Whether the records are what the file says, so that each row's fate is known."""
        return self.format in ("csv", "csv.gz") and not self.content

    def records(self) -> list[list[str]]:
        """The records after the changes to cells, the header first."""
        records = [[of_area(self.delivery, cell, self.area) for cell in record] for record in GOOD[self.delivery]]
        for change in self.cells:
            _change_cells(records, *change)
        return records

    def data(self) -> bytes:
        """The file."""
        records = self.records()
        data = _WRITERS[self.format](records) if self.format in _WRITERS else csv_bytes(records, self.spelling)
        if self.format == "csv.gz":
            data = gzip.compress(data, mtime=0)
        for change in self.content:
            data = _change_file(data, *change)
        return data

    def smaller(self) -> "list[Mutated]":
        """The same with one change less."""
        without_a_cell = [replace(self, cells=self.cells[:i] + self.cells[i + 1 :]) for i in range(len(self.cells))]
        return without_a_cell + [
            replace(self, content=self.content[:i] + self.content[i + 1 :]) for i in range(len(self.content))
        ]


def of_area(delivery: str, text: str, area: str) -> str:
    """A text of a good delivery, as another area would have it; what is about several areas is of years long ago."""
    if not area:
        return text
    if delivery.startswith("performance_target"):
        return text.replace("2004/05", "1994/95").replace("2004-05", "1994-95")
    if delivery.startswith("area_profile"):
        return text.replace("2005", "1995")
    return text.replace("BED", area).replace("NWA", area)


def _change_cells(records: list[list[str]], what: str, one: int, other: int, text: str) -> None:
    """Rows and columns are counted round and round, so that any number names one."""
    row = one % len(records)
    if what in ROW_CHANGES:
        ROW_CHANGES[what](records, row, other, text)
    elif records[0]:
        COLUMN_CHANGES[what](records, other % len(records[0]), text)


def _set(records: list[list[str]], row: int, place: int, text: str) -> None:
    if records[row]:
        records[row][place % len(records[row])] = text


def _drop(records: list[list[str]], row: int, _place: int, _text: str) -> None:
    if len(records) > 1:
        del records[row]


def _repeat(records: list[list[str]], row: int, place: int, _text: str) -> None:
    records.insert(1 + place % len(records), list(records[row]))


def _contradict(records: list[list[str]], row: int, place: int, text: str) -> None:
    records.append(list(records[row]))
    _set(records, -1, place, text)


def _swap(records: list[list[str]], row: int, place: int, _text: str) -> None:
    second = place % len(records)
    records[row], records[second] = records[second], records[row]


def _longer(records: list[list[str]], row: int, _place: int, text: str) -> None:
    records[row].append(text)


def _shorter(records: list[list[str]], row: int, _place: int, _text: str) -> None:
    records[row][-1:] = []


def _blank(records: list[list[str]], row: int, _place: int, _text: str) -> None:
    records.insert(1 + row, [""] * len(records[0]))


ROW_CHANGES = {
    "set a cell": _set,
    "drop a row": _drop,
    "repeat a row": _repeat,
    "contradict a row": _contradict,
    "swap rows": _swap,
    "lengthen a row": _longer,
    "shorten a row": _shorter,
    "insert a blank row": _blank,
}


def _drop_column(records: list[list[str]], place: int, _text: str) -> None:
    records[:] = [record[:place] + record[place + 1 :] for record in records]


def _repeat_column(records: list[list[str]], place: int, _text: str) -> None:
    records[:] = [record + record[place : place + 1] for record in records]


def _turn_columns(records: list[list[str]], place: int, _text: str) -> None:
    records[:] = [record[place:] + record[:place] for record in records]


def _rename(records: list[list[str]], place: int, text: str) -> None:
    records[0][place] = text


def _extra(records: list[list[str]], _place: int, text: str) -> None:
    records[:] = [[*record, text if number else f"extra {text}"] for number, record in enumerate(records)]


def _shout(records: list[list[str]], _place: int, _text: str) -> None:
    records[0] = [f" {name.upper()} " for name in records[0]]


COLUMN_CHANGES = {
    "drop a column": _drop_column,
    "repeat a column": _repeat_column,
    "turn the columns": _turn_columns,
    "rename a column": _rename,
    "add a column": _extra,
    "shout the header": _shout,
}
CELL_CHANGES = (*["set a cell"] * 8, *["contradict a row"] * 3, *["repeat a row"] * 2, *ROW_CHANGES, *COLUMN_CHANGES)


def _change_file(data: bytes, what: str, at: int, length: int, content: bytes, part: int | None) -> bytes:
    if part is None:
        return _change_bytes(data, what, at, length, content)
    try:
        return _change_part(data, what, at, length, content, part)
    # What an earlier change has damaged is no zip any more, in many ways.
    except Exception:
        return _change_bytes(data, what, at, length, content)


def _change_bytes(data: bytes, what: str, at: int, length: int, content: bytes) -> bytes:
    start = at % (len(data) + 1)
    end = start + length
    match what:
        case "delete":
            return data[:start] + data[end:]
        case "repeat":
            return data[:end] + data[start:end] + data[end:]
        case "insert":
            return data[:start] + content + data[start:]
        case "overwrite":
            return data[:start] + content + data[start + len(content) :]
        case "flip":
            return (
                data[:start] + bytes(byte ^ (1 << length % 8) for byte in data[start : start + 1]) + data[start + 1 :]
            )
        case "swap":
            return data[:start] + data[end : end + length] + data[start:end] + data[end + length :]
        case _:
            return data[:start]


BYTE_CHANGES = ("delete", "repeat", "insert", "insert", "overwrite", "flip", "swap", "cut")


def _change_part(data: bytes, what: str, at: int, length: int, content: bytes, part: int) -> bytes:
    """Inside a zip, whose checksums stay right."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        names = whole.namelist()
        for name in names:
            inside = whole.read(name)
            mutate = name == names[part % len(names)]
            target.writestr(name, _change_bytes(inside, what, at, length, content) if mutate else inside)
    return changed.getvalue()


def csv_bytes(records: list[list[str]], spelling: str) -> bytes:
    """Records as a CSV, however many cells each has."""
    text = io.StringIO(newline="")
    if spelling == "spaced":
        for record in records:
            text.write(" , ".join('"' + cell.replace('"', '""') + '"' for cell in record) + " \t\r\n")
    else:
        quoting = csv.QUOTE_ALL if spelling == "quoted" else csv.QUOTE_MINIMAL
        csv.writer(text, quoting=quoting).writerows(records)
    return text.getvalue().encode()


def _parquet_bytes(records: list[list[str]]) -> bytes:
    names = list(dict.fromkeys(records[0])) if records else []
    rows = [record + [""] * len(records[0]) for record in records[1:]]
    columns = {name: pa.array([row[place] or None for row in rows], pa.string()) for place, name in enumerate(names)}
    data = io.BytesIO()
    pq.write_table(pa.table(columns), data)
    return data.getvalue()


_WRITERS = {
    "xlsx": xlsx_bytes,
    "parquet": _parquet_bytes,
}

_NUMBER = st.integers(0, 1 << 20)
_CELL_CHANGE = st.tuples(st.sampled_from(CELL_CHANGES), _NUMBER, _NUMBER, st.sampled_from(CELLS) | st.text(max_size=8))


def _content_change(file_format: str) -> st.SearchStrategy[tuple[Any, ...]]:
    part = st.none() | st.integers(0, 9) if file_format == "xlsx" else st.none()
    content = st.sampled_from(BYTES) | st.binary(max_size=4)
    return st.tuples(st.sampled_from(BYTE_CHANGES), _NUMBER, st.integers(0, 40), content, part)


@st.composite
def mutated(draw: st.DrawFn) -> Mutated:
    """A good delivery with one to four changes."""
    file_format = draw(st.sampled_from(FORMATS))
    cells = draw(st.lists(_CELL_CHANGE, max_size=3))
    content = draw(st.lists(_content_change(file_format), min_size=0 if cells else 1, max_size=2))
    if cells and draw(st.integers(0, 2)):
        content = []
    delivery, spelling = draw(st.sampled_from(sorted(GOOD))), draw(st.sampled_from(SPELLINGS))
    return Mutated(delivery, file_format, tuple(cells), tuple(content), spelling)
