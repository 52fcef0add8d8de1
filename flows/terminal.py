"""What the commands share: their options, the published file, and how answers are shown."""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from flows import publish
from flows.folders import Warehouse, read_beside
from flows.settings import Settings
from flows.text import printable, printable_lines

# Text is shown as it is: brackets and colons in it are no markup.
OUT = Console(markup=False, emoji=False)
ERR = Console(stderr=True, markup=False, emoji=False)

LandingOption = Annotated[
    Path | None,
    typer.Option("--landing", envvar="CASEBOOK_LANDING", help="Folder of deliveries.", show_default="landing"),
]
WarehouseOption = Annotated[
    Path | None,
    typer.Option("--warehouse", envvar="CASEBOOK_WAREHOUSE", help="Folder of the warehouse.", show_default="warehouse"),
]


def warehouse_at(folder: Path | None) -> Warehouse:
    """The warehouse in the folder that was named, or that of the settings."""
    return Warehouse((folder or Settings().warehouse).absolute())


def current_file(warehouse: Warehouse) -> Path:
    """The published file that readers get.

    Errors: NothingPublished where there is none.
    """
    return publish.published_file(warehouse, publish.current_run(warehouse))


def asked(file: Path) -> duckdb.DuckDBPyConnection:
    """A published file, to be read only."""
    connection = duckdb.connect(str(file), read_only=True)
    read_beside(connection, file)
    connection.execute("set search_path = 'marts,ops'")
    return connection


def show_answer(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """A table on a terminal, CSV otherwise."""
    if OUT.is_terminal:
        show_table("", columns, rows)
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(rows)


def show_table(title: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """A table for a person."""
    table = Table(*map(printable, columns), title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*("" if cell is None else printable_lines(str(cell)) for cell in row))
    OUT.print(table)
