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

LABEL_BELOW = 5
"""Pixels from a mark of an upright axis to the line its label stands on."""

PIXEL = 0.015
"""What rounding to two decimals does to a coordinate and to the labels it is read by."""

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
