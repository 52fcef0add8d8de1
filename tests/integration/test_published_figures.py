"""The figures that were published come out of the example deliveries, to the point."""

import csv
import math
from typing import Any

import pytest

from tests.integration.conftest import PROJECT, House
from tests.sites import pages_in

MARTS = {
    "criterion": ("fct_criterion_score", "criterion_code"),
    "section": ("fct_section_score", "section_code"),
    "thread": ("fct_thread_score", "thread_code"),
}


def _rows(name: str) -> list[dict[str, str]]:
    """What the five reports print, read from them."""
    return list(csv.DictReader((PROJECT / "tests" / "data" / name).open(encoding="utf-8")))


CONTRADICTED = {
    ("ESI-WRW-2006-FU", "comparable", "B1.2"),
    ("ESI-DVC-2006", "all", "C"),
    ("ESI-DVC-2006", "all", "BCD"),
}
"""Printed figures that cannot be true beside the others."""

PRINTED_TWICE = ("ESI-DVC-2006", "all", "C1.3", "85")
"""Printed as 89 and as 85 of the same cases: 89 is delivered."""


def _scores(house: House, row: dict[str, str]) -> list[tuple[int, int]]:
    where = f"inspection_id = '{row['inspection_id']}' and sample_group = '{row['sample_group']}'"
    if row["level"] == "overall":
        return house.ask(f"select score_pct, published_score_pct from marts.fct_overall_score where {where}")
    mart, code = MARTS[row["level"]]
    return house.ask(
        f"select score_pct, published_score_pct from marts.{mart} where {where} and {code} = '{row['code']}'"
    )


def test_every_printed_score_stands_beside_the_recomputed_one(examples: House) -> None:
    printed = _rows("published_scores.csv")
    assert len(printed) == 113
    for row in printed:
        if row["published_score_pct"]:
            expected = int(row["published_score_pct"])
            ((score, published),) = _scores(examples, row)
            assert published == expected, row
            assert (score == published) is not (
                (row["inspection_id"], row["sample_group"], row["code"]) in CONTRADICTED
            )


def test_every_printed_word_follows_from_the_evidence(examples: House) -> None:
    derived = examples.ask(
        """
        select inspection_id, sample_group, criterion_code, derived_rating, published_rating
        from marts.fct_management_rating order by all
        """
    )
    key = ("inspection_id", "sample_group", "code", "published_rating", "published_rating")
    words = [tuple(row[name] for name in key) for row in _rows("published_scores.csv") if row["published_rating"]]
    assert derived == sorted(words)
    assert len(words) == 30


def test_every_printed_question_stands_beside_the_recomputed_one(examples: House) -> None:
    printed = _rows("published_questions.csv")
    assert len(printed) == 400
    found = {(*key,): (ours, theirs) for *key, ours, theirs in _questions(examples)}
    wrong = []
    for row in printed:
        key = (row["inspection_id"], row["sample_group"], row["question_code"])
        if (*key, row["published_score_pct"]) == PRINTED_TWICE:
            continue
        ours, theirs = found[key]
        expected = [int(row[part]) if row[part] else None for part in PARTS]
        assert theirs == expected, key
        if any(part is not None and part != own for part, own in zip(expected, ours, strict=True)):
            wrong.append(key)
    assert wrong == [("ESI-WRW-2006-FU", "comparable", "B1.2")]


PARTS = ("published_score_pct", "published_numerator", "published_denominator", "published_below")


def _questions(house: House) -> list[tuple[Any, ...]]:
    """Key, our parts and the printed ones of each question in each group."""
    return house.ask(
        f"""
        select inspection_id, sample_group, question_code,
            [score_pct, above_line_cases, relevant_cases, relevant_cases - above_line_cases], [{", ".join(PARTS)}]
        from marts.fct_question_score
        """
    )


