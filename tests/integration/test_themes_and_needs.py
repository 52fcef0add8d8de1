"""What becomes of themes, decisions, caseloads, needs, classifications and surveys, good and bad."""

from pathlib import Path

import pytest

from tests.inspections import rows
from tests.integration.odd import Odd, odd_warehouse

NEEDS = "case_id,need,progress"
CLASSES = "case_id,risk_of_harm_manager,risk_of_harm_inspector"
SURVEY = "respondent_group,survey_question,asked,responded,positive,response_pct,positive_pct"
RECOMMENDATION = "recommendation_no,theme,criterion_code,addressed_to,status,status_on,part"
THEME = "theme_code,theme_title,sample_group,area_code,inspection_id,cases_about"
OF_THEME = "theme_code,recommendation_no,theme,addressed_to,status"
CASELOAD = "area_code,year,table,item,value,unit"

NOT_SAMPLED = "The case is not in the sample of this inspection, or its row there is held."


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"


DELIVERIES = {
    "theme_DRUGS.csv": _lines(
        THEME,
        "DRUGS,Substance misuse,substance_misuse,BED,E1,260",
        "DRUGS,Substance misuse,substance_misuse,HUM,,260",
        "DRUGS,Substance misuse,substance_misuse,KEN,K9,260",
    ),
    "theme_ODD.csv": _lines(THEME, "ODD,Odd,all,BED,E1,260", "ODD,Odd,all,HUM,,250"),
    "theme_recommendation_DRUGS.csv": _lines(OF_THEME, "DRUGS,1,better plans,Board,open"),
    "theme_recommendation_NONE.csv": _lines(OF_THEME, "NONE,1,better plans,Board,open"),
    "decision_E1.csv": rows(
        "E1",
        "decision,basis,planned_for",
        "serious_concern,Plans were late,",
        "further_inspection,What was found in case/1,2007-12-31",
        "no_further_inspection,All was well,2007-12-31",
    ),
    "caseload_BED_2005.csv": _lines(
        CASELOAD,
        "BED,2004/05,caseload,Total caseload,1,cases",
        "BED,2004/05,caseload,Female,10.5,percent",
        "BED,2004/05,resources,Main resource grant,9.744,gbp_m",
        "BED,2004/05,caseload,PPO,1.5,cases",
        "KEN,2004/05,caseload,Total caseload,2000,cases",
    ),
    "case_need_E1.csv": rows(
        "E1",
        NEEDS,
        "case/1,alcohol,better",
        "case/2,alcohol,",
        "case/3,alcohol,worse",
        "case/9,alcohol,",
        "case/1,stamps,",
        "case/1,employment,splendid",
    ),
    "case_classification_E1.csv": rows("E1", CLASSES, "case/1,L,M", "case/2,unclear,M", "case/9,L,L"),
    "survey_E1.csv": rows(
        "E1",
        SURVEY,
        "sentencer,Satisfied with reports,720,,,45,93",
        "staff,Clear about own role,,9,8,,",
        "staff,Nothing printed,80,,,,",
        "staff,More than answered,80,9,10,,",
        "victim,Well informed,27,9,4,,50",
    ),
    "recommendation_E2.csv": rows("E2", RECOMMENDATION, "1,better plans,B1,Board,open,2006-01-31,thematic element"),
}
"""What is delivered about the inspection E1 of `test_odd_inspections`, which has two cases in its main sample, its
follow-up, and their area."""


@pytest.fixture(scope="module")
def warehouse(prepared: Path) -> Odd:
    return odd_warehouse(prepared)


def _held(warehouse: Odd, delivery: str) -> dict[int, list[str]]:
    return dict(
        warehouse.query(
            "select row_number, reasons from ops.quarantine_row join ops.load_file using (file_id) "
            "where starts_with(file_name, ?)",
            delivery,
        )
    )


def test_a_theme_member_that_is_not_delivered_is_held_and_one_without_inspection_is_listed(warehouse: Odd) -> None:
    assert _held(warehouse, "theme_DRUGS") == {
        4: ["The inspection is not loaded: its own delivery has not come or is held."]
    }
    members = warehouse.query("select area_code, inspection_id, cases, status from marts.fct_theme_member order by all")
    assert members == [("BED", "E1", 2, "pooled"), ("HUM", None, None, "no inspection of ours")]


def test_a_theme_that_contradicts_itself_is_held_as_a_whole(warehouse: Odd) -> None:
    differs = ["Title, sample group and printed counts must be the same in every row of a theme."]
    assert _held(warehouse, "theme_ODD") == {2: differs, 3: differs}


