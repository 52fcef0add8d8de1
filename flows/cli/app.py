"""The command `casebook`."""

import gc
import importlib.metadata
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from flows.base import machine_errors
from flows.base.errors import CasebookError
from flows.base.night import alone
from flows.base.places import require_places
from flows.base.settings import Settings
from flows.base.text import printable_lines
from flows.base.warehouse_paths import Warehouse
from flows.cli import archive, check, deliveries, dev, erase, query, release, start, status
from flows.cli.terminal import (
    ERR,
    OUT,
    JsonOption,
    LandingOption,
    QuietOption,
    WarehouseOption,
    day,
    named_warehouse,
    progress,
    say,
    show_json,
    warehouse_at,
)
from flows.publish import publish, readers
from flows.recover import stop

OBJECTS_BETWEEN_LOOKS = 50_000
"""New objects after which Python looks for what might go; by default 700, too few for a night that keeps millions."""

FIRST_DAY, LAST_DAY = date(2001, 4, 1), date(2099, 12, 31)
"""Business dates that can be meant: from the first day of the National Probation Service."""

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command; a refusal is one sentence on standard error and an exit code."""
    os.umask(readers.OWNERS_UMASK)
    leaving = stop.Leaving()
    try:
        _require_working_folder()
        with machine_errors.told():
            app()
    except CasebookError as error:
        ERR.print(printable_lines(str(error)), style="red", highlight=False, soft_wrap=True)
        leaving.fail(error.exit_code)


def _require_working_folder() -> None:
    try:
        Path.cwd()
    except FileNotFoundError:
        raise CasebookError("The folder that this command was started in is gone: change to another.") from None


def _show_version(wanted: bool) -> None:
    if wanted:
        OUT.print(f"casebook {importlib.metadata.version('casebook')}", highlight=False)
        raise typer.Exit


@app.callback()
def casebook(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Casebook, the probation inspection warehouse: deliveries in, a tested warehouse out, every night."""


def _business_date(text: str) -> date:
    """Errors: BadParameter for a day on which no night can have been."""
    named = day(text)
    if not FIRST_DAY <= named <= LAST_DAY:
        raise typer.BadParameter(f"{named} is no business date: give one from {FIRST_DAY} to {LAST_DAY}.")
    return named


@app.command()
def nightly(
    landing: LandingOption = None,
    warehouse: WarehouseOption = None,
    business_date: Annotated[
        date | None,
        typer.Option(
            "--date",
            parser=_business_date,
            metavar="YYYY-MM-DD",
            help="Business date of the night.",
            show_default="today in London",
        ),
    ] = None,
    accept_volumes: Annotated[
        bool, typer.Option("--accept-volumes", help="Publish although a table lost half of its rows: you have looked.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Run one night: everything new in the landing folder, checked, built, tested and published.

    Exit code 0 only when published; 1 when something must be mended first, 3 when a night is running already,
    4 when a rollback keeps readers on an earlier publication, 130 or 143 when Ctrl-C or SIGTERM stopped it.
    """
    where = named_warehouse(warehouse)
    landing = landing or Settings().landing
    readers.rights()
    require_places(landing, where)
    where.make()
    machine_errors.require_room(where.root)
    # A second night is told so before it starts Prefect, which takes seconds.
    with alone(where):
        pass
    with progress(), stop.stoppable(where):
        line = _night(where, landing, business_date, accept_volumes)
    say(line)


@app.command()
def rollback(
    run_id: Annotated[
        str | None, typer.Argument(help="Publication to go back to.", show_default="the one before")
    ] = None,
    warehouse: WarehouseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Give readers an earlier publication and keep them there until `casebook resume`."""
    with progress():
        target = publish.rollback(warehouse_at(warehouse), run_id)
    say(f"Readers now get {target} until `casebook resume`.")


@app.command()
def resume(warehouse: WarehouseOption = None, quiet: QuietOption = False) -> None:
    """End a rollback: readers get the newest publication again."""
    with progress():
        target = publish.resume(warehouse_at(warehouse))
    say(f"Readers now get {target}.")


@app.command()
def verify(
    run_id: Annotated[str | None, typer.Argument(help="Publication to verify.", show_default="the current one")] = None,
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Build a publication again from the deliveries it names, and compare.

    Exit code 0: the same, also where floats differ in their last bits. 5: different. 6: rules or packages have changed
    since. 7: a delivery was erased since. 1: it cannot be told, for the reason given.
    """
    with progress():
        from flows.recover.verify import verify

        verdict = verify(warehouse_at(warehouse), run_id)
    if as_json:
        show_json({"answer": verdict.answer, "sentence": verdict.sentence})
    else:
        say(f"{verdict.answer.capitalize()}. {verdict.sentence}")
    raise typer.Exit(verdict.exit_code)


@app.command()
def rebuild(warehouse: WarehouseOption = None, quiet: QuietOption = False) -> None:
    """Make the restricted warehouse again from the archive: after a loss, or to have an upgrade read everything anew.

    Exit code 1 where the archive is not whole, 3 while a night is running; nothing is replaced then.
    """
    where = warehouse_at(warehouse)
    with progress():
        from flows.recover.rebuild import rebuild, set_aside

        files = rebuild(where)
    say(f"Rebuilt from {files:,} deliveries; run a night to publish.")
    if set_aside(where).exists():
        say(f"The warehouse before is kept as {set_aside(where)} until the next rebuild.")


for command in (
    query.query,
    status.status,
    check.check,
    deliveries.due,
    deliveries.held,
    deliveries.withdraw,
    deliveries.readmit,
):
    app.command()(command)
app.command()(start.init)
app.command("open")(start.open_)
app.command()(archive.fsck)
app.command()(archive.backup)
app.command()(archive.restore)
app.add_typer(erase.app, name="erase")
app.add_typer(release.app, name="release")
app.add_typer(dev.app, name="dev")


def _night(where: Warehouse, landing: Path | None, business_date: date | None, accept_volumes: bool) -> str:
    """The night as a flow, on Prefect's server that the environment names or on one of its own."""
    from flows.service import prefect_server, prefect_settings

    prefect_server.use_one_that_answers(where)
    prefect_settings.use(where)
    own_server = "PREFECT_API_URL" not in os.environ
    with prefect_server.starting(where) as wait_for_prefect:
        with _loading():
            from flows.nightly import load_ahead
            from flows.nightly import nightly as night

            load_ahead()
        logging.getLogger("casebook").setLevel(logging.DEBUG)
        wait_for_prefect()
        with prefect_settings.without_heartbeats() if own_server else nullcontext():
            return night(landing, where.root, business_date, accept_volumes)


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded stays: Python need not look through half a million objects for what might go."""
    gc.disable()
    yield
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    gc.enable()
