"""What a million judgements cost a night, on DuckDB and on Spark: `make bench-scaling`.

Nights over invented deliveries that differ in nothing but the cases of each inspection. The cost of a million is the
slope from the smallest to the largest; what is left at none is the fixed cost. Prints Markdown for docs/scaling.md.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from bench.generator import PRESETS, generate
from flows.folders import read_beside

CASEBOOK = str(Path(sys.executable).with_name("casebook"))
STAGES = ("land", "read", "validate in", "load", "transform", "assemble", "validate out")
"""Those that grow with the rows; pages and downloads grow with what is published of many cases together."""

MONTHS = 120
CASES_A_MONTH = 200_000
QUESTIONS = 50
"""The plan: ten years of the largest caseload."""


@dataclass(frozen=True)
class Measured:
    """A night. judgements: rows of marts.fct_judgement. seconds: by stage. processor: seconds, of the whole night.
    megabytes: of the publication, by part."""

    engine: str
    judgements: int
    seconds: dict[str, float]
    processor: float
    megabytes: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.seconds[stage] for stage in STAGES)


def main(
    cases: Annotated[list[int] | None, typer.Option(help="Cases of each inspection, a size each.")] = None,
    engine: Annotated[list[str] | None, typer.Option(help="Engines to measure.")] = None,
    inspections: Annotated[int, typer.Option(help="How many inspections.")] = 100,
    folder: Annotated[Path | None, typer.Option(help="Work here and keep it; otherwise a temporary folder.")] = None,
) -> None:
    """Measure nights of each size on each engine and print what a million judgements cost."""
    _adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="casebook-scaling-") as temporary:
        work = folder or Path(temporary)
        measured = [
            _night(name, landing, work)
            for landing in _deliveries(cases or [55, 220, 880], inspections, work)
            for name in engine or ["duckdb", "spark"]
        ]
    _print_nights(measured)
    for name in engine or ["duckdb", "spark"]:
        _print_plan([night for night in measured if night.engine == name])


def _deliveries(cases: list[int], inspections: int, work: Path) -> Iterator[Path]:
    for number in sorted(cases):
        landing = work / f"landing-{number}"
        plan = replace(PRESETS["fullness"], areas=6, months=3, inspections=inspections, cases=number)
        print(f"making invented deliveries, {number} cases an inspection ...", file=sys.stderr)
        generate(plan, landing)
        yield landing


def _night(engine: str, landing: Path, work: Path) -> Measured:
    warehouse = work / f"{engine}-{landing.name}"
    print(f"{engine}, {landing.name} ...", file=sys.stderr)
    command = [CASEBOOK, "nightly", "--landing", str(landing), "--warehouse", str(warehouse)]
    before = _processor_seconds()
    done = subprocess.run(
        command,
        env={**os.environ, "CASEBOOK_ENGINE": engine},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    processor = _processor_seconds() - before
    publication = (warehouse / "current").resolve()
    file = publication / "analyst.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        read_beside(connection, file)
        (judgements,) = connection.execute("select count(*) from marts.fct_judgement").fetchall()[0]
    # What a publication says of its own night ends before it was assembled.
    with duckdb.connect(str(warehouse / "restricted" / "warehouse.duckdb"), read_only=True) as connection:
        (seconds,) = connection.execute("select stage_seconds from intake.run").fetchall()[0]
    parts = {"DuckDB file": [file], "Parquet": publication.glob("parquet/**/*.parquet")}
    megabytes = {part: sum(path.stat().st_size for path in files) / 1e6 for part, files in parts.items()}
    return Measured(engine, judgements, json.loads(seconds), processor, megabytes)


def _adopt_orphans() -> None:
    """Spark's Java outlives the night by a moment: what it has used is counted by who waits for it, and that is us."""
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


def _processor_seconds() -> float:
    """Of every process that was started from here and has ended; waits until all have."""
    with suppress(ChildProcessError):
        while True:
            os.wait()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _print_nights(measured: list[Measured]) -> None:
    columns = ["engine", "judgements", *STAGES, "together", "processor, all", "DuckDB file, MB", "Parquet, MB"]
    print(f"| {' | '.join(columns)} |")
    print(f"| --- | {' | '.join(['---:'] * (len(columns) - 1))} |")
    for night in measured:
        figures = [*(night.seconds[stage] for stage in STAGES), night.total, night.processor, *night.megabytes.values()]
        written = " | ".join(f"{figure:,.1f}" for figure in figures)
        print(f"| {night.engine} | {night.judgements:,} | {written} |")


def _print_plan(nights: list[Measured]) -> None:
    """The cost of a million, and what it comes to in ten years of the largest caseload."""
    if len(nights) < 2:
        return
    first, last = nights[0], nights[-1]
    millions = (last.judgements - first.judgements) / 1e6
    wall, processor = (last.total - first.total) / millions, (last.processor - first.processor) / millions
    fixed = first.total - wall * first.judgements / 1e6
    size = (sum(last.megabytes.values()) - sum(first.megabytes.values())) / millions
    planned = MONTHS * CASES_A_MONTH * QUESTIONS / 1e6
    hours = (fixed + wall * planned) / 3600
    print(f"\n{first.engine}: {fixed:.0f} s, and each million judgements {wall:.1f} s, {processor:.1f} s of processors")
    print(f"and {size:.0f} MB of publication. {planned:,.0f} million on this machine: {hours:.1f} hours.")


if __name__ == "__main__":
    typer.run(main)
