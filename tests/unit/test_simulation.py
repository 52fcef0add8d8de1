"""A small version of `bench simulate`: intervals cover, and flags and signals are false as seldom as they should be.

The rules are written in numpy and scipy (bench/simulate/), apart from the SQL. A cell may be as far from its bound as
so few draws explain; what all cells of a study have in common is held more narrowly.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from bench.simulate import families, inspections, intervals, months, page, study
from bench.simulate.cases import intercept, judged
from bench.simulate.found import Found
from bench.simulate.picture import draw
from bench.simulate.rules import q_values, scored

STUDIES: dict[str, Callable[[np.random.Generator], Iterator[Found]]] = {
    "intervals": lambda rng: intervals.coverage(rng, 400),
    "questions that apply to few": lambda rng: intervals.sparse_coverage(rng, 400),
    "caseload": lambda rng: intervals.caseload_coverage(rng, 400),
    "standard errors": lambda rng: intervals.bootstrapped(rng, 3, 500),
    "families": lambda rng: families.false_flags(rng, 80),
    "pools": lambda rng: inspections.pools(rng, 150),
    "funnels": lambda rng: inspections.funnels(rng, 60),
    "signals": lambda rng: months.false_alarms(rng, 1_000),
}
ERRORS = 3.5
"""How many standard errors of the draws a cell may be outside: one cell in some thousands is by chance."""


@pytest.fixture
def rng() -> np.random.Generator:
    """The same draws each time."""
    return np.random.default_rng(5)


@cache
def found_by(name: str) -> list[Found]:
    """The cells of a study of which something must hold."""
    return [cell for cell in STUDIES[name](np.random.default_rng(5)) if cell.is_asked]


@pytest.mark.parametrize("name", STUDIES)
def test_what_must_hold_of_a_cell_holds(name: str) -> None:
    found = found_by(name)
    assert found
    assert outside(found) == []


def outside(found: Iterable[Found]) -> list[str]:
    """The cells whose rate is further from its bounds than so few draws explain."""
    return [f"{cell.study}, {cell.cell}: {cell.rate:.4f}" for cell in found if not _with_room(cell).holds]


def _with_room(cell: Found) -> Found:
    room = {bound: ERRORS * np.sqrt(bound * (1 - bound) / cell.draws) for bound in (cell.lowest, cell.highest) if bound}
    return replace(
        cell,
        lowest=cell.lowest and cell.lowest - room[cell.lowest],
        highest=cell.highest and cell.highest + room[cell.highest],
    )


def test_intervals_cover_95_per_cent_on_average() -> None:
    assert 0.95 <= np.mean([cell.rate for cell in found_by("intervals")]) <= 0.97


@pytest.mark.parametrize("base", ["24 months", "12 months"])
def test_one_month_in_400_at_most_is_a_false_signal_on_average(base: str) -> None:
    assert np.mean([cell.rate for cell in found_by("signals") if cell.group == base]) <= 1 / 400


def test_a_false_flag_is_in_one_family_in_twenty_at_most_on_average() -> None:
    assert np.mean([cell.rate for cell in found_by("families")]) <= 0.05


def test_flags_are_seldom_false_where_something_differs(rng: np.random.Generator) -> None:
    assert all(cell.rate <= 0.08 for cell in families.false_discoveries(rng, 150))


def test_a_lasting_fall_is_found_by_six_months_more_often_than_by_one(rng: np.random.Generator) -> None:
    alone, together, either = (cell.rate for cell in months.falls_found(rng, 500))
    assert alone < 0.15 < 0.25 < together <= either


def test_symmetric_intervals_are_found_to_cover_too_little(rng: np.random.Generator) -> None:
    logit, effects = np.array(intercept(0.95, 2.0)), rng.normal(0, 2, (400, 30))
    made_of = intervals.PLAIN[1]
    scores = scored(*judged(rng, made_of, logit, effects), made_of.weights)
    rate = float((np.abs(scores.score - 0.95) <= 1.96 * np.sqrt(scores.variance)).mean())
    assert outside([Found("score", "symmetric", 400, rate, 0.925, 0.985)])


def test_p_values_without_adjustment_are_found_to_flag_too_often(rng: np.random.Generator) -> None:
    p_values, counts = families.subsamples(rng, 80, sizes=(30,))
    rate = float(((p_values < 0.05) & counts).any(axis=1).mean())
    assert outside([Found("families", "unadjusted", 80, rate, None, families.HIGHEST)])


def test_limits_of_three_binomial_standard_errors_are_found_to_give_false_alarms(rng: np.random.Generator) -> None:
    right, asked = months.varying(rng, 330, 0.85, 0.01)(1_000, 25)
    centre = right[:, :24].sum(axis=1) / asked[:, :24].sum(axis=1)
    far = np.abs(right[:, 24] / 330 - centre) > 3 * np.sqrt(centre * (1 - centre) / 330)
    assert outside([Found("signals", "p-chart", 1_000, float(far.mean()), None, 1 / 300)])


def test_chances_of_months_are_those_of_another_beta_binomial(rng: np.random.Generator) -> None:
    trials = rng.integers(1, 300, 200)
    count, a, b = rng.integers(0, trials + 1), rng.uniform(0.5, 90, 200), rng.uniform(0.5, 90, 200)
    found = months.tail(count, trials, a, b)
    expected = np.minimum(stats.betabinom.cdf(count, trials, a, b), stats.betabinom.sf(count - 1, trials, a, b))
    assert (found < 1).sum() > 50
    assert found[found < 1] == pytest.approx(expected[found < 1])


def test_q_values_are_those_of_another_implementation(rng: np.random.Generator) -> None:
    p_values = rng.uniform(0, 1, (20, 16)) ** 3
    counts = rng.random(p_values.shape) < 0.8
    for row, among, found in zip(p_values, counts, q_values(p_values, counts), strict=True):
        assert found[among] == pytest.approx(stats.false_discovery_control(row[among]))


def test_a_run_is_written_between_the_marks_and_drawn(tmp_path: Path) -> None:
    found = [
        Found("score", "a criterion", 100, 0.951, 0.925, 0.985, "30 cases", 0.5),
        Found("score", "another", 200, 0.99, 0.925, 0.985, "30 cases", 0.8),
        Found(
            "false signals, rule of a month", "PSR, rho 0; base of 24 months", 1000, 0.002, None, 1 / 300, "24 months"
        ),
    ]
    file = tmp_path / "page.md"
    file.write_text(f"Before.\n\n{page.BEGIN}\nearlier run\n{page.END}\n\nAfter.\n", encoding="utf-8")
    page.write(found, 12.3, date(2026, 11, 30), file)
    text = file.read_text(encoding="utf-8")
    assert text.startswith("Before.")
    assert text.endswith("After.\n")
    assert "earlier run" not in text
    assert "| score, 30 cases | 2 | 100 to 200 | 92.5 % to 98.5 % | 95.1 % | 99.0 % | 1 |" in text
    assert "at most 1 in 300 | 1 in 500 | 1 in 500 | 0 |" in text
    assert "The run of 30 November 2026" in text
    assert draw(found).startswith("<svg")


def test_the_page_has_a_run_of_all_parts() -> None:
    text = page.PAGE.read_text(encoding="utf-8").partition(page.BEGIN)[2].partition(page.END)[0]
    rng = np.random.default_rng(5)
    for part in study.PARTS:
        assert f"| {next(iter(part.study(rng, 10))).study}" in text, part.name
