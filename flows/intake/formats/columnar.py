"""Parquet: columns of one type each."""

import io
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from expectations.contract import Delivery
from flows.base.errors import Unreadable
from flows.intake.formats import bounds
from flows.intake.formats.cells import cell_text, decimal_text, number_text
from flows.intake.formats.content import not_binary
from flows.intake.formats.records import Records, from_records
from flows.intake.header import delivery_columns, header_names

UNREADABLE = "The file is not readable Parquet: write it again and deliver it again."


def read_parquet(data: bytes, delivery: Delivery) -> Records:
    """Errors: Unreadable, with the sentence for the sender."""
    if not data.startswith(b"PAR1"):
        raise Unreadable(not_binary("Parquet", data, UNREADABLE))
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        _bound(file.metadata)
        _refuse_nested(file.schema_arrow, delivery)
        table = file.read()
        columns = [_texts(column) for column in table.columns]
    except (Unreadable, MemoryError):
        raise
    # What is wrong with a cell (text that is not UTF-8, a day beyond the calendar) shows when it is taken out.
    except Exception:
        raise Unreadable(UNREADABLE) from None
    records = [table.column_names, *map(list, zip(*columns, strict=True))]
    return from_records(enumerate(records, 1))


def _bound(metadata: pq.FileMetaData) -> None:
    """Refuse by the metadata of the file."""
    unpacked = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if unpacked > bounds.LARGEST_CONTENT:
        raise Unreadable(bounds.unpacks_to_more("file"))
    if metadata.num_columns > bounds.MOST_COLUMNS:
        raise Unreadable(bounds.TOO_MANY_COLUMNS)
    if metadata.num_rows * metadata.num_columns > bounds.MOST_CELLS:
        raise Unreadable(bounds.TOO_MANY_CELLS)


def _refuse_nested(schema: pa.Schema, delivery: Delivery) -> None:
    for place, column in delivery_columns(delivery, header_names(schema.names)):
        if pa.types.is_nested(schema.types[place]):
            raise Unreadable(f"The column {column.file_header} holds lists or structures: give each row one value.")


def _texts(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_dictionary(column.type) and pa.types.is_floating(column.type.value_type):
        return _texts(column.cast(column.type.value_type))
    if pa.types.is_nested(column.type):
        return [""] * len(column)
    if pa.types.is_floating(column.type):
        return [_shortest(cell) for cell in pc.cast(column, pa.string()).to_pylist()]
    return [cell_text(cell) for cell in column.to_pylist()]


def _shortest(cell: str | None) -> str:
    """A number by the fewest digits that tell it from its neighbours of the same width, 4 or 8 bytes, as Arrow does."""
    if cell is None:
        return ""
    number = float(cell)
    return decimal_text(Decimal(cell)) if 1e-99 < abs(number) < 1e15 else number_text(number)
