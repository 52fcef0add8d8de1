"""What a night costs: against a bare SQL script that writes the same tables without checks, in one run."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from bench.generator import PRESETS, generate

PROJECT = Path(__file__).resolve().parent.parent
CASEBOOK = str(Path(sys.executable).with_name("casebook"))


@dataclass(frozen=True)
class Measured:
    """One command: wall-clock seconds, processor seconds, peak memory of its largest process in MB."""

    name: str
    seconds: float
    cpu: float
    megabytes: float


def main(
    preset: Annotated[str, typer.Option(help=f"Size of the invented deliveries: {', '.join(PRESETS)}.")] = "benchmark",
    folder: Annotated[Path | None, typer.Option(help="Work here and keep it; otherwise a temporary folder.")] = None,
) -> None:
    """Compare a night with a bare SQL script and print seconds per stage, as Markdown."""
    with tempfile.TemporaryDirectory() as temporary:
        _run(preset, folder or Path(temporary))


def _run(preset: str, work: Path) -> None:
    landing, warehouse, prepared = work / "landing", work / "warehouse", work / "prepared"
    print(f"Making invented deliveries ({preset}) ...", file=sys.stderr)
    generate(PRESETS[preset], landing)
    (work / "nothing").mkdir(parents=True, exist_ok=True)
    _night("", work / "nothing", prepared)
    shutil.copytree(prepared, warehouse, symlinks=True)
    bare = _measure("bare script", [sys.executable, "-m", "bench.bare", str(landing), str(work / "bare.duckdb")])
    night = _night("night", landing, warehouse)
    empty = _night("empty night", landing, warehouse)
    _correct_one_month(landing)
    one = _night("one corrected month", landing, warehouse)
    first = _night("first night, examples", PROJECT / "examples", work / "examples")
    _print_commands([bare, night, empty, one, first])
    print(f"\nnight / bare script: {night.seconds / bare.seconds:.1f}")
    print(f"one corrected month over an empty night: {one.seconds - empty.seconds:.1f} s\n")
    _print_stages(warehouse)


def _correct_one_month(landing: Path) -> None:
    """The next revision of one area's NSmart month, a case shorter."""
    original = sorted(landing.rglob("nsmart_*.csv"))[0]
    header, _, *rows = original.read_text(encoding="utf-8").splitlines()
    original.with_name(f"{original.stem}_r9.csv").write_text("\n".join([header, *rows]), encoding="utf-8")


def _night(name: str, landing: Path, warehouse: Path) -> Measured:
    return _measure(name, [CASEBOOK, "nightly", "--landing", str(landing), "--warehouse", str(warehouse)])


def _measure(name: str, command: list[str]) -> Measured:
    print(f"{name or 'preparing a warehouse'} ...", file=sys.stderr)
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed:\n{said}")
    seconds = time.monotonic() - started
    return Measured(name, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _print_commands(measured: list[Measured]) -> None:
    print("| | seconds | processor seconds | peak MB |\n| --- | ---: | ---: | ---: |")
    for m in measured:
        print(f"| {m.name} | {m.seconds:.1f} | {m.cpu:.1f} | {m.megabytes:,.0f} |")


def _print_stages(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse / "restricted" / "warehouse.duckdb"), read_only=True) as connection:
        runs = connection.execute(
            """
            select json_keys(stage_seconds), stage_seconds, files_in, rows_in, json_extract(stage_seconds, '$.*')
            from intake.run where files_in > 0 order by run_id limit 1
            """
        ).fetchone()
    assert runs is not None
    stages, _, files, rows, seconds = runs
    print(f"| stage ({files:,} files, {rows:,} rows) | seconds |\n| --- | ---: |")
    for stage, value in zip(stages, seconds, strict=True):
        print(f"| {stage} | {float(value):.1f} |")


if __name__ == "__main__":
    typer.run(main)
