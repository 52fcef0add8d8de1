"""Writing deliveries: names, headers and dates exactly as the delivery contracts say."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from expectations.contract import EARLIEST_YEAR, LATEST_YEAR
from expectations.deliveries import DELIVERIES

_FIRST_DAY = date(EARLIEST_YEAR, 1, 1)
_DAYS = [_FIRST_DAY + timedelta(days=number) for number in range((LATEST_YEAR - EARLIEST_YEAR + 1) * 366)]
_ISO = np.array([day.isoformat() for day in _DAYS], dtype=object)
_DMY = np.array([day.strftime("%d/%m/%Y") for day in _DAYS], dtype=object)
# Dates are texts looked up by day number: formatting hundreds of thousands of them one by one takes most of a run.


def day_number(day: date) -> int:
    """A date as a number that arrays can be computed with."""
    return (day - _FIRST_DAY).days


def iso_dates(days: np.ndarray) -> np.ndarray:
    """Day numbers as yyyy-mm-dd."""
    texts: np.ndarray = _ISO[days]
    return texts


def dmy_dates(days: np.ndarray) -> np.ndarray:
    """Day numbers as dd/mm/yyyy."""
    texts: np.ndarray = _DMY[days]
    return texts


def data_period(month: date) -> str:
    """A month as deliveries write it: MMYY."""
    return month.strftime("%m%y")


def performance_year(month: date) -> str:
    """The year from April to March that a month is in, as 2004/05."""
    start = month.year - (month.month < 4)
    return f"{start}/{(start + 1) % 100:02d}"


def write_delivery(folder: Path, kind: str, file_key: str, columns: dict[str, Any]) -> None:
    """Write one delivery. A column is one value for all rows, or a list or array with one value per row.

    One that files may lack is empty where `columns` does not have it.
    """
    headers = [column.file_header for column in DELIVERIES[kind].columns]
    rows = max(len(values) for values in columns.values() if not _is_scalar(values))
    empty = {column.file_header: "" for column in DELIVERIES[kind].columns if column.optional}
    cells = [_cells((empty | columns)[header], rows) for header in headers]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{kind}_{file_key}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(zip(*cells, strict=True))


def _is_scalar(values: Any) -> bool:
    return isinstance(values, str) or not hasattr(values, "__len__")


def _cells(values: Any, rows: int) -> Any:
    if _is_scalar(values):
        return [values] * rows
    return values.tolist() if isinstance(values, np.ndarray) else values
