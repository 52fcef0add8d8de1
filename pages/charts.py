"""Pictures of figures, which stand in the page and need no script: Vega-Lite charts as SVG, and those of row_charts.

A kind of chart is compiled once; each picture is the compiled chart with rows of its own. Colours are those of the
Government Analysis Function, and no meaning hangs on colour alone.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from html import escape
from typing import Any

import altair as alt
import vl_convert

from figures import Chart, Rows
from pages.letters import FONT_SIZE, shortened, text_width
from pages.limits import smooth_limits
from pages.row_charts import BLUE, GREY, LIGHT_GREY, MID_GREY, ORANGE, ROW_CHARTS, TEXT, draw_rows

Drawing = alt.LayerChart | alt.FacetChart
Drawn = list[dict[str, Any]]
Room = dict[str, int]

ROWS = "rows"
WIDE, NARROW = 700, 280
"""Pixels of a picture: on a desk, and on a telephone or as one of many."""

LONGEST_LABEL = 400
"""Pixels."""

FEW_SIZES = 3
"""Sizes of samples that are so few that limits are no line."""

WHOLE_SCALE = {"domain": [0, 1]}
"""From nothing to all, for proportions that stand beside others."""

LOG_TICKS = [step * 10**power for power in range(7) for step in (1, 2, 5)]
"""Of a logarithmic scale; those beyond its ends are not drawn."""

PERCENT = "format(datum.value, '.0%')"

IN_UNIT = (
    f"pluck(data('{ROWS}'), 'unit')[0] === 'percent' ? format(datum.value, '.1~%') : "
    f"format(datum.value, ',.2~f') + (pluck(data('{ROWS}'), 'unit')[0] === 'days' ? ' days' : '')"
)
"""Labels of an axis in the unit of its rows: proportions in per cent, days by name, others as they are."""

QUARTER = "3 * 2629800000 * (range('x')[1] - range('x')[0]) / (domain('x')[1] - domain('x')[0])"
"""Pixels of three months."""
MONTH_ROOM = 64
"""Pixels that the label of a month needs."""
MONTHS = (
    f"{QUARTER} >= {MONTH_ROOM} || (2 * {QUARTER} >= {MONTH_ROOM} && month(datum.value) % 6 === 3) || "
    "month(datum.value) === 3 ? timeFormat(datum.value, '%b %Y') : ''"
)
"""Labels of quarters where there is room, else of each April and October, else of each April, which begins a year."""

QUARTERS: dict[str, Any] = {"tickCount": {"interval": "month", "step": 3}}

FONT = "arial, Liberation Sans, sans-serif"

# Nine tenths of a picture's time would go into measuring its words. Words without a size are not measured: they get
# theirs when the picture is drawn (_accessible), and the room for them is given, or reckoned from the longest.
CONFIG = {
    "background": "#FFFFFF",
    "view": {"stroke": None},
    "text": {"fontSize": 0},
    "axis": {
        "labelFontSize": 0,
        "titleFontSize": 0,
        "titleFontWeight": "normal",
        "labelBaseline": "alphabetic",
        "titleBaseline": "alphabetic",
        "labelOverlap": False,
        "labelFlush": False,
        "labelLimit": 0,
        "labelColor": TEXT,
        "titleColor": TEXT,
        "gridColor": LIGHT_GREY,
        "domainColor": MID_GREY,
        "tickColor": MID_GREY,
    },
    "axisX": {"labelPadding": 13, "titleY": 42},
    "axisY": {"labelPadding": 3, "labelOffset": 5, "titleX": -50},
}


def pictures(rows: Rows) -> list[tuple[str, str]]:
    """The pictures of a figure, each with its title (empty where there is one only) and its HTML.

    One that stands alone is drawn twice where it cannot be stretched: for a desk and for a telephone.
    """
    chart = rows.figure.chart
    if chart is None:
        return []
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows.rows:
        groups.setdefault(str(row[chart.by]) if chart.by else "", []).append(_fields(chart, row))
    prefix = rows.figure.name
    return [
        (title, _drawn(chart, found, title or rows.figure.title, f"{prefix}-{number}"))
        for number, (title, found) in enumerate(groups.items(), 1)
    ]


def _drawn(chart: Chart, rows: list[dict[str, Any]], title: str, name: str) -> str:
    if chart.by or chart.kind in ROW_CHARTS:
        return draw(chart.kind, rows, title, chart.description, name)
    wide = draw(chart.kind, rows, title, chart.description, f"{name}-wide", WIDE)
    narrow = draw(chart.kind, rows, title, chart.description, name)
    return f'<div class="casebook-wide">{wide}</div><div class="casebook-narrow">{narrow}</div>'


def draw(kind: str, rows: list[dict[str, Any]], title: str, description: str, name: str, width: int = NARROW) -> str:
    """A chart of a kind over rows.

    name: unlike that of every other picture of its page. width: in pixels, of those that cannot be stretched.
    """
    if kind in ROW_CHARTS:
        return draw_rows(kind, rows, title, description, name)
    vega = _compiled(kind, width)
    rows, room = ROOM[kind](rows, width)
    data = [{**source, "values": rows} if source["name"] == ROWS else source for source in vega["data"]]
    spec = {**vega, "data": data, "padding": room}
    return _accessible(vl_convert.vega_to_svg(json.dumps(spec)), title, description, name)


def _fields(chart: Chart, row: dict[str, Any]) -> dict[str, Any]:
    return {part: _plain(row[column]) for part, column in chart.fields.items()}


def _plain(value: Any) -> Any:
    # A time without a zone is the same moment on every machine only if it is read and written as local time.
    return f"{value.isoformat()}T00:00:00" if isinstance(value, date) else value


@cache
def _compiled(kind: str, width: int) -> dict[str, Any]:
    chart = CHARTS[kind](alt.Chart(alt.NamedData(ROWS)), width)
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega({**chart.to_dict(validate=False), "config": CONFIG})
    return json.loads(json.dumps(compiled))  # type: ignore[no-any-return]


def _accessible(svg: str, title: str, description: str, name: str) -> str:
    """One picture with a title and a description, instead of hundreds of nameless parts; ids unlike the others'; and
    nothing that cannot be seen."""
    unseen = r' (aria-[a-z]+|role|tabindex|class|pointer-events|font-family|font-size)="[^"]*"| opacity="1"'
    svg = re.sub(unseen, "", svg)
    svg = re.sub(r'(\.\d\d)\d+(?=[,)"A-Z])', r"\1", svg)
    svg = re.sub(r'<path (d="" )?display="none"/>|<path d="M0,0h0v0h0Z"/>', "", svg)
    for identifier in sorted(set(re.findall(r' id="([^"]+)"', svg))):
        svg = re.sub(rf'(id="|#){re.escape(identifier)}(?=["\)])', rf"\g<1>{name}-{identifier}", svg)
    names = f'role="img" aria-labelledby="{name}-title {name}-description"'
    opening = f'<svg {names} font-family="{FONT}" font-size="{FONT_SIZE}px" xmlns="http://www.w3.org/2000/svg"'
    told = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-description">{escape(description)}</desc>'
    svg = svg.replace('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"', opening, 1)
    return svg.replace(">", f">{told}", 1)


def _per_cent(field: str, title: str | None = None, **scale: Any) -> dict[str, Any]:
    axis = alt.Axis(labelExpr=PERCENT, tickCount=5)
    return {"shorthand": f"{field}:Q", "title": title, "axis": axis, "scale": alt.Scale(**scale)}


def _trend(base: alt.Chart, width: int) -> Drawing:
    """A measure month by month, with target and limits; a ring is a signal. A month without a value is a gap, and every
    month has its place on the axis, so that pictures of the same months have the same axis. Parts: month, value, unit,
    and perhaps target, lower, upper, signal."""
    month = alt.X("month:T", title=None, axis=alt.Axis(**QUARTERS, labelExpr=MONTHS, grid=False))
    scale = alt.Scale(zero=False)
    value = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=4, labelExpr=IN_UNIT))
    places = base.mark_line(opacity=0).encode(x=month, y=alt.value(0))
    band = base.mark_area(color=LIGHT_GREY, opacity=1).encode(x=month, y=alt.Y("lower:Q", title=None), y2="upper:Q")
    target = base.mark_line(color=GREY, strokeDash=[6, 3]).encode(x=month, y="target:Q")
    line = base.mark_line(color=BLUE, strokeWidth=2).encode(x=month, y=value)
    # A month between two gaps makes no line.
    alone = (
        base.transform_window(before="lag(value)", after="lead(value)")
        .transform_filter("isValid(datum.value) && !isValid(datum.before) && !isValid(datum.after)")
        .mark_point(filled=True, size=22, color=BLUE, opacity=1)
        .encode(x=month, y=value)
    )
    signal = (
        base.transform_filter("isValid(datum.signal)")
        .mark_point(size=130, color=ORANGE, strokeWidth=2.5, opacity=1)
        .encode(x=month, y=value)
    )
    return alt.layer(places, band, target, line, alone, signal).properties(
        width=width - 80, height=110 if width == NARROW else 220, autosize="none"
    )


def _funnel(
    base: alt.Chart, width: int, of: str = "Score", scale: Mapping[str, Any] = WHOLE_SCALE, over: alt.X | None = None
) -> Drawing:
    """Scores against numbers of cases, with control limits round the pooled score. Parts: label, cases, value, pooled,
    low_95, high_95, low_998, high_998, outside, far_outside."""
    ticks = 4 if width == NARROW else 8
    cases = over or alt.X(
        "cases:Q", title="Cases", scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=ticks)
    )
    value = alt.Y(**_per_cent("value", title=of, **scale))
    limits = [
        base.mark_line(color=MID_GREY, strokeDash=dash, interpolate="monotone").encode(
            x=cases, y=alt.Y(**_per_cent(field, title=of, **scale))
        )
        for field, dash in (("low_95", [6, 3]), ("high_95", [6, 3]), ("low_998", [2, 2]), ("high_998", [2, 2]))
    ]
    # Ticks instead where all samples are of one size, since lines have no length there.
    of_one_size = base.transform_joinaggregate(fewest="min(cases)", most="max(cases)").transform_filter(
        "datum.fewest === datum.most"
    )
    limits += [
        of_one_size.mark_tick(color=MID_GREY, orient="horizontal", size=width, thickness=2).encode(
            x=cases, y=alt.Y(f"{field}:Q", title=of)
        )
        for field, width in (("low_95", 40), ("high_95", 40), ("low_998", 20), ("high_998", 20))
    ]
    middle = base.mark_line(color=GREY).encode(x=cases, y="pooled:Q")
    inside = base.transform_filter("!datum.outside").mark_point(filled=True, size=60, color=BLUE, opacity=1)
    outside = base.transform_filter("datum.outside").mark_point(
        shape="diamond", filled=True, size=110, color=ORANGE, opacity=1, stroke=TEXT
    )
    named = base.transform_filter("datum.far_outside && isValid(datum.label)").mark_text(
        align="left", baseline="alphabetic", dx=9, dy=5, color=TEXT
    )
    return alt.layer(
        *limits,
        middle,
        inside.encode(x=cases, y=value),
        outside.encode(x=cases, y=value),
        named.encode(x=cases, y=value, text="label:N"),
    ).properties(width=width - 100, height=320, autosize="none")


def _measure_funnel(base: alt.Chart, width: int) -> Drawing:
    """The funnel of a measure: limits round thousands of people are narrow, so the scale is that of the figures; London
    has many times the people of others, so that of people is logarithmic."""
    axis = alt.Axis(values=LOG_TICKS, tickCount=3 if width == NARROW else 12, format=",d")
    scale = alt.Scale(type="log", zero=False, nice=False, padding=10)
    people = alt.X("cases:Q", title="People counted (logarithmic scale)", scale=scale, axis=axis)
    return _funnel(base, width, "Figure", {"zero": False}, people)


CHARTS: dict[str, Callable[[alt.Chart, int], Drawing]] = {
    "trend": _trend,
    "funnel": _funnel,
    "measure_funnel": _measure_funnel,
}
"""Kinds of charts by the name that figures use; ROW_CHARTS has the others."""


def _for_funnel(rows: Drawn, width: int) -> tuple[Drawn, Room]:
    """Names may stand beside the last dot, where there is room."""
    alike = len({row["cases"] for row in rows}) <= FEW_SIZES
    rows = [{**row, "alike": alike, "label": None if width == NARROW else row["label"]} for row in rows]
    cut = [{**row, "label": shortened(str(row["label"]), LONGEST_LABEL)} if row["label"] else row for row in rows]
    widest = max((text_width(row["label"]) for row in cut if row["far_outside"] and row["label"]), default=0)
    return cut, {"left": 75, "right": max(25, math.ceil(widest) + 15), "top": 15, "bottom": 55}


def _for_measure_funnel(rows: Drawn, width: int) -> tuple[Drawn, Room]:
    """Limits without the steps of whole counts, which few people make large."""
    return _for_funnel([{**row, **_smooth(row)} for row in rows], width)


def _smooth(row: dict[str, Any]) -> dict[str, float]:
    if row["low_95"] is None:
        return {}
    (low_95, high_95), (low_998, high_998) = (
        smooth_limits(round(row["cases"]), row["pooled"], tail) for tail in (0.025, 0.001)
    )
    return {"low_95": low_95, "high_95": high_95, "low_998": low_998, "high_998": high_998}


def _for_trend(rows: Drawn, _: int) -> tuple[Drawn, Room]:
    """The same for all of a unit, so that they are of one size."""
    left = 85 if any(row["unit"] == "days" for row in rows) else 50
    return rows, {"left": left, "right": 30, "top": 8, "bottom": 25}


ROOM: dict[str, Callable[[Drawn, int], tuple[Drawn, Room]]] = {
    "trend": _for_trend,
    "funnel": _for_funnel,
    "measure_funnel": _for_measure_funnel,
}
"""The rows as they are drawn, and the room round a kind of chart for its words."""
