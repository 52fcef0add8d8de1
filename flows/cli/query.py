"""The command that asks the published warehouse."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date
from itertools import chain, islice
from pathlib import Path
from threading import Timer
from typing import Annotated

import duckdb
import typer
from rich.console import Console

from flows.base.errors import CasebookError
from flows.base.warehouse_paths import Warehouse
from flows.cli.forms import ROWS_AT_ONCE, WRITERS, Form, write_parquet
from flows.cli.output import require_output, whole_file
from flows.cli.question import require_query, variables_and_query
from flows.cli.tables import Row, show
from flows.cli.terminal import (
    OUT,
    QuietOption,
    WarehouseOption,
    busy,
    current_file,
    day,
    ending_in_order,
    note,
    one_of,
    progress,
    standard_output,
    warehouse_at,
)
from flows.publish.publication import is_damage, reading

LONGEST_TABLE = 10_000
"""Rows of a table on a terminal, which is laid out as a whole."""

LONGEST_QUERY = 1 << 20
"""Bytes of a query in a file."""

SECONDS_TO_COUNT = 1.0
"""For counting the rows that are not shown."""

BY_SUFFIX = {".csv": Form.CSV, ".json": Form.JSON, ".parquet": Form.PARQUET, ".md": Form.MARKDOWN}


def query(
    sql: Annotated[
        str | None,
        typer.Argument(help="A query of the published tables (schemas marts and ops); - reads it from standard input."),
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Read the query from this file.")] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Write this many rows at most.", show_default="all; of a table, 100"),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format",
            parser=one_of(Form),
            autocompletion=lambda: list(Form),
            metavar="FORMAT",
            help=f"How to write the answer: {', '.join(Form)}.",
            show_default="table on a terminal, csv elsewhere",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Write the answer to this file; its ending (.csv .json .parquet .md) says how."
        ),
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            parser=day,
            metavar="YYYY-MM-DD",
            help="Ask what was published on this date.",
            show_default="the current one",
        ),
    ] = None,
    warehouse: WarehouseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Ask the published warehouse: one query, which reads and changes nothing.

    On a terminal the first rows are shown, as a table or, where that would be too wide, row by row.

    As of an earlier date the answer comes from the last publication with a business date not after it; where that is no
    longer kept, from one built again from the same deliveries with the rules of now.
    """
    variables, text = variables_and_query(_query_text(sql, file))
    form = form or _form(output)
    _require_form(form, limit, output)
    require_query(text)
    where = warehouse_at(warehouse)
    # The working folder is another one while a publication is open.
    target = require_output(output, where) if output else None
    file_of_answer = _past(where, as_of) if as_of else current_file(where)
    with ending_in_order(), reading(file_of_answer) as connection:
        try:
            for variable in variables:
                connection.execute(variable)
            _stoppable(connection, lambda: _answer(connection, text, form, limit, target))
        except duckdb.Error as error:
            if is_damage(error):
                raise
            raise CasebookError(str(error).split("\n\nStack Trace", 1)[0]) from None


def _stoppable(connection: duckdb.DuckDBPyConnection, work: Callable[[], None]) -> None:
    """Do what queries a connection until it is done or a signal comes, which DuckDB itself may notice hours later."""
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(work)
        try:
            done.result()
        except (KeyboardInterrupt, SystemExit):
            connection.interrupt()
            raise


def _query_text(sql: str | None, file: Path | None) -> str:
    """The query that was given: as an argument, in a file or on standard input."""
    if (sql is None) is (file is None):
        raise typer.BadParameter("give one query: as an argument, with --file, or on standard input with -.")
    if sql != "-" and file is None:
        return str(sql)
    if file is None and sys.stdin.isatty():
        note("Type a query, then Ctrl-D on a line of its own.")
    try:
        with file.open("rb") if file else sys.stdin.buffer as source:
            content = source.read(LONGEST_QUERY + 1)
        if len(content) > LONGEST_QUERY:
            raise typer.BadParameter(f"{file or 'standard input'} is longer than a query can be (1 MB).")
        return content.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise typer.BadParameter(f"{file or 'standard input'} cannot be read as a query: {why}.") from None


def _form(output: Path | None) -> Form:
    """The form where none was named: by the ending of the output's name, or for a terminal or a program."""
    if output is None:
        return Form.TABLE if OUT.is_terminal else Form.CSV
    try:
        return BY_SUFFIX[output.suffix.lower()]
    except KeyError:
        raise typer.BadParameter(
            f"the ending of --output {output} says no format: name one with --format, or use {' '.join(BY_SUFFIX)}."
        ) from None


def _require_form(form: Form, limit: int | None, output: Path | None) -> None:
    if form == Form.PARQUET and output is None:
        raise typer.BadParameter("Parquet is no text: name the file for it with --output.")
    if form == Form.TABLE and (limit or 0) > LONGEST_TABLE:
        raise typer.BadParameter(f"a table has {LONGEST_TABLE:,} rows at most: use --format csv for more.")


def _answer(
    connection: duckdb.DuckDBPyConnection, sql: str, form: Form, limit: int | None, target: Path | None
) -> None:
    """Run the query and write its answer, to a file or to standard output."""
    with busy("Asking"):
        answer = connection.execute(sql)
        columns = [column[0] for column in answer.description]
        if target:
            with whole_file(target) as part:
                written = _write(answer, columns, form, limit, part)
            note(f"Wrote {written:,} rows to {target}.")
            return
        rows = _rows(answer)
        rows = chain(list(islice(rows, 1)), rows)
    if form == Form.TABLE:
        shown, has_more = show(columns, rows, limit)
        if has_more:
            all_rows = _count(connection, sql)
            there_are = "more" if all_rows is None else f"{all_rows:,}"
            note(f"The first {shown:,} rows; there are {there_are}. --limit N shows N, --format csv writes all.")
    else:
        with busy("Writing") if _is_redirected() else nullcontext():
            WRITERS[form](columns, islice(rows, limit), standard_output())


def _is_redirected() -> bool:
    """Whether standard output is a file, so that a sign on the terminal disturbs nobody."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _write(answer: duckdb.DuckDBPyConnection, columns: list[str], form: Form, limit: int | None, part: Path) -> int:
    """Write an answer to a file; returns its rows."""
    if form == Form.PARQUET:
        return write_parquet(answer, limit, part)
    with part.open("w", encoding="utf-8", newline="") as file:
        if form == Form.TABLE:
            return show(columns, _rows(answer), limit, Console(file=file))[0]
        return WRITERS[form](columns, islice(_rows(answer), limit), file)


def _rows(answer: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """Rows of an answer, a part at a time: all of a large one would not fit."""
    while rows := answer.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int | None:
    """The rows of a query that was answered, or None where they cannot be counted in a second."""
    stop = Timer(SECONDS_TO_COUNT, connection.interrupt)
    stop.start()
    try:
        (rows,) = connection.execute(f"select count(*) from ({sql.rstrip().removesuffix(';')}\n)").fetchall()[0]
    except duckdb.Error:
        return None
    finally:
        stop.cancel()
    return int(rows)


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
    note(told)
    return past.file
