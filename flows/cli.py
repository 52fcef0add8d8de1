"""The command `casebook`."""

import csv
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.status import Status
from rich.table import Table

from flows import publish
from flows.errors import CasebookError
from flows.folders import Warehouse
from flows.settings import Settings

app = typer.Typer(
    help="Casebook, the probation inspection warehouse: deliveries in, a tested warehouse out, every night.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
OUT, ERR = Console(), Console(stderr=True)

LandingOption = Annotated[
    Path | None,
    typer.Option("--landing", envvar="CASEBOOK_LANDING", help="Folder of deliveries.", show_default="landing"),
]
WarehouseOption = Annotated[
    Path | None,
    typer.Option("--warehouse", envvar="CASEBOOK_WAREHOUSE", help="Folder of the warehouse.", show_default="warehouse"),
]


def main() -> None:
    """Run the command; a refusal is one sentence on standard error and an exit code."""
    try:
        app()
    except CasebookError as error:
        ERR.print(str(error), style="red", highlight=False, soft_wrap=True)
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
    where = _warehouse(warehouse)
    where.make()
    from flows import prefect_server, prefect_settings

    prefect_settings.use(where)
    with Status("Starting", console=ERR) as status, prefect_server.starting(where) as wait_for_prefect:
        logging.getLogger("casebook").addHandler(_Progress(status))
        # Libraries that find no handler at the root make one of their own, which prints.
        logging.getLogger().addHandler(logging.NullHandler())
        from flows.nightly import nightly as night

        logging.getLogger("casebook").setLevel(logging.DEBUG)
        wait_for_prefect()
        line = night(landing, where.root, date.date() if date else None, accept_volumes)
    prefect_settings.remember_migration(where)
    OUT.print(line, highlight=False, soft_wrap=True)


@app.command()
def status(warehouse: WarehouseOption = None) -> None:
    """Say what is published, from which files, and what is held."""
    where = _warehouse(warehouse)
    run_id = publish.current_run(where)
    with _published(where) as connection:
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
) -> None:
    """Ask the published warehouse. A table on a terminal, CSV otherwise."""
    where = _warehouse(warehouse)
    publish.current_run(where)
    with _published(where) as connection:
        try:
            answer = connection.execute(sql)
            rows = answer.fetchall()
        except duckdb.Error as error:
            raise CasebookError(str(error)) from None
        columns = [column[0] for column in answer.description]
    if OUT.is_terminal:
        _print_table("", columns, rows)
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(rows)


@app.command()
def rollback(
    run_id: Annotated[
        str | None, typer.Argument(help="Publication to go back to.", show_default="the one before")
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Give readers an earlier publication and keep them there until `casebook resume`."""
    OUT.print(
        f"Readers now get {publish.rollback(_warehouse(warehouse), run_id)} until `casebook resume`.", highlight=False
    )


@app.command()
def resume(warehouse: WarehouseOption = None) -> None:
    """End a rollback: readers get the newest publication again."""
    OUT.print(f"Readers now get {publish.resume(_warehouse(warehouse))}.", highlight=False)


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
            ERR.print(record.getMessage(), highlight=False, soft_wrap=True)
        else:
            self._status.update(record.getMessage())


def _warehouse(folder: Path | None) -> Warehouse:
    return Warehouse((folder or Settings().warehouse).absolute())


def _published(warehouse: Warehouse) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(warehouse.current.resolve() / "analyst.duckdb"), read_only=True)
    connection.execute("set search_path = 'marts,ops'")
    return connection


def _show(connection: duckdb.DuckDBPyConnection, title: str, sql: str) -> None:
    """The rows as a table, if there are any. A publication of an older version may lack the table they come from."""
    try:
        answer = connection.execute(sql)
    except duckdb.CatalogException:
        return
    rows = answer.fetchall()
    if rows:
        _print_table(title, [column[0] for column in answer.description], rows)


def _print_table(title: str, columns: list[str], rows: list[tuple[object, ...]]) -> None:
    table = Table(*columns, title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    OUT.print(table)
