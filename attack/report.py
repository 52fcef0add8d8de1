"""What an attack found, as a table for people and as JSON for programs."""

from collections.abc import Iterator
from typing import Any

from attack.limits import (
    ALMOST_CERTAIN,
    AUC_NEW,
    AUC_PERSON,
    AUC_REVISED,
    LIKELY,
    MOST_ALMOST_CERTAIN,
    MOST_LIKELY,
    Guess,
    hundredths,
)
from attack.run import Attacked

LISTED = 20

Limit = tuple[str, float, float]
"""What is limited, how much of it there is, and the most there may be."""


def limits(found: Attacked) -> list[Limit]:
    """Each limit with what was found."""
    learned = found.learned
    rows: list[Limit] = [
        ("counts of 1 to 4 people that are certain", len(learned.certain), 0),
        (f"share of them held with more than {ALMOST_CERTAIN}", learned.almost_certain, MOST_ALMOST_CERTAIN),
        (f"share of them found with more than {LIKELY}", learned.likely, MOST_LIKELY),
    ]
    if again := learned.revised:
        rows.append(("revised counts of 1 to 4 people that are certain", len(again.certain), 0))
        rows.append((f"share of them held with more than {ALMOST_CERTAIN}", again.almost_certain, MOST_ALMOST_CERTAIN))
    return [*rows, *((f"AUC of a missing case in {of}", hundredths(auc), most) for of, auc, most in _told(found))]


def _told(found: Attacked) -> Iterator[Limit]:
    if found.missing:
        yield "new figures, worst place", max(found.missing.values()), AUC_NEW
    if found.revised:
        yield "a revision, known area and period", found.revised.one, AUC_REVISED
        yield "a revision, all cells of a person", found.revised.person, AUC_PERSON


def stated(found: Attacked) -> list[tuple[str, float]]:
    """What is stated and not limited."""
    rows = []
    if found.person:
        rows.append(
            ("AUC of a missing case without the outcome of every measure, worst place", max(found.person.values()))
        )
    if found.learned.revised:
        rows.append((f"share of revised counts found with more than {LIKELY}", found.learned.revised.likely))
    if found.revised:
        rows.append(("AUC with the bases of all cells of a person", found.revised.with_bases))
        rows.append(("AUC with the cells of all measures of a person", found.revised.every_measure))
    return rows


def _guess(guess: Guess) -> str:
    records, part = guess.key
    sure = "certain" if guess.certain else f"{guess.chance:.2f}"
    people = "without the outcome, or counted" if part == "side" else "the others"
    return f"  {records}: {guess.count} ({people}), {sure}"


def lines(found: Attacked) -> Iterator[str]:
    """The report, line by line."""
    expected = f"{found.learned.expected:.0f} of 1 to 4 people expected"
    yield f"{found.counts} counts attacked in {found.seconds:.0f} s; {expected}."
    for what, value, most in limits(found):
        yield f"{'ok  ' if value <= most else 'FAIL'} {what}: {value:.4g} (at most {most:g})"
    yield from (f"     {what}: {value:.4g} (stated, not limited)" for what, value in stated(found))
    for finding in found.findings:
        mark = "FAIL" if finding.fails else "look"
        yield f"{mark} {finding.rule}: {finding.where} {finding.says} ({finding.times} times)"
    likely = sorted(found.learned.every, key=lambda guess: -guess.chance)
    if likely and not found.met:
        yield "What is held of counts of 1 to 4 people, most likely first:"
        yield from map(_guess, likely[:LISTED])
    yield "The limits are met." if found.met else "The limits are not met: this must not be released."


def as_json(found: Attacked) -> dict[str, Any]:
    """The report for programs."""
    return {
        "met": found.met,
        "seconds": round(found.seconds, 1),
        "counts": found.counts,
        "small_counts_expected": round(found.learned.expected, 1),
        "limits": [{"what": what, "found": value, "most": most} for what, value, most in limits(found)],
        "stated": [{"what": what, "found": value} for what, value in stated(found)],
        "findings": [vars(finding) for finding in found.findings],
        "guesses": [
            {"of": str(guess.key[0]), "part": guess.key[1], "count": guess.count, "chance": round(guess.chance, 4)}
            for guess in found.learned.every
        ],
        "missing_case": found.missing,
    }
