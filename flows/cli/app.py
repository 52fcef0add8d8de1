"""The command `casebook`."""

import gc
import importlib.metadata
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from flows.base import machine_errors
from flows.base.errors import CasebookError
from flows.base.night import alone
from flows.base.places import require_places
from flows.base.settings import Settings
from flows.base.text import printable_lines
from flows.base.warehouse_paths import Warehouse
from flows.cli import archive, check, deliveries, dev, erase, release, status
from flows.cli.question import require_query
from flows.cli.terminal import (
    ERR,
    OUT,
    LandingOption,
    WarehouseOption,
    current_file,
    named_warehouse,
    progress,
    show_answer,
    warehouse_at,
)
from flows.publish import publish, readers
from flows.publish.publication import is_damage, reading
from flows.recover import stop

OBJECTS_BETWEEN_LOOKS = 50_000
"""New objects after which Python looks for what might go; by default 700, too few for a night that keeps millions."""

ROWS_AT_ONCE = 10_000

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
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


@app.command()
def nightly(
    landing: LandingOption = None,
    warehouse: WarehouseOption = None,
    date: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Business date of the night.", show_default="today in London"),
    ] = None,
    accept_volumes: Annotated[
        bool, typer.Option("--accept-volumes", help="Publish although a table lost half of its rows: you have looked.")
    ] = False,
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
        line = _night(where, landing, date.date() if date else None, accept_volumes)
    OUT.print(line, highlight=False, soft_wrap=True)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="A query of the published tables (schemas marts and ops).")],
    warehouse: WarehouseOption = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", formats=["%Y-%m-%d"], help="Ask what was published on this date.", show_default="the current one"
        ),
    ] = None,
) -> None:
    """Ask the published warehouse. A table on a terminal, CSV otherwise.

    As of an earlier date the answer comes from the last publication with a business date not after it; where that is no
    longer kept, from one built again from the same deliveries with the rules of now.
    """
    require_query(sql)
    where = warehouse_at(warehouse)
    with reading(_past(where, as_of.date()) if as_of else current_file(where)) as connection:
        try:
            answer = connection.execute(sql)
            show_answer([column[0] for column in answer.description], _rows(answer))
        except duckdb.Error as error:
            if is_damage(error):
                raise
            raise CasebookError(str(error).split("\n\nStack Trace", 1)[0]) from None


@app.command()
def rollback(
    run_id: Annotated[
        str | None, typer.Argument(help="Publication to go back to.", show_default="the one before")
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Give readers an earlier publication and keep them there until `casebook resume`."""
    with progress():
        target = publish.rollback(warehouse_at(warehouse), run_id)
    OUT.print(f"Readers now get {target} until `casebook resume`.", highlight=False)


@app.command()
def resume(warehouse: WarehouseOption = None) -> None:
    """End a rollback: readers get the newest publication again."""
    with progress():
        target = publish.resume(warehouse_at(warehouse))
    OUT.print(f"Readers now get {target}.", highlight=False)


@app.command()
def verify(
    run_id: Annotated[str | None, typer.Argument(help="Publication to verify.", show_default="the current one")] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Build a publication again from the deliveries it names, and compare.

    Exit code 0: the same, also where floats differ in their last bits. 5: different. 6: rules or packages have changed
    since. 7: a delivery was erased since. 1: it cannot be told, for the reason given.
    """
    with progress():
        from flows.recover.verify import verify

        verdict = verify(warehouse_at(warehouse), run_id)
    OUT.print(f"{verdict.answer.capitalize()}. {verdict.sentence}", highlight=False, soft_wrap=True)
    raise typer.Exit(verdict.exit_code)


@app.command()
def rebuild(warehouse: WarehouseOption = None) -> None:
    """Make the restricted warehouse again from the archive: after a loss, or to have an upgrade read everything anew.

    Exit code 1 where the archive is not whole, 3 while a night is running; nothing is replaced then.
    """
    where = warehouse_at(warehouse)
    with progress():
        from flows.recover.rebuild import rebuild, set_aside

        files = rebuild(where)
    OUT.print(f"Rebuilt from {files:,} deliveries; run a night to publish.", highlight=False)
    if set_aside(where).exists():
        OUT.print(f"The warehouse before is kept as {set_aside(where)} until the next rebuild.", highlight=False)


for command in (
    status.status,
    check.check,
    deliveries.due,
    deliveries.held,
    deliveries.withdraw,
    deliveries.readmit,
):
    app.command()(command)
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


def _rows(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    """Rows of an answer, a part at a time: all of a large one would not fit."""
    while rows := answer.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _past(warehouse: Warehouse, day: date) -> Path:
    """The file that answers for an earlier date; says which it is."""
    with progress():
        from flows.recover.as_of import as_of

        past = as_of(warehouse, day)
    told = f"As published by {day}: {past.run_id}, for {past.business_date}."
    if past.rebuilt:
        told += f" It is kept no longer: built again from its {past.deliveries:,} deliveries with the rules of now."
    if past.erased:
        told += f" {past.erased:,} more were erased since."
    ERR.print(told, highlight=False, soft_wrap=True)
    return past.file
