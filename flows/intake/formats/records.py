"""Records: what every format is read to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa

from flows.base.errors import Unreadable
from flows.intake.formats import bounds

RECORDS_AT_ONCE = 10_000

Numbered = tuple[int, list[str]]
"""The number of a record's row and its cells."""


@dataclass(frozen=True)
class Records:
    """What a file holds, every cell text.

    cells: a row for each record, the header among them, a column for each cell, named by position. Records with fewer
    cells than the longest end in NULL.
    rows: for each record the number of its row as a spreadsheet shows it; blank rows count.
    notes: sentences for the sender on what was read.
    fault: why the file must be rejected although its cells can be read.
    """

    cells: pa.Table
    rows: pa.Array
    notes: tuple[str, ...] = ()
    fault: str = ""


def from_records(records: Iterable[Numbered]) -> Records:
    """Records of any length, in blocks: as Python's texts all of them would take ten times the memory."""
    remaining = iter(records)
    blocks: list[pa.Table] = []
    numbers: list[pa.Array] = []
    rows = width = 0
    while block := list(islice(remaining, RECORDS_AT_ONCE)):
        of_block, cells_of_block = zip(*block, strict=True)
        rows, width = rows + len(block), max(width, *map(len, cells_of_block), 0)
        if width > bounds.MOST_COLUMNS:
            raise Unreadable(bounds.TOO_MANY_COLUMNS)
        if width * rows > bounds.MOST_CELLS:
            raise Unreadable(bounds.TOO_MANY_CELLS)
        columns = zip(*_filled(cells_of_block, width), strict=True)
        blocks.append(pa.table({f"f{place}": pa.array(column, pa.string()) for place, column in enumerate(columns)}))
        numbers.append(pa.array(of_block, pa.int64()))
    if not rows:
        raise Unreadable("The file is empty.")
    cells = pa.concat_tables(blocks, promote_options="default").combine_chunks()
    return Records(cells, pa.concat_arrays(numbers))


def _filled(records: Sequence[list[str]], width: int) -> Iterable[Sequence[str | None]]:
    if min(map(len, records)) == width:
        return records
    return (record + [None] * (width - len(record)) for record in records)


def consecutive(first: int, count: int) -> pa.Array:
    """Numbers of rows that follow one another."""
    return pa.array(np.arange(first, first + count))
