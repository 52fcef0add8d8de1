"""Tables of a release as files: they must hold what the tables hold, no row and no digit more."""

from pathlib import Path

import duckdb

from attack.figures import Finding
from attack.noise import Unreadable
from attack.read import columns, tables

SAYS = "holds rows or columns that the table of its name does not have"

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


def findings(folder: Path) -> list[Finding]:
    """Files of tables that hold what the tables do not.

    Errors: Unreadable where a file is no table of its name.
    """
    found = []
    with tables(folder) as connection:
        known = columns(connection)
        for path in sorted((folder / "downloads").rglob("*")):
            if path.suffix in (".csv", ".parquet") and path.name != LIST:
                times = _strange(connection, path, known.get(path.stem, {})) if path.stem in known else 1
                found += [Finding("downloads", str(path.relative_to(folder.parent)), SAYS, times)] if times else []
    return found
