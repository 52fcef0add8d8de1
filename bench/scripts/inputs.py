"""What every script reads: the newest revision of each delivery, and the seeds."""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from expectations.contract import Column, ColumnType
from expectations.deliveries import DELIVERIES
from expectations.reference import PROJECT

Build = Callable[[Path, Path, date, int], None]

KINDS = (
    "inspection",
    "case_sample",
    "judgement",
    "published_score",
    "nsmart",
    "performance_return",
    "performance_target",
)
SEEDS = (
    "common/areas",
    "common/bank_holidays",
    "common/ethnicities",
    "inspection/frameworks",
    "inspection/sections",
    "inspection/criteria",
    "inspection/questions",
    "inspection/thread_questions",
    "performance/measures",
    "performance/units",
)
DIMENSIONS = {
    "area": "areas",
    "framework": "frameworks",
    "section": "sections",
    "criterion": "criteria",
    "question": "questions",
    "measure": "measures",
}
"""Marts that are a seed as it stands."""

TYPES: dict[ColumnType, str] = {"integer": "int", "number": "double", "date": "date", "date_dmy": "date"}
"""Types as DuckDB and Spark both spell them; every other column is text."""


def current_files(landing: Path, kind: str) -> list[str]:
    """The highest revision of each delivery of a kind."""
    newest: dict[str, tuple[int, str]] = {}
    for path in landing.rglob(f"{kind}_*.csv"):
        key, _, revision = re.sub(r"_r(\d+)$", r" \1", path.stem).partition(" ")
        newest[key] = max(newest.get(key, (0, "")), (int(revision or 1), str(path)))
    return sorted(path for _, path in newest.values())


def delivered_columns(kind: str) -> dict[str, str]:
    """Columns of a kind in their order, with their types."""
    return {column.name: _type(column) for column in DELIVERIES[kind].columns}


def date_columns(kind: str) -> list[str]:
    """Columns of a kind that hold dates, all spelt alike."""
    return [name for name, of_type in delivered_columns(kind).items() if of_type == "date"]


def has_british_dates(kind: str) -> bool:
    """Whether its dates are dd/mm/yyyy; otherwise they are yyyy-mm-dd."""
    return any(column.type == "date_dmy" for column in DELIVERIES[kind].columns)


def seed_path(seed: str) -> Path:
    """Where a seed stands."""
    return PROJECT / "seeds" / f"{seed}.csv"


def seed_columns(path: Path) -> list[str]:
    """A seed's columns in their order."""
    with path.open(newline="", encoding="utf-8") as seed:
        return next(csv.reader(seed))


def statements(name: str) -> list[str]:
    """The statements of a SQL file of this folder."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [statement for statement in text.split(";\n") if statement.strip()]


def run(build: Build) -> None:
    """The command line of a script: LANDING OUT, with the business date and threads as options."""

    def main(
        landing: Annotated[Path, typer.Argument(help="Folder of clean CSV deliveries.")],
        out: Annotated[Path, typer.Argument(help="New folder for the tables, as Parquet.")],
        business_date: Annotated[
            datetime | None, typer.Option(help="Decides which months are due; else today.")
        ] = None,
        threads: Annotated[int, typer.Option(help="Threads, where the engine lets one say.")] = 2,
    ) -> None:
        build(landing, out, (business_date or datetime.now()).date(), threads)

    typer.run(main)


def _type(column: Column) -> str:
    return TYPES.get(column.type, "string")
