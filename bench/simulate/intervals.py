"""How often the 95 % interval of a score covers the truth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np

from bench.simulate.cases import Design, design, intercept, judged, passed, shared
from bench.simulate.found import Found
from bench.simulate.rules import Flags, Floats, Scores, interval, scored

CHANCES = (0.05, 0.1, 0.3, 0.5, 0.8, 0.9, 0.95)
SIZES = (10, 30, 60, 100)
SPREADS = (1.0, 2.0)
TOLERANCE = 0.005
ELIGIBLE = 150

PLAIN = (
    design("criterion: 1 question of all", [(1, 1)], [1.0]),
    design("criterion: 3 questions of 80 %", [(1, 3)], [0.8]),
    design("criterion: 5 questions of all", [(1, 5)], [1.0]),
    design("criterion: 12 questions of 60 %", [(1, 12)], [0.6]),
    design("OMI 80/20: 5 questions and a summary, 80 %", [(0.8, 5), (0.2, 1)], [0.8]),
    design("section: 3 criteria, one critical", [(2, 4), (1, 4), (1, 4)], [1.0, 0.6]),
    design("overall: 3 sections of 4 questions", [(3, 2)] * 2 + [(4, 2)] * 2 + [(3, 2)] * 2, [1.0, 0.8, 0.6]),
)
LARGE = (design("overall: 3 sections of 9 questions", [(3, 3)] * 3 + [(4, 3)] * 3 + [(3, 3)] * 3, [1.0, 0.8]),)
"""More than a dozen questions that all go with the one effect of the case."""

SPARSE = (
    design("4 questions, one of a tenth", [(1, 4)], [1.0, 0.8, 0.8, 0.1]),
    design("4 questions, one of three tenths", [(1, 4)], [1.0, 0.8, 0.8, 0.3]),
)


@dataclass(frozen=True)
class Cell:
    """A design, cases of a sample, chance of each answer, and standard deviation of the cases' effects (logits)."""

    made_of: Design
    cases: int
    chance: float
    spread: float

    def judged(self, rng: np.random.Generator, draws: int, cases: int) -> tuple[Flags, Flags]:
        """Judgements of samples of so many cases."""
        effects = rng.normal(0, self.spread, (draws, cases))
        return judged(rng, self.made_of, np.array(intercept(self.chance, self.spread)), effects)

    def scored(self, above: Flags, relevant: Flags) -> Scores:
        """Scores of the first cases of these judgements, as many as a sample has."""
        return scored(above[:, : self.cases], relevant[:, : self.cases], self.made_of.weights)

    @property
    def words(self) -> str:
        return f"{self.made_of.name}; {self.cases} cases, {self.chance:.0%}, spread {self.spread:g}"


@dataclass(frozen=True)
class Stratified:
    """A sample with a fixed number of cases of each stratum. caseload: what share of those eligible each stratum has.
    apart: by how many logits each differs from the next; the last one passes with the chance."""

    name: str
    sizes: tuple[int, ...]
    caseload: tuple[float, ...]
    apart: float
    chance: float

    @property
    def logits(self) -> Floats:
        steps = np.arange(len(self.sizes))[::-1]
        return np.asarray(intercept(self.chance, 1.0) - self.apart * steps)

    @property
    def truths(self) -> Floats:
        """What other samples like it, and all who are eligible, would score."""
        by_stratum = [passed(logit, 1.0) for logit in self.logits]
        return np.array([np.average(by_stratum, weights=weights) for weights in (self.sizes, self.caseload)])


STRATA = {
    "20 high risk of 100": ((20, 80), (0.08, 0.92)),
    "40, 60 and 10 of 110": ((40, 60, 10), (0.5, 0.35, 0.15)),
}


def cells(designs: Iterable[Design]) -> Iterator[Cell]:
    """Every cell of these designs."""
    return (Cell(*parts) for parts in product(designs, SIZES, CHANCES, SPREADS))


def coverage(rng: np.random.Generator, draws: int, designs: Iterable[Design] = PLAIN) -> Iterator[Found]:
    """Cells where questions apply to 60 % or more: 93 to 98 %, and to 99.5 % with ten cases."""
    for cell in cells(designs):
        highest = 0.995 if cell.cases == min(SIZES) else 0.98
        yield _found(rng, cell, draws, "score", 0.93 - TOLERANCE, highest + TOLERANCE)


def large_coverage(rng: np.random.Generator, draws: int) -> Iterator[Found]:
    """Cells of more than a dozen questions: measured, not bounded."""
    for cell in cells(LARGE):
        yield _found(rng, cell, draws, "score of 27 questions", None, None)


