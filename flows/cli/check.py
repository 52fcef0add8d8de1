"""The command that tries deliveries before they are sent."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.status import Status

from flows.base.text import printable
from flows.cli.terminal import ERR, OUT

LONGEST_CELL = 80
"""Characters of a cell that are shown: its sender has the rest."""


def check(
    files: Annotated[list[Path], typer.Argument(help="Deliveries, or folders of them.", metavar="FILE...")],
) -> None:
    """Try deliveries before sending them: what a night would load, hold and reject. Nothing is stored.

    Needs no warehouse. Identifiers in free text are looked for among those of the files given. Whether parents (cases,
    areas, measures) and earlier revisions are there, only a night knows.

    Exit code 0 where every file would load and no row would be held, warnings or not; else 1.
    """
    # Loaded here: what checks takes seconds to load, which other commands need not spend.
    from flows.intake.trial import try_files

    _end_in_order()
    with Status("Reading and checking", console=ERR):
        trial = try_files(files)
    for path in trial.passed_over:
        _say(f"{path}: passed over; it is no delivery.")
    for one in trial.tried:
        _say(f"{one.path}: {one.summary}")
        for sentence in one.sentences:
            _say(f"    {sentence}")
        for row in one.held:
            _say(f"    row {row.number}: {row.reasons}")
            _say(f"        {', '.join(f'{name} {_short(cell)}' for name, cell in row.cells.items())}")
    whole = sum(one.loads_whole for one in trial.tried)
    _say(f"{len(trial.tried):,} checked, {whole:,} would load whole.")
    raise typer.Exit(0 if whole == len(trial.tried) else 1)


def _say(line: str) -> None:
    OUT.print(printable(line), highlight=False, soft_wrap=True)


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]}..."


def _end_in_order() -> None:
    """Leave nothing behind also where the command is ended from outside: the temporary folder holds delivered rows."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda ended_by, _: sys.exit(128 + ended_by))
