"""What the commands share: their options, the published file, and what people see while one runs."""

import json
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar

import typer
from rich.console import Console
from rich.status import Status
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
NOTES = Console(stderr=True, markup=False, emoji=False)
"""For progress and what is said beside an answer: `--quiet` silences it. Refusals and warnings go to ERR."""


Choice = TypeVar("Choice", bound=StrEnum)


def one_of(kinds: type[Choice]) -> Callable[[str], Choice]:
    """A function that reads one of a few words. Errors: BadParameter."""

    def read(text: str) -> Choice:
        try:
            return kinds(text)
        except ValueError:
            raise typer.BadParameter(f"{printable(text)!r} is none of {', '.join(kinds)}.") from None

    return read


def folder_argument(text: str) -> Path:
    """A folder as a person names it on the command line. Errors: BadParameter."""
    try:
        return folder_name(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def day(text: str) -> date:
    """A date as a person writes it on the command line. Errors: BadParameter."""
    try:
        if len(text) == len("2006-06-15"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"{printable(text)!r} is no date of the calendar: write it as year-month-day, 2006-06-15.")


def _silence(quiet: bool) -> bool:
    NOTES.quiet = quiet
    return quiet


LandingOption = Annotated[
    Path | None,
    typer.Option(
        "--landing",
        envvar="CASEBOOK_LANDING",
        help="Folder of deliveries.",
        show_default="landing",
        parser=folder_argument,
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
        parser=folder_argument,
        metavar="PATH",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for a program.")]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print the result alone: no progress, no notes.", callback=_silence)
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


def say(sentence: str) -> None:
    """A line of the result, on standard output."""
    OUT.print(printable(sentence), highlight=False, soft_wrap=True)


def note(sentence: str) -> None:
    """A line beside the result, on standard error, unless `--quiet` was given."""
    NOTES.print(printable(sentence), style="yellow", highlight=False, soft_wrap=True)


def warn(sentence: str) -> None:
    """A line about something that a person should mend, on standard error."""
    ERR.print(printable(sentence), style="yellow", highlight=False, soft_wrap=True)


class Writable(Protocol):
    """What text can be written to."""

    def write(self, text: str, /) -> object: ...


class Screen:
    """Standard output where it is a terminal: what is written is text, and no order to it."""

    def write(self, text: str, /) -> object:
        return sys.stdout.write("\n".join(map(printable, text.replace("\r\n", "\n").split("\n"))))


def standard_output() -> Writable:
    """Where answers for programs go: as they are, unless a person looks at them."""
    return Screen() if OUT.is_terminal else sys.stdout


def show_json(result: Any) -> None:
    """A result for a program, on standard output. Dates and paths are text."""
    standard_output().write(f"{json.dumps(result, ensure_ascii=False, indent=2, default=str)}\n")


class Progress(logging.Handler):
    """Stages as they end: a line each. Below them, on a terminal only, what is going on."""

    def __init__(self, status: Status | None) -> None:
        super().__init__(logging.DEBUG)
        self._status = status

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.INFO:
            console = ERR if record.levelno >= logging.WARNING else NOTES
            console.print(printable_lines(record.getMessage()), highlight=False, soft_wrap=True)
        elif self._status:
            self._status.update(Text(printable(record.getMessage())))


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Leave no temporary file behind also where the command is ended from outside: it holds rows."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number in before:
        signal.signal(number, lambda ended_by, _: sys.exit(128 + ended_by))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def busy(doing: str) -> Status:
    """A sign on a terminal that something goes on, while the block runs."""
    return Status(doing, console=NOTES)


@contextmanager
def progress(doing: str = "Starting", asks: bool = False) -> Iterator[None]:
    """Show what goes on while something long runs. asks: a question is asked meanwhile, which nothing may cover."""
    log = logging.getLogger("casebook")
    with nullcontext() if asks else busy(doing) as status:
        handler = Progress(status)
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)
        # Libraries that find no handler at the root make one of their own, which prints.
        logging.getLogger().addHandler(logging.NullHandler())
        try:
            yield
        finally:
            log.removeHandler(handler)