def test_a_theme_pools_its_members_and_shows_printed_counts_beside_ours(warehouse: Odd) -> None:
    themes = warehouse.query("select member_areas, inspected_areas, cases, published_cases_about from marts.dim_theme")
    assert themes == [(2, 1, 2, 260)]
    scores = warehouse.query(
        "select theme_code, sample_group, pooled_score from marts.fct_theme_score where code = 'B1' order by all"
    )
    assert scores == [("DRUGS", "all", 0.5), ("DRUGS", "substance_misuse", 0.5)]


def test_recommendations_of_a_theme_wait_for_it(warehouse: Odd) -> None:
    assert warehouse.query("select theme_code, recommendation_no from marts.fct_theme_recommendation") == [("DRUGS", 1)]
    assert _held(warehouse, "theme_recommendation") == {
        2: ["The theme is not loaded: its own delivery has not come or is held."]
    }


def test_a_decision_that_contradicts_itself_or_names_a_case_is_held(warehouse: Odd) -> None:
    assert warehouse.query("select decision, basis from marts.fct_decision") == [("serious_concern", "Plans were late")]
    assert _held(warehouse, "decision") == {
        3: ["basis names a case: take the reference out"],
        4: ["planned_for must be empty where the decision is no_further_inspection"],
    }


def test_a_caseload_of_another_area_or_in_parts_of_cases_is_held(warehouse: Odd) -> None:
    assert _held(warehouse, "caseload") == {
        5: ["value must be a whole number where unit is cases or places"],
        6: ["area_code must be what the file's name says"],
    }
    items = warehouse.query("select item, value, unit from marts.fct_caseload order by item")
    assert items == [
        ("Female", 10.5, "percent"),
        ("Main resource grant", 9.744, "gbp_m"),
        ("Total caseload", 1.0, "cases"),
    ]


def test_a_caseload_smaller_than_its_sample_is_shown_and_not_compared(warehouse: Odd) -> None:
    shares = warehouse.query(
        "select sampled_cases, caseload_cases, sample_share, caseload_share, difference, status "
        "from marts.fct_sample_representation where inspection_id = 'E1' and part_code = 'women'"
    )
    assert shares == [(2, 1, 0.0, 0.105, None, "caseload smaller than its sample")]


def test_needs_of_cases_not_sampled_and_unknown_needs_are_held(warehouse: Odd) -> None:
    assert _held(warehouse, "case_need") == {
        5: [NOT_SAMPLED],
        6: ["There is no need with this name."],
        7: ["progress must be one of better, same, worse"],
    }
    counts = warehouse.query(
        "select need, sampled_cases, cases, better_cases, worse_cases from marts.fct_need_count "
        "where inspection_id = 'E1' and need in ('alcohol', 'employment') order by need"
    )
    assert counts == [("alcohol", 2, 2, 1, 0), ("employment", 2, 0, None, None)]


def test_classes_of_managers_and_inspectors_are_counted_and_of_cases_not_sampled_held(warehouse: Odd) -> None:
    assert _held(warehouse, "case_classification") == {4: [NOT_SAMPLED]}
    classes = warehouse.query(
        "select risk_of_harm, manager_share, inspector_share from marts.fct_risk_classification order by risk_of_harm"
    )
    assert classes == [("L", 1.0, 0.0), ("M", 0.0, 1.0), ("unclear", 0.5, 0.0)]


def test_a_survey_has_percentages_alone_and_a_response_rate_where_asked_is_known(warehouse: Odd) -> None:
    assert _held(warehouse, "survey") == {
        4: ["give positive, positive_pct or response_pct"],
        5: ["positive must not be above responded"],
    }
    answers = warehouse.query(
        "select survey_question, response_rate, positive_share from marts.fct_survey_result order by survey_question"
    )
    assert answers == [
        ("Clear about own role", None, 8 / 9),
        ("Satisfied with reports", 0.45, 0.93),
        ("Well informed", 9 / 27, 4 / 9),
    ]


def test_a_survey_percentage_that_disagrees_with_its_counts_loads_with_a_warning(warehouse: Odd) -> None:
    flags = warehouse.query(
        "select flag, sentence from ops.file_flag join ops.load_file using (file_id) where kind = 'survey'"
    )
    assert [flag for flag, _ in flags] == ["warning"]
    assert "positive_pct is not what positive makes of responded" in str(flags[0])


def test_a_recommendation_says_of_which_part_of_the_report_it_is(warehouse: Odd) -> None:
    assert warehouse.query("select part, due_on from marts.fct_recommendation where inspection_id = 'E2'") == [
        ("thematic element", None)
    ]
