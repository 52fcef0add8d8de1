"""What becomes of inspection deliveries that contradict themselves or each other (docs/explanation/methods.md)."""

from pathlib import Path

import pytest

from tests.inspections import cases, inspection, judgements, rows
from tests.integration.odd import Odd, odd_warehouse

EVIDENCE = "sample_group,criterion_code,item_no,responsible,rating"
ADJUSTMENT = "sample_group,criterion_code,adjusted_rating,reason,decided_by,decided_on"
PUBLISHED = "sample_group,level,code,published_score_pct,published_rating,source"
COUNTED = f"{PUBLISHED},published_numerator,published_denominator,published_below"
RECOMMENDATION = "recommendation_no,theme,criterion_code,addressed_to,due_on,status,status_on"


DELIVERIES = {
    "inspection_E1.csv": inspection("E1", "ESI"),
    "inspection_E2.csv": inspection("E2", "ESI", follow_up_of="E1"),
    "inspection_E3.csv": inspection("E3", "ESI", follow_up_of="E2"),
    "case_sample_E1.csv": cases("E1", {"case/1": "main", "case/2": "main", "case/3": "post_cja"}),
    "judgement_E1.csv": judgements("E1", {"B1.1": "sp-", "B2.1": "--s"}),
    "management_evidence_E1.csv": rows(
        "E1", EVIDENCE, "all,A1,1,area,good", "all,A1,2,area,superb", "all,A1,3,NPD,weak", "all,A2,1,NPD,good"
    ),
    "score_adjustment_E1.csv": rows(
        "E1",
        ADJUSTMENT,
        "all,A1,Well met,,Lead,2006-02-01",
        "all,A1,Not met,Board left,Lead,2006-01-20",
        "all,A1,Poor,Too early,Lead,2006-01-10",
        "all,A2,Splendid,Good board,Lead,2006-01-10",
    ),
    "published_score_E1.csv": rows(
        "E1",
        PUBLISHED,
        "all,criterion,B1,50,,Report",
        "all,criterion,B2,70,,Report",
        "all,criterion,B2,71,,Report",
        "all,criterion,C1,10,,Report",
        "all,criterion,C2,10,,Report",
        "all,criterion,C3,10,,Report",
        "all,criterion,C4,10,,Report",
        "all,criterion,C5,10,,Report",
        "all,section,B,55,,Report",
        "all,section,C,90,,Report",
    ),
    "published_score_E2.csv": rows(
        "E2",
        COUNTED,
        "all,question,B1.1,,,Report,5,4,",
        "all,question,B1.2,54,,Report,54,95,",
        "all,question,1.1.1,50,,Report,,,",
        "all,question,B1.3,,Poor,Report,,,",
        "all,criterion,B3,50,,Report,1,2,",
        "all,question,B1.4,,,Report,3,4,2",
        "all,question,B1.5,75,,Report,3,4,1",
        "all,question,B1.6,,,Report,,,2",
        "all,question,B1.7,67,,Report,,3,1",
        "all,question,B1.8,50,,Report,1,,",
        "all,question,B3.1,50,,Report,,,",
        "all,question,B3.2,50,,Report,,,",
    ),
    "recommendation_E1.csv": rows("E1", RECOMMENDATION, "1,better plans,B1,Board,,open,2006-01-31"),
    "recommendation_E1_r2.csv": rows("E1", RECOMMENDATION, "1,better plans,B1,Board,,closed,2006-05-31"),
}
"""One ESI inspection with every oddity, its follow-up, and the follow-up's follow-up."""


@pytest.fixture(scope="module")
def warehouse(prepared: Path) -> Odd:
    return odd_warehouse(prepared)


def _reasons(warehouse: Odd, kind: str, key: str = "E1") -> dict[int, list[str]]:
    return dict(
        warehouse.query(
            """
            select row_number, reasons from ops.quarantine_row join ops.load_file using (file_id)
            where kind = ? and key = ?
            """,
            kind,
            key,
        )
    )


def test_an_evidence_rating_outside_the_scale_is_held(warehouse: Odd) -> None:
    assert _reasons(warehouse, "management_evidence") == {
        3: ["rating must be one of very_strong, strong, good, satisfactory, weak"]
    }


