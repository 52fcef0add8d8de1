"""Tables of a release as files, and archives of files: they hold what is read elsewhere, no row, digit or file more."""

import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import duckdb

from attack.figures import Finding
from attack.noise import Unreadable
from attack.read import columns, tables

SAYS = "holds rows or columns that the table of its name does not have"

PACKED = "holds something else than the files that lie beside it"

LIST = "contents.csv"
"""Names the files, and is no table."""


def _strange(connection: duckdb.DuckDBPyConnection, path: Path, kinds: dict[str, str]) -> int:
    """Rows, or columns, of a file that its table does not have. A list is text in CSV, and is not compared there."""
    quoted, is_text = str(path).replace("'", "''"), path.suffix == ".csv"
    reader = f"read_csv('{quoted}', header = true, all_varchar = true)" if is_text else f"read_parquet('{quoted}')"
    compared = {column: kind for column, kind in kinds.items() if not (is_text and "[" in kind)}
    held = ", ".join(f'cast("{column}" as {kind})' for column, kind in compared.items())
    given = ", ".join(f'"{column}"' for column in compared)
    try:
        there = {name for name, *_ in connection.execute(f"describe from {reader}").fetchall()}
        if there != set(kinds):
            return len(there ^ set(kinds))
        query = f'select {held} from {reader} except all select {given} from release.public."{path.stem}"'
        return len(connection.execute(query).fetchall())
    except duckdb.Error as problem:
        raise Unreadable(f"{path}: cannot be read as table {path.stem} ({str(problem).splitlines()[0]})") from problem


def _strangers(path: Path) -> int:
    """Members of an archive that are not, byte for byte, a file beside it, which is read; a comment counts as one.

    Errors: Unreadable where the archive is damaged or locked.
    """
    beside = {file.relative_to(path.parent).as_posix(): file for file in path.parent.rglob("*") if file.is_file()}
    try:
        with ZipFile(path) as archive:
            same = [
                member.filename in beside
                and not (member.comment or member.extra)
                and archive.read(member) == beside[member.filename].read_bytes()
                for member in archive.infolist()
            ]
            return same.count(False) + bool(archive.comment)
    except (BadZipFile, EOFError, RuntimeError, zlib.error) as problem:
        raise Unreadable(f"{path}: cannot be read as an archive ({problem})") from problem


def findings(folder: Path) -> list[Finding]:
    """Files of tables that hold what the tables do not, and archives of what lies nowhere else.

    Errors: Unreadable where a file is no table of its name, or an archive is damaged.
    """
    archives = {path: _strangers(path) for path in sorted(folder.rglob("*.zip"))}
    packed = [
        Finding("downloads", str(path.relative_to(folder.parent)), PACKED, times)
        for path, times in archives.items()
        if times
    ]
    return [*_of_tables(folder), *packed]


def _of_tables(folder: Path) -> list[Finding]:
    found = []
    with tables(folder) as connection:
        known = columns(connection)
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".csv", ".parquet") and path.name != LIST and "noise" not in path.name:
                times = _strange(connection, path, known.get(path.stem, {})) if path.stem in known else 1
                found += [Finding("downloads", str(path.relative_to(folder.parent)), SAYS, times)] if times else []
    return found
