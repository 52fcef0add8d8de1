"""What the commands share: their options, the published file, and how answers are shown."""

import csv
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from flows.base.errors import CasebookError
from flows.base.places import is_folder
from flows.base.settings import Settings, folder_name
from flows.base.text import printable, printable_lines
from flows.base.warehouse_paths import Warehouse
from flows.publish import publish

# Text is shown as it is: brackets and colons in it are no markup.
OUT = Console(markup=False, emoji=False)
ERR = Console(stderr=True, markup=False, emoji=False)


def _folder(text: str) -> Path:
    try:
        return folder_name(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


LandingOption = Annotated[
    Path | None,
    typer.Option(
        "--landing",
        envvar="CASEBOOK_LANDING",
        help="Folder of deliveries.",
        show_default="landing",
        parser=_folder,
        metavar="PATH",
    ),
]
WarehouseOption = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        envvar="CASEBOOK_WAREHOUSE",
        help="Folder of the warehouse.",
        show_default="warehouse",
        parser=_folder,
        metavar="PATH",
    ),
]


def named_warehouse(folder: Path | None) -> Warehouse:
    """The warehouse in the folder that was named, or that of the settings, whether it is there or not."""
    return Warehouse((folder or Settings().warehouse).absolute())


def warehouse_at(folder: Path | None) -> Warehouse:
    """The same, where it must be there.

    Errors: CasebookError where it is not, NoPermission where the user may not enter it.
    """
    warehouse = named_warehouse(folder)
    if not (is_folder(warehouse.restricted) or is_folder(warehouse.published)):
        raise CasebookError(
            f"There is no warehouse at {warehouse.root}: name it with --warehouse or CASEBOOK_WAREHOUSE, or run a "
            "night first (casebook nightly)."
        )
    return warehouse


def current_file(warehouse: Warehouse) -> Path:
    """The published file that readers get.

    Errors: NothingPublished where there is none.
    """
    return publish.published_file(warehouse, publish.current_run(warehouse))


def show_answer(columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    """A table on a terminal, CSV otherwise."""
    if OUT.is_terminal:
        show_table("", columns, rows)
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(rows)


def show_table(title: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    """A table for a person."""
    table = Table(*map(printable, columns), title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*("" if cell is None else printable_lines(str(cell)) for cell in row))
    OUT.print(table)


class Progress(logging.Handler):
    """Stages as they end: a line each. Below them, on a terminal only, what is going on."""

    def __init__(self, status: Status | None) -> None:
        super().__init__(logging.DEBUG)
        self._status = status

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.INFO:
            ERR.print(printable_lines(record.getMessage()), highlight=False, soft_wrap=True)
        elif self._status:
            self._status.update(Text(printable(record.getMessage())))


@contextmanager
def progress(asks: bool = False) -> Iterator[None]:
    """Show what goes on while something long runs. asks: a question is asked meanwhile, which nothing may cover."""
    log = logging.getLogger("casebook")
    with nullcontext() if asks else Status("Starting", console=ERR) as status:
        handler = Progress(status)
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)
        # Libraries that find no handler at the root make one of their own, which prints.
        logging.getLogger().addHandler(logging.NullHandler())
        try:
            yield
        finally:
            log.removeHandler(handler)
