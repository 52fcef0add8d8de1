"""Pictures of measures: gaps, signals, units, and one axis of time for all."""

import re
from itertools import pairwise
from typing import Any

import pytest

from pages.charts import NARROW, WIDE, draw
from pages.letters import text_width
from pages.row_charts import BLUE, ORANGE


def trend(values: list[float | None], unit: str = "percent", signals: tuple[int, ...] = (), width: int = NARROW) -> str:
    """The picture of a measure in the months from April 2004 on."""
    rows: list[dict[str, Any]] = [
        {
            "month": f"{2004 + (number + 3) // 12}-{(number + 3) % 12 + 1:02}-01T00:00:00",
            "value": value,
            "unit": unit,
            "target": 0.7,
            "lower": None,
            "upper": None,
            "signal": "above limits" if number in signals else None,
        }
        for number, value in enumerate(values)
    ]
    return draw("trend", rows, "Compliance", "Month by month.", "trends-1", width)


def line(svg: str) -> str:
    """The path of the line of values."""
    (found,) = re.findall(rf'<path d="([^"]*)" stroke="{BLUE}"', svg)
    return str(found)


def test_a_missing_month_breaks_the_line() -> None:
    assert line(trend([0.8, 0.7, None, 0.9, 0.8])).count("M") == 2
    assert line(trend([0.8, 0.7, 0.75, 0.9, 0.8])).count("M") == 1


def test_a_month_between_two_gaps_is_a_dot() -> None:
    assert f'fill="{BLUE}"' in trend([0.8, 0.7, None, 0.9, None, 0.8, 0.7])
    assert f'fill="{BLUE}"' not in trend([0.8, 0.7, None, 0.9, 0.8])


def test_only_signals_have_rings() -> None:
    assert trend([0.8, 0.7, 0.9], signals=(1,)).count(f'stroke="{ORANGE}"') == 1
    assert ORANGE not in trend([0.8, 0.7, 0.9])


def test_months_without_values_have_their_place_on_the_axis() -> None:
    full = months(trend([0.8] * 12 + [0.7] * 12))
    assert full
    assert months(trend([0.8] * 12 + [None] * 12)) == full
    assert months(trend([None] * 12 + [0.8] * 12)) == full


def months(svg: str) -> list[tuple[str, str]]:
    """Labels of the axis with their places."""
    return re.findall(r'translate\(([\d.]+),18\)" fill="#0B0C0C">(\w{3} \d{4})<', svg)


@pytest.mark.parametrize(
    ("count", "width"), [(2, NARROW), (21, NARROW), (36, NARROW), (21, WIDE), (36, WIDE), (60, WIDE)]
)
def test_an_axis_of_months_is_labelled_wherever_there_is_room(count: int, width: int) -> None:
    found = months(trend([0.8] * count, width=width))
    places = [float(place) for place, _ in found]
    assert all(later - place >= 60 for place, later in pairwise(places))
    assert len(found) >= min(count // 12, 4)
    if (count, width) == (21, WIDE):
        assert len(found) == 7


def test_an_axis_is_in_the_unit_of_the_measure() -> None:
    assert "80%</text>" in trend([0.7, 0.8, 0.9])
    assert "1.4 days</text>" in trend([0.5, 1.0, 1.6], unit="days")


def test_pictures_of_a_kind_are_of_one_size() -> None:
    sizes = {re.search(r'viewBox="([^"]*)"', trend(values)) for values in ([0.8, 0.7], [0.0301, 0.0302, 0.03])}
    assert len({size.group(1) for size in sizes if size}) == 1


def test_one_large_area_leaves_half_of_a_funnel_to_the_others() -> None:
    people = (20, 40, 80, 160, 320, 640, 1280, 17000)
    limits = {"pooled": 0.5, "low_95": 0.4, "high_95": 0.6, "low_998": 0.3, "high_998": 0.7}
    rows: list[dict[str, Any]] = [
        {"label": f"{n}", "cases": n, "value": 0.5, "outside": False, "far_outside": False, **limits} for n in people
    ]
    svg = draw("measure_funnel", rows, "Funnel", "Dots.", "funnel-1", WIDE)
    dots = [float(x) for x in re.findall(rf'translate\(([\d.]+),[\d.]+\)"[^>]*fill="{BLUE}"', svg)]
    assert len(dots) == len(people)
    assert dots[-2] - dots[0] > WIDE / 2
    assert ">People counted (logarithmic scale)<" in svg
    assert [">100<" in svg, ">1,000<" in svg, ">10,000<" in svg] == [True, True, True]


def test_an_area_without_a_figure_has_no_bar() -> None:
    rows = [
        {"label": "Avon and Somerset", "value": 0.8, "target": 0.9, "unit": "percent"},
        {"label": "Bedfordshire", "value": None, "target": 0.9, "unit": "percent"},
    ]
    svg = draw("bars", rows, "All areas", "Bars.", "areas-1")
    assert svg.count(f'fill="{BLUE}"') == 1
    assert svg.count(f'stroke="{ORANGE}"') == 2
    assert "Bedfordshire" in svg


def test_letters_are_no_narrower_than_those_of_the_fonts_that_pages_name() -> None:
    """Widths of Arial and Liberation Sans, in thousandths of the font's size."""
    widths = {
        "i": 222,
        " ": 278,
        "r": 333,
        "c": 500,
        "a": 556,
        "0": 556,
        "+": 584,
        "F": 611,
        "A": 667,
        "w": 722,
        "C": 722,
    }
    widths |= {"G": 778, "O": 778, "m": 833, "M": 833, "%": 889, "W": 944, "@": 1015, "é": 556}
    narrow = {letter for letter, width in widths.items() if text_width(letter) < width * 14 / 1000 - 0.25}
    assert narrow == set()


def test_words_have_a_size_though_nobody_measured_them() -> None:
    svg = trend([0.7, 0.8, 0.9])
    assert 'font-size="14px"' in svg.partition(">")[0]
    assert "0px" not in svg