def test_an_adjustment_without_a_reason_or_with_a_strange_word_is_held(warehouse: Odd) -> None:
    assert _reasons(warehouse, "score_adjustment") == {
        2: ["reason must not be empty"],
        5: ["The adjusted rating is no word that this criterion can have in the framework of this inspection."],
    }


def test_the_adjustment_decided_last_stands_beside_what_the_evidence_says(warehouse: Odd) -> None:
    """A2 has only the NPD's evidence and no valid adjustment: no rating."""
    ratings = warehouse.query(
        "select criterion_code, derived_rating, adjusted_rating, rating, reason from marts.fct_management_rating "
        "where inspection_id = 'E1'"
    )
    assert ratings == [("A1", "Partly met", "Not met", "Not met", "Board left")]


def test_a_figure_published_twice_and_differently_is_held_and_what_needs_it_not_derivable(warehouse: Odd) -> None:
    assert set(_reasons(warehouse, "published_score")) == {4, 3}
    assert _internal(warehouse, "B") == [(None, None, "not derivable")]


def test_a_figure_of_a_question_that_cannot_be_read_as_one_is_held(warehouse: Odd) -> None:
    """Above its base; of another framework; a word; the count of a criterion; parts that do not add up."""
    assert _reasons(warehouse, "published_score", "E2") == {
        2: ["published_numerator must not be above published_denominator"],
        4: ["There is no question, criterion, section or thread with this code in the framework of this inspection."],
        5: ["a question needs a figure: published_score_pct, published_numerator or published_below"],
        6: ["published_numerator, published_denominator and published_below belong to level question only"],
        7: ["published_numerator and published_below must add up to published_denominator"],
    }


def test_a_percentage_that_disagrees_with_its_own_count_is_loaded_and_reported(warehouse: Odd) -> None:
    """54 of 95 are 57 per cent. 3 of 4 are 75, and one of three below the line leaves 67; no case came with 50."""
    found = warehouse.query(
        """
        select code, verdict, explanation from marts.fct_reconciliation
        where inspection_id = 'E2' and check_name = 'attainable' order by code
        """
    )
    no_cases = "The cases of this group were not delivered."
    assert found == [
        ("B1.2", "inconsistent", "54 of 95 is not 54 per cent."),
        ("B1.5", "consistent", None),
        ("B1.7", "consistent", None),
        ("B1.8", "not derivable", no_cases),
        ("B3.1", "not derivable", no_cases),
        ("B3.2", "not derivable", no_cases),
    ]


def test_a_section_that_its_criteria_contradict_is_reported_and_does_not_stop_the_night(warehouse: Odd) -> None:
    assert _internal(warehouse, "C") == [(9.5, 10.5, "inconsistent")]


def _internal(warehouse: Odd, code: str) -> list[tuple[object, ...]]:
    return warehouse.query(
        """
        select implied_low, implied_high, verdict from marts.fct_reconciliation
        where check_name = 'internal' and code = ?
        """,
        code,
    )


def test_a_follow_up_of_a_follow_up_is_loaded_and_names_the_one_it_follows(warehouse: Odd) -> None:
    follow_ups = warehouse.query(
        "select inspection_id, follow_up_of from marts.dim_inspection where framework_code = 'ESI' order by all"
    )
    assert follow_ups == [("E1", None), ("E2", "E1"), ("E3", "E2")]


def test_a_criterion_judged_in_one_group_counts_in_that_group_alone(warehouse: Odd) -> None:
    """B2 was judged in the post-CJA sample only: section B is B1 in `all`, and B2 there."""
    scores = warehouse.query(
        """
        select sample_group, code, score from intermediate.int_inspection__score
        inner join marts.dim_inspection using (inspection_id)
        where inspection_id = 'E1' and sample_group in ('all', 'post_cja') order by sample_group, code
        """
    )
    assert scores == [("all", "B", 0.5), ("all", "B1", 0.5), ("post_cja", "B", 1.0), ("post_cja", "B2", 1.0)]


def test_a_recommendation_keeps_the_status_of_a_superseded_file(warehouse: Odd) -> None:
    statuses = warehouse.query(
        "select status, revision, is_latest from marts.fct_recommendation where inspection_id = 'E1' order by status_on"
    )
    assert statuses == [("open", 1, False), ("closed", 2, True)]
