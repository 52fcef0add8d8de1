"""The command that tries deliveries before they are sent."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.terminal import JsonOption, QuietOption, busy, ending_in_order, say, show_json

if TYPE_CHECKING:
    from flows.intake.trial import Trial

LONGEST_CELL = 80
"""Characters of a cell that are shown: its sender has the rest."""


def check(
    files: Annotated[list[Path], typer.Argument(help="Deliveries, or folders of them.", metavar="FILE...")],
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Try deliveries before sending them: what a night would load, hold and reject. Nothing is stored.

    Needs no warehouse. Identifiers in free text are looked for among those of the files given. Whether parents (cases,
    areas, measures) and earlier revisions are there, only a night knows.

    Exit code 0 where every file would load and no row would be held, warnings or not; else 1.
    """
    with ending_in_order(), busy("Reading and checking"):
        # Loaded here: what checks takes seconds to load, which other commands need not spend.
        from flows.intake.trial import try_files

        trial = try_files(files)
    if as_json:
        show_json(asdict(trial))
    else:
        _show(trial)
    raise typer.Exit(0 if all(one.loads_whole for one in trial.tried) else 1)


def _show(trial: "Trial") -> None:
    for path in trial.passed_over:
        say(f"{path}: passed over; it is no delivery.")
    for one in trial.tried:
        say(f"{one.path}: {one.summary}")
        for sentence in one.sentences:
            say(f"    {sentence}")
        for row in one.held:
            say(f"    row {row.number}: {row.reasons}")
            say(f"        {', '.join(f'{name} {_short(cell)}' for name, cell in row.cells.items())}")
    whole = sum(one.loads_whole for one in trial.tried)
    say(f"{len(trial.tried):,} checked, {whole:,} would load whole.")


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]}..."
