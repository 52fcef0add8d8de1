"""Pictures of figures: Vega-Lite charts as SVG that stands in the page and needs no script.

A kind of chart is compiled once; each picture is the compiled chart with rows of its own. Colours are those of the
Government Analysis Function, and no meaning hangs on colour alone.
"""

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from html import escape
from typing import Any

import altair as alt
import vl_convert

from figures import Chart, Rows

BLUE, ORANGE, GREY, MID_GREY, TEXT = "#12436D", "#F46A25", "#3D3D3D", "#6B7276", "#0B0C0C"
"""On white: dark blue 10.2 to 1, orange 3.0, dark grey 10.9, mid grey 4.9, text 19.6 (tests/unit/test_charts.py)."""

Drawing = alt.LayerChart | alt.FacetChart

ROWS = "rows"
WIDTH = 640
SMALL = 270

PERCENT = "format(datum.value, '.0%')"

CONFIG = {
    "background": "#FFFFFF",
    "font": "arial, Liberation Sans, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "labelColor": TEXT,
        "titleColor": TEXT,
        "gridColor": "#DEE0E2",
        "domainColor": MID_GREY,
        "tickColor": MID_GREY,
        "labelLimit": 380,
    },
    "legend": {"labelFontSize": 14, "orient": "top", "title": None, "labelLimit": 300, "labelColor": TEXT},
}


def pictures(rows: Rows) -> list[tuple[str, str]]:
    """The pictures of a figure, each with its title (empty where there is one only) and its SVG."""
    chart = rows.figure.chart
    if chart is None:
        return []
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows.rows:
        groups.setdefault(str(row[chart.by]) if chart.by else "", []).append(_fields(chart, row))
    prefix = rows.figure.name
    return [
        (title, draw(chart.kind, found, title or rows.figure.title, chart.description, f"{prefix}-{number}"))
        for number, (title, found) in enumerate(groups.items(), 1)
    ]


def draw(kind: str, rows: list[dict[str, Any]], title: str, description: str, name: str) -> str:
    """A chart of a kind over rows as SVG. name: unlike that of every other picture of its page."""
    vega = _compiled(kind)
    data = [{**source, "values": rows} if source["name"] == ROWS else source for source in vega["data"]]
    return _accessible(vl_convert.vega_to_svg({**vega, "data": data}), title, description, name)


def _fields(chart: Chart, row: dict[str, Any]) -> dict[str, Any]:
    return {part: _plain(row[column]) for part, column in chart.fields.items()}


def _plain(value: Any) -> Any:
    # A time without a zone is the same moment on every machine only if it is read and written as local time.
    return f"{value.isoformat()}T00:00:00" if isinstance(value, date) else value


@cache
def _compiled(kind: str) -> dict[str, Any]:
    chart = CHARTS[kind](alt.Chart(alt.NamedData(ROWS))).properties(padding=5)
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega({**chart.to_dict(validate=False), "config": CONFIG})
    return json.loads(json.dumps(compiled))  # type: ignore[no-any-return]


def _accessible(svg: str, title: str, description: str, name: str) -> str:
    """One picture with a title and a description, instead of hundreds of nameless parts; ids unlike the others'."""
    svg = re.sub(r' (aria-[a-z]+|role|tabindex)="[^"]*"', "", svg)
    for identifier in sorted(set(re.findall(r' id="([^"]+)"', svg))):
        svg = re.sub(rf'(id="|#){re.escape(identifier)}(?=["\)])', rf"\g<1>{name}-{identifier}", svg)
    opening = f'<svg role="img" aria-labelledby="{name}-title {name}-description" xmlns="http://www.w3.org/2000/svg"'
    told = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-description">{escape(description)}</desc>'
    svg = svg.replace('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"', opening, 1)
    return svg.replace(">", f">{told}", 1)


def _per_cent(field: str, title: str | None = None, **scale: Any) -> dict[str, Any]:
    return {"shorthand": f"{field}:Q", "title": title, "axis": alt.Axis(labelExpr=PERCENT), "scale": alt.Scale(**scale)}