def sparse_coverage(rng: np.random.Generator, draws: int, designs: Iterable[Design] = SPARSE) -> Iterator[Found]:
    """Cells where a question applies to few: at least 91 %."""
    for cell in cells(designs):
        yield _found(rng, cell, draws, "score with a question that applies to few", 0.91 - TOLERANCE, None)


def _found(
    rng: np.random.Generator, cell: Cell, draws: int, study: str, lowest: float | None, highest: float | None
) -> Found:
    (rate,) = shared(partial(_covered, rng, cell), draws, cell.cases * cell.made_of.questions)
    return Found(study, cell.words, draws, float(rate), lowest, highest, f"{cell.cases} cases", cell.chance)


def _covered(rng: np.random.Generator, cell: Cell, draws: int) -> Floats:
    return _holding(cell.scored(*cell.judged(rng, draws, cell.cases)), np.array([cell.chance]))


def _holding(scores: Scores, truths: Floats, left: float = 1.0) -> Floats:
    """How many intervals hold each truth: the same one of all draws, or one of each."""
    low, high = interval(scores, left)
    return np.array([((low <= truth) & (truth <= high)).sum() for truth in truths], dtype=float)


def caseload_coverage(rng: np.random.Generator, draws: int) -> Iterator[Found]:
    """The interval of the caseload covers the score that all who were eligible would have had."""
    for made_of, cases, chance in product(PLAIN[1:3], SIZES[1:], CHANCES):
        cell = Cell(made_of, cases, chance, 1.0)
        (rate,) = shared(partial(_caseload_covered, rng, cell), draws, ELIGIBLE * made_of.questions)
        words = f"{cell.words}; of {ELIGIBLE} eligible"
        yield Found("caseload", words, draws, float(rate), 0.93 - TOLERANCE, 0.98 + TOLERANCE, f"{cases} cases", chance)


def _caseload_covered(rng: np.random.Generator, cell: Cell, draws: int) -> Floats:
    above, relevant = cell.judged(rng, draws, ELIGIBLE)
    everyone = scored(above, relevant, cell.made_of.weights)
    return _holding(cell.scored(above, relevant), everyone.score[None, :], 1 - cell.cases / ELIGIBLE)


def bootstrapped(rng: np.random.Generator, samples: int, resamples: int = 1000) -> Iterator[Found]:
    """Share of reliable scores whose standard error is within 10 % of that of a bootstrap over cases."""
    for made_of, cases, chance in product(PLAIN[1:5], (60, 100), (0.5, 0.8, 0.9)):
        cell = Cell(made_of, cases, chance, 1.0)
        above, relevant = cell.judged(rng, samples, cases)
        scores = cell.scored(above, relevant)
        reliable = np.flatnonzero(scores.is_reliable)
        errors = [_bootstrap(rng, above[i], relevant[i], made_of.weights, resamples) for i in reliable]
        within = np.abs(np.sqrt(scores.variance[reliable]) / np.array(errors) - 1) <= 0.1
        rate = float(within.mean()) if len(reliable) else 1.0
        yield Found("standard error within 10 % of a bootstrap", cell.words, len(reliable), rate, 0.95, None)


def _bootstrap(rng: np.random.Generator, above: Flags, relevant: Flags, weights: Floats, resamples: int) -> float:
    counts = rng.multinomial(len(above), np.full(len(above), 1 / len(above)), resamples)
    right, asked = counts @ above, counts @ relevant
    used = np.where(asked > 0, weights, 0)
    return float(((used * right / np.maximum(asked, 1)).sum(axis=1) / used.sum(axis=1)).std(ddof=1))


def stratified(rng: np.random.Generator, draws: int) -> Iterator[Found]:
    """Samples with a fixed number of cases of each stratum: measured, not bounded."""
    for (name, (sizes, caseload)), apart, chance in product(STRATA.items(), (0.0, 0.5, 1.0), (0.5, 0.8, 0.95)):
        sample = Stratified(name, sizes, caseload, apart, chance)
        rates = shared(partial(_stratified_covered, rng, sample), draws, sum(sizes) * PLAIN[1].questions)
        for rate, truth in zip(rates, ("samples like it", "the caseload"), strict=True):
            words = f"{name}, {apart:g} logits apart, {chance:.0%}"
            yield Found(
                f"stratified sample, truth of {truth}", words, draws, float(rate), group=f"{apart:g} logits apart"
            )


def _stratified_covered(rng: np.random.Generator, sample: Stratified, draws: int) -> Floats:
    effects = np.repeat(sample.logits, sample.sizes) + rng.normal(0, 1, (draws, sum(sample.sizes)))
    scores = scored(*judged(rng, PLAIN[1], np.array(0.0), effects), PLAIN[1].weights)
    return _holding(scores, sample.truths)
