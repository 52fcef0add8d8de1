"""What pictures say: points and lines of an SVG read back through the axes they stand on."""

import re
from collections.abc import Iterator

import numpy as np

PICTURE = re.compile(r"<svg\b.*?</svg>", re.S)
LABEL = re.compile(
    r'<text[^>]*text-anchor="(end|middle)"[^>]*transform="translate\((-?[\d.]+),(-?[\d.]+)\)"[^>]*>\s*([\d,.]+)(%?)\s*</text>'
)
LINE = re.compile(r"<path\b[^>]*\bd=\"(M[^\"HhVvZzCcAa]*)\"[^>]*>")
SYMBOL = re.compile(r'<path\b[^>]*transform="translate\((-?[\d.]+),(-?[\d.]+)\)"[^>]*>')
POINT = re.compile(r"[ML](-?[\d.]+),(-?[\d.]+)")
BAR = re.compile(r'<path\b[^>]*\bd="M0,[\d.]+h(-?[\d.]+)v[\d.]+h-?[\d.]+Z"[^>]*\bfill="#')
INTERVAL = re.compile(
    r'<line\b[^>]*transform="translate\((-?[\d.]+),(-?[\d.]+)\)"[^>]*x2="(-?[\d.]+)"[^>]*stroke-width="3"'
)

LABEL_BELOW = 5
"""Pixels from a mark of an upright axis to the line its label stands on."""

PIXEL = 0.02
"""What rounding to two decimals does to coordinates and to the labels they are read by."""

Number = tuple[float, float]
Axis = tuple[float, float]
"""Value at 0 and value per pixel."""


def _axis(marks: list[tuple[float, float]]) -> Axis | None:
    """The straight line through the labels of an axis; None where they are fewer than two or not on one."""
    if len({at for at, _ in marks}) < 2:
        return None
    at, values = np.array(marks).T
    slope, start = np.polyfit(at, values, 1)
    straight = np.abs(start + slope * at - values).max() < 0.01 * max(float(np.ptp(values)), 1e-9)
    return (float(start), float(slope)) if straight and slope else None


def axes(picture: str) -> tuple[Axis | None, Axis | None]:
    """The level and the upright axis of a picture, where they are of numbers. Pictures of several panels have none."""
    level, upright = [], []
    for anchor, x, y, text, sign in LABEL.findall(picture):
        value = float(text.replace(",", "")) / (100 if sign else 1)
        if anchor == "end":
            upright.append((float(y) - LABEL_BELOW, value))
        else:
            level.append((float(x), value))
    return _axis(level), _axis(upright)


def _coordinates(picture: str) -> Iterator[tuple[float, float]]:
    """Points of solid lines and symbols; guides and limits are dashed, filled or unseen."""
    for line in LINE.finditer(picture):
        if 'stroke-width="2"' in line[0] and "dasharray" not in line[0] and 'opacity="0"' not in line[0]:
            yield from ((float(x), float(y)) for x, y in POINT.findall(line[1]))
    for symbol in SYMBOL.finditer(picture):
        yield float(symbol[1]), float(symbol[2])


def points(page: str) -> Iterator[list[Number]]:
    """Of each picture of a page with an upright axis of numbers, the values drawn, with how exact they can be read."""
    for picture in PICTURE.findall(page):
        _, upright = axes(picture)
        if upright:
            start, slope = upright
            yield [(start + slope * y, abs(slope) * PIXEL + 1e-9) for _, y in _coordinates(picture)]


def drawn(picture: str) -> Iterator[Number]:
    """Values of the points, bars and intervals of a picture, on each of its axes that is of numbers."""
    level, upright = axes(picture)
    across = [x for x, _ in _coordinates(picture)]
    across += [float(width) for width in BAR.findall(picture)]
    across += [float(x) + more for x, _, width in INTERVAL.findall(picture) for more in (0.0, float(width))]
    up = [y for _, y in _coordinates(picture)]
    for axis, places in ((level, across), (upright, up)):
        if axis:
            yield from ((axis[0] + axis[1] * at, abs(axis[1]) * PIXEL + 1e-9) for at in places)
