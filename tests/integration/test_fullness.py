"""42 areas, 36 months and 100 inspections: what should be there is there, and what was planted is found."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from bench.generator import PRESETS, Planted, generate
from tests.integration.conftest import House, NewHouse

# make test finds what is planted rule by rule, in dbt's unit tests: tests/unit/test_rules.py.
pytestmark = pytest.mark.long

PLAN = PRESETS["fullness"]
CASE_MEASURES = 7


@pytest.fixture(scope="module")
def planted_house(new_house: NewHouse, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Planted]:
    """One night over the full set of invented deliveries."""
    house = replace(new_house(tmp_path_factory.mktemp("fullness")), pages=False)
    house.landing.rmdir()
    planted = generate(PLAN, house.landing)
    house.night()
    return house, planted


@pytest.fixture(scope="module")
def house(planted_house: tuple[House, Planted]) -> House:
    return planted_house[0]


@pytest.fixture(scope="module")
def planted(planted_house: tuple[House, Planted]) -> Planted:
    return planted_house[1]


def _rows(folder: Path, kind: str) -> int:
    """Data rows of a kind's deliveries, whatever revision."""
    return sum(len(path.read_text("utf-8").splitlines()) - 1 for path in folder.rglob(f"{kind}_*.csv"))


@pytest.mark.parametrize("kind", ["case_sample", "judgement", "nsmart", "performance_return"])
def test_every_row_delivered_is_loaded(house: House, kind: str) -> None:
    ((landed, loaded),) = house.ask(
        f"select sum(rows_landed), sum(rows_loaded) from ops.load_file where kind = '{kind}'"
    )
    assert landed == loaded == _rows(house.landing, kind)
    assert house.ask("select count(*) from ops.quarantine_row") == [(0,)]


def test_every_area_month_and_case_measure_has_a_figure_but_the_missing_month(house: House, planted: Planted) -> None:
    missing = planted.missing_month
    ((figures,),) = house.ask(
        """
        select count(*) from marts.fct_performance_month
        where measure_code in ('ENF', 'CMP', 'CON_ARR', 'CON_KEPT', 'ROH_TIME', 'PPO_TIME', 'ETH')
        """
    )
    assert figures == (PLAN.areas * PLAN.months - 1) * CASE_MEASURES
    assert house.ask(
        f"""
        select count(*) from marts.fct_performance_month
        where area_code = '{missing.area_code}' and period_month = date '{missing.period_month}'
        """
    ) == [(0,)]


def test_the_missing_month_shows_as_due_and_not_in(house: House, planted: Planted) -> None:
    missing = planted.missing_month
    assert house.ask(
        f"""
        select distinct months_due - months_in from marts.fct_performance_to_date
        where area_code = '{missing.area_code}' and period_month = date '{missing.period_month}'
        """
    ) == [(1,)]


def test_every_inspection_has_every_score_of_its_framework(house: House) -> None:
    counts = dict(
        house.ask(
            """
            select framework_code, list(distinct criteria order by criteria)
            from (
                select framework_code, inspection_id, count(*) as criteria
                from marts.fct_criterion_score inner join marts.dim_inspection using (inspection_id, framework_code)
                where sample_group = 'all' and follow_up_of is null
                group by all
            )
            group by all
            """
        )
    )
    assert counts == {"ESI": [12], "OMI": [14]}
    assert house.ask("select count(distinct inspection_id) from marts.fct_criterion_score") == [(PLAN.inspections,)]


def test_published_percentages_are_recomputed(house: House) -> None:
    for mart in ("criterion", "section", "overall", "thread"):
        assert house.ask(
            f"""
            select count(*) filter (where score_pct <> published_score_pct), count(*) > 0 from marts.fct_{mart}_score
            where published_score_pct is not null
            """
        ) == [(0, True)]


def test_the_planted_improvement_is_found(house: House, planted: Planted) -> None:
    improvement = planted.improvement
    found = house.ask(
        f"""
        select period_month, numerator, denominator from marts.fct_performance_month
        where area_code = '{improvement.area_code}' and measure_code = '{improvement.measure_code}' order by 1
        """
    )
    assert found == [(month.period_month, month.numerator, month.denominator) for month in improvement.months]


