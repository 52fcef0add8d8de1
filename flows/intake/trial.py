"""Trial: what a night would make of files that were not delivered yet. Nothing of it stays.

The files go through the stages of a night in a warehouse of the moment, with a case key of the moment. What only the
warehouse knows is not looked at: parents, other revisions, earlier months, cases of other deliveries.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from flows.base.errors import CasebookError
from flows.base.night import Night, begin
from flows.base.places import is_folder
from flows.base.regular_file import path_text
from flows.intake import load, shares
from flows.intake.catch_up import catch_up
from flows.intake.delivery_name import is_passed_over
from flows.intake.land import take_in
from flows.intake.landing_fingerprints import Seen
from flows.intake.look import Found, find, look_at
from flows.intake.returns import Return, lines
from flows.intake.sandbox import Sandbox

UNFINISHED = "The file is still being written: check it again when it is complete."


@dataclass(frozen=True)
class HeldRow:
    """A row that would be held. number: as its return has it; cells: those that are not empty, by column."""

    number: str
    reasons: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Tried:
    """What would become of one file. loads_whole: it would load, and no row of it would be held."""

    path: str
    summary: str
    loads_whole: bool
    sentences: tuple[str, ...] = ()
    held: tuple[HeldRow, ...] = ()


@dataclass(frozen=True)
class Trial:
    """tried: in the order given. passed_over: unfinished uploads, and what systems leave in folders."""

    tried: tuple[Tried, ...]
    passed_over: tuple[str, ...]


def try_files(paths: Sequence[Path]) -> Trial:
    """Read and check files, and those below folders, as a night would.

    Errors: CasebookError where one is not there, or there is nothing to check.
    """
    passed_over: list[Path] = []
    with _temporary_folder() as folder:
        found = list({file.path: file for path in paths for file in _find(path, folder, passed_over)}.values())
        if not (found or passed_over):
            raise CasebookError(f"There is no file to check in {', '.join(path_text(str(path)) for path in paths)}.")
        night = begin(folder / "landing", folder / "warehouse", None)
        night.warehouse.make()
        _take_in(night, found)
        return Trial(tuple(_tried(night, found)), tuple(path_text(str(path)) for path in passed_over))


def _find(path: Path, folder: Path, passed_over: list[Path]) -> Iterator[Found]:
    """Files as the landing folder's are found, under the path by which they were named."""
    seen = Seen(folder / "seen.json")
    if is_folder(path):
        yield from (replace(file, path=path_text(str(path / file.path))) for file in find(path, seen, passed_over))
    elif is_passed_over(path.name):
        passed_over.append(path)
    else:
        file = look_at(path, path.parent, seen)
        if file is None:
            raise CasebookError(f"There is no file or folder {path_text(str(path))}: look at its name.")
        yield replace(file, path=path_text(str(path)))


def _take_in(night: Night, found: Sequence[Found]) -> None:
    """The first half of a night over the files."""
    with night.warehouse.connect() as connection:
        catch_up(night.warehouse, connection)
        take_in(night, connection, found)
        # What the models make of held rows where nothing else is known; nothing is set aside.
        connection.execute("create schema ops")
        connection.execute("create view ops.quarantine_row as select file_id, row_number, reasons from intake.held_row")
        connection.execute("create table ops.set_aside (file_id bigint, row_numbers bigint[], sentence varchar)")
    examined = shares.examine_all(night)
    load.load(night, examined.read, examined.checked, secrets.token_bytes(32))


def _tried(night: Night, found: Sequence[Found]) -> Iterator[Tried]:
    with night.warehouse.connect() as connection, Sandbox() as sandbox:
        known = {
            path: row
            for path, *row in connection.execute(
                "select path, file_id, file_name, sha256, state, reason, warning, rows_landed, rows_loaded, "
                "rows_duplicate, rows_held from intake.file"
            ).fetchall()
        }
        for file in found:
            if file.path not in known:
                yield Tried(file.path, UNFINISHED, loads_whole=False)
                continue
            file_id, file_name, sha256, state, reason, warning, *rows = known[file.path]
            sentences = tuple(filter(None, (reason, warning)))
            of_file = Return(file_id, file_name, sha256, "", (), "")
            held = tuple(_held(connection, sandbox, night, of_file)) if state == "loaded" else ()
            yield Tried(file.path, _summary(state, rows), state != "rejected" and not held, sentences, held)


def _held(connection: duckdb.DuckDBPyConnection, sandbox: Sandbox, night: Night, of_file: Return) -> Iterator[HeldRow]:
    """The rows of a file's return that are to be mended."""
    header, *rows = lines(connection, sandbox, night.warehouse, of_file)
    for number, reasons, *cells in rows:
        if number:
            named = zip(header[2:], cells, strict=True)
            yield HeldRow(number, reasons, {name: cell for name, cell in named if cell})


def _summary(state: str, rows: Sequence[int]) -> str:
    if state == "rejected":
        return "The whole file would be rejected."
    if state == "same_bytes":
        return "It has the bytes of another of these files, and would count once."
    landed, loaded, duplicate, held = rows
    parts = (("exact repeats, counted once", duplicate), ("held", held))
    more = "".join(f"; {what}: {number:,}" for what, number in parts if number)
    return f"Of {landed:,} rows {loaded:,} would load{more}."


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """A folder for everything that is written meanwhile, by libraries too; gone when the block is left."""
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="casebook-check-") as name:
        os.environ["TMPDIR"] = tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = None
            os.environ.pop("TMPDIR")
            if before is not None:
                os.environ["TMPDIR"] = before
