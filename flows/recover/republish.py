"""Republish: kept publications again without what was erased, by replay from the archive; figures, pages, downloads.

One that cannot be made again is removed. What earlier publications said is recorded again from what they say now, so
that no figure is left with and without an erased case.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from flows.base.errors import ArchiveIncomplete, Broken, PublicationDamaged
from flows.base.warehouse_paths import Warehouse, sql_text
from flows.intake.check import Checked
from flows.intake.register import Register
from flows.publish import gate, history, publish
from flows.publish.publication import first_line, reading
from flows.recover.replay import Inputs, night_of, replay, temporary_warehouse
from flows.recover.verify import erased_inputs, inputs_of

LOG = logging.getLogger("casebook.erase")

TABLE_COMMENT = "Erasures after which this publication was made again. Grain: an erasure and a time."
COLUMN_COMMENTS = {
    "made_again_at": "When the publication was made again (UTC).",
    "reason": "What was erased, when and why.",
    "code_version_before": "Fingerprint of the code that it was made with before; figures follow the rules of now.",
}

Erasures = list[tuple[datetime, str, str]]
"""Rows of `ops.erasure`."""


def affected(warehouse: Warehouse, register: Register) -> tuple[list[str], dict[str, str]]:
    """Run ids of kept publications with something that was erased; and of those that cannot be read, with the error."""
    with_erased: list[str] = []
    unreadable: dict[str, str] = {}
    for run_id in publish.publications(warehouse):
        try:
            with reading(publish.published_file(warehouse, run_id)) as connection:
                with_erased += [run_id] if erased_inputs(connection, register) else []
        except (duckdb.Error, PublicationDamaged) as error:
            unreadable[run_id] = first_line(error)
    return with_erased, unreadable


def make_again(warehouse: Warehouse, register: Register) -> None:
    """Make kept publications again without what was erased. May be repeated. Errors: KeyUnusable."""
    with_erased, unreadable = affected(warehouse, register)
    for run_id, error in unreadable.items():
        _remove(warehouse, run_id, error)
    recorded = history.recorded(warehouse)
    if with_erased:
        history.forget(warehouse)
    for run_id in publish.publications(warehouse) if with_erased else ():
        if run_id in with_erased:
            _make_again(warehouse, register, run_id)
        if run_id in recorded and run_id in publish.publications(warehouse):
            history.record_one(warehouse, run_id)


def _make_again(warehouse: Warehouse, register: Register, run_id: str) -> None:
    try:
        with reading(publish.published_file(warehouse, run_id)) as connection:
            inputs, code = inputs_of(connection, register)
            erasures = _erasures(connection, erased_inputs(connection, register).values(), code)
        with temporary_warehouse(warehouse) as temporary:
            publish.replace(warehouse, run_id, _built(warehouse, temporary, inputs, erasures))
    except (Broken, ArchiveIncomplete) as error:
        _remove(warehouse, run_id, str(error))
        return
    LOG.info("erase: publication %s is made again without what was erased", run_id)


def _built(warehouse: Warehouse, temporary: Warehouse, inputs: Inputs, erasures: Erasures) -> Path:
    """The folder of a publication. Errors: Broken."""
    # Loaded here: nobody else who erases needs them.
    from downloads import write_downloads
    from pages import build_site, list_downloads

    file = replay(temporary, inputs, publish.published_file(warehouse, inputs.run_id), warehouse).file
    night = night_of(temporary, inputs.run_id, inputs.business_date)
    gate.gate(night, file, Checked(), accept_volumes=True)
    _note(file, erasures)
    build_site(file, file.parent / "site")
    write_downloads(file, file.parent / "downloads")
    list_downloads(file.parent)
    return file.parent


def _erasures(connection: duckdb.DuckDBPyConnection, reasons: Iterable[str], code: str) -> Erasures:
    """Rows of `ops.erasure`: those that are there, and new ones."""
    try:
        before = connection.execute(f"select {', '.join(COLUMN_COMMENTS)} from ops.erasure").fetchall()
    except duckdb.Error:
        before = []
    now = datetime.now(UTC).replace(tzinfo=None)
    return [*before, *((now, reason, code) for reason in sorted(set(reasons)))]


def _note(file: Path, erasures: Erasures) -> None:
    """Say in the file that it is not as it was first published."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create table ops.erasure (made_again_at timestamp, reason varchar, code_version_before varchar)"
        )
        connection.executemany("insert into ops.erasure values (?, ?, ?)", erasures)
        connection.execute(f"comment on table ops.erasure is {sql_text(TABLE_COMMENT)}")
        for column, comment in COLUMN_COMMENTS.items():
            connection.execute(f"comment on column ops.erasure.{column} is {sql_text(comment)}")


def _remove(warehouse: Warehouse, run_id: str, error: str) -> None:
    publish.remove(warehouse, run_id)
    LOG.warning(
        "erase: publication %s cannot be made again without what was erased, so it is removed (%s)", run_id, error
    )
