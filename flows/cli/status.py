"""The command that says what is published."""

import duckdb

from flows.base.errors import PublicationDamaged
from flows.base.text import printable
from flows.base.warehouse_paths import Warehouse
from flows.cli.terminal import ERR, OUT, WarehouseOption, current_file, show_table, warehouse_at
from flows.publish import publish
from flows.publish.publication import opens, reading


def status(warehouse: WarehouseOption = None) -> None:
    """Say what is published, from which files, and what is set aside or held. Exit code 1 where that cannot be read."""
    where = warehouse_at(warehouse)
    run_id = publish.current_run(where)
    whole = [run for run in publish.publications(where) if opens(publish.published_file(where, run))]
    try:
        with reading(current_file(where)) as connection:
            _show_published(connection, run_id, _is_pinned(where))
    except PublicationDamaged:
        OUT.print(f"Publications that open: {', '.join(whole) or 'none'}.", highlight=False, soft_wrap=True)
        raise
    for damaged in sorted(set(publish.publications(where)) - {*whole, run_id}):
        _warn(f"The publication {damaged} is damaged: remove its folder from {where.published}.")
    for name in publish.strangers(where):
        _warn(f"{publish.STRANGER.format(name=name, folder=where.published)}.")


def _warn(sentence: str) -> None:
    ERR.print(printable(sentence), style="yellow", highlight=False, soft_wrap=True)


FILES = """
    select kind, status, count(*) as files, sum(rows_loaded) as loaded, sum(rows_duplicate) as duplicate,
        sum(rows_quarantined) as held
    from ops.load_file group by all order by all"""
REJECTED = "select file_name, reason from ops.load_file where status = 'rejected' order by all limit 20"
SET_ASIDE = """
    select kind, delivery_key as key, revision, rule, sentence from ops.set_aside
    order by set_aside_on desc, kind, key, revision limit 20"""
HELD = """
    select kind, held.reason, count(*) as held, count(distinct file_id) as files
    from (select file_id, unnest(reasons) as reason from ops.quarantine_row) as held
    inner join ops.load_file using (file_id)
    group by kind, held.reason order by held desc, kind, held.reason limit 20"""

FLAGS = """
    select file_name, flag, sentence from ops.file_flag inner join ops.load_file using (file_id)
    order by loaded_at desc, file_name, flag limit 20"""


def _show_published(connection: duckdb.DuckDBPyConnection, run_id: str, is_pinned: bool) -> None:
    (business_date, finished) = connection.execute(
        "select business_date, finished_at from ops.run where run_id = ?", [run_id]
    ).fetchone() or ("?", None)
    at = f"{finished:%Y-%m-%d %H:%M} UTC" if finished else "?"
    OUT.print(f"Published: {run_id}, business date {business_date}, finished {at}", highlight=False)
    if is_pinned:
        OUT.print("Readers are pinned here by a rollback; `casebook resume` goes on.", style="yellow")
    _show(connection, "Files", FILES)
    _show(connection, "Rejected files", REJECTED)
    _show(connection, "Deliveries set aside", SET_ASIDE)
    _show(connection, "Rows held, by reason", HELD)
    _show(connection, "Loaded, but look at these files", FLAGS)


def _is_pinned(warehouse: Warehouse) -> bool:
    """As far as the user may see: readers may not look into the restricted folder."""
    try:
        return warehouse.pin_file.exists()
    except PermissionError:
        return False


def _show(connection: duckdb.DuckDBPyConnection, title: str, sql: str) -> None:
    """The rows as a table, if there are any. A publication of an older version may lack the table they come from."""
    try:
        answer = connection.execute(sql)
    except duckdb.CatalogException:
        return
    rows = answer.fetchall()
    if rows:
        show_table(title, [column[0] for column in answer.description], rows)
