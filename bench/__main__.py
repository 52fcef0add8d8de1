"""Command line of the benchmarks: Markdown on standard output, progress on standard error."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bench import analysts, nights
from bench.deliveries import deliver
from bench.generator import PRESETS
from bench.measure import Failed, tell
from bench.scripts.measure import SPARK_PYTHON, measure_scripts
from expectations.reference import PROJECT

app = typer.Typer(
    help="Measure the warehouse on invented deliveries, each comparison in one run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PresetOption = Annotated[str, typer.Option(help=f"Size of the invented deliveries: {', '.join(PRESETS)}.")]
FolderOption = Annotated[
    Path | None, typer.Option(help="Work here and keep it, deliveries too; otherwise in a temporary folder.")
]
SparkOption = Annotated[Path, typer.Option("--spark", help="Python with PySpark; left out where it is not there.")]


@app.command()
def standard(folder: FolderOption = None, spark: SparkOption = SPARK_PYTHON) -> None:
    """What `make bench` measures: nights, scripts and questions (about 45 minutes on two cores)."""
    with _in(folder) as work:
        _tell("## A night against the bare script", nights.compare_with_bare("benchmark", work))
        _tell("## Scripts", measure_scripts(work / "landing-benchmark", work / "scripts", spark))
        _tell("## Ten years of history", nights.little_comes("decade", work))
        _tell("## The first night", nights.first_on_examples(work))
        _tell("## Questions", *_questions("fullness", work), *_questions("benchmark", work))


@app.command()
def night(
    preset: PresetOption = "benchmark",
    folder: FolderOption = None,
    memory: Annotated[str, typer.Option(help="What DuckDB may use, as CASEBOOK_MEMORY.")] = "",
) -> None:
    """A night with everything against the bare script, then nights on which little comes."""
    with _in(folder) as work:
        _tell(nights.compare_with_bare(preset, work, memory))


@app.command()
def later(preset: PresetOption = "decade", folder: FolderOption = None) -> None:
    """Nights on which nothing or one corrected month comes, on a warehouse that has taken a preset in."""
    with _in(folder) as work:
        _tell(nights.little_comes(preset, work))


@app.command()
def first(folder: FolderOption = None) -> None:
    """The very first night, on the example deliveries."""
    with _in(folder) as work:
        _tell(nights.first_on_examples(work))


@app.command()
def scripts(preset: PresetOption = "benchmark", folder: FolderOption = None, spark: SparkOption = SPARK_PYTHON) -> None:
    """The same work in DuckDB, Polars, pandas and Spark, on the same deliveries."""
    with _in(folder) as work:
        _tell(measure_scripts(deliver(preset, work / f"landing-{preset}"), work / "scripts", spark))


@app.command()
def growth(
    folder: FolderOption = None,
    years: Annotated[str, typer.Option(help="Lengths of history, ascending.")] = "1,2,5,10,20",
    areas: Annotated[int, typer.Option(help="How many areas deliver.")] = 42,
    picture: Annotated[Path, typer.Option(help="Where to draw it.")] = PROJECT / "docs" / "pictures" / "growth.svg",
) -> None:
    """Seconds of each stage as history grows, for an empty night and for one file."""
    # Loaded here: what draws the picture takes a second.
    from bench.growth import measure_growth

    with _in(folder) as work:
        _tell(measure_growth([int(each) for each in years.split(",")], areas, work, picture))


@app.command()
def scaling(
    folder: FolderOption = None,
    cases: Annotated[str, typer.Option(help="Cases of each inspection, a size each.")] = "55,220,880",
    inspections: Annotated[int, typer.Option(help="How many inspections.")] = 100,
    engines: Annotated[str, typer.Option(help="Where nights build.")] = "duckdb,spark",
) -> None:
    """What a million judgements cost a whole night on DuckDB and on Spark; Spark needs the Python that has it."""
    from bench.scaling import measure_scaling

    with _in(folder) as work:
        _tell(measure_scaling([int(each) for each in cases.split(",")], engines.split(","), inspections, work))


@app.command()
def simulate(
    share: Annotated[
        float, typer.Option(help="Part of the draws, such as 0.05 for a look; only 1 writes page and picture.")
    ] = 1.0,
) -> None:
    """How often intervals cover, flags are false and signals false alarms; writes docs/reference/simulation.md."""
    # Loaded here: what draws the picture takes a second.
    from bench.simulate.study import run

    _tell(run(share))


@app.command()
def queries(files: Annotated[list[Path], typer.Argument(help="Published files (analyst.duckdb).")]) -> None:
    """Twelve questions of analysts to published files, on one core."""
    for file in files:
        _tell(f"### {file}", analysts.measure_queries(file))


@app.command()
def shares(
    file: Annotated[Path, typer.Argument(help="Published file (analyst.duckdb).")],
    secrets: Annotated[int, typer.Option(help="Under how many secrets it is released.")] = 10,
    folder: FolderOption = None,
    picture: Annotated[Path, typer.Option(help="Where to draw it.")] = PROJECT / "docs" / "pictures" / "shares.svg",
) -> None:
    """How far the shares of releases are from the exact ones, by the base published beside them."""
    from bench.shares import measure_shares

    with _in(folder) as work:
        _tell(measure_shares(file.absolute(), secrets, work, picture))


@app.command()
def risk(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Published files (analyst.duckdb); ten generated countries without one.")
    ] = None,
    secrets: Annotated[int, typer.Option(help="Under how many secrets each is released.")] = 5,
    folder: FolderOption = None,
    picture: Annotated[Path | None, typer.Option(help="Where to draw how often it is right.")] = None,
) -> None:
    """What the attack finds of small counts in releases, given the true distribution over areas (50 minutes)."""
    from bench.risk import countries, measure_risk

    with _in(folder) as work:
        publications = [file.absolute() for file in files] if files else countries(work)
        _tell(measure_risk(publications, secrets, work, picture))


def _questions(preset: str, work: Path) -> tuple[str, str]:
    """The questions to what a preset publishes; its night is run unless an earlier step did."""
    return f"### {preset}", analysts.measure_queries(nights.publication_of(preset, work))


@contextmanager
def _in(folder: Path | None) -> Iterator[Path]:
    """The folder to work in. Errors: SystemExit with what a measured command said, where it failed."""
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            yield folder.absolute()
        else:
            with tempfile.TemporaryDirectory(prefix="casebook-bench-") as temporary:
                yield Path(temporary)
    except Failed as failure:
        tell(str(failure))
        raise SystemExit(1) from None


def _tell(*parts: str) -> None:
    # At once: a later step may fail, and what was measured is worth having.
    print("\n".join(parts), flush=True)


if __name__ == "__main__":
    app()