def _intervals(base: alt.Chart) -> Drawing:
    """Scores with their 95 % intervals, a row each; a cross is the figure they are set against. Parts: label, value,
    low, high, other."""
    y = alt.Y("label:N", title=None, sort=None)
    x = alt.X(**_per_cent("value", domain=[0, 1]))
    interval = base.mark_rule(color=BLUE, strokeWidth=3).encode(
        x=alt.X(**_per_cent("low", domain=[0, 1])), x2="high:Q", y=y
    )
    point = base.mark_point(filled=True, size=90, color=BLUE, opacity=1).encode(x=x, y=y)
    other = base.mark_point(shape="cross", filled=True, angle=45, size=90, color=ORANGE, opacity=1).encode(
        x=alt.X(**_per_cent("other", domain=[0, 1])), y=y
    )
    return alt.layer(interval, other, point).properties(width=WIDTH - 280, height=alt.Step(26))


def _trend(base: alt.Chart) -> Drawing:
    """A measure month by month, with target and limits; a ring is a signal. Parts: month, value, target, lower, upper,
    signal."""
    month = alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=3, grid=False))
    # The scale is of the values: counts, days and shares all have trends.
    value = alt.Y(
        "value:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=4, labelExpr="datum.label")
    )
    band = base.mark_area(color="#DEE0E2", opacity=1).encode(x=month, y=alt.Y("lower:Q", title=None), y2="upper:Q")
    target = base.mark_line(color=GREY, strokeDash=[6, 3], interpolate="step-after").encode(x=month, y="target:Q")
    line = base.mark_line(color=BLUE, strokeWidth=2).encode(x=month, y=value)
    point = base.mark_point(filled=True, size=22, color=BLUE, opacity=1).encode(x=month, y=value)
    signal = (
        base.transform_filter("datum.signal != null")
        .mark_point(size=130, color=ORANGE, strokeWidth=2.5, opacity=1)
        .encode(x=month, y=value)
    )
    return alt.layer(band, target, line, point, signal).properties(width=SMALL - 50, height=110)


def _funnel(base: alt.Chart) -> Drawing:
    """Scores against numbers of cases, with control limits round the pooled score. Parts: label, cases, value, pooled,
    low_95, high_95, low_998, high_998, outside, far_outside."""
    cases = alt.X("cases:Q", title="Cases", scale=alt.Scale(zero=False, nice=True))
    value = alt.Y(**_per_cent("value", title="Score", domain=[0, 1]))
    limits = [
        base.mark_line(color=MID_GREY, strokeDash=dash, interpolate="monotone").encode(
            x=cases, y=alt.Y(**_per_cent(field, title="Score", domain=[0, 1]))
        )
        for field, dash in (("low_95", [6, 3]), ("high_95", [6, 3]), ("low_998", [2, 2]), ("high_998", [2, 2]))
    ]
    # Ticks too: where all samples are of one size, lines have no length.
    limits += [
        base.mark_tick(color=MID_GREY, orient="horizontal", size=width, thickness=2).encode(
            x=cases, y=alt.Y(f"{field}:Q", title="Score")
        )
        for field, width in (("low_95", 40), ("high_95", 40), ("low_998", 20), ("high_998", 20))
    ]
    middle = base.mark_line(color=GREY).encode(x=cases, y="pooled:Q")
    inside = base.transform_filter("!datum.outside").mark_point(filled=True, size=60, color=BLUE, opacity=1)
    outside = base.transform_filter("datum.outside").mark_point(
        shape="diamond", filled=True, size=110, color=ORANGE, opacity=1, stroke=TEXT
    )
    named = base.transform_filter("datum.far_outside").mark_text(align="left", dx=9, fontSize=13, color=TEXT)
    return alt.layer(
        *limits,
        middle,
        inside.encode(x=cases, y=value),
        outside.encode(x=cases, y=value),
        named.encode(x=cases, y=value, text="label:N"),
    ).properties(width=WIDTH - 60, height=320)


def _bars(base: alt.Chart) -> Drawing:
    """Shares as bars, with a mark where they should reach. Parts: label, value, target."""
    y = alt.Y("label:N", title=None, sort=None)
    bar = base.mark_bar(color=BLUE, size=16).encode(x=alt.X(**_per_cent("value")), y=y)
    target = base.mark_tick(color=ORANGE, thickness=4, size=22).encode(x=alt.X(**_per_cent("target")), y=y)
    return alt.layer(bar, target).properties(width=WIDTH - 280, height=alt.Step(26))


CHARTS: dict[str, Callable[[alt.Chart], Drawing]] = {
    "intervals": _intervals,
    "trend": _trend,
    "funnel": _funnel,
    "bars": _bars,
}
"""Kinds of charts by the name that figures use."""