def test_printed_questions_stand_on_the_page_of_their_inspection(examples: House) -> None:
    """In one row: the code, what is printed and what we compute."""
    site = pages_in(examples.warehouse / "current" / "site")
    rows = {
        inspection_id: {
            tuple(cell.text for cell in row.all("th", "td"))
            for row in site[f"inspections/{inspection_id}.html"].all("tr")
        }
        for (inspection_id,) in examples.ask("select inspection_id from marts.dim_inspection")
    }
    for inspection_id, code, published, score_pct in examples.ask(
        """
        select inspection_id, question_code, published, score_pct
        from marts.fct_question_score where published is not null
        """
    ):
        cells = {code, published, f"{score_pct}%"}
        assert any(cells <= {cell.removesuffix(" [u]") for cell in row} for row in rows[inspection_id]), (
            code,
            published,
        )


def test_only_known_contradictions_are_inconsistent(examples: House) -> None:
    """Each with a sentence; what else is printed agrees or cannot be told."""
    found = examples.ask(
        """
        select inspection_id, level, code, check_name, explanation from marts.fct_reconciliation
        where verdict = 'inconsistent' order by all
        """
    )
    assert found == [
        ("ESI-DVC-2006", "overall", "BCD", "recomputed", "The report prints 73; what was delivered gives 72."),
        (
            "ESI-DVC-2006",
            "section",
            "C",
            "internal",
            "The criteria printed allow 73.5 to 74.5 points; the report prints 76.",
        ),
        ("ESI-DVC-2006", "section", "C", "recomputed", "The report prints 76; what was delivered gives 74."),
        (
            "ESI-WRW-2006-FU",
            "question",
            "B1.2",
            "attainable",
            "98 per cent is not a share of 30 cases or fewer: the smallest base is 40.",
        ),
        ("ESI-WRW-2006-FU", "question", "B1.2", "recomputed", "The report prints 98; what was delivered gives 97."),
    ]


def test_a_contradiction_of_the_print_is_found_by_its_check_or_stands_as_a_note(examples: House) -> None:
    verdicts = examples.ask(
        "select found_by, verdict, count(*) from marts.fct_known_contradiction group by all order by all"
    )
    assert verdicts == [
        ("attainable", "inconsistent", 1),
        ("internal", "inconsistent", 1),
        ("recomputed", "inconsistent", 1),
        (None, None, 14),
    ]
    site = pages_in(examples.warehouse / "current" / "site")
    for inspection_id, why in examples.ask("select inspection_id, why from marts.fct_known_contradiction"):
        assert why in site[f"inspections/{inspection_id}.html"].text


def test_the_follow_up_stands_beside_what_was_printed_before_and_after(examples: House) -> None:
    criteria = examples.ask(
        """
        select criterion_code, original_published_pct, round(original_comparable_score * 100),
            follow_up_published_pct, round(follow_up_score * 100)
        from marts.fct_follow_up_change order by all
        """
    )
    assert criteria == [("B1", 49, 49, 64, 64), ("B3", 50, 50, 61, 61), ("C2", 30, 30, 50, 50)]
    questions = {
        code: (before, after)
        for code, before, after in examples.ask(
            "select question_code, original_published, published from marts.fct_follow_up_question"
        )
    }
    assert questions["B1.3"] == ("13", "67")
    assert questions["B3.7"] == ("59", "77")


def test_surveys_have_the_interval_of_wilson(examples: House) -> None:
    for positive, responded, low, high in examples.ask(
        "select positive, responded, ci_low, ci_high from marts.fct_survey_result "
        "where positive is not null and responded is not null"
    ):
        assert (low, high) == pytest.approx(_wilson(positive, responded), abs=1e-12)


def _wilson(successes: int, trials: int) -> tuple[float, float]:
    """The proportions that lie 1.96 of their own standard errors from the one observed."""
    share, z2 = successes / trials, 1.96**2
    a, b, c = trials + z2, -(2 * successes + z2), successes * share
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)
