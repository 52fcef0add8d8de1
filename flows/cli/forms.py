"""An answer in each of its forms for programs and documents, written row by row as it comes."""

import csv
import json
import math
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from flows.base.errors import CasebookError
from flows.cli.tables import Row, cell_text
from flows.cli.terminal import Writable

ROWS_AT_ONCE = 10_000


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    MARKDOWN = "markdown"


def write_csv(columns: Sequence[str], rows: Iterable[Row], file: Writable) -> int:
    """As the downloads are: dates as in ISO 8601, `true` and `false`, nothing for NULL. Returns the rows written."""
    writer = csv.writer(file)
    writer.writerow(columns)
    written = 0
    for row in rows:
        writer.writerow([str(cell).lower() if isinstance(cell, bool) else cell for cell in row])
        written += 1
    return written


def write_json(columns: Sequence[str], rows: Iterable[Row], file: Writable) -> int:
    """An array of objects, one on a line. Returns the rows written.

    Errors: CasebookError where two columns share a name.
    """
    _require_names(columns)
    file.write("[")
    written = 0
    for row in rows:
        cells = dict(zip(columns, map(json_value, row), strict=True))
        file.write(f"{',' if written else ''}\n{json.dumps(cells, ensure_ascii=False)}")
        written += 1
    file.write("\n]\n")
    return written


def write_markdown(columns: Sequence[str], rows: Iterable[Row], file: Writable) -> int:
    """A table for a document. Returns the rows written."""
    written = -2
    for row in chain([columns, ["---"] * len(columns)], rows):
        file.write(f"| {' | '.join(map(_markdown, row))} |\n")
        written += 1
    return written


WRITERS = {Form.CSV: write_csv, Form.JSON: write_json, Form.MARKDOWN: write_markdown}


def write_parquet(answer: duckdb.DuckDBPyConnection, limit: int | None, path: Path) -> int:
    """Parquet, a batch at a time. Returns the rows written.

    Errors: CasebookError where two columns share a name, or Parquet has no place for a type.
    """
    # Loaded here: no other answer needs them.
    import pyarrow as pa
    import pyarrow.parquet as pq

    reader = answer.to_arrow_reader(ROWS_AT_ONCE)
    _require_names(reader.schema.names)
    written = 0
    try:
        with pq.ParquetWriter(path, reader.schema) as writer:
            for batch in reader:
                part = batch if limit is None else batch[: limit - written]
                writer.write_batch(part)
                written += part.num_rows
                if written == limit:
                    break
    except pa.ArrowNotImplementedError as error:
        raise CasebookError(f"Parquet cannot hold this answer: {error}. Cast the column to text.") from None
    return written


def json_value(cell: Any) -> Any:
    """A cell as JSON has it: what is no finite number is null, what JSON has no type for is text."""
    match cell:
        case None | bool() | int() | str():
            return cell
        case float() | Decimal():
            return float(cell) if math.isfinite(cell) else None
        case date() | time():
            return cell.isoformat()
        case dict():
            return {str(name): json_value(value) for name, value in cell.items()}
        case list() | tuple():
            return list(map(json_value, cell))
        case _:
            return str(cell)


def _require_names(columns: Sequence[str]) -> None:
    again = sorted({name for name in columns if list(columns).count(name) > 1})
    if again:
        raise CasebookError(f"Two columns are named {again[0]}, which this format cannot hold: rename one with `as`.")


def _markdown(cell: Any) -> str:
    return "<br>".join(cell_text(cell).splitlines()).replace("\\", "\\\\").replace("|", "\\|")
