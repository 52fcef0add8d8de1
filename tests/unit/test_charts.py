"""Pictures that everyone can read: contrast, names for those who cannot see them, and nothing but lines and text."""

import re
from itertools import combinations
from typing import Any

import pytest

from figures import kinds
from pages import charts, row_charts
from pages.row_charts import ROW_CHARTS
from tests.sites import Element, parse

WHITE = "#FFFFFF"
MARK, WORDS = 3.0, 4.5
"""WCAG 2.2: 1.4.11 for parts of a picture, 1.4.3 for text."""

EACH_CHART = pytest.mark.parametrize("kind", sorted([*charts.CHARTS, *ROW_CHARTS]))

HOSTILE = '<script>alert(1)</script></text></svg>"><img src=x onerror=alert(1)> {{ 7*7 }} &amp; \u202e ' + "W" * 300

ROWS: dict[str, list[dict[str, Any]]] = {
    "bars": [{"label": f"{name} bar", "value": 0.4, "target": 0.6, "unit": "percent"} for name in "ab"],
    "intervals": [{"label": f"{name} row", "value": 0.5, "low": 0.4, "high": 0.6, "other": 0.7} for name in "ab"],
    "caterpillar": [{"label": f"{name} row", "value": 0.5, "low": 0.4, "high": 0.6, "pooled": 0.7} for name in "ab"],
    "funnel": [
        {
            "label": f"{cases} cases",
            "cases": cases,
            "value": 0.5,
            "pooled": 0.6,
            "low_95": 0.5,
            "high_95": 0.7,
            "low_998": 0.4,
            "high_998": 0.8,
            "outside": cases > 100,
            "far_outside": cases > 100,
        }
        for cases in (80, 100, 120)
    ],
    "trend": [
        {
            "month": f"2005-{month:02}-01T00:00:00",
            "value": month / 10,
            "target": 0.5,
            "lower": 0.1,
            "upper": 0.9,
            "signal": "run" if month == 3 else None,
            "unit": "percent",
        }
        for month in range(1, 7)
    ],
}
ROWS["measure_funnel"] = ROWS["funnel"]
ROWS["time_line"] = [
    {"label": f"{name} score", "day": f"{year}-05-01", "value": 0.5, "low": 0.4, "high": 0.6, "is_later": year > 2005}
    for name in "ab"
    for year in (2005, 2006)
]


