"""Free text: which loaded rows name a case, by the keyed hashes of identifiers and of the parts of texts.

Identifiers and texts of accepted files are recorded when they are loaded. Which rows name a case is found again from
all of them each night, so that it does not depend on the night or the order in which they came. Such a row stays in
`raw` and is held: no model but `ops.quarantine_row` has it. The free key in a file's name is text too; a file whose
name names a case loads, and its name is not published.
"""

import re
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from expectations.contract import Delivery
from expectations.deliveries import DELIVERIES
from expectations.identifiers import reach
from expectations.reference import codes
from flows.base.intake_tables import raw_columns
from flows.base.warehouse_paths import sql_text
from flows.intake.spelling import fingerprints, runs, search_key, spelling

Connection = duckdb.DuckDBPyConnection

SENTENCE = "names a case: take the reference out"

MARKS = ("/", "-", "_", ".", " ", "")
"""Between the words of an identifier, where a file's name has - or _."""

TEXTS_AT_ONCE = 10_000
"""Texts that are cut before their parts are written: bounds the memory of a night with very much text."""


@dataclass(frozen=True)
class Place:
    """A delivered row whose text names a case. header: the column, as the file calls it."""

    file_id: int
    file_name: str
    row_number: int
    header: str


def source(delivery: Delivery) -> str:
    """What the scopes of a kind are: an inspection or an area; empty where it has neither."""
    return delivery.scope.removesuffix("_id").removesuffix("_code")


def record_identifiers(connection: Connection, batch: str, delivery: Delivery, case_key: bytes) -> None:
    """Record the identifiers of a batch's accepted files, those of rows that are held among them.

    A held row's case was delivered too; only where its own inspection or area is not that of its file, nobody can tell
    whose it is. Files are those in the table `tonight`.
    """
    identifier = delivery.identifier
    if identifier is None:
        return
    name, scope = identifier.name, delivery.case_scope
    known = connection.execute(
        f"""
        with cases as (
            select distinct {scope} as scope, {name} as identifier
            from {batch}.{delivery.kind} semi join tonight using (file_id)
            where {name} is not null and (file_key = {scope} or starts_with(file_key, {scope} || '_'))
        ),
        judged as materialized (select scope, identifier, {reach("identifier")} as reach from cases)
        from judged where reach is not null
        """
    ).fetch_arrow_table()
    hashed = fingerprints(search_key(case_key), map(spelling, known.column("identifier").to_pylist()))
    query = f"insert into intake.case_identifier by name select '{source(delivery)}' as source, * from given"
    _insert(connection, query, {"scope": known.column("scope"), "reach": known.column("reach"), "fingerprint": hashed})


def record_texts(connection: Connection, delivery: Delivery, case_key: bytes) -> None:
    """Record the parts of the free texts of loaded rows. Files are those in the table `tonight`."""
    rows = f"raw.{delivery.kind} semi join tonight using (file_id)"
    for column in delivery.free_texts:
        _cut(connection, f"select distinct {column.name} from {rows}", case_key)
        connection.execute(
            f"""
            insert into intake.free_text_run by name
            select distinct
                file_id,
                '{column.name}' as column_name,
                '{source(delivery)}' as source,
                {_scope(delivery)} as scope,
                fingerprint
            from {rows} inner join part on {column.name} = part.text
            """
        )


def hold_rows(connection: Connection, case_key: bytes) -> None:
    """Write `intake.named_case` again: every loaded row whose free text names a case that was ever delivered."""
    _find_files(connection, case_key)
    _find(connection, "intake.free_text_run", case_key)
    _find_rows(connection, case_key)
    connection.execute("delete from intake.named_case")
    for (kind,) in connection.execute("select distinct kind from naming order by kind").fetchall():
        content = ", ".join(f"'{name}', any_value({name})" for name in raw_columns(DELIVERIES[kind])[2:])
        connection.execute(
            f"""
            insert into intake.named_case by name
            select
                file_id,
                row_number,
                string_agg(header || ' {SENTENCE}', '; ' order by header) as reason,
                json_object({content})::varchar as row_content
            from (select distinct file_id, row_number, header from naming where kind = '{kind}') as naming
            inner join raw.{kind} using (file_id, row_number)
            group by file_id, row_number
            """
        )


def _find_files(connection: Connection, case_key: bytes) -> None:
    """Write `intake.named_file` again: the files in whose free key an identifier is that is looked for everywhere.

    A file's name has other marks between the words than the identifier may have, so each of them is tried.
    """
    free = [kind for kind, delivery in DELIVERIES.items() if not delivery.file_key]
    files = connection.execute(
        "select file_id, delivery_key from intake.file where kind in (select unnest(?))", [free]
    ).fetchall()
    pairs = [(file_id, run) for file_id, key in files for mark in MARKS for run in runs(re.sub("[-_]+", mark, key))]
    _insert(
        connection,
        "create or replace temporary table key_part as from given",
        {
            "file_id": pa.array([file_id for file_id, _ in pairs], pa.int64()),
            "fingerprint": fingerprints(search_key(case_key), (run for _, run in pairs)),
        },
    )
    connection.execute("delete from intake.named_file")
    connection.execute(
        "insert into intake.named_file select distinct file_id from key_part "
        "where fingerprint in (select fingerprint from intake.case_identifier where reach = 'everywhere')"
    )


