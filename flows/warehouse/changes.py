"""What the restricted warehouse was built from, and what has changed since: kinds of delivery, the date, the code."""

import hashlib
import itertools
import json
from collections.abc import Iterable
from operator import itemgetter

import duckdb

from flows.base.content_hash import content_query
from flows.base.night import Night
from flows.warehouse.engines.engine import engine

CODE, DATE, INVENTED = "code", "date", "invented"
"""Inputs of a build beside the kinds of delivery. invented: which files are marked so."""

CALENDAR_MODEL = "int_performance__reporting_month"
"""The model through which the date decides nearly all that it decides: which months have begun and which are due."""

_BUILT = "built_inputs"
_TABLES = "built_tables"
_CALENDAR = "built_calendar"


def changed_inputs(night: Night) -> frozenset[str]:
    """Record the night's clock for the models; what differs from the last complete build: kinds, the date, the code."""
    with night.warehouse.connect() as connection:
        connection.execute("delete from intake.night")
        connection.execute("insert into intake.night values (?, ?)", [night.run_id, night.business_date])
        before = _recall(connection, _BUILT) if engine().keeps_tables else {}
        now = _inputs(connection, night)
    return frozenset(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def forget(night: Night, changed: Iterable[str]) -> None:
    """Forget that the warehouse was built from these inputs as they are."""
    with night.warehouse.connect() as connection:
        built = _recall(connection, _BUILT)
        left = {name: built[name] for name in built.keys() - set(changed)}
        _remember(connection, {_BUILT: left, _TABLES: {}, _CALENDAR: {}})


def complete(night: Night, tables: dict[str, str]) -> None:
    """Remember what the warehouse was built from, now that every layer and test has passed, and which run built what.

    tables: run id by table (Plan.built). Where tables do not stay, there is nothing to remember.
    """
    if engine().keeps_tables:
        of_calendar = {CALENDAR_MODEL: calendar(night)}
        with night.warehouse.connect() as connection:
            _remember(connection, {_BUILT: _inputs(connection, night), _TABLES: tables, _CALENDAR: of_calendar})


def built_by(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Which run built each table of the restricted warehouse; what is missing may have been built since any run."""
    return _recall(connection, _TABLES)


def built_calendar(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Content of the calendar in the last complete build; None where that is not known."""
    return _recall(connection, _CALENDAR).get(CALENDAR_MODEL)


def calendar(night: Night) -> str:
    """Content of the calendar as it was built last."""
    table = ("intermediate", CALENDAR_MODEL)
    with night.warehouse.connect() as connection:
        ((content,),) = connection.execute(
            f"select content_hash from ({content_query([table], night.warehouse.database.stem)})"
        ).fetchall()
    return str(content)


def _remember(connection: duckdb.DuckDBPyConnection, settings: dict[str, dict[str, str]]) -> None:
    """All of them, or none."""
    rows = [(name, json.dumps(value)) for name, value in settings.items()]
    connection.execute("begin")
    connection.executemany("insert or replace into intake.setting values (?, ?)", rows)
    connection.execute("commit")


def _recall(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    row = connection.execute("select value from intake.setting where name = ?", [name]).fetchone()
    return dict(json.loads(row[0])) if row else {}


def _inputs(connection: duckdb.DuckDBPyConnection, night: Night) -> dict[str, str]:
    """What a build depends on, by name: the code, the date, and of each kind the files and what became of them."""
    facts = connection.execute(
        """
        select coalesce(kind, 'unknown') as kind, [file_id::varchar, state, gone_run_id] as fact from intake.file
        union all
        select kind, [first_revision::varchar, last_revision::varchar, reason, withdrawn_at::varchar]
        from intake.withdrawal
        union all
        select kind, ['names a case', file_id::varchar, row_number::varchar, named_case.reason]
        from intake.named_case inner join intake.file using (file_id)
        union all
        select kind, ['its name names a case', file_id::varchar]
        from intake.named_file inner join intake.file using (file_id)
        union all
        select file.kind, [set_aside.file_id::varchar, set_aside.run_id, set_aside.sentence]
        from intake.set_aside
        inner join intake.file using (file_id)
        where set_aside.readmitted_at is null
        order by all
        """
    ).fetchall()
    kinds = {
        kind: hashlib.sha256(repr(list(group)).encode()).hexdigest()
        for kind, group in itertools.groupby(facts, key=itemgetter(0))
    }
    marked = connection.execute("select file_id from intake.file where is_invented order by file_id").fetchall()
    invented = hashlib.sha256(repr(marked).encode()).hexdigest()
    return {CODE: night.code_version, DATE: night.business_date.isoformat(), INVENTED: invented, **kinds}
