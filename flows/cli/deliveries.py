"""Commands on deliveries: who is late, what is held, taking one out and readmitting one."""

from typing import Annotated, Any

import duckdb
import typer

from expectations.deliveries import DELIVERIES
from expectations.reference import sql_list
from flows.base.errors import CasebookError
from flows.cli.forms import write_csv, write_json
from flows.cli.tables import show_table
from flows.cli.terminal import (
    OUT,
    JsonOption,
    QuietOption,
    WarehouseOption,
    busy,
    current_file,
    note,
    say,
    standard_output,
    warehouse_at,
)
from flows.publish.publication import reading


def due(warehouse: WarehouseOption = None, as_json: JsonOption = False, quiet: QuietOption = False) -> None:
    """List the monthly deliveries that are overdue, then those that are due next. CSV when not on a terminal."""
    with reading(current_file(warehouse_at(warehouse))) as connection:
        _list(connection, DUE, as_json)
        _, ((lapsed,),) = _ask(connection, LAPSED)
    if lapsed:
        note(
            f"Left out: {lapsed} that lapsed, silent for longer than they are reminded; "
            "casebook query \"select * from delivery_due where status = 'lapsed'\""
        )


def held(warehouse: WarehouseOption = None, as_json: JsonOption = False) -> None:
    """List what waits to be mended or for its parent: per delivery and reason, how many rows and since when.

    CSV when not on a terminal. Files that were superseded, withdrawn or mended are left out: what they hold is settled.
    """
    with reading(current_file(warehouse_at(warehouse))) as connection:
        _list(connection, HELD, as_json)


def withdraw(
    kind: Annotated[str, typer.Argument(help="Kind of the delivery, such as nsmart.")],
    key: Annotated[str, typer.Argument(help="Key in its file's name, such as BED_0404.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; published beside the file. Name no person or case.")],
    revision: Annotated[
        int | None,
        typer.Option("--revision", help="Only this revision; its forerunner counts again.", show_default="all so far"),
    ] = None,
    warehouse: WarehouseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take a delivery out of the next publication. A later revision of it counts again."""
    with busy("Withdrawing"):
        from flows.recover import withdraw as withdrawals

        done = withdrawals.withdraw(warehouse_at(warehouse), kind, key, reason, revision)
    revisions = (
        f"revision {done.first_revision}"
        if done.first_revision == done.last_revision
        else f"revisions {done.first_revision} to {done.last_revision}"
    )
    say(f"Withdrew {done.kind} {done.delivery_key}, {revisions}: the next night publishes without.")


def readmit(
    kind: Annotated[str, typer.Argument(help="Kind of the delivery, such as nsmart.")],
    key: Annotated[str, typer.Argument(help="Key in its file's name, such as BED_0404.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; recorded in the register. Name no person or case.")],
    revision: Annotated[
        int | None, typer.Option("--revision", help="Only this revision.", show_default="all that are set aside")
    ] = None,
    warehouse: WarehouseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Have the next night try a delivery again that an earlier one set aside."""
    with busy("Readmitting"):
        from flows.recover import set_aside

        revisions = set_aside.readmit(warehouse_at(warehouse), kind, key, reason, revision)
    named = " and ".join(map(str, revisions))
    say(f"Readmitted {kind} {key}, revision {named}: the next night tries it again.")


def _list(connection: duckdb.DuckDBPyConnection, sql: str, as_json: bool) -> None:
    """All rows of a query of ours: a table on a terminal, else CSV, or JSON."""
    columns, rows = _ask(connection, sql)
    if as_json:
        write_json(columns, rows, standard_output())
    elif OUT.is_terminal:
        show_table("", columns, rows)
    else:
        write_csv(columns, rows, standard_output())


def _ask(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows of a query of ours, which only a publication of another version cannot answer."""
    try:
        answer = connection.execute(sql)
    except (duckdb.CatalogException, duckdb.BinderException):
        raise CasebookError("What is published was made by another version of Casebook: run a night first.") from None
    return [column[0] for column in answer.description], answer.fetchall()


DUE = """
    select status, kind, unit_code, period_month, due_on, days_overdue from ops.delivery_due
    where status in ('overdue', 'expected')
    order by case status when 'overdue' then 1 else 2 end, due_on, kind, unit_code"""
LAPSED = "select count(*) from ops.delivery_due where status = 'lapsed'"
WITH_SENDER_IN_KEY = sql_list([kind for kind, delivery in DELIVERIES.items() if delivery.sender_in_key])
HELD = f"""
    select
        case
            when file.kind in ({WITH_SENDER_IN_KEY}) then split_part(file.key, '_', 1)
            else file.key
        end as sender,
        file.kind, file.key, file.revision, count(*) as rows, held.reason, file.loaded_at::date as held_since
    from (select file_id, unnest(reasons) as reason from ops.quarantine_row) as held
    inner join ops.load_file as file using (file_id)
    where file.status = 'current' or file_id in (select file_id from ops.set_aside)
    group by all
    order by held_since, sender, file.kind, file.key, rows desc, held.reason"""
