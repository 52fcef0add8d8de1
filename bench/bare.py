"""Run the bare script: one connection, one statement after the other (`python -m bench.bare SCRIPT OUT`)."""

from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from flows.base.settings import Settings

END = ";\n\n"
"""What ends a statement of the script."""


def main(
    script: Annotated[Path, typer.Argument(help="The script that bench.compiled wrote.")],
    out: Annotated[Path, typer.Argument(help="New folder for the DuckDB file and for what it spills.")],
) -> None:
    """Write every table with the memory and threads that a night may use."""
    run(script, out)


def run(script: Path, out: Path) -> Path:
    """Execute the script; returns the file, which is named as the models name their database."""
    out.mkdir(parents=True)
    settings = Settings()
    config: dict[str, Any] = {
        "threads": settings.threads,
        "memory_limit": settings.memory,
        "temp_directory": str(out / "tmp"),
        "preserve_insertion_order": False,
    }
    file = out / "warehouse.duckdb"
    with duckdb.connect(str(file), config=config) as connection:
        connection.execute("set enable_progress_bar = false")
        for statement in script.read_text(encoding="utf-8").split(END):
            try:
                connection.execute(statement)
            except duckdb.Error as error:
                raise SystemExit(f"{statement.partition(chr(10))[0]}: {error}") from error
    return file


if __name__ == "__main__":
    typer.run(main)
