"""Pages, pictures and workbooks of a release: numbers in them that the tables do not give.

A number is given by the tables where one of their values rounds to it. A number of few digits nearly always is; what
betrays a figure that was computed from exact counts is digits: a cell that shows 93 % and holds 0.9333.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from python_calamine import CalamineWorkbook

from attack.figures import Finding
from attack.noise import Floats
from attack.pictures import points
from attack.read import columns, tables

FEW_DIGITS = 3
"""Numbers with fewer decimals are those of some table by chance."""

TEXTS = (".js", ".json", ".md", ".txt", ".xml")
READ_ELSEWHERE = (".css", ".csv", ".duckdb", ".parquet", ".zip")
"""Tables, archives of files that lie beside them (attack/downloads.py), and what says nothing."""

TEXT = re.compile(r"<(?:td|th|text|title|desc)\b[^>]*>(.*?)</", re.S)
ATTRIBUTE = re.compile(r"\b(?:data-[\w-]+|aria-label|title|content|value)=[\"']([^\"']*)[\"']")
TAG = re.compile(r"<[^>]*>")
DECIMALS = re.compile(r"(?<![\w.:/-])(\d[\d,]*\.\d+)(\s*%)?(?![\w.:/-])")
NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "FLOAT", "DECIMAL")

PICTURES = "has pictures of values that the tables do not give"
"""A remark, not a failure: pictures also show lines that are computed from the tables."""

Number = tuple[float, float]
"""A number as it stands somewhere, and how far from it the value behind it may be."""


def table_values(folder: Path) -> Floats:
    """Every number in the tables of a release, in order, as it is and in per cents.

    Errors: Unreadable where the tables cannot be read.
    """
    found: set[float] = set()
    with tables(folder) as connection:
        for table, kinds in columns(connection).items():
            for column in [column for column, kind in kinds.items() if kind.startswith(NUMERIC)]:
                query = f'select distinct cast("{column}" as double) from release.public."{table}"'
                found |= {value for (value,) in connection.execute(query).fetchall() if value is not None}
    values = np.array(sorted(found))
    return np.sort(np.concatenate([values, 100 * values, -values, -100 * values]))


def given(values: Floats, number: Number) -> bool:
    """Whether some value of the tables may be behind a number."""
    low, high = np.searchsorted(values, [number[0] - number[1], number[0] + number[1]])
    return bool(low < high)


def _rounded(text: str) -> Number:
    return float(text.replace(",", "")), 0.5000001 * 10.0 ** -len(text.partition(".")[2])


def in_text(text: str) -> Iterator[Number]:
    """Numbers with several decimals in the cells, pictures' words and attributes of a page."""
    for said in [*TEXT.findall(text), *ATTRIBUTE.findall(text)]:
        for number, _ in DECIMALS.findall(unescape(TAG.sub(" ", said))):
            if len(number.partition(".")[2]) >= FEW_DIGITS:
                yield _rounded(number)


def in_workbook(path: Path) -> Iterator[Number]:
    """Numbers that are not whole in the cells of a workbook, to as many digits as it holds."""
    with CalamineWorkbook.from_path(str(path)) as workbook:
        for name in workbook.sheet_names:
            for row in workbook.get_sheet_by_name(name).to_python():
                yield from ((cell, 1e-9 * max(1.0, abs(cell))) for cell in row if _is_broken(cell))


def _is_broken(cell: object) -> bool:
    return isinstance(cell, float) and round(cell, FEW_DIGITS - 1) != cell


def hidden_parts(path: Path) -> list[str]:
    """Parts of a workbook that a reader does not see: comments and hidden sheets."""
    with ZipFile(path) as archive:
        sheets = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        comments = [name for name in archive.namelist() if "comment" in name.lower()]
    return comments + re.findall(r'<sheet[^>]*name="([^"]*)"[^>]*state="(?:veryH|h)idden"', sheets)


def _in_file(path: Path, values: Floats) -> Iterator[tuple[str, int]]:
    """What is strange in one file, and how often."""
    if path.suffix == ".xlsx":
        yield "holds numbers that the tables do not give", sum(not given(values, at) for at in in_workbook(path))
        yield "has comments or hidden sheets", len(hidden_parts(path))
    elif path.suffix in (".html", ".svg"):
        text = path.read_text(encoding="utf-8")
        yield "has numbers that the tables do not give", sum(not given(values, at) for at in in_text(text))
        yield PICTURES, _strange_pictures(text, values)
    elif path.suffix in TEXTS:
        said = (number for number, _ in DECIMALS.findall(path.read_text(encoding="utf-8")))
        long = (_rounded(number) for number in said if len(number.partition(".")[2]) >= FEW_DIGITS)
        yield "has numbers that the tables do not give", sum(not given(values, number) for number in long)
    elif path.is_file() and path.suffix not in READ_ELSEWHERE:
        yield "is a file of a kind that the attack does not read", 1


def _strange_pictures(text: str, values: Floats) -> int:
    """Pictures of which most points are not drawn from the tables."""
    drawn = [[given(values, point) for point in picture] for picture in points(text)]
    return sum(len(picture) > 1 and sum(picture) < len(picture) / 2 for picture in drawn)


def findings(folder: Path) -> list[Finding]:
    """What pages, pictures and workbooks of a release say that its tables do not.

    Errors: Unreadable where the tables cannot be read.
    """
    values = table_values(folder)
    found: dict[str, list[tuple[Path, int]]] = {}
    for path in sorted(folder.rglob("*")):
        for says, times in _in_file(path, values):
            if times:
                found.setdefault(says, []).append((path, times))
    return [
        Finding(
            "pages",
            str(of[0][0].relative_to(folder.parent)),
            says,
            sum(times for _, times in of),
            fails=says != PICTURES,
        )
        for says, of in found.items()
    ]
