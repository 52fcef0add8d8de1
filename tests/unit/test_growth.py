"""The picture of growth shows every part of every night."""

from functools import partial
from pathlib import Path

import pytest

from bench import growth
from bench.growth import EMPTY, ONE, PARTS, REST, Point, draw, lengthen, markdown
from bench.measure import Measured
from bench.nights import Ran


def point(years: int, case: str, seconds: float) -> Point:
    stages = {"land": 1.0, "read": 0.5, "validate in": 0.25, "transform": 2.0, "validate out": 1.0, "publish": 0.1}
    return Point(years, case, 100 * years, Ran(Measured("night", seconds, 9, 500), stages, 1, 30))


POINTS = [point(1, EMPTY, 10), point(1, ONE, 12), point(20, EMPTY, 11), point(20, ONE, 15)]


def test_parts_add_up_to_the_whole_night() -> None:
    parts = POINTS[0].parts
    assert list(parts) == [*PARTS, REST]
    assert parts["reading, checks and loading"] == 0.75
    assert round(sum(parts.values()), 6) == 10


def test_the_picture_has_a_line_a_part_and_a_panel_a_case() -> None:
    picture = draw(POINTS)
    assert picture.startswith("<svg")
    assert all(text in picture for text in (EMPTY, ONE, "Years of history", *PARTS, REST))


def test_the_table_has_a_row_a_length_of_history() -> None:
    told = markdown(POINTS, 42)
    assert [line for line in told.splitlines() if line.startswith("| 20 |")][1].startswith("| 20 | 2,000 | 15.0 |")


def test_history_grows_backwards_and_what_is_not_of_a_month_is_there_from_the_start(tmp_path: Path) -> None:
    everything, landing = tmp_path / "everything", tmp_path / "landing"
    names = ("nsmart_AVS_0309", "nsmart_AVS_0408", "nsmart_AVS_0308", "nsmart_AVS_0497", "inspection_ESI-AVS-2005")
    everything.mkdir()
    for name in names:
        (everything / f"{name}.csv").write_text(name, encoding="utf-8")
    there = []
    for years in (1, 2, 12):
        lengthen(landing, everything, years)
        there.append({path.stem for path in landing.rglob("*.csv")})
    assert there == [{names[0], names[1], names[4]}, {*names[:3], names[4]}, set(names)]


def test_every_length_is_measured_on_the_files_of_that_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int]] = []

    def night(name: str, landing: Path, warehouse: Path) -> Ran:
        seen.append((name, len(list(landing.rglob("nsmart_*.csv")))))
        return point(1, EMPTY, 10).ran

    (tmp_path / "prepared").mkdir()
    monkeypatch.setattr(growth, "night", night)
    monkeypatch.setattr(growth, "prepared", lambda work: work / "prepared")
    monkeypatch.setattr(growth, "Plan", partial(growth.Plan, inspections=2, cases=20))
    told = growth.measure_growth([1, 2], 2, tmp_path, tmp_path / "growth.svg")
    # Two areas, a month of one of them missing; a correction is a file more.
    assert [name.partition(": ")[2] for name, _ in seen[:3]] == [
        "taking in what is older",
        "empty night",
        "one corrected month",
    ]
    files = [count for _, count in seen]
    assert (files[1] - files[0], files[2] - files[1]) == (0, 1)
    assert files[3] - files[2] in (23, 24)
    assert "| 2 |" in told
    assert (tmp_path / "growth.svg").read_text(encoding="utf-8").startswith("<svg")