def luminance(colour: str) -> float:
    """Relative luminance of a colour, #RRGGBB (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def drawn(kind: str, name: str = "figure-1", rows: list[dict[str, Any]] | None = None) -> Element:
    return picture(charts.draw(kind, ROWS[kind] if rows is None else rows, "A title", "What it shows.", name))


def picture(html: str) -> Element:
    """The one element that is the picture."""
    (found,) = (child for child in parse(html).children if isinstance(child, Element))
    return found


def colours_in(svg: Element) -> dict[str, set[str]]:
    """The colours of the parts of a picture: of `words`, and of `marks`."""
    found: dict[str, set[str]] = {"words": set(), "marks": set()}
    for element in svg.all():
        for name in ("fill", "stroke"):
            colour = element.attributes.get(name, "none")
            if colour not in ("none", "transparent"):
                found["words" if element.tag == "text" else "marks"].add(colour.upper())
    return found


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", WHITE) < WORDS


def test_the_colours_are_as_far_from_white_as_is_said_of_them() -> None:
    said = {
        row_charts.BLUE: 10.2,
        row_charts.ORANGE: 3.0,
        row_charts.GREY: 10.9,
        row_charts.MID_GREY: 4.9,
        row_charts.TEXT: 19.6,
    }
    assert {colour: round(contrast(colour, WHITE), 1) for colour in said} == said
    assert all(contrast(colour, WHITE) >= MARK for colour in said)


@EACH_CHART
def test_every_part_of_a_picture_can_be_told_from_white(kind: str) -> None:
    colours = colours_in(drawn(kind))
    assert all(contrast(colour, WHITE) >= WORDS for colour in colours["words"])
    faint = {colour for colour in colours["marks"] if contrast(colour, WHITE) < MARK}
    # Grid lines and the band between limits, which the limits themselves are not; nothing hangs on seeing them.
    assert faint <= {WHITE, "#DEE0E2"}


def test_marks_that_touch_can_be_told_apart() -> None:
    touching = [
        (
            row_charts.BLUE,
            row_charts.ORANGE,
        ),  # a dot on the cross it is set against; a bar and its target; a ring on a line
        (row_charts.ORANGE, row_charts.TEXT),  # a diamond and its edge
        (row_charts.BLUE, "#DEE0E2"),  # a line on the band between its limits
        (row_charts.GREY, "#DEE0E2"),  # a target on that band
    ]
    assert {pair: round(contrast(*pair), 1) for pair in touching if contrast(*pair) < MARK} == {}


def named(svg: Element) -> list[Element]:
    """The title and the description of a picture."""
    return [child for child in svg.children[:2] if isinstance(child, Element)]


@EACH_CHART
def test_a_picture_has_a_name_and_says_what_it_shows(kind: str) -> None:
    svg = drawn(kind)
    assert svg.attributes["role"] == "img"
    title, description = named(svg)
    assert (title.text, description.text) == ("A title", "What it shows.")
    assert svg.attributes["aria-labelledby"].split() == [title.attributes["id"], description.attributes["id"]]


@EACH_CHART
def test_parts_of_a_picture_are_nameless(kind: str) -> None:
    for element in drawn(kind).all():
        assert not any(name == "role" or name.startswith(("aria-", "on")) for name in element.attributes)
        assert "tabindex" not in element.attributes


@EACH_CHART
def test_pictures_on_one_page_share_no_id_and_refer_to_their_own(kind: str) -> None:
    pictures = [drawn(kind, "figure-1"), drawn(kind, "figure-2"), drawn(kind, "other-1")]
    ids = [{e.attributes["id"] for e in svg.all() if "id" in e.attributes} for svg in pictures]
    assert not any(one & other for one, other in combinations(ids, 2))
    for svg, own in zip(pictures, ids, strict=True):
        values = [value for element in svg.all() for value in element.attributes.values()]
        assert {found for value in values for found in re.findall(r"url\(#([^)]+)\)", value)} <= own


@EACH_CHART
def test_a_picture_fetches_and_runs_nothing(kind: str) -> None:
    for element in drawn(kind).all():
        assert element.tag not in {"script", "image", "use", "a", "foreignobject", "style", "animate"}
        assert not {"href", "xlink:href", "src"} & element.attributes.keys()
        assert not any("url(" in value and "url(#" not in value for value in element.attributes.values())


@EACH_CHART
def test_a_picture_drawn_twice_is_the_same_bytes(kind: str) -> None:
    once = charts.draw(kind, ROWS[kind], "T", "D", "f-1")
    charts._compiled.cache_clear()
    assert charts.draw(kind, ROWS[kind], "T", "D", "f-1") == once


@EACH_CHART
def test_hostile_words_are_words(kind: str) -> None:
    rows = [
        {part: HOSTILE if part in ("label", "signal") else value for part, value in row.items()} for row in ROWS[kind]
    ]
    svg = picture(charts.draw(kind, rows, HOSTILE, HOSTILE, "figure-1"))
    assert {e.tag for e in svg.all()} <= {e.tag for e in drawn(kind).all()}
    assert {name for e in svg.all() for name in e.attributes} <= {n for e in drawn(kind).all() for n in e.attributes}
    assert [each.raw_text for each in named(svg)] == [HOSTILE, HOSTILE]


@EACH_CHART
def test_a_picture_without_values_is_drawn(kind: str) -> None:
    nothing = [{part: value if isinstance(value, str) else None for part, value in row.items()} for row in ROWS[kind]]
    assert drawn(kind, rows=nothing).tag == drawn(kind, rows=[]).tag


def test_every_chart_that_figures_ask_for_can_be_drawn_from_what_they_give() -> None:
    asked = {(each.chart.kind, tuple(each.chart.fields)) for kind in kinds() for each in kind.figures if each.chart}
    for kind, parts in asked:
        svg = drawn(kind, rows=[{part: row[part] for part in parts} for row in ROWS[kind]])
        assert len(list(svg.all())) > len(list(drawn(kind, rows=[]).all()))
