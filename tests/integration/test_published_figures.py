"""The figures that were published come out of the example deliveries, to the point."""

import csv
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.integration.conftest import EXAMPLES, PROJECT, House

MARTS = {
    "criterion": ("fct_criterion_score", "criterion_code"),
    "section": ("fct_section_score", "section_code"),
    "thread": ("fct_thread_score", "thread_code"),
}


def _published_scores() -> list[dict[str, str]]:
    paths = sorted(EXAMPLES.glob("*/published_score_*.csv"))
    rows = [row for path in paths for row in csv.DictReader(path.open(encoding="utf-8"))]
    return [row for row in rows if row["published_score_pct"]]


def _published_performance() -> list[dict[str, str]]:
    path = PROJECT / "tests" / "data" / "published_performance.csv"
    return list(csv.DictReader(path.open(encoding="utf-8")))


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


@pytest.mark.parametrize("row", _published_performance(), ids=lambda row: row["measure_code"])
def test_bedfordshire_and_the_nation_come_out_as_published(examples: House, row: dict[str, str]) -> None:
    ((value, scaled, national, target),) = examples.ask(
        f"""
        select value, scaled_value, national_value, target from marts.fct_performance_to_date
        where area_code = 'BED' and performance_year = '2004/05' and period_month = date '2005-03-01'
            and measure_code = '{row["measure_code"]}'
        """
    )
    days = row["unit"] == "days"
    area = scaled if days else value * 100
    nation = national if days else national * 100
    assert _half_up(area, row["area_value"]) == Decimal(row["area_value"])
    assert _half_up(nation, row["national_value"]) == Decimal(row["national_value"])
    assert Decimal(str(round(target if days else target * 100, 9))) == Decimal(row["target"])


def _half_up(value: float, published: str) -> Decimal:
    """The value to as many decimals as were published."""
    return Decimal(str(round(value, 9))).quantize(Decimal(published), rounding=ROUND_HALF_UP)
