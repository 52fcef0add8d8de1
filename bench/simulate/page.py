"""What a run found, written between marks on docs/reference/simulation.md."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import wrap

from bench.report import table
from bench.simulate.found import Found
from expectations.reference import PROJECT

PAGE = PROJECT / "docs" / "reference" / "simulation.md"
PICTURE = PROJECT / "docs" / "pictures" / "coverage.svg"
BEGIN, END = "<!-- written by bench simulate -->", "<!-- end of what bench simulate wrote -->"
LINE = 110
HEADER = ["what was drawn", "cells", "draws of each", "must hold", "lowest", "highest", "cells outside"]


def write(found: list[Found], minutes: float, day: date, page: Path = PAGE) -> None:
    """Replace the part of the page between the marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{markdown(found, minutes, day)}{END}{after}", encoding="utf-8")


def markdown(found: list[Found], minutes: float, day: date) -> str:
    """A sentence and a table: a row for each kind of cell."""
    outside = sum(not cell.holds for cell in found)
    sentence = (
        f"The run of {day.day} {day:%B %Y} took {minutes:.0f} minutes of one core: {len(found)} cells, of "
        f"{sum(cell.is_asked for cell in found)} of which something must hold; {outside} are outside."
    )
    kinds = list(dict.fromkeys(_kind(cell) for cell in found))
    rows = [_row([cell for cell in found if _kind(cell) == kind]) for kind in kinds]
    return "\n".join([*wrap(sentence, LINE), "", table(HEADER, rows), *_outside(found)])


def _kind(cell: Found) -> tuple[str, str]:
    return cell.study, cell.group


def _row(cells: list[Found]) -> list[str]:
    draws = sorted({cell.draws for cell in cells})
    rates = [cell.rate for cell in cells]
    first = cells[0]
    return [
        ", ".join(part for part in (first.study, first.group) if part),
        str(len(cells)),
        f"{draws[0]:,}" if len(draws) == 1 else f"{draws[0]:,} to {draws[-1]:,}",
        _bounds(first),
        written(min(rates)),
        written(max(rates)),
        str(sum(not cell.holds for cell in cells)) if first.is_asked else "",
    ]


def _bounds(cell: Found) -> str:
    low, high = cell.lowest, cell.highest
    if low is not None and high is not None:
        return f"{written(low)} to {written(high)}"
    if low is not None:
        return f"at least {written(low)}"
    return f"at most {written(high)}" if high is not None else ""


def written(rate: float) -> str:
    """A rate in per cent; a small one as one in so many."""
    if 0 < rate < 0.005:
        return f"1 in {1 / rate:,.0f}"
    return f"{100 * rate:.1f} %"


def _outside(found: list[Found]) -> Iterator[str]:
    for cell in found:
        if not cell.holds:
            yield f"- outside: {cell.study}, {cell.cell}: {written(cell.rate)}\n"
