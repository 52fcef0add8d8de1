"""What nights cost: the first with everything, against the bare script, and those on which little or nothing comes."""

import json
import re
import shutil
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bench.compiled import compile_project, write_script
from bench.deliveries import BUSINESS_DATE, NEXT_DAY, correct_one_month, deliver
from bench.measure import Failed, Measured, measure, tell
from bench.parity import OF_THE_NIGHT, differences
from bench.report import table
from expectations.reference import PROJECT
from flows.base.night import code_version

CASEBOOK = str(Path(sys.executable).with_name("casebook"))

NOT_IN_BARE = ("pages", "downloads")
"""Stages whose work the bare script has no part of."""


@dataclass(frozen=True)
class Ran:
    """A night: what it cost, and what it says of itself. stages: seconds by name; files, rows: new ones."""

    measured: Measured
    stages: dict[str, float]
    files: int
    rows: int

    def counted(self, pattern: str) -> int:
        """The sum of the numbers that the night told in lines of this form. Errors: Failed where it told none."""
        found = re.findall(pattern, self.measured.said)
        if not found:
            raise Failed(f"The night did not say {pattern}:\n{self.measured.said}")
        return sum(int(number.replace(",", "")) for number in found)

    @property
    def checks(self) -> dict[str, int]:
        """How many checks it made, by what they look at."""
        return {
            "expectations of deliveries": self.counted(r"validate in: ([\d,]+) rules"),
            "dbt tests of the tables": self.counted(r"transform: .*, ([\d,]+) of them tests"),
            "expectations of the publication": self.counted(r"validate out: ([\d,]+) expectations"),
        }

    @property
    def check_seconds(self) -> float:
        """Seconds of the two stages that do nothing but check."""
        return self.stages["validate in"] + self.stages["validate out"]


def published(warehouse: Path) -> Path:
    """The file that analysts get."""
    return warehouse / "current" / "analyst.duckdb"


def night(
    name: str, landing: Path, warehouse: Path, day: date = BUSINESS_DATE, memory: str = "", engine: str = ""
) -> Ran:
    """Run one and measure it. memory, engine: what DuckDB may use, and where dbt builds, where not by default."""
    folders = ["--landing", str(landing), "--warehouse", str(warehouse), "--date", day.isoformat()]
    given = {"CASEBOOK_MEMORY": memory, "CASEBOOK_ENGINE": engine}
    settings = {setting: value for setting, value in given.items() if value}
    measured = measure(name, [CASEBOOK, "nightly", *folders], warehouse / "restricted" / "tmp", settings)
    with duckdb.connect(str(warehouse / "restricted" / "warehouse.duckdb"), read_only=True) as connection:
        stages, files, rows = connection.execute(
            "select stage_seconds, files_in, rows_in from intake.run order by run_id desc limit 1"
        ).fetchall()[0]
    return Ran(measured, json.loads(stages), files, rows)


def prepared(work: Path) -> Path:
    """A warehouse in which a night without deliveries has run: set up, with everything tested that knows none.

    A night refuses to begin with a folder without files: there is one, which is no delivery.
    """
    # One of other code would begin by building and testing everything anew.
    warehouse, nothing = work / f"prepared-{code_version()}", work / "nothing"
    if not published(warehouse).exists():
        shutil.rmtree(warehouse, ignore_errors=True)
        nothing.mkdir(parents=True, exist_ok=True)
        (nothing / "nothing.txt").touch()
        night("preparing a warehouse", nothing, warehouse)
    return warehouse


def compare_with_bare(preset: str, work: Path, memory: str = "") -> str:
    """A night with everything a preset delivers, against the bare script; then nights on which little comes.

    Leaves the warehouse in `work`. Returns Markdown. Errors: Failed where the two came to different tables.
    """
    landing = deliver(preset, work / f"landing-{preset}")
    tell("compiling the models for the bare script ...")
    script = work / f"bare-{preset}.sql"
    shutil.rmtree(work / "compiled", ignore_errors=True)
    write_script(compile_project(work / "compiled", BUSINESS_DATE), landing, script)
    warehouse = fresh_copy(prepared(work), work / f"warehouse-{preset}")
    bare = _bare(script, work / f"bare-{preset}", memory)
    full = night("night", landing, warehouse, memory=memory)
    same = _require_same(published(warehouse), work / f"bare-{preset}" / "warehouse.duckdb")
    judgements = _judgements(published(warehouse))
    later = _little_comes(landing, warehouse, memory)
    heading = f"### {preset}: {judgements:,} judgements, {full.rows:,} rows in {full.files:,} files\n"
    return "\n".join([heading, costs([bare, full.measured]), _ratios(bare, full, same), later.markdown(full)])


