"""The project's own seeds: generated deliveries refer to areas, questions and measures that exist."""

import csv
from functools import cache

from expectations.reference import PROJECT


@cache
def seed_rows(path: str) -> list[dict[str, str]]:
    """Rows of a seed, as text; `path` is relative to the seeds folder."""
    with (PROJECT / "seeds" / path).open(newline="", encoding="utf-8") as seed:
        return list(csv.DictReader(seed))


def questions(framework_code: str) -> list[dict[str, str]]:
    """The framework's questions, in the seed's order."""
    return [row for row in seed_rows("inspection/questions.csv") if row["framework_code"] == framework_code]


def thread_questions(framework_code: str, thread_code: str) -> set[str]:
    """Codes of the framework's questions about a thread."""
    rows = seed_rows("inspection/thread_questions.csv")
    return {
        row["question_code"]
        for row in rows
        if (row["framework_code"], row["thread_code"]) == (framework_code, thread_code)
    }


def criteria(framework_code: str, scoring: str) -> list[dict[str, str]]:
    """The framework's criteria that are scored so (percentage, descriptive)."""
    rows = seed_rows("inspection/criteria.csv")
    return [row for row in rows if row["framework_code"] == framework_code and row["scoring"] == scoring]


def returned_measures(performance_year: str) -> list[dict[str, str]]:
    """Measures that areas return in a performance year (2004/05)."""
    return [
        row
        for row in seed_rows("performance/measures.csv")
        if row["derived_from"] == "performance_return"
        and (row["valid_from"] or performance_year) <= performance_year <= (row["valid_to"] or performance_year)
    ]