def test_the_planted_break_is_the_lowest_month_of_its_area_and_measure(house: House, planted: Planted) -> None:
    broken = planted.broken_month
    assert house.ask(
        f"""
        select period_month from marts.fct_performance_month
        where area_code = '{broken.area_code}' and measure_code = '{broken.measure_code}' order by value limit 1
        """
    ) == [(broken.month.period_month,)]


def test_the_planted_break_is_the_one_month_of_its_area_and_measure_outside_limits(
    house: House, planted: Planted
) -> None:
    broken = planted.broken_month
    assert house.ask(
        f"""
        select period_month, signal from marts.fct_performance_signal
        where area_code = '{broken.area_code}' and measure_code = '{broken.measure_code}' and is_outside
        """
    ) == [(broken.month.period_month, "below limits")]


def test_the_planted_improvement_is_signalled(house: House, planted: Planted) -> None:
    improvement = planted.improvement
    signals = house.ask(
        f"""
        select distinct signal, six_month_signal from marts.fct_performance_signal
        where area_code = '{improvement.area_code}' and measure_code = '{improvement.measure_code}'
            and (signal is not null or six_month_signal is not null)
        """
    )
    assert signals == [(None, "above limits")]


def test_the_planted_lenient_assessor_is_found(house: House, planted: Planted) -> None:
    lenient = planted.lenient_assessor
    ((difference,),) = house.ask(
        f"""
        select avg(area.score - inspector.score)
        from marts.fct_criterion_score as area
        inner join marts.fct_criterion_score as inspector using (inspection_id, criterion_code)
        where inspection_id = '{lenient.inspection_id}'
            and area.sample_group = 'area_assessor' and inspector.sample_group = 'inspector'
        """
    )
    assert difference == pytest.approx(lenient.above_line_share - lenient.inspector_above_line_share, abs=0.05)


def test_the_correction_counts_and_not_what_it_corrects(house: House, planted: Planted) -> None:
    corrected = planted.corrected_month
    assert house.ask(
        f"""
        select numerator from marts.fct_performance_month
        where area_code = '{corrected.area_code}' and measure_code = '{corrected.measure_code}'
            and period_month = date '{corrected.period_month}'
        """
    ) == [(corrected.numerator_after,)]


def test_no_identifier_delivered_is_published(house: House) -> None:
    samples = house.landing.rglob("case_sample_*.csv")
    cases = {row["case_id"] for path in samples for row in csv.DictReader(path.open(encoding="utf-8"))}
    published = {text for (text,) in house.ask("select distinct case_key from marts.dim_case")}
    assert len(cases) > 1_000
    assert not cases & published


def test_the_lenient_area_assessor_stands_out(house: House, planted: Planted) -> None:
    lenient = planted.lenient_assessor
    ((inspection_id, found_gap, beyond_chance),) = house.ask(
        f"""
        select inspection_id, difference, beyond_chance from marts.fct_subsample_comparison
        where sample_group = '{lenient.assessor_type}' and level = 'overall'
        order by difference desc limit 1
        """
    )
    planted_gap = lenient.above_line_share - lenient.inspector_above_line_share
    assert (inspection_id, beyond_chance) == (lenient.inspection_id, True)
    assert found_gap == pytest.approx(planted_gap * 2 / 3, abs=0.08)


def test_every_month_ranks_every_area_and_says_which_scores_are_not_complete(house: House, planted: Planted) -> None:
    assert house.ask("select count(*), count(distinct period_month), min(units_ranked) from marts.fct_scorecard") == [
        (PLAN.areas * PLAN.months, PLAN.months, PLAN.areas)
    ]
    missing = planted.missing_month
    assert house.ask(
        f"""
        select is_complete, measures_short_of_months > 0 from marts.fct_scorecard
        where unit_code = '{missing.area_code}' and period_month = '{missing.period_month}'
        """
    ) == [(False, True)]


def test_ranks_are_those_of_the_scores(house: House) -> None:
    assert (
        house.ask(
            """
            select unit_code, period_month from (
                select *, rank() over (partition by period_month order by round(score, 9) desc) as expected
                from marts.fct_scorecard
            ) where rank <> expected
            """
        )
        == []
    )
