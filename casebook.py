"""The command `casebook`, whatever PYTHONPATH says, and `casebook.open()` for analysts' programs.

Python looks through PYTHONPATH before the locked environment, so that a folder of it could stand in for `flows` or
DuckDB. The command starts again without it; what it starts in turn inherits that.
"""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.publish.open_publication import Publication


def main() -> None:
    """Run the command."""
    if os.environ.pop("PYTHONPATH", None):
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 -- this same command
    from flows.cli.app import main

    main()


def open(  # noqa: A001 -- casebook.open(), as one would say it
    warehouse: "str | os.PathLike[str] | None" = None, run_id: str | None = None
) -> "Publication":
    """The publication that readers get, or a retained one by its run id, open for reading.

    Returns DuckDB's connection with `run_id`, `business_date`, `tables()`, `columns(table)` and `cite(table)`.
    warehouse: its folder; by default that of CASEBOOK_WAREHOUSE, or `warehouse`.
    """
    from flows.publish.open_publication import open_publication

    return open_publication(warehouse, run_id)