@dataclass(frozen=True)
class Later:
    """Nights after the first: nothing comes, the day after, one corrected month, and nothing again."""

    empty: Ran
    next_day: Ran
    one: Ran

    def markdown(self, full: Ran) -> str:
        """What they cost, and the stages of each beside those of the first."""
        runs = {"night": full, "empty": self.empty, "next day": self.next_day, "one month": self.one}
        over = self.one.measured.seconds - self.empty.measured.seconds
        stages = list(dict.fromkeys(stage for ran in runs.values() for stage in ran.stages))
        rows = [[stage, *(f"{ran.stages.get(stage, 0):.1f}" for ran in runs.values())] for stage in stages]
        outside = [f"{ran.measured.seconds - sum(ran.stages.values()):.1f}" for ran in runs.values()]
        return "\n".join(
            [
                costs([ran.measured for ran in (self.empty, self.next_day, self.one)]),
                f"One corrected month over an empty night: {over:.1f} s.\n",
                table(["stage: seconds", *runs], [*rows, ["outside the stages", *outside]]),
            ]
        )


def _little_comes(landing: Path, warehouse: Path, memory: str) -> Later:
    empty = night("empty night", landing, warehouse, memory=memory)
    corrected = correct_one_month(landing, revision=9)
    try:
        one = night("one corrected month", landing, warehouse, memory=memory)
    finally:
        # The folder is as it was made, for the next run.
        corrected.unlink()
    next_day = night("the next day's night, nothing new", landing, warehouse, NEXT_DAY, memory)
    return Later(empty, next_day, one)


def little_comes(preset: str, work: Path) -> str:
    """The same later nights on a warehouse that has taken in a preset, without the bare script. Returns Markdown."""
    landing, warehouse, full = _take_in(preset, work)
    later = _little_comes(landing, warehouse, "")
    return (
        f"### {preset}: {full.rows:,} rows in {full.files:,} files\n\n{costs([full.measured])}\n{later.markdown(full)}"
    )


def publication_of(preset: str, work: Path) -> Path:
    """What a preset's deliveries are published as; a night is run unless there was one in this folder."""
    file = published(work / f"warehouse-{preset}")
    if not file.exists():
        _take_in(preset, work)
    return file


def _take_in(preset: str, work: Path) -> tuple[Path, Path, Ran]:
    landing = deliver(preset, work / f"landing-{preset}")
    warehouse = fresh_copy(prepared(work), work / f"warehouse-{preset}")
    return landing, warehouse, night(f"{preset}: taking everything in", landing, warehouse)


def first_on_examples(work: Path) -> str:
    """The first night of all, on the example deliveries. Returns Markdown."""
    shutil.rmtree(work / "examples", ignore_errors=True)
    first = night("first night, examples", PROJECT / "examples", work / "examples", date(2009, 1, 20))
    return f"### The very first night, on the example deliveries\n\n{costs([first.measured])}"


def costs(measured: list[Measured]) -> str:
    """A row a command."""
    return table(
        ["", "seconds", "processor seconds", "peak MB", "spilled MB"],
        [[m.name, f"{m.seconds:.1f}", f"{m.cpu:.1f}", f"{m.megabytes:,.0f}", f"{m.spilled:,.0f}"] for m in measured],
    )


def fresh_copy(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(source, target, symlinks=True))


def _bare(script: Path, out: Path, memory: str) -> Measured:
    shutil.rmtree(out, ignore_errors=True)
    settings = {"CASEBOOK_MEMORY": memory} if memory else {}
    return measure("bare script", [sys.executable, "-m", "bench.bare", str(script), str(out)], out / "tmp", settings)


def _require_same(publication: Path, bare: Path) -> int:
    """How many tables are equal. Errors: Failed where one is not: then the seconds are not of the same work."""
    tables, unequal = differences(publication, bare)
    if unequal:
        raise Failed("The bare script did not write what the night published: " + "; ".join(map(str, unequal)))
    tell(f"the bare script's {tables} tables hold what the night published")
    return tables


def _ratios(bare: Measured, full: Ran, same: int) -> str:
    seconds = full.measured.seconds
    without = seconds - sum(full.stages.get(stage, 0) for stage in NOT_IN_BARE)
    checks = full.checks
    return table(
        ["", ""],
        [
            ["whole night / bare script", f"{seconds / bare.seconds:.1f}"],
            ["night without pages and downloads / bare script", f"{without / bare.seconds:.1f}"],
            ["the same in processor seconds, whole night", f"{full.measured.cpu / bare.cpu:.1f}"],
            ["tables compared row for row and equal", f"{same} of {same + len(OF_THE_NIGHT)}"],
            ["seconds of checks (validate in, validate out)", f"{full.check_seconds:.1f}"],
            ["the same a million rows", f"{full.check_seconds / full.rows * 1e6:.2f}"],
            *([what, f"{count:,}"] for what, count in checks.items()),
        ],
    )


def _judgements(publication: Path) -> int:
    with duckdb.connect(str(publication), read_only=True) as connection:
        (count,) = connection.execute("select count(*) from marts.fct_judgement").fetchall()[0]
    return int(count)
