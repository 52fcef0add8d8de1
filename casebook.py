"""The command `casebook`, whatever PYTHONPATH says.

Python looks through PYTHONPATH before the locked environment, so that a folder of it could stand in for `flows` or
DuckDB. The command starts again without it; what it starts in turn inherits that.
"""

import os
import sys


def main() -> None:
    """Run the command."""
    if os.environ.pop("PYTHONPATH", None):
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 -- this same command
    from flows.cli.app import main

    main()
