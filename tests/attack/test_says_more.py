"""Words, scorecards and columns of a release say no more than its published counts."""

from pathlib import Path

import duckdb
import pytest

from attack.scorecards import of_columns, of_scorecards
from attack.words import word_of


@pytest.mark.parametrize(
    ("side", "base", "words"),
    [
        (3, 19, {"few_people", "not_applicable"}),
        (10, 40, {"rough"}),
        (39, 40, {"low"}),
        (0, 40, {"high"}),
        (0, 50, {"shown"}),
    ],
)
def test_a_word_is_that_of_the_published_counts(side: int, base: int, words: set[str]) -> None:
    assert word_of(side, base, counted=False) == words


def scorecards(folder: Path, score: float, met: int) -> Path:
    """A release with the scorecard of one unit: two measures, one of them met."""
    with duckdb.connect(str(folder / "public.duckdb")) as connection:
        connection.execute("create schema public.public")
        connection.execute(
            "create table public.public.fct_scorecard_measure as select 'BED' as unit_code, "
            "'2005-03-01' as period_month, unnest(['met', 'missed']) as status, unnest([1.0, 0.8]) as points, "
            "1.0 as weight"
        )
        connection.execute(
            "create table public.public.fct_scorecard as select 'BED' as unit_code, '2005-03-01' as period_month, "
            f"{score} as score, {met} as measures_met"
        )
    return folder


def test_a_scorecard_of_the_measures_shown_is_right(tmp_path: Path) -> None:
    assert of_scorecards(scorecards(tmp_path, 0.9, 1)) == []


@pytest.mark.parametrize(
    ("score", "met", "says"),
    [
        (0.9, 2, "measures met are not those shown as met"),
        (0.93, 1, "scores do not follow from the measures shown"),
    ],
)
def test_a_scorecard_of_hidden_figures_is_found(score: float, met: int, says: str, tmp_path: Path) -> None:
    assert [finding.says for finding in of_scorecards(scorecards(tmp_path, score, met))] == [says]


def test_row_counts_of_deliveries_are_found(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "public.duckdb")) as connection:
        connection.execute("create schema public.public")
        connection.execute("create table public.public.delivery as select 213 as rows_loaded")
    assert [finding.where for finding in of_columns(tmp_path)] == ["delivery.rows_loaded"]
