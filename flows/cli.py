"""The command `casebook`."""

import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.status import Status
from rich.text import Text

from flows import cli_archive, cli_deliveries, cli_erase, publish, trouble
from flows.errors import CasebookError
from flows.folders import Warehouse
from flows.night import alone
from flows.terminal import (
    ERR,
    OUT,
    LandingOption,
    WarehouseOption,
    asked,
    current_file,
    show_answer,
    show_table,
    warehouse_at,
)
from flows.text import printable, printable_lines

OBJECTS_BETWEEN_LOOKS = 50_000
"""New objects after which Python looks for what might go; by default 700, too few for a night that keeps millions."""

app = typer.Typer(
    help="Casebook, the probation inspection warehouse: deliveries in, a tested warehouse out, every night.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command; a refusal is one sentence on standard error and an exit code."""
    try:
        with trouble.told():
            app()
    except CasebookError as error:
        ERR.print(printable_lines(str(error)), style="red", highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)


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
    4 when a rollback keeps readers on an earlier publication.
    """
    where = warehouse_at(warehouse)
    where.make()
    trouble.require_room(where.root)
    # A second night is told so before it starts Prefect, which takes seconds.
    with alone(where):
        pass
    from flows import prefect_server, prefect_settings

    prefect_settings.use(where)
    own_server = "PREFECT_API_URL" not in os.environ
    with _progress(), prefect_server.starting(where) as wait_for_prefect:
        with _loading():
            from flows.nightly import load_ahead
            from flows.nightly import nightly as night

            load_ahead()
        logging.getLogger("casebook").setLevel(logging.DEBUG)
        wait_for_prefect()
        with prefect_settings.without_heartbeats() if own_server else nullcontext():
            line = night(landing, where.root, date.date() if date else None, accept_volumes)
    prefect_settings.remember_migration(where)
    OUT.print(line, highlight=False, soft_wrap=True)


@app.command()
def status(warehouse: WarehouseOption = None) -> None:
    """Say what is published, from which files, and what is held."""
    where = warehouse_at(warehouse)
    run_id = publish.current_run(where)
    with asked(current_file(where)) as connection:
        (business_date, finished) = connection.execute(
            "select business_date, finished_at from ops.run where run_id = ?", [run_id]
        ).fetchone() or ("?", "?")
        OUT.print(
            f"Published: {run_id}, business date {business_date}, finished {finished:%Y-%m-%d %H:%M} UTC",
            highlight=False,
        )
        if where.pin_file.exists():
            OUT.print("Readers are pinned here by a rollback; `casebook resume` goes on.", style="yellow")
        _show(connection, "Files", FILES)
        _show(connection, "Rejected files", REJECTED)
        _show(connection, "Rows held, by reason", HELD)
        _show(connection, "Loaded, but look at these files", FLAGS)


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
    where = warehouse_at(warehouse)
    with asked(_past(where, as_of.date()) if as_of else current_file(where)) as connection:
        try:
            answer = connection.execute(sql)
            rows = answer.fetchall()
        except duckdb.Error as error:
            raise CasebookError(str(error)) from None
        columns = [column[0] for column in answer.description]
    show_answer(columns, rows)


@app.command()
def rollback(
    run_id: Annotated[
        str | None, typer.Argument(help="Publication to go back to.", show_default="the one before")
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Give readers an earlier publication and keep them there until `casebook resume`."""
    OUT.print(
        f"Readers now get {publish.rollback(warehouse_at(warehouse), run_id)} until `casebook resume`.", highlight=False
    )


@app.command()
def resume(warehouse: WarehouseOption = None) -> None:
    """End a rollback: readers get the newest publication again."""
    OUT.print(f"Readers now get {publish.resume(warehouse_at(warehouse))}.", highlight=False)


@app.command()
def verify(
    run_id: Annotated[str | None, typer.Argument(help="Publication to verify.", show_default="the current one")] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Build a publication again from the deliveries it names, and compare.

    Exit code 0: the same, also where floats differ in their last bits. 5: different. 6: the rules have changed since.
    7: a delivery was erased since.
    1: it cannot be told, for the reason given.
    """
    with _progress():
        from flows.verify import verify

        verdict = verify(warehouse_at(warehouse), run_id)
    OUT.print(f"{verdict.answer.capitalize()}. {verdict.sentence}", highlight=False, soft_wrap=True)
    raise typer.Exit(verdict.exit_code)


@app.command()
def rebuild(warehouse: WarehouseOption = None) -> None:
    """Make the restricted warehouse again from the archive: after a loss, or to have an upgrade read everything anew.

    Exit code 1 where the archive is not whole, 3 while a night is running; nothing is replaced then.
    """
    where = warehouse_at(warehouse)
    with _progress():
        from flows.rebuild import rebuild, set_aside

        files = rebuild(where)
    OUT.print(f"Rebuilt from {files:,} deliveries; run a night to publish.", highlight=False)
    if set_aside(where).exists():
        OUT.print(f"The warehouse before is kept as {set_aside(where)} until the next rebuild.", highlight=False)


for command in (cli_deliveries.due, cli_deliveries.held, cli_deliveries.withdraw):
    app.command()(command)
app.command()(cli_archive.fsck)
app.command()(cli_archive.backup)
app.command()(cli_archive.restore)
app.add_typer(cli_erase.app, name="erase")


FILES = """
    select kind, status, count(*) as files, sum(rows_loaded) as loaded, sum(rows_duplicate) as duplicate,
        sum(rows_quarantined) as held
    from ops.load_file group by all order by all"""
REJECTED = "select file_name, reason from ops.load_file where status = 'rejected' order by all limit 20"
HELD = """
    select kind, held.reason, count(*) as held, count(distinct file_id) as files
    from (select file_id, unnest(reasons) as reason from ops.quarantine_row) as held
    inner join ops.load_file using (file_id)
    group by kind, held.reason order by held desc, kind, held.reason limit 20"""

FLAGS = """
    select file_name, flag, sentence from ops.file_flag inner join ops.load_file using (file_id)
    order by loaded_at desc, file_name, flag limit 20"""


class _Progress(logging.Handler):
    """Stages as they end: a line each. Below them, on a terminal only, what is going on."""

    def __init__(self, status: Status) -> None:
        super().__init__(logging.DEBUG)
        self._status = status

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.INFO:
            ERR.print(printable_lines(record.getMessage()), highlight=False, soft_wrap=True)
        else:
            self._status.update(Text(printable(record.getMessage())))


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded stays: Python need not look through half a million objects for what might go."""
    gc.disable()
    yield
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    gc.enable()


@contextmanager
def _progress() -> Iterator[None]:
    """Tell what goes on while something long runs."""
    with Status("Starting", console=ERR) as status:
        logging.getLogger("casebook").addHandler(_Progress(status))
        logging.getLogger("casebook").setLevel(logging.DEBUG)
        # Libraries that find no handler at the root make one of their own, which prints.
        logging.getLogger().addHandler(logging.NullHandler())
        yield


def _past(warehouse: Warehouse, day: date) -> Path:
    """The file that answers for an earlier date; says which it is."""
    with _progress():
        from flows.as_of import as_of

        past = as_of(warehouse, day)
    told = f"As published by {day}: {past.run_id}, for {past.business_date}."
    if past.rebuilt:
        told += f" It is kept no longer: built again from its {past.deliveries:,} deliveries with the rules of now."
    if past.erased:
        told += f" {past.erased:,} more were erased since."
    ERR.print(told, highlight=False, soft_wrap=True)
    return past.file


def _show(connection: duckdb.DuckDBPyConnection, title: str, sql: str) -> None:
    """The rows as a table, if there are any. A publication of an older version may lack the table they come from."""
    try:
        answer = connection.execute(sql)
    except duckdb.CatalogException:
        return
    rows = answer.fetchall()
    if rows:
        show_table(title, [column[0] for column in answer.description], rows)
