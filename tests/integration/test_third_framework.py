"""A framework with its own weights, words and bands is rows in the seeds: no model knows it, and it gets its scores."""

from pathlib import Path

import pytest

from tests.inspections import cases, inspection, judgements, rows
from tests.integration.odd import Odd, odd_warehouse

SEED_ROWS = {
    "inspection/frameworks.csv": (
        "TRI,Trial Inspection,2009-04-01,four_point,questions_80_summary_20,0.5,weighted_by_criterion,"
        "weighted_by_section,TRI3\n"
    ),
    "inspection/sections.csv": (
        "TRI,X,Exchange,percentage,0.75\nTRI,Y,Yield,percentage,0.25\nTRI,Z,Leadership,descriptive,\n"
    ),
    "inspection/criteria.csv": (
        "TRI,X,X1,First,percentage,,3,0\n"
        "TRI,X,X2,Second,percentage,,1,0\n"
        "TRI,Y,Y1,Third,percentage,,1,0\n"
        "TRI,Z,Z1,Leadership,descriptive,,,1\n"
    ),
    "inspection/questions.csv": (
        "TRI,X1.1,X1,Was it done?,1,0,case_file,all,0,\n"
        "TRI,X1.S,X1,Was it good?,1,1,case_file,all,0,\n"
        "TRI,X2.1,X2,Was it seen?,1,0,case_file,all,0,\n"
        "TRI,Y1.1,Y1,Was it safe?,1,0,case_file,all,0,\n"
    ),
    "inspection/threads.csv": "TRI,VIC,Victims\n",
    "inspection/thread_sections.csv": "TRI,VIC,X\n",
    "inspection/thread_questions.csv": "TRI,VIC,X1.1\nTRI,VIC,X2.1\nTRI,VIC,Y1.1\nTRI,ROH,X1.1\n",
    "inspection/rating_scales.csv": "TRI3,3,Green,3,0,0,\nTRI3,2,Amber,0,0,3,\nTRI3,1,Red,0,0,0,\n",
    "inspection/conclusion_bands.csv": "TRI,0.5,Enough,\nTRI,0,Not enough,\n",
}


DELIVERIES = {
    "inspection_TRI-1.csv": inspection("TRI-1", "TRI"),
    "case_sample_TRI-1.csv": cases("TRI-1", {f"case/{number}": "main" for number in range(1, 5)}),
    "judgement_TRI-1.csv": judgements("TRI-1", {"X1.1": "sssp", "X1.S": "sppp", "X2.1": "ssss", "Y1.1": "spnn"}),
    "management_evidence_TRI-1.csv": rows(
        "TRI-1",
        "sample_group,criterion_code,item_no,responsible,rating",
        "all,Z1,1,area,good",
        "all,Z1,2,area,weak",
    ),
    "published_score_TRI-1.csv": rows(
        "TRI-1",
        "sample_group,level,code,published_score_pct,published_rating,source",
        "all,question,X1.1,75,,Report",
        "all,question,X1.S,25,,Report",
        "all,question,X2.1,100,,Report",
        "all,criterion,X1,50,,Report",
        "all,criterion,X2,100,,Report",
        "all,section,X,63,,Report",
        "all,thread,VIC,88,,Report",
        "all,criterion,Z1,,Amber,Report",
    ),
}
"""A trial inspection of four cases."""

OURS = "where inspection_id = 'TRI-1'"


@pytest.fixture(scope="module")
def warehouse(prepared: Path) -> Odd:
    """Built with the framework's rows in the seeds."""
    return odd_warehouse(prepared)


def test_it_is_scored_by_its_own_weights(warehouse: Odd) -> None:
    """X1 = (0.75 + 0.25) / 2; X = (3 x 0.5 + 1) / 4; overall = 0.75 x 0.625 + 0.25 x 0.5; VIC = (0.75 + 1) / 2."""
    scores = warehouse.query(
        "select code, score from intermediate.int_inspection__score "
        f"inner join marts.dim_inspection using (inspection_id) {OURS} and sample_group = 'all'"
    )
    assert dict(scores) == {"X1": 0.5, "X2": 1.0, "Y1": 0.5, "X": 0.625, "Y": 0.5, "XY": 0.59375, "VIC": 0.875}
    assert warehouse.query(f"select score_pct from marts.fct_overall_score {OURS} and sample_group = 'all'") == [(59,)]


def test_it_has_a_thread_of_its_own_beside_the_published_one(warehouse: Odd) -> None:
    """One of its three questions is in a section that the thread does not run through; ROH is no thread here."""
    threads = warehouse.query(
        "select thread_code, thread_title, scored_questions, score_pct, published_score_pct "
        "from marts.fct_thread_score inner join marts.dim_thread using (framework_code, thread_code) "
        f"{OURS} and sample_group = 'all'"
    )
    assert threads == [("VIC", "Victims", 2, 88, 88.0)]


def test_it_is_rated_in_its_own_words(warehouse: Odd) -> None:
    ratings = warehouse.query(
        f"select criterion_code, derived_rating, published_rating from marts.fct_management_rating {OURS}"
    )
    assert ratings == [("Z1", "Amber", "Amber")]


def test_its_published_figures_are_reconciled(warehouse: Odd) -> None:
    """50 and 100 with weights 3 and 1 allow 62 to 63: a section of 63 can be 62.5 and more. Half of 75 and half of 25,
    each to half a point, allow 49.5 to 50.5."""
    verdicts = warehouse.query(
        f"select code, check_name, implied_low, implied_high, verdict from marts.fct_reconciliation {OURS}"
    )
    assert ("X", "internal", 62.0, 63.0, "consistent") in verdicts
    assert ("X1", "from questions", 49.5, 50.5, "consistent") in verdicts
    assert {verdict for *_, verdict in verdicts} == {"consistent"}
