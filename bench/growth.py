"""How the seconds of each stage grow with history: nothing, and one file, arriving on 1 to 20 years."""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import altair as alt
import vl_convert

from bench.deliveries import correct_one_month, deliver, monthly_files
from bench.generator import Plan
from bench.measure import tell
from bench.nights import Ran, night, prepared
from bench.report import table
from pages.charts import FONT
from pages.row_charts import BLUE, GREY, LIGHT_GREY, MID_GREY, ORANGE, TEXT

LAST_YEAR = 2009
"""Histories end with its March; a longer one begins earlier."""

PARTS = {
    "landing": ("history", "land"),
    "reading, checks and loading": ("read", "validate in", "load"),
    "models": ("transform",),
    "assembling": ("assemble",),
    "gate": ("validate out",),
    "pages and downloads": ("pages", "downloads"),
}
"""Stages drawn as one line. What is left is starting up, publishing and the report."""

REST = "starting and everything else"
TURQUOISE, PINK = "#28A197", "#801650"
COLOURS = (GREY, BLUE, ORANGE, TURQUOISE, PINK, MID_GREY, TEXT)
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke")

EMPTY, ONE = "An empty night", "One corrected month of one area"


@dataclass(frozen=True)
class Point:
    """A night on so many years of history. files: those the warehouse had before it."""

    years: int
    case: str
    files: int
    ran: Ran

    @property
    def parts(self) -> dict[str, float]:
        """Seconds by part, in the order of the picture."""
        named = {part: sum(self.ran.stages.get(stage, 0) for stage in stages) for part, stages in PARTS.items()}
        return {**named, REST: self.ran.measured.seconds - sum(named.values())}


def measure_growth(years: list[int], areas: int, work: Path, picture: Path) -> str:
    """Let one warehouse grow, draw the picture and return Markdown. years: ascending, such as 1, 2, 5."""
    plan = Plan(areas=areas, months=12 * years[-1], first_month=date(LAST_YEAR - years[-1], 4, 1), nsmart_rows=100)
    everything = deliver(plan, work / f"landing-growth-{areas}x{years[-1]}")
    landing, warehouse = work / "landing-growing", work / "warehouse-growing"
    for folder in (landing, warehouse):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(prepared(work), warehouse, symlinks=True)
    points = [point for so_many in years for point in _on(so_many, everything, landing, warehouse)]
    picture.write_text(draw(points), encoding="utf-8")
    return markdown(points, areas)


def _on(years: int, everything: Path, landing: Path, warehouse: Path) -> list[Point]:
    lengthen(landing, everything, years)
    files = sum(1 for _ in landing.rglob("*.csv"))
    night(f"{years} years: taking in what is older", landing, warehouse)
    empty = night(f"{years} years: empty night", landing, warehouse)
    correct_one_month(landing, revision=10 + years)
    one = night(f"{years} years: one corrected month", landing, warehouse)
    return [Point(years, EMPTY, files, empty), Point(years, ONE, files, one)]


def lengthen(landing: Path, everything: Path, years: int) -> None:
    """The last so many years of monthly files, and everything that is not of a month, as links to the same bytes."""
    too_old = {
        path for month, paths in monthly_files(everything).items() if month < (LAST_YEAR - years, 4) for path in paths
    }
    for path in everything.rglob("*.csv"):
        target = landing / path.relative_to(everything)
        if path not in too_old and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, target)
    tell(f"{years} years of history are delivered")


def markdown(points: list[Point], areas: int) -> str:
    """A table a case: a row a number of years, a column a part."""
    told = []
    for case in (EMPTY, ONE):
        of_case = [point for point in points if point.case == case]
        header = ["years", "files", "seconds", "processor seconds", "peak MB", *PARTS, REST]
        rows = [
            [
                str(point.years),
                f"{point.files:,}",
                f"{point.ran.measured.seconds:.1f}",
                f"{point.ran.measured.cpu:.1f}",
                f"{point.ran.measured.megabytes:,.0f}",
                *(f"{seconds:.1f}" for seconds in point.parts.values()),
            ]
            for point in of_case
        ]
        told.append(f"{case}, {areas} areas:\n\n{table(header, rows)}")
    return "\n".join(told)


CONFIG = {
    "background": "#FFFFFF",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal", "gridColor": LIGHT_GREY},
    "legend": {"labelFontSize": 14, "orient": "top", "title": None, "labelLimit": 300, "columns": 3},
}


def draw(points: list[Point]) -> str:
    """The picture as SVG: a line a part, a panel a case."""
    rows = [
        {"case": point.case, "years": point.years, "part": part, "seconds": round(seconds, 3)}
        for point in points
        for part, seconds in point.parts.items()
    ]
    parts = [*PARTS, REST]
    years = sorted({point.years for point in points})
    chart = (
        alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]  # altair's data have no types
        .mark_line(strokeWidth=2, point={"size": 70, "filled": True})
        .encode(
            x=alt.X("years:Q", title="Years of history", axis=alt.Axis(values=years, grid=False)),
            y=alt.Y("seconds:Q", title="Seconds", scale=alt.Scale(domainMin=0)),
            color=alt.Color("part:N", sort=parts, scale=alt.Scale(domain=parts, range=list(COLOURS))),
            shape=alt.Shape("part:N", sort=parts, scale=alt.Scale(domain=parts, range=list(SHAPES))),
        )
        .properties(width=340, height=280)
        .facet(column=alt.Column("case:N", title=None, sort=[EMPTY, ONE], header=alt.Header(labelFontSize=16)))
    )
    specification = {**chart.to_dict(validate=False), "config": CONFIG}
    return vl_convert.vegalite_to_svg(json.dumps(specification))
