"""Command line: write invented deliveries to a folder."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from bench.generator import PRESETS, Plan, PlanError, Planted, generate


def main(
    out: Annotated[Path, typer.Option(help="New or empty folder for the deliveries; only deliveries are put there.")],
    preset: Annotated[str, typer.Option(help=f"Sizes to start from: {', '.join(PRESETS)}.")] = "fullness",
    areas: Annotated[int | None, typer.Option(help="How many areas deliver, at most 42.")] = None,
    months: Annotated[int | None, typer.Option(help="How many months they deliver, at least 3.")] = None,
    first_month: Annotated[str | None, typer.Option(help="The first of these months, such as 2004-04.")] = None,
    inspections: Annotated[int | None, typer.Option(help="How many inspections; the frameworks take turns.")] = None,
    cases: Annotated[int | None, typer.Option(help="Cases in an inspection's main sample (a follow-up: half).")] = None,
    nsmart_rows: Annotated[int | None, typer.Option(help="Cases in an area's monthly NSmart extract.")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same bytes, another other figures.")] = None,
    planted: Annotated[Path | None, typer.Option(help="File outside the folder for what was planted, as JSON.")] = None,
) -> None:
    """Write invented deliveries of every kind to a folder, with a few effects planted in them.

    Nothing in them is real: use them to try, test and measure the warehouse, never to say anything about an area.
    Options given override those of the preset.
    """
    sizes = {"areas": areas, "months": months, "inspections": inspections, "cases": cases, "nsmart_rows": nsmart_rows}
    try:
        plan = _plan(preset, {**sizes, "seed": seed, "first_month": _month(first_month)})
        _refuse_inside(out, planted)
        truth = _generate(plan, out)
    except PlanError as error:
        raise SystemExit(str(error)) from error
    if planted:
        planted.write_text(truth.as_json(), encoding="utf-8")
    files = sum(1 for path in out.rglob("*.csv"))
    print(f"{files} deliveries are in {out}. Everything in them is invented.")


def _plan(preset: str, options: dict[str, Any]) -> Plan:
    if preset not in PRESETS:
        raise PlanError(f"There is no preset {preset}: choose from {', '.join(PRESETS)}.")
    return replace(PRESETS[preset], **{name: value for name, value in options.items() if value is not None})


def _month(text: str | None) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError as error:
        raise PlanError(f"Write the first month as year and month, such as 2004-04, not {text}.") from error


def _refuse_inside(out: Path, planted: Path | None) -> None:
    if planted and planted.resolve().is_relative_to(out.resolve()):
        raise PlanError("Put the file of planted effects outside the folder: there it would be an unknown delivery.")


def _generate(plan: Plan, out: Path) -> Planted:
    with Progress() as bar:
        task = bar.add_task("Writing invented deliveries")
        return generate(plan, out, lambda done, total: bar.update(task, completed=done, total=total))


if __name__ == "__main__":
    typer.run(main)
