"""Small lines of months, which say how a figure moved and no more."""

from itertools import groupby

from markupsafe import Markup

WIDTH, HEIGHT = 200, 40
"""Of a small line, in pixels."""

LEAST_SPAN = 0.1
"""Of a small line's scale, as a share of its highest value: a change that is next to nothing looks flat."""


def small_line(values: list[float | None]) -> Markup:
    """A small line of values."""
    lines = "".join(f"<path d='M{points}h0'/>" for points in _lines(values))
    return Markup(  # noqa: S704 -- numbers
        f"<svg class='casebook-spark' viewBox='-3 -3 {WIDTH + 6} {HEIGHT + 6}' aria-hidden='true'>{lines}</svg>"
    )


def _lines(values: list[float | None]) -> list[str]:
    there = [value for value in values if value is not None]
    low, high = min(there, default=0.0), max(there, default=0.0)
    span = max(high - low, LEAST_SPAN * abs(high)) or 1
    low -= (span - (high - low)) / 2
    step, scale = WIDTH / max(len(values) - 1, 1), HEIGHT / span
    runs = groupby(enumerate(values), lambda each: each[1] is None)
    return [
        "L".join(
            f"{place * step:.1f},{HEIGHT - (value - low) * scale:.1f}" for place, value in run if value is not None
        )
        for is_gap, run in runs
        if not is_gap
    ]
