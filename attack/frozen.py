"""What releases say beside each other: figures that moved, marks that show what changed, and noise drawn too often."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from attack.figures import Finding, Published, Records, Release, programme_year

Said = tuple[int | None, int | None]


def _counts(release: Release) -> dict[Records, Published]:
    return {figure.records: figure for figure in release.figures}


def _said(figure: Published) -> Said:
    return figure.side, figure.base


def moved(releases: Iterable[Release]) -> list[Finding]:
    """Figures that differ from an earlier release though they are not marked as revised, and figures that went."""
    found = []
    for before, after in pairwise(releases):
        later = _counts(after)
        changed = [
            records
            for records, figure in _counts(before).items()
            if records not in later or (_said(later[records]) != _said(figure) and not later[records].marked)
        ]
        if changed:
            says = f"differs from release {before.name} without being revised"
            found.append(Finding("frozen", f"{after.name}: {changed[0]}", says, len(changed)))
    return found


def telling_marks(releases: Iterable[Release]) -> list[Finding]:
    """Programme years of which some figures are marked as revised and others are not."""
    found = []
    for release in releases:
        marks: dict[int, list[Published]] = defaultdict(list)
        for figure in release.figures:
            marks[programme_year(figure.records)].append(figure)
        for figures in marks.values():
            marked = [figure for figure in figures if figure.marked]
            if marked and len(marked) < len(figures):
                says = "is marked as revised and other figures of its year are not: marks show what changed"
                found.append(Finding("marks", f"{release.name}: {marked[0].records}", says, len(marked)))
    return found


def noises(releases: Iterable[Release]) -> dict[Records, list[Published]]:
    """The different figures that releases give for each set of records: each has noise of its own."""
    found: dict[Records, dict[tuple[Said, bool], Published]] = defaultdict(dict)
    for release in releases:
        for figure in release.figures:
            if figure.side is not None:
                found[figure.records].setdefault((_said(figure), figure.marked), figure)
    return {records: list(figures.values()) for records, figures in found.items()}


def revised_years(releases: Iterable[Release]) -> frozenset[int]:
    """Programme years of which figures have two noises, the second marked as a revision."""
    found = noises(releases).items()
    return frozenset(programme_year(records) for records, both in found if len(both) == 2 and both[1].marked)


def drawn_again(releases: Iterable[Release], most: int = 2) -> list[Finding]:
    """Sets of records that were published with more noises than one revision makes."""
    often = {records: len(found) for records, found in noises(releases).items() if len(found) > most}
    if not often:
        return []
    records, times = max(often.items(), key=lambda item: item[1])
    return [
        Finding("noises", str(records), f"is published with {times} different noises; one revision makes 2", len(often))
    ]


def findings(releases: list[Release]) -> list[Finding]:
    """What the releases say beside each other."""
    return [*moved(releases), *telling_marks(releases), *drawn_again(releases)]
