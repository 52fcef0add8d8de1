"""The command that says what is published."""

from pathlib import Path
from typing import Any

import duckdb

from flows.base.errors import NoPermission, PublicationDamaged
from flows.base.warehouse_paths import Warehouse, sql_text
from flows.cli.forms import json_value
from flows.cli.tables import show_table
from flows.cli.terminal import (
    OUT,
    JsonOption,
    QuietOption,
    WarehouseOption,
    busy,
    current_file,
    say,
    show_json,
    warehouse_at,
    warn,
)
from flows.publish import publish
from flows.publish.publication import opens, reading

FIRST = 5
"""Entries of a list that are shown; JSON has all."""

PUBLISHED = "select run_id, business_date, finished_at from ops.run where run_id = {}"

FILES = """
    select
        kind,
        count(*) filter (status = 'current') as current,
        count(*) filter (status = 'rejected') as rejected,
        count(*) filter (status not in ('current', 'rejected')) as other,
        coalesce(sum(rows_loaded), 0)::bigint as loaded,
        coalesce(sum(rows_duplicate), 0)::bigint as repeated,
        coalesce(sum(rows_quarantined), 0)::bigint as held
    from ops.load_file group by kind order by kind"""
REJECTED = "select file_name, reason from ops.load_file where status = 'rejected' order by file_id desc"
SET_ASIDE = """
    select kind, delivery_key as key, revision, rule, sentence from ops.set_aside
    order by set_aside_on desc, kind, key, revision"""
HELD = """
    select kind, count(*) as rows, count(distinct file_id) as files, held.reason
    from (select file_id, unnest(reasons) as reason from ops.quarantine_row) as held
    inner join ops.load_file using (file_id)
    group by kind, held.reason order by rows desc, kind, held.reason"""
FLAGS = """
    select flag, count(*) as files, max_by(file_name, (loaded_at, file_name)) as newest
    from ops.file_flag inner join ops.load_file using (file_id)
    group by flag order by files desc, flag"""

LISTS = {
    "files": ("Deliveries", FILES, ""),
    "rejected": ("Rejected files", REJECTED, "casebook query \"from load_file where status = 'rejected'\""),
    "set_aside": ("Deliveries set aside", SET_ASIDE, 'casebook query "from set_aside"'),
    "held": ("Rows held, by reason", HELD, "casebook held"),
    "flagged": ("Loaded, but look at these files", FLAGS, 'casebook query "from file_flag"'),
}
"""By their names in JSON: title, query, and the command that lists all; nothing where all of it is shown."""

HEADINGS = {
    "current": "files current",
    "rejected": "files rejected",
    "other": "files other",
    "loaded": "rows loaded",
    "repeated": "rows repeated",
    "held": "rows held",
}
"""What columns of the list of files are called on a terminal; JSON has them by their names."""

Answer = tuple[list[str], list[tuple[Any, ...]]]


def status(warehouse: WarehouseOption = None, as_json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Say what is published, from which files, and what is set aside or held. Exit code 1 where that cannot be read.

    Files are current, rejected or other: superseded, withdrawn, set aside, or copies. Of each list the first five are
    shown, and the command for the rest; --json has all.
    """
    where = warehouse_at(warehouse)
    run_id = publish.current_run(where)
    with busy("Looking at the publications"):
        whole = [run for run in publish.publications(where) if _opens(publish.published_file(where, run))]
    try:
        with reading(current_file(where)) as connection:
            head = _head(connection, run_id) | {"pinned": _is_pinned(where), "publications": whole}
            lists = {name: _ask(connection, sql) for name, (_, sql, _) in LISTS.items()}
    except PublicationDamaged:
        say(f"Publications that open: {', '.join(whole) or 'none'}.")
        raise
    if as_json:
        show_json(head | {name: [_named(columns, row) for row in rows] for name, (columns, rows) in lists.items()})
    else:
        _show(head, lists)
    for damaged in sorted(set(publish.publications(where)) - {*whole, run_id}):
        warn(f"The publication {damaged} is damaged: remove its folder from {where.published}.")
    for name in publish.strangers(where):
        warn(f"{publish.STRANGER.format(name=name, folder=where.published)}.")


def _opens(file: Path) -> bool:
    """Whether a publication opens, as far as the user may see."""
    try:
        return opens(file)
    except NoPermission:
        return True


def _head(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, Any]:
    columns, rows = _ask(connection, PUBLISHED.format(sql_text(run_id)))
    unknown = {"run_id": run_id, "business_date": None, "finished_at": None}
    return _named(columns, rows[0]) if rows else unknown


def _named(columns: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(columns, map(json_value, row), strict=True))


def _ask(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """Columns and rows; none where a publication of an older version lacks the table they come from."""
    try:
        answer = connection.execute(sql)
    except duckdb.CatalogException:
        return [], []
    return [column[0] for column in answer.description], answer.fetchall()


def _show(head: dict[str, Any], lists: dict[str, Answer]) -> None:
    finished = f"{head['finished_at'][:16].replace('T', ' ')} UTC" if head["finished_at"] else "?"
    say(f"Published: {head['run_id']}, business date {head['business_date'] or '?'}, finished {finished}")
    if head["pinned"]:
        OUT.print("Readers are pinned here by a rollback; `casebook resume` goes on.", style="yellow")
    for name, (columns, rows) in lists.items():
        title, _, command = LISTS[name]
        if rows:
            _show_list(title, command, columns, rows)


def _show_list(title: str, command: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """The first rows of a list, cut to a line each. All of them where no command lists them."""
    shown = rows[:FIRST] if command else rows
    if len(shown) < len(rows):
        title = f"{title}: {len(shown)} of {len(rows):,} ({command})"
    show_table(title, [HEADINGS.get(column, column) for column in columns], shown, one_line=True)


def _is_pinned(warehouse: Warehouse) -> bool:
    """As far as the user may see: readers may not look into the restricted folder."""
    try:
        return warehouse.pin_file.exists()
    except PermissionError:
        return False
