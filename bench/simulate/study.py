"""All simulations, each with a seed of its own, so that one of them run by itself draws the same."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from bench.measure import tell
from bench.simulate import families, inspections, intervals, months
from bench.simulate.found import Found
from bench.simulate.page import PICTURE, markdown, write
from bench.simulate.picture import draw

SEED = 20260

Study = Callable[[np.random.Generator, int], Iterator[Found]]


@dataclass(frozen=True)
class Part:
    """Simulations of one kind, and how often each of their cells is drawn."""

    name: str
    study: Study
    draws: int


PARTS = (
    Part("intervals of scores", intervals.coverage, 10_000),
    Part("scores of many questions", intervals.large_coverage, 10_000),
    Part("questions that apply to few", intervals.sparse_coverage, 10_000),
    Part("intervals of the caseload", intervals.caseload_coverage, 10_000),
    Part("standard errors", intervals.bootstrapped, 200),
    Part("stratified samples", intervals.stratified, 10_000),
    Part("false flags", families.false_flags, 2_000),
    Part("false discoveries", families.false_discoveries, 2_000),
    Part("pools", inspections.pools, 4_000),
    Part("funnels", inspections.funnels, 2_000),
    Part("false signals", months.false_alarms, 200_000),
    Part("falls found", months.falls_found, 20_000),
)


def run(share: float) -> str:
    """Simulate and return Markdown; with all draws it is written to the page too, and drawn."""
    started = time.monotonic()
    found = simulate(share)
    minutes, today = (time.monotonic() - started) / 60, date.today()
    if share == 1:
        write(found, minutes, today)
        PICTURE.write_text(draw(found), encoding="utf-8")
    return markdown(found, minutes, today)


def simulate(share: float = 1.0) -> list[Found]:
    """What all parts found. share: of the usual draws."""
    found: list[Found] = []
    for number, part in enumerate(PARTS):
        started = time.monotonic()
        cells = list(part.study(np.random.default_rng([SEED, number]), max(1, round(part.draws * share))))
        outside = sum(not cell.holds for cell in cells)
        tell(f"{part.name}: {len(cells)} cells, {outside} outside, {time.monotonic() - started:.0f} s")
        found += cells
    return found
