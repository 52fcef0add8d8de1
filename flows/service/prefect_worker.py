"""Prefect's worker for `make serve`: it takes one night at a time, and ends with the process that started it."""

import sys

from flows.base.worker_process import end_with_parent


def main() -> None:
    """Run `prefect worker start`, with the arguments of this program, until standard input closes."""
    end_with_parent()
    from prefect.cli import app

    sys.argv[:1] = ["prefect", "worker", "start"]
    app()


if __name__ == "__main__":
    main()
