"""Set aside: what still breaks a rule is left out, and the rest is published; a person may readmit it.

A night that fails finds the deliveries that it fails with (`flows/recover/trace.py`) and builds again without them.
What it tries is in `intake.set_aside` without `confirmed_at` until a build has passed every test and the gate: a night
that stops or dies sets nothing aside.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.base.errors import Broken, CannotReadmit, TransformFailed
from flows.base.machine_errors import user
from flows.base.night import Night, alone
from flows.base.warehouse_paths import Warehouse
from flows.intake.catch_up import announce, catch_up
from flows.intake.event_rows import record_set_aside
from flows.intake.events import SetAside, readmitted_event, set_aside_event
from flows.publish import publish
from flows.recover import evidence
from flows.recover.trace import Suspect, Traced, fewest, ladder
from flows.recover.withdraw import one_sentence
from flows.warehouse import changes, dbt, transform

LOG = logging.getLogger("casebook.set_aside")

MOST_ROUNDS = 3
"""How many times a night sets deliveries aside and builds again."""

NAMES = [field.name for field in fields(SetAside)]
"""Columns of `intake.set_aside`."""

Build = Callable[[], Path]
"""Transforms, assembles and judges; returns the candidate. Errors: Broken."""


def settle(night: Night, build: Build) -> Path:
    """The candidate that holds, without the deliveries that it does not hold with.

    Errors: Broken, as the build has it, where what fails cannot be traced to a delivery.
    """
    settled = _begin(night)
    for _ in range(MOST_ROUNDS):
        try:
            return _confirm(night, build())
        except Broken as broken:
            found = _guilty(night, broken, build, settled)
            if not found:
                raise
            settled += found
            _try(night, settled)
    return _confirm(night, build())


def readmit(warehouse: Warehouse, kind: str, key: str, reason: str, revision: int | None = None) -> list[int]:
    """Have the next night try a delivery again that is set aside, or one revision of it; returns the revisions.

    Errors: CannotReadmit where there is none; AnotherNightRunning.
    """
    reason = one_sentence(reason, CannotReadmit)
    if not warehouse.database.exists():
        raise CannotReadmit(f"There is no warehouse at {warehouse.root}: name it with --warehouse.")
    with alone(warehouse), warehouse.connect() as connection:
        catch_up(warehouse, connection)
        found = connection.execute(
            """
            select file.file_id, file.revision from intake.set_aside inner join intake.file using (file_id)
            where kind = ? and delivery_key = ? and revision = coalesce(?, revision)
                and confirmed_at is not null and readmitted_at is null
            """,
            [kind, key, revision],
        ).fetchall()
        if not found:
            named = f"{kind} {key}" if revision is None else f"Revision {revision} of {kind} {key}"
            raise CannotReadmit(f"{named} is not set aside: casebook status lists what is.")
        files = [file_id for file_id, _ in found]
        connection.execute("begin")
        _readmit(warehouse, connection, files, datetime.now(UTC).replace(tzinfo=None), user(), reason)
        connection.execute("commit")
    return sorted({revision for _, revision in found})


def _begin(night: Night) -> list[SetAside]:
    """Drop what a dead night tried, and readmit what was set aside with other code.

    Returns what is set aside because it has the bytes of a delivery that is: they are not mended by a new name.
    """
    with night.warehouse.connect() as connection:
        connection.execute("begin")
        connection.execute("delete from intake.set_aside where confirmed_at is null")
        lapsed = connection.execute(
            "select file_id from intake.set_aside where readmitted_at is null and code_version <> ?",
            [night.code_version],
        ).fetchall()
        files = [file_id for (file_id,) in lapsed]
        _readmit(night.warehouse, connection, files, night.started_at, night.run_id, "The code changed.")
        copies = _copies(connection, night)
        record_set_aside(connection, copies)
        connection.execute("commit")
    if files:
        LOG.info("set aside: the code changed, so %s deliveries are tried again", len(files))
    return copies


def _readmit(
    warehouse: Warehouse,
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[int],
    at: datetime,
    by: str,
    because: str,
) -> None:
    """In the register, then in the warehouse; in a transaction of the caller's."""
    rows = _rows(connection, "readmitted_at is null and file_id in (select unnest(?::bigint[]))", [list(files)])
    readmissions = [replace(row, readmitted_at=at, readmitted_by=by, readmitted_because=because) for row in rows]
    announce(warehouse, connection, map(readmitted_event, readmissions))
    connection.execute(
        "update intake.set_aside set readmitted_at = ?, readmitted_by = ?, readmitted_because = ? "
        "where readmitted_at is null and file_id in (select unnest(?::bigint[]))",
        [at, by, because, list(files)],
    )


