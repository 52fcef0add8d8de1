"""Pictures with a row a label: places are shares of the width, on an axis with round labels."""

import re
from typing import Any

import pytest

from pages.charts import draw


def labels(html: str) -> list[str]:
    """The labels of the axis."""
    return re.findall(r'text-anchor="middle">([^<]*)<', html)


def bars(*values: float | None, unit: str = "percent") -> str:
    rows = [{"label": f"Area {n}", "value": value, "target": None, "unit": unit} for n, value in enumerate(values)]
    return draw("bars", rows, "All areas", "Bars.", "areas-1")


@pytest.mark.parametrize(
    ("values", "unit", "axis"),
    [
        ((0.2, 0.9), "percent", ["0%", "20%", "40%", "60%", "80%", "100%"]),
        ((4.0, 11.2), "days", ["0", "2.5", "5", "7.5", "10", "12.5"]),
        ((1.31,), "percent", ["0%", "50%", "100%", "150%"]),
        ((0.0,), "percent", ["0%", "20%", "40%", "60%", "80%", "100%"]),
        ((None,), "days", ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    ],
)
def test_an_axis_ends_at_a_round_number_beyond_the_figures(
    values: tuple[float | None, ...], unit: str, axis: list[str]
) -> None:
    assert labels(bars(*values, unit=unit)) == axis


def intervals(kind: str, *values: float, other: float | None = None) -> str:
    rows = [
        {
            "label": f"Area {n}",
            "value": value,
            "low": value - 0.02,
            "high": value + 0.02,
            "other": other,
            "pooled": other,
        }
        for n, value in enumerate(values)
    ]
    return draw(kind, rows, "Scores", "Dots.", "scores-1")


@pytest.mark.parametrize("kind", ["intervals", "caterpillar"])
@pytest.mark.parametrize(
    ("values", "other", "axis"),
    [
        ((0.83, 0.92), None, ["80%", "85%", "90%", "95%"]),
        ((0.83, 0.92), 0.31, ["20%", "40%", "60%", "80%", "100%"]),
        ((0.7,), None, ["64%", "66%", "68%", "70%", "72%", "74%", "76%"]),
        ((0.98,), None, ["92%", "94%", "96%", "98%", "100%"]),
    ],
)
def test_an_axis_of_scores_begins_and_ends_near_them_and_holds_what_they_are_set_against(
    kind: str, values: tuple[float, ...], other: float | None, axis: list[str]
) -> None:
    assert labels(intervals(kind, *values, other=other)) == axis


def test_a_bar_is_a_share_of_the_width() -> None:
    assert re.findall(r'<rect x="0" y="5" width="([\d.]+%)"', bars(0.25, 1.0)) == ["25%", "100%"]


def test_many_rows_are_lower_on_paper_so_that_a_page_holds_them() -> None:
    assert "casebook-rows--many" in bars(*[0.5] * 42)
    assert "casebook-rows--many" not in bars(*[0.5] * 14)


def test_a_label_is_whole_however_long() -> None:
    label = "Interventions are delivered with the desired outcomes " * 5
    row = {"label": label, "value": 0.5, "low": None, "high": None, "other": None}
    assert f"<span>{label}</span>" in draw("intervals", [row], "T", "D", "n")


def test_a_score_without_an_interval_is_a_dot_alone() -> None:
    row = {"label": "B1", "value": 0.5, "low": None, "high": None, "other": None}
    svg = draw("intervals", [row], "T", "D", "n")
    assert svg.count("<circle") == 1
    assert 'stroke-width="3"' not in svg


def time_line(*rows: tuple[str, str, float, bool]) -> str:
    given: list[dict[str, Any]] = [
        {"label": label, "day": day, "value": value, "low": value - 0.05, "high": value + 0.05, "is_later": later}
        for label, day, value, later in rows
    ]
    return draw("time_line", given, "T", "D", "n")


def test_a_time_line_has_a_strip_a_score_and_every_inspection_at_its_date() -> None:
    svg = time_line(
        ("Overall", "2005-01-01", 0.5, False), ("Overall", "2008-01-01", 0.7, False), ("B", "2005-07-02", 0.6, False)
    )
    assert re.findall(r"<span>(.*?)</span>", svg)[:2] == ["Overall", "B"]
    assert re.findall(r'<circle cx="([\d.]+%)"', svg) == ["0%", "74.95%", "12.46%"]
    assert labels(svg) == ["2005", "2006", "2007", "2008", "2009"]


def test_a_follow_up_is_a_ring_on_a_time_line() -> None:
    svg = time_line(("B", "2005-01-01", 0.5, False), ("B", "2006-01-01", 0.7, True))
    assert svg.count('r="5" fill="#FFFFFF"') == 1


def test_strips_of_a_time_line_have_one_scale() -> None:
    svg = time_line(("Overall", "2005-01-01", 0.5, False), ("B", "2005-01-01", 0.7, False))
    assert re.findall(r'dx="5" dy="5" fill="#0B0C0C">(\d+%)<', svg) == ["40%", "80%"] * 2
