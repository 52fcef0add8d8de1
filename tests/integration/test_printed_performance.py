"""Every figure that reports print of performance, IPPF, unpaid work, ranks and profiles stands in a mart, and what is
recomputed is equal to it."""

import csv
from collections.abc import Iterable

import pytest

from tests.integration.conftest import PROJECT, House

Row = dict[str, str]


def _printed(name: str) -> list[Row]:
    path = PROJECT / "tests" / "data" / f"published_{name}.csv"
    return list(csv.DictReader(path.open(encoding="utf-8")))


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _numbers(row: Row, names: Iterable[str]) -> tuple[float | None, ...]:
    return tuple(_number(row[name]) for name in names)


def _text(cell: str) -> str | None:
    """A cell of IPPF as it is delivered on: 30.0 is 30, words and per cent signs stay."""
    number = cell.removesuffix("%")
    return f"{float(number):g}{cell[len(number) :]}" if number.replace(".", "").isdigit() else cell or None


VALUES = ("target", "area_value", "region_value", "national_value")


def _table_row(house: House, row: Row, columns: str) -> list[tuple[object, ...]]:
    """The row of the printed table for this area, measure and window."""
    return house.ask(
        f"""
        select {columns} from marts.fct_area_performance_table
        where area_code = '{row["area_code"]}' and measure_code = '{row["measure_code"]}'
            and first_month = date '{row["period_from"]}' and last_day(period_month) = date '{row["period_to"]}'
        """
    )


def test_the_printed_tables_stand_row_for_row_as_they_are_printed(examples: House) -> None:
    printed = _printed("performance")
    found = examples.ask(
        f"""
        select area_code, measure_code, printed_unit, {", ".join(f"printed_{name}" for name in VALUES)}
        from marts.fct_area_performance_table where source is not null order by area_code, print_order
        """
    )
    assert found == [(row["area_code"], row["measure_code"], row["unit"], *_numbers(row, VALUES)) for row in printed]
    assert len(found) == 31


@pytest.mark.parametrize("row", _printed("performance"), ids=lambda row: f"{row['area_code']}-{row['measure_code']}")
def test_every_printed_figure_of_performance_is_recomputed_over_its_window(examples: House, row: Row) -> None:
    printed = _numbers(row, VALUES)
    ((verdict, *ours),) = _table_row(examples, row, f"verdict, {', '.join(VALUES)}")
    compared = tuple(value if there is not None else None for value, there in zip(ours, printed, strict=True))
    assert (verdict, compared) == ("consistent", printed)


def test_every_printed_figure_of_unpaid_work_stands_as_it_is_printed(examples: House) -> None:
    printed = sorted(
        (row["area_code"], row["year"], row["table"], row["item"], float(row["value"]), row["unit"])
        for row in _printed("unpaid_work")
    )
    found = examples.ask(
        """
        select area_code, year, table_title, item, value, unit from marts.fct_unpaid_work
        where area_code in (select area_code from marts.dim_inspection) order by all
        """
    )
    assert sorted(found) == printed
    assert len(printed) == 33


def test_every_metric_of_the_framework_stands_as_it_is_printed_words_too(examples: House) -> None:
    figures = ("actual", "target", "national", "previous_year", "predicted", "difference")
    printed = {
        row["metric"]: (
            row["domain"],
            *(_text(row[name]) for name in figures),
            {"Yes": True, "No": False}.get(row["significant"]),
            _text(row["ippf_grade"]),
            row["counts_towards_domain"] == "1",
        )
        for row in _printed("ippf")
    }
    found = examples.ask(
        f"""
        select metric, domain, {", ".join(f"printed_{name}" for name in figures)}, significant, printed_grade,
            counts_towards_domain
        from marts.fct_ippf where area_code = 'NWA' and period_to = date '2007-12-31' order by print_order
        """
    )
    assert {metric: tuple(rest) for metric, *rest in found} == printed
    assert len(found) == 27
    assert {word for row in printed.values() for word in row if word in ("###", "n/a", "under review")} == {
        "###",
        "n/a",
        "under review",
    }


def test_every_grade_of_a_domain_stands_as_it_is_printed(examples: House) -> None:
    printed = sorted(
        (row["domain"].replace(" & ", " and "), int(row["published_grade"]), row["published_label"], "not derivable")
        for row in _printed("ippf_domains")
    )
    found = examples.ask(
        "select domain, published_grade, published_label, verdict from marts.fct_ippf_reconciliation order by domain"
    )
    assert sorted(found) == printed


def test_every_printed_rank_stands_beside_ours(examples: House) -> None:
    printed = sorted(
        (row["area_code"], row["as_at"], float(row["scorecard_rank"]), _number(row["scorecard_units"]), row["source"])
        for row in _printed("scorecard")
    )
    found = examples.ask(
        "select area_code, as_at::varchar, printed_rank, printed_units, source from marts.fct_printed_rank order by all"
    )
    assert sorted(found) == printed
    assert examples.ask("select count(*) > 0 from marts.fct_printed_rank where rank is not null") == [(True,)]


def test_every_printed_profile_stands_beside_that_of_england_and_wales(examples: House) -> None:
    printed = _printed("area_profile")
    numbers = [name for name in printed[0] if name not in ("area_code", "as_at", "family_group", "source")]
    found = examples.ask(
        f"select area_code, as_at::varchar, family_group, {', '.join(numbers)} from marts.dim_area_profile order by all"
    )
    assert sorted(found, key=str) == sorted(
        [(row["area_code"], row["as_at"], row["family_group"] or None, *_numbers(row, numbers)) for row in printed],
        key=str,
    )
    beside = examples.ask(
        """
        select area_code, value, value_year, national_value, national_value_year from marts.fct_area_profile
        where item = 'found_guilty_or_cautioned_per_100k' order by area_code
        """
    )
    assert beside == [("BED", 1014, "2003", 1050, "2003"), ("DVC", 664, "2004", 1016, "2004")]


def test_the_bonus_follows_the_weighted_score_and_not_the_share_of_measures_met(examples: House) -> None:
    ((score, met, counted, qualifies),) = examples.ask(
        """
        select score, measures_met, measures_counted, qualifies_for_full_bonus from marts.fct_scorecard
        where unit_code = 'BED' and period_month = date '2005-03-01'
        """
    )
    assert (round(score, 2), met, counted, qualifies) == (0.93, 7, 14, True)


def test_court_reports_are_called_what_they_were_in_each_year(examples: House) -> None:
    titles = examples.ask(
        "select distinct measure_title from marts.dim_measure_year where measure_code = 'PSR' "
        "and performance_year = '2004/05'"
    )
    assert titles == [("Magistrates' courts reports prepared in 15 working days",)]
