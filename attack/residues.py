"""Sums of noise in steps: what is left when a count is divided by the step of its noise is exact.

Where noise is only ever a multiple of 3, a published 17 says that the exact count is 2, 5, 8, ... So two sums over the
same people agree in what is left exactly, and after an erasure they differ by what that person added. A count that is
itself rounded to such multiples before the noise leaves nothing.
"""

from collections.abc import Iterable, Mapping

from scipy.stats import binom

from attack.figures import Finding, Published, Records
from attack.ties import ties

STEPS = range(2, 10)
BY_CHANCE = 1e-6
"""Chance that as many differences are multiples by themselves, below which the attack holds that all noise is."""

MOSTLY = 0.9
"""Share of the differences that are multiples; what was erased or cut at 0 makes others."""


def _differences(sides: Mapping[Records, int], regions: dict[str, str]) -> list[int]:
    """Of sums that are published as a whole and in parts, the whole less its parts."""
    found = []
    for tie in ties(sides, regions):
        if tie.whole in sides and all(part in sides for part in tie.parts):
            found.append(sides[tie.whole] - sum(sides[part] for part in tie.parts))
    return [*found, *_two_ways(sides, regions)]


def _two_ways(sides: Mapping[Records, int], regions: dict[str, str]) -> Iterable[int]:
    """Of sums that are not published and can be made in two ways, the difference of the two."""
    sums: dict[Records, int] = {}
    for tie in ties(sides, regions):
        if tie.whole not in sides and all(part in sides for part in tie.parts):
            total = sum(sides[part] for part in tie.parts)
            if tie.whole in sums:
                yield sums[tie.whole] - total
            sums[tie.whole] = total


def _is_step(step: int, differences: list[int], sides: Iterable[int]) -> bool:
    """Whether noise is in steps of a number, and the counts themselves are not."""
    multiples = sum(difference % step == 0 for difference in differences)
    if multiples < MOSTLY * len(differences) or all(side % step == 0 for side in sides):
        return False
    return bool(binom.sf(multiples - 1, len(differences), 1 / step) < BY_CHANCE)


def findings(amounts: Iterable[Published], regions: dict[str, str]) -> list[Finding]:
    """Measures whose noise is in steps that leave something exact."""
    by_measure: dict[str, dict[Records, int]] = {}
    for figure in amounts:
        if figure.side is not None and not figure.records.group:
            by_measure.setdefault(figure.records.measure, {}).setdefault(figure.records, figure.side)
    found = []
    for measure, sides in by_measure.items():
        differences = _differences(sides, regions)
        steps = [step for step in STEPS if _is_step(step, differences, sides.values())]
        if steps:
            says = f"noise is in steps of {max(steps)}: what is left of a count divided by it is exact"
            found.append(Finding("steps", f"fct_published_count: {measure}", says, len(differences)))
    return found
