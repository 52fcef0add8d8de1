"""Figures that were not computed from the published counts beside them: shares, statuses, sums to date, ranks."""

from collections.abc import Iterable

import numpy as np

from attack.figures import Finding, Published, Ranked, Records, Release, Shown
from attack.noise import Noise
from attack.prior import split
from attack.window import Window
from attack.words import word_contradicts

CLOSE_BY = {"higher": 0.9, "lower": 1.1}
TINY = 1e-9
HALF_PER_CENT = 0.005 + TINY


def _whole_parts(shown: Shown, counts: dict[Records, Published]) -> list[Published]:
    """The published counts that a figure is of: its own, or those of the longest periods that make it up."""
    records = shown.records
    if records in counts:
        return [counts[records]]
    for months in (12, 6, 3, 1):
        if months < records.months and records.months % months == 0:
            firsts = range(records.first, records.first + records.months, months)
            tiles = [_at(records, first, months) for first in firsts]
            if all(tile in counts for tile in tiles):
                return [counts[tile] for tile in tiles]
    return []


def _at(records: Records, first: int, months: int) -> Records:
    return Records(records.measure, records.level, records.place, first, months, records.group)


def status_of(value: float, target: float, direction: str) -> str:
    """What a value is against its target."""
    better = value >= target - TINY if direction == "higher" else value <= target + TINY
    bound = CLOSE_BY[direction] * target
    close = value >= bound - TINY if direction == "higher" else value <= bound + TINY
    return "met" if better else "close" if close else "missed"


def _follows(value: float, side: float, base: float, counted: bool) -> bool:
    """Whether a share is a whole per cent and the nearest to that of published counts."""
    exact = side / base if counted else 1 - side / base
    return abs(value - exact) <= HALF_PER_CENT and abs(100 * value - round(100 * value)) < 1e-6


def _contradicts(shown: Shown) -> bool:
    """Whether a status is not that of the value beside it."""
    if shown.value is None or not shown.target or shown.status not in ("met", "close", "missed"):
        return False
    return shown.status != status_of(shown.value, shown.target, shown.direction)


def _faults(shown: Shown, parts: list[Published]) -> Iterable[tuple[str, str]]:
    """Which rules one figure breaks, given the published counts it is of."""
    side = sum(part.side or 0 for part in parts)
    base = sum(part.base or 0 for part in parts)
    expected = side if shown.counted else base - side
    if shown.numerator is not None and abs(shown.numerator - expected) > TINY:
        rule = "to date" if len(parts) > 1 else "count"
        yield rule, "is not the sum of published periods" if len(parts) > 1 else "differs from the published count"
    elif shown.value is not None and base and not _follows(shown.value, side, base, shown.counted):
        yield "share", "does not follow from the published counts"
    if base and not any(part.base is None for part in parts) and word_contradicts(shown, side, base):
        yield "word", "is not that of the published counts, so it was set from exact counts"
    if _contradicts(shown):
        yield "status", "contradicts the share beside it, so it was set from exact counts"


def broken(release: Release) -> list[tuple[str, str, Shown]]:
    """Figures that do not follow from published counts: rule, what is wrong, and the figure."""
    counts = {figure.records: figure for figure in release.figures if figure.side is not None}
    found = []
    for shown in release.shown:
        parts = _whole_parts(shown, counts)
        found += [(rule, says, shown) for rule, says in (_faults(shown, parts) if parts else [])]
    return found


def findings(release: Release, faults: list[tuple[str, str, Shown]]) -> list[Finding]:
    """Faults by rule, table and measure."""
    found: dict[tuple[str, str, str], list[Shown]] = {}
    for rule, says, shown in faults:
        found.setdefault((rule, f"{shown.table}: {shown.records.measure}", says), []).append(shown)
    named = [Finding(rule, f"{where}, {of[0].records}", says, len(of)) for (rule, where, says), of in found.items()]
    return [*named, *_ranks(release.ranked)]


def _ranks(ranked: list[Ranked]) -> list[Finding]:
    """Ranks that contradict the scores beside them."""
    wrong = []
    for row in ranked:
        if row.score is not None and row.rank is not None:
            above = sum(other.list == row.list and (other.score or 0) > row.score + TINY for other in ranked)
            wrong += [row] if row.rank != above + 1 else []
    says = "contradicts the score beside it, so it was set from exact counts"
    return [Finding("rank", f"{wrong[0].list} {wrong[0].unit}", says, len(wrong))] if wrong else []


def limits(faults: list[tuple[str, str, Shown]], release: Release, noise: Noise) -> list[tuple[Records, Window]]:
    """What statuses say of the counts, once some of them are seen to be set from exact counts."""
    counts = {figure.records: figure for figure in release.figures if figure.side is not None}
    tables = {shown.table for rule, _, shown in faults if rule == "status"}
    known = [shown for shown in release.shown if shown.table in tables and shown.status and shown.target]
    return [(shown.records, _limit(shown, counts[shown.records])) for shown in known if shown.records in counts]


def _limit(shown: Shown, figure: Published) -> Window:
    """Weights of the counts that have this status, over the bases that may be behind the published one."""
    side, base = figure.side or 0, max(figure.base or 1, 1)
    sides = np.arange(max(0, side - 4), side + 5)
    bases = np.arange(max(1, base - 4), base + 5)
    shares = sides[:, None] / bases if shown.counted else 1 - sides[:, None] / bases
    same = np.vectorize(lambda share: status_of(share, shown.target or 1, shown.direction) == shown.status)(shares)
    return Window(int(sides[0]), same.astype(float) @ split(int(bases[0]), int(bases[-1]), base))


def observations(faults: list[tuple[str, str, Shown]]) -> list[Published]:
    """Counts that sums to date publish once more, with noise of their own."""
    found = []
    for rule, _, shown in faults:
        if rule == "to date" and shown.numerator is not None and shown.denominator is not None:
            side = shown.numerator if shown.counted else shown.denominator - shown.numerator
            found.append(Published(shown.records, shown.table, round(side), round(shown.denominator), rounded=5))
    return found