def named_in(connection: Connection, texts: pa.Table, case_key: bytes) -> dict[int, tuple[Place, ...]]:
    """Of texts (place, source, scope, text), the places that name a case, each with the rows it can come from.

    Those are loaded rows with the same identifier in their free text that are not held.
    """
    connection.register("shown", texts)
    _cut(connection, "select distinct text from shown", case_key)
    connection.execute("create or replace temporary table shown_run as from shown inner join part using (text)")
    connection.unregister("shown")
    _find(connection, "shown_run", case_key)
    found = connection.execute("select distinct place, fingerprint from found order by all").fetchall()
    connection.execute(
        "create or replace temporary table found as "
        "from intake.free_text_run where fingerprint in (select unnest(?::ubigint[]))",
        [[fingerprint for _, fingerprint in found]],
    )
    _find_rows(connection, case_key)
    rows = connection.execute(
        """
        select distinct fingerprint, file_id, file_name, row_number, header
        from naming inner join intake.file using (file_id) anti join intake.named_case using (file_id, row_number)
        order by all
        """
    ).fetchall()
    return {
        place: tuple(dict.fromkeys(Place(*row) for fingerprint, *row in rows if (place, fingerprint) in found))
        for place, _ in found
    }


def known_names(connection: Connection) -> set[str]:
    """Keys of deliveries and codes of the seeds, which are no identifiers."""
    keyed = [kind for kind, delivery in DELIVERIES.items() if delivery.file_key]
    keys = connection.execute(
        "select distinct delivery_key from intake.file where state = 'loaded' and kind in (select unnest(?))", [keyed]
    ).fetchall()
    return {key for (key,) in keys} | codes()


def _find(connection: Connection, texts: str, case_key: bytes) -> None:
    """`found`: the rows of a table of parts (source, scope, fingerprint) that are an identifier which is looked for
    there.

    The area of an inspection is what its delivery says. What is the key of a delivery or a code of the seeds is no
    identifier, whoever delivers it as one.
    """
    known = fingerprints(search_key(case_key), map(spelling, known_names(connection)))
    connection.register("known", pa.table({"fingerprint": known}))
    connection.execute(
        f"""
        create or replace temporary table found as
        with texts as (
            from {texts} semi join intake.case_identifier using (fingerprint) anti join known using (fingerprint)
        ),
        identifiers as (
            select distinct source, scope, reach, fingerprint
            from intake.case_identifier semi join texts using (fingerprint)
        ),
        areas as (
            select 'inspection' as source, inspection_id as scope, area_code as area from raw.inspection
            union
            select source, scope, left(scope, 3) as area from texts where source = 'area'
            union
            select source, scope, left(scope, 3) as area from identifiers where source = 'area'
        )
        select distinct texts.*
        from texts
        inner join identifiers using (fingerprint)
        left join areas as of_text on texts.source = of_text.source and texts.scope = of_text.scope
        left join areas as of_case on identifiers.source = of_case.source and identifiers.scope = of_case.scope
        where
            identifiers.reach = 'everywhere'
            or (texts.source = identifiers.source and texts.scope = identifiers.scope)
            or (identifiers.reach = 'area' and of_text.area = of_case.area)
        """
    )
    connection.unregister("known")


def _find_rows(connection: Connection, case_key: bytes) -> None:
    """`naming`: the loaded rows behind `found`, rows of `intake.free_text_run`; one for each column and identifier."""
    connection.execute(
        "create or replace temporary table naming "
        "(kind varchar, file_id bigint, row_number bigint, header varchar, fingerprint ubigint)"
    )
    columns = connection.execute(
        "select distinct kind, column_name from found inner join intake.file using (file_id) order by all"
    ).fetchall()
    for kind, name in columns:
        _find_rows_of(connection, DELIVERIES[kind], name, case_key)


def _find_rows_of(connection: Connection, delivery: Delivery, name: str, case_key: bytes) -> None:
    (header,) = (column.file_header for column in delivery.free_texts if column.name == name)
    meant = f"(select distinct file_id from found where column_name = '{name}') as meant"
    _cut(connection, f"select distinct {name} from raw.{delivery.kind} semi join {meant} using (file_id)", case_key)
    connection.execute(
        f"""
        insert into naming
        select distinct '{delivery.kind}', rows.file_id, rows.row_number, {sql_text(header)}, found.fingerprint
        from raw.{delivery.kind} as rows
        inner join part on rows.{name} = part.text
        inner join found
            on
                rows.file_id = found.file_id
                and {_scope(delivery, "rows.")} = found.scope
                and part.fingerprint = found.fingerprint
        where found.column_name = '{name}'
        """
    )


def _scope(delivery: Delivery, table: str = "") -> str:
    return f"{table}{delivery.scope}" if delivery.scope else "''"


def _cut(connection: Connection, texts: str, case_key: bytes) -> None:
    """`part`: each text of a query with the fingerprint of each of its parts."""
    connection.execute("create or replace temporary table part (text varchar, fingerprint ubigint)")
    key = search_key(case_key)
    all_texts = [text for (text,) in connection.execute(texts).fetchall() if text]
    for start in range(0, len(all_texts), TEXTS_AT_ONCE):
        chunk = all_texts[start : start + TEXTS_AT_ONCE]
        pairs = [(text, run) for text in chunk for run in runs(text)]
        _insert(
            connection,
            "insert into part by name select * from given",
            {
                "text": pa.array([text for text, _ in pairs], pa.string()),
                "fingerprint": fingerprints(key, (run for _, run in pairs)),
            },
        )


def _insert(connection: Connection, query: str, given: dict[str, Any]) -> None:
    """Run a query that reads the columns as the table `given`."""
    connection.register("given", pa.table(given))
    connection.execute(query)
    connection.unregister("given")
