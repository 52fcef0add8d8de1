"""The figures that were published come out of the example deliveries, to the point."""

import csv
import math

import pytest

from tests.integration.conftest import EXAMPLES, House

MARTS = {
    "criterion": ("fct_criterion_score", "criterion_code"),
    "section": ("fct_section_score", "section_code"),
    "thread": ("fct_thread_score", "thread_code"),
}


def _published_scores() -> list[dict[str, str]]:
    paths = sorted(EXAMPLES.glob("*/published_score_*.csv"))
    rows = [row for path in paths for row in csv.DictReader(path.open(encoding="utf-8"))]
    return [row for row in rows if row["published_score_pct"]]


def _published_words() -> list[tuple[str, ...]]:
    paths = sorted(EXAMPLES.glob("*/published_score_*.csv"))
    rows = [row for path in paths for row in csv.DictReader(path.open(encoding="utf-8"))]
    key = ("inspection_id", "sample_group", "code", "published_rating")
    return sorted(tuple(row[name] for name in key) for row in rows if row["published_rating"])


def _scores(house: House, level: str, row: dict[str, str]) -> list[tuple[int, int]]:
    where = f"inspection_id = '{row['inspection_id']}' and sample_group = '{row['sample_group']}'"
    if level == "overall":
        return house.ask(f"select score_pct, published_score_pct from marts.fct_overall_score where {where}")
    mart, code = MARTS[level]
    return house.ask(
        f"select score_pct, published_score_pct from marts.{mart} where {where} and {code} = '{row['code']}'"
    )


def test_every_published_percentage_is_recomputed(examples: House) -> None:
    published = _published_scores()
    wrong = []
    for row in published:
        expected = int(row["published_score_pct"])
        if _scores(examples, row["level"], row) != [(expected, expected)]:
            wrong.append((row["sample_group"], row["level"], row["code"], expected))
    assert not wrong
    assert len(published) == 45
    assert {row["level"] for row in published} == {"criterion", "section", "overall", "thread"}
    assert {row["sample_group"] for row in published} == {"all", "unpaid_work"}


def test_every_published_word_follows_from_the_evidence(examples: House) -> None:
    derived = examples.ask(
        """
        select inspection_id, sample_group, criterion_code, derived_rating from marts.fct_management_rating
        order by all
        """
    )
    assert derived == _published_words()
    assert len(derived) == 18


def test_published_figures_agree_with_each_other(examples: House) -> None:
    verdicts = examples.ask(
        "select check_name, verdict, count(*) from marts.fct_reconciliation group by all order by all"
    )
    assert verdicts == [("internal", "consistent", 7), ("recomputed", "consistent", 63)]


def test_surveys_have_the_interval_of_wilson(examples: House) -> None:
    for positive, responded, low, high in examples.ask(
        "select positive, responded, ci_low, ci_high from marts.fct_survey_result"
    ):
        assert (low, high) == pytest.approx(_wilson(positive, responded), abs=1e-12)


def _wilson(successes: int, trials: int) -> tuple[float, float]:
    """The proportions that lie 1.96 of their own standard errors from the one observed."""
    share, z2 = successes / trials, 1.96**2
    a, b, c = trials + z2, -(2 * successes + z2), successes * share
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)
