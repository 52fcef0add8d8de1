"""Pictures with a row a label, as wide as there is room: labels are text that wraps, places are shares of the width.

On a telephone the label of a row stands above it (casebook.scss).
"""

import math
from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

from figures.show import percent

BLUE, ORANGE, GREY, MID_GREY, TEXT = "#12436D", "#F46A25", "#3D3D3D", "#6B7276", "#0B0C0C"
"""On white: dark blue 10.2 to 1, orange 3.0, dark grey 10.9, mid grey 4.9, text 19.6 (tests/unit/test_charts.py)."""

LIGHT_GREY = "#DEE0E2"
"""Behind what must be seen: grid lines and bands."""

Row = dict[str, Any]
Place = Callable[[float], str]
Ticks = list[tuple[str, str]]
"""Where an axis is labelled, and with what."""

HEIGHT, MIDDLE = 26, 13
"""Of a row, in pixels."""

MOST_ON_PAPER = 30
"""Rows that a page of paper holds at their height on a screen."""

STRIP, ROOM = 84, 12
"""Height of a row of a time line, and the room above and below its scale."""

STEPS = (1, 2, 2.5, 5, 10)

LEAST = 0.1
"""Of proportions, from end to end of an axis that is fitted to them."""


def draw_rows(kind: str, rows: list[Row], title: str, description: str, name: str) -> str:
    """A chart of a kind of ROW_CHARTS as HTML. name: unlike that of every other picture of its page."""
    lines, ticks = ROW_CHARTS[kind](rows)
    height = STRIP if kind == "time_line" else HEIGHT
    grid = "".join(_upright(place, LIGHT_GREY) for place, _ in ticks)
    drawn = "".join(
        f'<span>{escape(label)}</span><svg width="100%" height="{height}">{grid}{marks}</svg>' for label, marks in lines
    )
    axis = "".join(f'<text x="{place}" y="14" text-anchor="middle">{escape(text)}</text>' for place, text in ticks)
    many = " casebook-rows--many" if len(lines) > MOST_ON_PAPER else ""
    return (
        f'<div class="casebook-rows{many}" role="img" aria-labelledby="{name}-title {name}-description">'
        f'<span id="{name}-title" hidden>{escape(title)}</span>'
        f'<span id="{name}-description" hidden>{escape(description)}</span>'
        f'{drawn}<span></span><svg width="100%" height="20" fill="{TEXT}">{axis}</svg></div>'
    )


def _intervals(rows: list[Row]) -> tuple[list[tuple[str, str]], Ticks]:
    """Scores with their 95 % intervals; a cross is the figure they are set against. Parts: label, value, low, high,
    other."""
    place, ticks = _fitted(rows, "value", "low", "high", "other")
    return [(str(row["label"]), _interval(row, place) + _cross(row.get("other"), place)) for row in rows], ticks


def _caterpillar(rows: list[Row]) -> tuple[list[tuple[str, str]], Ticks]:
    """Scores with their 95 % intervals, and the pooled score as one line. Parts: label, value, low, high, pooled."""
    place, ticks = _fitted(rows, "value", "low", "high", "pooled")
    pooled = next((_upright(place(row["pooled"]), GREY, 2) for row in rows if row["pooled"] is not None), "")
    return [(str(row["label"]), pooled + _interval(row, place)) for row in rows], ticks


def _bars(rows: list[Row]) -> tuple[list[tuple[str, str]], Ticks]:
    """Figures as bars, with a mark where they should be. Parts: label, value, unit, and perhaps target."""
    values = [value for row in rows for value in (row["value"], row.get("target")) if value is not None]
    place, ticks = _scale([0, *values], next((str(row["unit"]) for row in rows if row["unit"]), ""))
    return [(str(row["label"]), _bar(row, place)) for row in rows], ticks


def _time_line(rows: list[Row]) -> tuple[list[tuple[str, str]], Ticks]:
    """Scores at their dates, a strip a label, all of one scale; those of a later look are rings. Parts: label, day,
    value, low, high, is_later."""
    days = [date.fromisoformat(row["day"][:10]) for row in rows]
    first, last = min(days, default=date(2000, 1, 1)).year, max(days, default=date(2000, 1, 1)).year + 1
    step = math.ceil((last - first) / 5)

    def place(day: date) -> str:
        return _share((day - date(first, 1, 1)).days / (date(last, 1, 1) - date(first, 1, 1)).days)

    values = [row[part] for row in rows for part in ("value", "low", "high") if row[part] is not None]
    low, high = math.floor(min(values, default=0) * 10) / 10, math.ceil(max(values, default=1) * 10) / 10
    marks: dict[str, str] = {str(row["label"]): _edge(low, STRIP - ROOM) + _edge(high, ROOM) for row in rows}
    for row, day in zip(rows, days, strict=True):
        marks[str(row["label"])] += _moment(row, place(day), low, high)
    return list(marks.items()), [(place(date(year, 1, 1)), str(year)) for year in range(first, last + 1, step)]


