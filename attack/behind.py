"""Figures on pages, in pictures and in workbooks, beside what the queries behind them find in the tables.

A release prints the query behind each figure. Every number in a figure must be one that its query finds: in the same
row where both have as many rows. So a count that is exact on a page, and perturbed in the tables, shows.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from python_calamine import CalamineWorkbook

from attack.figures import Finding
from attack.pictures import PICTURE, drawn
from attack.queries import Keys, Numbers, Queries, queries

SHOWN = re.compile(r'<section class="casebook-figure".*?</section>', re.S)
QUERY = re.compile(r'href="[^"]*queries/([\w-]+)\.html">Query.*?</a>([^<]*)', re.S)
DATA = re.compile(r"\.\s*(?:Data:|$)")
"""What comes after what a figure is of."""

KEY = re.compile(r"(?:with|and) (\w+) = (.+?)(?= and \w+ = |$)")
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
CELL = re.compile(r"<(td|th|dd)\b[^>]*>(.*?)</\1>", re.S)
TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"(?<!per )(?<![\w.,])(\d[\d,]*(?:\.\d+)?)(?! (?:is|the)\b)")
"""Not a number that says what a figure is in: per 1,000; 1 the largest."""

SOURCE = re.compile(r"query: site/queries/([\w-]+)\.html")

Number = tuple[float, float]
"""A number as it is shown, and how far from it the value behind it may be."""


def _given(number: Number, found: Numbers) -> bool:
    """Whether a value, or a proportion in per cent, may be shown as this number."""
    shown, rounding = number
    return any(abs(abs(value) - shown) <= rounding or abs(abs(100 * value) - shown) <= rounding for value in found)


def _shown(text: str) -> Iterator[Number]:
    for number in NUMBER.findall(unescape(TAG.sub(" ", text))):
        yield float(number.replace(",", "")), _rounding(number)


def _rounding(number: str) -> float:
    return 0.5000001 * 10.0 ** -len(number.partition(".")[2])


def _strange(rows: list[list[Number]], found: list[Numbers]) -> int:
    """How many numbers in rows the query does not find, in their own row where it has as many."""
    every: Numbers = frozenset().union(*found)
    beside = found if len(found) == len(rows) else [every] * len(rows)
    return sum(not _given(number, one) for row, one in zip(rows, beside, strict=True) for number in row)


def _rows(figure: str) -> list[list[Number]]:
    """The numbers in the rows of a figure's table, or of all its cells where it has none."""
    rows = [row for row in ROW.findall(figure) if "<td" in row] or [figure]
    return [[number for _, cell in CELL.findall(row) for number in _shown(cell)] for row in rows]


def _on_page(page: str, release: Queries) -> Iterator[tuple[str, int]]:
    for figure in SHOWN.findall(page):
        behind = QUERY.search(figure)
        if behind is None:
            yield "shows a figure without the query behind it", 1
            continue
        found = release.rows(behind[1], tuple(KEY.findall(unescape(DATA.split(behind[2])[0].strip()))))
        yield (
            "shows numbers that the query behind the figure does not find",
            _strange(_rows(PICTURE.sub("", figure)), found),
        )
        points = [[point for picture in PICTURE.findall(figure) for point in drawn(picture)]]
        yield "draws points that the query behind the picture does not find", _strange(points, found)


def _cell_numbers(cell: object) -> Iterator[Number]:
    if isinstance(cell, float):
        yield abs(cell), _rounding(f"{abs(cell):.12g}")
    elif isinstance(cell, str):
        yield from _shown(cell)


def _keys(stem: str, variables: list[str]) -> Keys:
    """What a workbook is of, by its name: `ESI-B1` is of two keys."""
    return tuple(zip(variables, stem.split("-", len(variables) - 1), strict=False))


def _in_workbook(path: Path, release: Queries) -> Iterator[tuple[str, int]]:
    """Sheets name their queries; what they are of is the name of the workbook."""
    with CalamineWorkbook.from_path(str(path)) as workbook:
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name).to_python()
            named = [(at, found[1]) for at, row in enumerate(sheet) if (found := SOURCE.search(str(row[0])))]
            for at, query in named:
                keys = _keys(path.stem, release.variables(query))
                rows = [[number for cell in row for number in _cell_numbers(cell)] for row in sheet[at + 2 :]]
                yield (
                    "holds numbers that the query behind the sheet does not find",
                    _strange(rows, release.rows(query, keys)),
                )


def _in_file(path: Path, release: Queries) -> Iterator[tuple[str, int]]:
    if path.suffix == ".html":
        yield from _on_page(path.read_text(encoding="utf-8"), release)
    elif path.suffix == ".xlsx":
        yield from _in_workbook(path, release)


def findings(folder: Path) -> list[Finding]:
    """What figures of a release show that the queries behind them do not find.

    Errors: Unreadable where the tables cannot be read or a query cannot be run.
    """
    found: dict[str, list[tuple[Path, int]]] = {}
    with queries(folder) as release:
        for path in sorted(folder.rglob("*")):
            for says, times in _in_file(path, release):
                if times:
                    found.setdefault(says, []).append((path, times))
        if not release.compared and (folder / "site").is_dir():
            found["has no figure with the query behind it: nothing could be compared"] = [(folder / "site", 1)]
    return [
        Finding("figures", str(of[0][0].relative_to(folder.parent)), says, sum(times for _, times in of))
        for says, of in found.items()
    ]
