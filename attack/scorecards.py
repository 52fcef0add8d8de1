"""Scorecards and columns of a release that say more than its published counts."""

from collections import defaultdict
from pathlib import Path

from attack.figures import Finding
from attack.read import Row, columns, rows, tables

TELLING = ("rows_", "case_key", "case_id", "case_ref", "record_key", "revision_no")
"""Beginnings of columns that count rows of deliveries or name a case."""


def _wrong(card: Row, measures: list[Row]) -> str:
    """What of a unit's scorecard does not follow from its published measures; nothing where all does."""
    met = sum(row["status"] == "met" for row in measures)
    counted = [row for row in measures if row["points"] is not None]
    weight = sum(row["weight"] for row in counted)
    score = sum(row["points"] for row in counted) / weight if weight else None
    if card.get("measures_met") not in (None, met):
        return "measures met are not those shown as met"
    if card["score"] is not None and score is not None and abs(card["score"] - score) > 1e-6:
        return "scores do not follow from the measures shown"
    return ""


def of_scorecards(folder: Path) -> list[Finding]:
    """Scorecards that do not follow from the measures beside them.

    Errors: Unreadable where the tables cannot be read.
    """
    measures: dict[tuple[object, str], list[Row]] = defaultdict(list)
    for row in rows(folder, "fct_scorecard_measure", "period_month", "unit_code", "status", "points", "weight"):
        measures[row["period_month"], row["unit_code"]].append(row)
    cards = rows(folder, "fct_scorecard", "period_month", "unit_code", "score") if measures else []
    wrong = [_wrong(card, measures[card["period_month"], card["unit_code"]]) for card in cards]
    return [Finding("scorecard", "fct_scorecard", says, wrong.count(says)) for says in dict.fromkeys(wrong) if says]


def of_columns(folder: Path) -> list[Finding]:
    """Columns that count rows of deliveries or name a case.

    Errors: Unreadable where the tables cannot be read.
    """
    with tables(folder) as connection:
        found = [
            f"{table}.{column}"
            for table, kinds in columns(connection).items()
            for column in kinds
            if column.startswith(TELLING)
        ]
    return [Finding("columns", found[0], "counts rows of deliveries or names a case", len(found))] if found else []