ROW_CHARTS: dict[str, Callable[[list[Row]], tuple[list[tuple[str, str]], Ticks]]] = {
    "intervals": _intervals,
    "caterpillar": _caterpillar,
    "bars": _bars,
    "time_line": _time_line,
}
"""Kinds of charts by the name that figures use: the marks of each label, and the axis."""


def _fitted(rows: list[Row], *parts: str) -> tuple[Place, Ticks]:
    """An axis over the proportions in parts of rows, of ten points at least."""
    values = [row[part] for row in rows for part in parts if row.get(part) is not None] or [0, 1]
    middle = (min(values) + max(values)) / 2
    return _scale([*values, max(middle - LEAST / 2, 0), min(middle + LEAST / 2, 1)], "percent")


def _scale(values: list[float], unit: str) -> tuple[Place, Ticks]:
    """An axis over values with some five labels."""
    low, high = min(values), max(values)
    high = high if high > low else low + 1
    raw = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(raw))
    step = power * next(each for each in STEPS if each * power >= raw * (1 - 1e-9))
    start, end = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)

    def place(value: float) -> str:
        return _share((value / step - start) / (end - start))

    return place, [(place(number * step), _label(number * step, unit)) for number in range(start, end + 1)]


def _label(value: float, unit: str) -> str:
    shown = f"{value * 100:.6g}%" if unit == "percent" else f"{value:,.6g}"
    return shown.replace("-", "\N{MINUS SIGN}")


def _share(part: float) -> str:
    return f"{round(part * 100, 2):g}%"


def _interval(row: Row, place: Place) -> str:
    if row["value"] is None:
        return ""
    line = ""
    if row["low"] is not None and row["high"] is not None:
        low, high = place(row["low"]), place(row["high"])
        line = f'<line x1="{low}" x2="{high}" y1="{MIDDLE}" y2="{MIDDLE}" stroke="{BLUE}" stroke-width="3"/>'
    return f'{line}<circle cx="{place(row["value"])}" cy="{MIDDLE}" r="5" fill="{BLUE}"/>'


def _cross(value: float | None, place: Place) -> str:
    if value is None:
        return ""
    path = f'<path d="M-4-4L4 4M-4 4L4-4" stroke="{ORANGE}" stroke-width="3"/>'
    return f'<svg x="{place(value)}" y="{MIDDLE}" overflow="visible">{path}</svg>'


def _bar(row: Row, place: Place) -> str:
    bar = ""
    if row["value"] is not None:
        bar = f'<rect x="0" y="5" width="{place(max(row["value"], 0))}" height="16" fill="{BLUE}"/>'
    target = row.get("target")
    return bar + (_upright(place(target), ORANGE, 4) if target is not None else "")


def _edge(value: float, y: int) -> str:
    """The end of the scale of a strip."""
    line = f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="{LIGHT_GREY}"/>'
    return f'{line}<text x="100%" y="{y}" dx="5" dy="5" fill="{TEXT}">{percent(value)}</text>'


def _moment(row: Row, place: str, bottom: float, top: float) -> str:
    """A score at its date, with its interval and the number beside."""
    if row["value"] is None:
        return ""

    def y(value: float) -> str:
        return f"{ROOM + (top - value) / ((top - bottom) or 1) * (STRIP - 2 * ROOM):.1f}"

    line = ""
    if row["low"] is not None and row["high"] is not None:
        ends = f'y1="{y(row["low"])}" y2="{y(row["high"])}"'
        line = f'<line x1="{place}" x2="{place}" {ends} stroke="{BLUE}" stroke-width="3"/>'
    fill = "#FFFFFF" if row["is_later"] else BLUE
    dot = f'<circle cx="{place}" cy="{y(row["value"])}" r="5" fill="{fill}" stroke="{BLUE}" stroke-width="2"/>'
    text = percent(row["value"])
    return f'{line}{dot}<text x="{place}" y="{y(row["value"])}" dx="9" dy="5" fill="{TEXT}">{text}</text>'


def _upright(place: str, colour: str, width: int = 1) -> str:
    return f'<line x1="{place}" x2="{place}" y1="0" y2="100%" stroke="{colour}" stroke-width="{width}"/>'
