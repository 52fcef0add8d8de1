"""Bytes of a delivery to rows of text: CSV (UTF-8 or cp1252, perhaps gzipped), XLSX and Parquet.

Whatever cannot be read raises Unreadable with the sentence for its sender. Sizes are bounded before memory is spent.
"""

from collections.abc import Callable

from expectations.contract import Delivery
from flows.base.errors import Unreadable
from flows.intake.formats.columnar import read_parquet
from flows.intake.formats.delimited import read_csv, read_gzip
from flows.intake.formats.records import Records
from flows.intake.formats.workbook import read_workbook


def read_rows(data: bytes, file_format: str, delivery: Delivery) -> Records:
    """All records of a file, the header among them, every cell text.

    delivery: by its header the table is found, and the mark between cells.
    Errors: Unreadable, with a sentence for the sender.
    """
    if not data:
        raise Unreadable("The file is empty.")
    return _READERS[file_format](data, delivery)


_READERS: dict[str, Callable[[bytes, Delivery], Records]] = {
    "csv": read_csv,
    "csv.gz": read_gzip,
    "xlsx": read_workbook,
    "parquet": read_parquet,
}
