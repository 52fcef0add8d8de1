"""What scores of practice give away: whole per cents of few answers fix how many of them are below the line.

Scores judge work and are outside the promise about people. What they give away is counted, not limited.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attack.figures import Finding
from attack.read import rows

ROUNDING = 2
"""Cases are published to the nearest 5."""

MOST_SMALL = 4


@dataclass(frozen=True)
class Given:
    """Of so many scores, those that fix the answers below the line at 1 to 4, and those of which none is below."""

    scores: int
    few: int
    none: int


def answers_below(score_pct: int, cases: int, questions: int) -> range:
    """How many answers can be below the line, where each question applies to every case and counts the same."""
    found = [
        below
        for exact in range(cases - ROUNDING, cases + ROUNDING + 1)
        for below in _possible(score_pct, exact * questions)
    ]
    return range(min(found), max(found) + 1) if found else range(0)


def _possible(score_pct: int, answers: int) -> range:
    """Numbers below the line among so many answers that are shown as this whole per cent, rounded half up."""
    most = int(answers * (100.5 - score_pct) / 100)
    least = max(0, int(answers * (99.5 - score_pct) / 100) + 1) if score_pct < 100 else 0
    return range(least, most + 1)


def given_away(folder: Path) -> Given:
    """What the scores of criteria in a release give away.

    Errors: Unreadable where the tables cannot be read.
    """
    asked = Counter(
        (row["framework_code"], row["criterion_code"])
        for row in rows(folder, "dim_question", "framework_code", "criterion_code", "is_summary")
        if not row["is_summary"]
    )
    scores = [row for row in rows(folder, "fct_criterion_score", "cases", "score_pct") if row["score_pct"] is not None]
    below = [_below(row, asked) for row in scores]
    few = sum(bool(found) and found[0] > 0 and found[-1] <= MOST_SMALL for found in below)
    return Given(len(scores), few, sum(list(found) == [0] for found in below))


def _below(row: dict[str, Any], asked: Counter[tuple[str, str]]) -> range:
    questions = asked[row["framework_code"], row["criterion_code"]] or 1
    return answers_below(row["score_pct"], row["cases"], questions)


def findings(folder: Path) -> list[Finding]:
    """How many scores give answers away, for somebody to look at."""
    given = given_away(folder)
    counted = (
        ("fix the answers below the line at 1 to 4", given.few),
        ("say that no answer is below the line", given.none),
    )
    where = f"{given.scores} criterion scores"
    return [Finding("scores", where, says, times, fails=False) for says, times in counted if times]
