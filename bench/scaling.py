"""What a million judgements cost a night, on DuckDB and on Spark.

Nights over invented deliveries that differ in nothing but the cases of each inspection. The cost of a million is the
slope from the smallest to the largest; what is left at none is the fixed cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from bench.deliveries import deliver
from bench.generator import PRESETS
from bench.nights import Ran, night, published
from bench.report import table
from flows.base.warehouse_paths import read_beside

STAGES = ("land", "read", "validate in", "load", "transform", "assemble", "validate out")
"""Those that grow with the rows; pages and downloads grow with what is published of many cases together."""

PLANNED = 120 * 200_000 * 50 / 1e6
"""Millions of judgements: ten years of the largest caseload, 200,000 cases a month with 50 questions each."""


@dataclass(frozen=True)
class Sized:
    """A night of one size. megabytes: of the publication's file and Parquet."""

    engine: str
    judgements: int
    ran: Ran
    megabytes: tuple[float, float]

    @property
    def seconds(self) -> float:
        return sum(self.ran.stages[stage] for stage in STAGES)

    @property
    def row(self) -> list[str]:
        """As the table shows it."""
        figures = [*(self.ran.stages[stage] for stage in STAGES), self.seconds, self.ran.measured.cpu, *self.megabytes]
        return [self.engine, f"{self.judgements:,}", *(f"{figure:,.1f}" for figure in figures)]


def measure_scaling(cases: Sequence[int], engines: Sequence[str], inspections: int, work: Path) -> str:
    """Nights of each size on each engine, and what a million judgements cost. Returns Markdown."""
    sized = [
        _night(engine, landing, work)
        for number in sorted(cases)
        for landing in [_delivered(number, inspections, work)]
        for engine in engines
    ]
    header = ["engine", "judgements", *STAGES, "together", "processor seconds, all", "file, MB", "Parquet, MB"]
    plans = [_plan([one for one in sized if one.engine == engine]) for engine in engines]
    return "\n\n".join([table(header, [one.row for one in sized]), *filter(None, plans)])


def _delivered(cases: int, inspections: int, work: Path) -> Path:
    plan = replace(PRESETS["fullness"], areas=6, months=3, inspections=inspections, cases=cases)
    return deliver(plan, work / f"landing-{inspections}-{cases}")


def _night(engine: str, landing: Path, work: Path) -> Sized:
    warehouse = work / f"{engine}-{landing.name}"
    ran = night(f"{engine}, {landing.name}", landing, warehouse, engine=engine)
    file = published(warehouse).resolve()
    with duckdb.connect(str(file), read_only=True) as connection:
        read_beside(connection, file)
        (judgements,) = connection.execute("select count(*) from marts.fct_judgement").fetchall()[0]
    parquet = sum(path.stat().st_size for path in file.parent.glob("parquet/**/*.parquet"))
    return Sized(engine, judgements, ran, (file.stat().st_size / 1e6, parquet / 1e6))


def _plan(nights: list[Sized]) -> str:
    """The cost of a million, and what it comes to in ten years of the largest caseload."""
    if len(nights) < 2:
        return ""
    first, last = nights[0], nights[-1]
    millions = (last.judgements - first.judgements) / 1e6
    seconds = (last.seconds - first.seconds) / millions
    processor = (last.ran.measured.cpu - first.ran.measured.cpu) / millions
    fixed = first.seconds - seconds * first.judgements / 1e6
    size = (sum(last.megabytes) - sum(first.megabytes)) / millions
    return (
        f"{first.engine}: {fixed:.0f} s, and each million judgements {seconds:.1f} s, {processor:.1f} s of processors "
        f"and {size:.0f} MB of publication. {PLANNED:,.0f} million on this machine: "
        f"{(fixed + seconds * PLANNED) / 3600:.1f} hours."
    )
