"""The picture of a run: coverage by cases and chance, and how often months are false signals."""

import json
from typing import Any

import altair as alt
import vl_convert

from bench.simulate.found import Found
from pages.charts import FONT
from pages.row_charts import BLUE, GREY, LIGHT_GREY, ORANGE

CONFIG = {
    "background": "#FFFFFF",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "gridColor": LIGHT_GREY},
    "header": {"labelFontSize": 14},
    "legend": {"labelFontSize": 13, "titleFontSize": 13, "orient": "top", "titleFontWeight": "normal"},
}
NOMINAL = 2.5
"""False signals in 1,000 months, as the rule has it."""


def draw(found: list[Found]) -> str:
    """The picture as SVG."""
    chart = alt.vconcat(_coverage(found), _signals(found)).resolve_scale(color="independent", shape="independent")
    return vl_convert.vegalite_to_svg(json.dumps({**chart.to_dict(validate=False), "config": CONFIG}))


def _coverage(found: list[Found]) -> alt.FacetChart:
    rows = [
        {"cases": cell.group, "chance": cell.across, "covered": cell.rate, "low": cell.lowest, "high": cell.highest}
        for cell in found
        if cell.study == "score"
    ]
    scale = alt.Scale(domain=[0.9, 1.0])
    chance = alt.X("chance:Q", title="True share above the line", axis=alt.Axis(format="%", grid=False, tickCount=3))
    covered = alt.Y("covered:Q", title="Intervals that cover it", scale=scale, axis=alt.Axis(format="%"))
    dots = _mark().mark_point(filled=True, size=30, color=BLUE, opacity=0.5).encode(x=chance, y=covered)
    bounds = [
        _mark().mark_rule(color=ORANGE, strokeDash=[5, 3]).encode(y=alt.Y(f"mean({end}):Q", scale=scale))
        for end in ("low", "high")
    ]
    layers = alt.layer(*bounds, dots).properties(width=150, height=200)
    return layers.facet(data=_data(rows), column=alt.Column("cases:N", title=None, sort=_places(rows, "cases")))


def _signals(found: list[Found]) -> alt.FacetChart:
    rows = [
        {
            "measure": cell.cell.split(",")[0],
            "rule": cell.study.rpartition("rule of ")[2],
            "base": cell.group,
            "rate": 1000 * cell.rate,
            "limit": 1000 * cell.highest,
        }
        for cell in found
        if cell.study.startswith("false signals") and cell.highest is not None
    ]
    rate = alt.X("rate:Q", title="False signals in 1,000 months", scale=alt.Scale(domain=[0, 4.2]))
    measure = alt.Y("measure:N", title=None, sort=_places(rows, "measure"), axis=alt.Axis(grid=True))
    colour = alt.Color("base:N", title="Base of", scale=alt.Scale(range=[ORANGE, BLUE]))
    shape = alt.Shape("base:N", legend=None)
    dots = _mark().mark_point(filled=True, size=45, opacity=0.7).encode(x=rate, y=measure, color=colour, shape=shape)
    limit = _mark().mark_rule(strokeDash=[5, 3]).encode(x="mean(limit):Q", color=colour)
    nominal = _mark().mark_rule(color=GREY).encode(x=alt.datum(NOMINAL))
    layers = alt.layer(nominal, limit, dots).properties(width=320, height=240)
    return layers.facet(data=_data(rows), column=alt.Column("rule:N", title=None))


def _mark() -> alt.Chart:
    return alt.Chart()


def _data(rows: list[dict[str, Any]]) -> Any:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]  # altair's data have no types


def _places(rows: list[dict[str, Any]], column: str) -> list[str]:
    """The values of a column in the order in which they come."""
    return list(dict.fromkeys(row[column] for row in rows))
