"""Metrics are the marts' own figures where the marts have them, and pooled as the marts pool elsewhere."""

import math

import pytest

from tests.houses import House
from tests.metrics import Metrics, Values

MONTHS = "select {} from marts.fct_performance_month inner join marts.dim_area using (area_code)"
LAST = "qualify period_month = max(period_month) over (partition by measure_code, performance_year)"

PERFORMANCE = {
    "measure,area,metric_time__month": MONTHS.format("measure_code, area_code, period_month, scaled_value"),
    "measure,metric_time__month": MONTHS.format("distinct measure_code, period_month, national_scaled_value"),
    "measure,area__region,metric_time__month": MONTHS.format(
        "distinct measure_code, region, period_month, region_scaled_value"
    ),
    "measure,performance__family_group,metric_time__month": MONTHS.format(
        "distinct measure_code, family_group, period_month, family_scaled_value"
    )
    + " where family_group is not null",
    "measure,area,performance__performance_year": (
        f"select measure_code, area_code, performance_year, scaled_value from marts.fct_performance_to_date {LAST}"
    ),
    "measure,performance__performance_year": (
        "select distinct measure_code, performance_year, national_scaled_value "
        f"from marts.fct_performance_to_date {LAST}"
    ),
}
"""The marts' figures, by the grouping in which `performance` is asked."""


@pytest.fixture(scope="module")
def metrics(examples: House) -> Metrics:
    """The metrics, on the publication of the examples."""
    house = examples.warehouse
    return Metrics(house / "restricted" / "dbt" / "semantic_manifest.json", house / "current" / "analyst.duckdb")


def differing(found: Values, expected: Values) -> Values:
    """What should have been found and was not; doubles may differ in their last bits."""

    def is_same(one: float | None, other: float | None) -> bool:
        return one is other if one is None or other is None else math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)

    return {key: value for key, value in expected.items() if not is_same(found[key], value)}


@pytest.mark.parametrize("group_by", PERFORMANCE)
def test_performance_of_an_area_region_family_and_the_nation_is_the_marts(group_by: str, metrics: Metrics) -> None:
    expected = metrics.sql(PERFORMANCE[group_by])
    assert len(expected) > 20
    assert differing(metrics.ask("performance", group_by), expected) == {}


def test_performance_of_several_measures_is_none(metrics: Metrics) -> None:
    assert set(metrics.ask("performance", "area").values()) == {None}


def test_the_difference_from_target_is_the_marts(metrics: Metrics) -> None:
    expected = metrics.sql(MONTHS.format("measure_code, area_code, period_month, difference"))
    assert differing(metrics.ask("performance_difference", "measure,area,metric_time__month"), expected) == {}


def test_a_target_is_given_where_the_group_has_one_alone(metrics: Metrics) -> None:
    several = "select measure_code, count(distinct target) > 1 from marts.fct_performance_month group by all"
    found = metrics.ask("performance_target", "measure")
    differ = {key for key, is_several in metrics.sql(several).items() if is_several}
    assert differ
    assert {key for key in differ if found[key] is not None} == set()


def test_targets_met_are_counted_over_years_to_date(metrics: Metrics) -> None:
    expected = metrics.sql(
        "select region, count(*) filter (where status = 'met') / count(status) from marts.fct_performance_to_date "
        "inner join marts.dim_area using (area_code) group by region"
    )
    assert differing(metrics.ask("targets_met_share", "area__region"), expected) == {}


def test_answers_above_the_line_are_the_questions_proportions(metrics: Metrics) -> None:
    expected = metrics.sql(
        "select inspection_id, sample_group, question_code, proportion from marts.fct_question_score "
        "inner join marts.dim_inspection using (inspection_id) where follow_up_of is null"
    )
    found = metrics.ask("above_line_share", "inspection,question__sample_group,question__question_code")
    assert len(expected) > 1000
    assert found == expected


def test_pooled_scores_follow_from_pooled_answers_above_the_line(metrics: Metrics) -> None:
    """In ESI a criterion's score is the mean of its questions' pooled proportions by their weights."""
    weights = metrics.sql(
        "select framework_code, criterion_code, question_code, weight::double from marts.dim_question "
        "inner join marts.dim_framework using (framework_code) "
        "where criterion_method = 'mean_of_questions' and weight > 0"
    )
    shares = metrics.ask(
        "above_line_share",
        "question__framework_code,question__criterion_code,question__question_code",
        "{{ Dimension('question__sample_group') }} = 'all'",
    )
    expected = metrics.sql(
        "select framework_code, code, score from marts.fct_pooled_score "
        "where pool = 'programme' and sample_group = 'all' and characteristic = 'none' and level = 'criterion'"
    )
    sums: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for key, weight in weights.items():
        if shares.get(key) is not None:
            sums.setdefault(key[:2], []).append((weight * shares[key], weight))
    scores = {key: sum(part for part, _ in parts) / sum(weight for _, weight in parts) for key, parts in sums.items()}
    assert len(scores) > 8
    assert differing(scores, {key: expected[key] for key in scores}) == {}


@pytest.mark.parametrize("level", ["criterion", "section", "overall"])
def test_scores_of_inspections_are_the_marts(level: str, metrics: Metrics) -> None:
    expected = metrics.sql(f"select inspection_id, sample_group, {level}_code, score from marts.fct_{level}_score")
    assert metrics.ask(f"{level}_score", f"inspection,{level}__sample_group,{level}__{level}_code") == expected


def test_scores_of_pools_are_the_marts(metrics: Metrics) -> None:
    key = ("framework_code", "pool", "pool_code", "sample_group", "characteristic", "category", "level", "code")
    expected = metrics.sql(f"select {', '.join(key)}, score from marts.fct_pooled_score")
    assert metrics.ask("pooled_score", ",".join(f"pooled__{name}" for name in key)) == expected


@pytest.mark.parametrize(
    ("metric", "group_by"),
    [
        ("criterion_score", "inspection"),
        ("section_score", "section__section_code"),
        ("overall_score", "inspection__area__region"),
        ("pooled_score", "pooled__framework_code"),
        ("above_line_share", "inspection"),
    ],
)
def test_what_cannot_be_pooled_is_none_and_never_a_mean(metric: str, group_by: str, metrics: Metrics) -> None:
    found = metrics.ask(metric, group_by)
    assert found
    assert {key: value for key, value in found.items() if value is not None} == {}