def _rows(connection: duckdb.DuckDBPyConnection, condition: str, parameters: Sequence[object] = ()) -> list[SetAside]:
    """Rows of `intake.set_aside`, in order."""
    found = connection.execute(
        f"select {', '.join(NAMES)} from intake.set_aside where {condition} order by confirmed_at, file_id", parameters
    ).fetchall()
    rows = [dict(zip(NAMES, row, strict=True)) for row in found]
    return [SetAside(**{**row, "row_numbers": tuple(row["row_numbers"] or ())}) for row in rows]


def _copies(connection: duckdb.DuckDBPyConnection, night: Night) -> list[SetAside]:
    """Later revisions with the very bytes of one that is set aside."""
    rows = connection.execute(
        """
        select copy.file_id, rule, sentence, rows_failing, row_numbers
        from intake.set_aside
        inner join intake.file as found using (file_id)
        inner join intake.file as copy using (kind, delivery_key, sha256)
        anti join (select file_id from intake.set_aside where readmitted_at is null) as known
            on copy.file_id = known.file_id
        where readmitted_at is null and copy.state = 'loaded' and copy.revision >= found.revision
        qualify row_number() over (partition by copy.file_id order by set_aside.file_id) = 1
        """
    ).fetchall()
    return [_row(night, file_id, *what) for file_id, *what in rows]


def _row(
    night: Night, file_id: int, rule: str, sentence: str, rows: int | None, numbers: Sequence[int] = ()
) -> SetAside:
    return SetAside(
        file_id, night.run_id, night.business_date, night.code_version, rule, sentence, rows, tuple(numbers)
    )


def _try(night: Night, rows: Sequence[SetAside]) -> None:
    """Set just these aside for the next build, beside those of earlier nights."""
    with night.warehouse.connect() as connection:
        connection.execute("begin")
        connection.execute("delete from intake.set_aside where confirmed_at is null")
        record_set_aside(connection, rows)
        connection.execute("commit")


def _confirm(night: Night, candidate: Path) -> Path:
    """From now on they are set aside: nothing is left to fail but publishing."""
    confirmed_at = datetime.now(UTC).replace(tzinfo=None)
    with night.warehouse.connect() as connection:
        connection.execute("begin")
        confirmed = [replace(row, confirmed_at=confirmed_at) for row in _rows(connection, "confirmed_at is null")]
        announce(night.warehouse, connection, map(set_aside_event, confirmed))
        connection.execute("update intake.set_aside set confirmed_at = ? where confirmed_at is null", [confirmed_at])
        connection.execute("commit")
    return candidate


def _guilty(night: Night, broken: Broken, build: Build, settled: list[SetAside]) -> list[SetAside]:
    """Deliveries without which what fails holds, as few as may be; none where it cannot be traced."""
    rules = [failure.rule for failure in broken.failures]
    if not rules or not all(failure.from_data for failure in broken.failures):
        return []
    LOG.info("set aside: looking for the deliveries with which it fails: %s", _some(rules))
    found = evidence.traced(night, broken.failures)
    publish.discard(night)
    manifest = dbt.parse(night, write=False)
    transform.build_states(night, manifest)
    suspects = evidence.counting(night)

    def cures(without: Sequence[Suspect]) -> bool:
        _try(night, [*settled, *(_row(night, one.file_id, "", "", None) for one in without)])
        changes.forget(night, {one.kind for one in without})
        LOG.info("set aside: trying without %s", _some([one.name for one in without]))
        return _holds(night, broken, build, manifest)

    for step in ladder(found, suspects):
        if cures(step):
            return _convicted(night, fewest(step, cures), found, settled)
    LOG.warning("set aside: what fails cannot be traced to a delivery")
    return []


def _holds(night: Night, broken: Broken, build: Build, manifest: Any) -> bool:
    """Whether what failed holds now; after dbt as little as possible is built, after the gate everything."""
    rules = {failure.rule for failure in broken.failures}
    if isinstance(broken, TransformFailed):
        return not transform.still_failing(night, manifest, rules)
    try:
        build()
    except TransformFailed:
        return False
    except Broken as again:
        return rules.isdisjoint(failure.rule for failure in again.failures)
    finally:
        publish.discard(night)
    return True


def _convicted(
    night: Night, guilty: Sequence[Suspect], found: Sequence[Traced], settled: Sequence[SetAside]
) -> list[SetAside]:
    """With what each is set aside for: of the failures the one that speaks most against it, and its rows."""
    # Their rows can be looked at again once they are not set aside.
    _try(night, settled)
    rows = []
    for one in guilty:
        worst = max(found, key=lambda traced: (one.kind in traced.kinds, traced.strength(one)))
        failure, numbers = worst.failure, evidence.rows_in(night, one, worst.rows)
        rows.append(_row(night, one.file_id, failure.rule, failure.sentence, failure.rows, numbers))
        LOG.warning("set aside: %s. %s", one.name, failure.sentence)
    return rows


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3:,} more" if len(names) > 3 else shown
