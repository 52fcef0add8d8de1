"""Figures that reports print and no delivery carries are in the marts, beside ours, and ours are equal.

The copies below tests/data were read from the reports apart from the seed that the mart is built from. Where the print
contradicts itself, known_contradictions.csv lists the figure.
"""

import csv
from collections.abc import Iterator

import pytest

from tests.integration.conftest import PROJECT, House

Row = dict[str, str]
Figure = tuple[str, str, str, str]
"""Inspection, table, item, group of cases."""

OF_A_GROUP = {"post_cja": "post_cja", "unpaid_work high_roh": "unpaid_work"}
"""Parts of the sample that are no part of the main one as a whole."""

CONTRADICTIONS = {
    ("ESI-DVC-2006", "sample", "alcohol", "all"),
    ("ESI-DVC-2006", "sample", "alcohol or drugs", "all"),
    ("ESI-DVC-2006", "management words", "Satisfactorily met", "substance_misuse"),
    ("ESI-DVC-2006", "management words", "Well met", "substance_misuse"),
}


def rows(name: str) -> list[Row]:
    path = PROJECT / "tests" / "data" / f"{name}.csv"
    return list(csv.DictReader(path.open(encoding="utf-8")))


def outcomes() -> Iterator[tuple[Figure, Row]]:
    for row in rows("published_outcomes"):
        printed = {name: row[f"published_{name}"] for name in ("pct", "numerator", "denominator")}
        yield (row["inspection_id"], "outcomes", row["item"], row["sample_group"]), printed


def sample() -> Iterator[tuple[Figure, Row]]:
    for row in rows("published_sample"):
        group = OF_A_GROUP.get(row["item"], "all")
        printed = {"pct": row["published_pct"], "numerator": row["published_cases"], "denominator": ""}
        yield (row["inspection_id"], "sample", row["item"], group), printed


def conclusions() -> Iterator[tuple[Figure, str]]:
    for row in rows("published_conclusions"):
        yield (row["inspection_id"], "conclusions", row["criterion_code"], "all"), row["published_conclusion"]


def found(house: House, figure: Figure) -> tuple[str, str, Row]:
    """Status, our words, and what is printed as the reports' copies have it; the mart has each figure once."""
    inspection, table, item, group = figure
    ((status, words, unit, value, numerator, base),) = house.ask(
        f"""
        select status, our_words, unit, printed_value, printed_numerator, printed_base from marts.fct_printed_figure
        where inspection_id = '{inspection}' and printed_table = '{table}' and item = '{item}'
            and sample_group = '{group}'
        """
    )
    printed = {"pct": value if unit == "percent" else None, "numerator": numerator, "denominator": base}
    return status, words, {name: "" if one is None else str(int(one)) for name, one in printed.items()}


@pytest.mark.parametrize(("figure", "printed"), [*outcomes(), *sample()], ids=lambda part: " ".join(part))
def test_every_printed_count_and_share_is_ours_but_for_contradictions(
    examples: House, figure: Figure, printed: Row
) -> None:
    status, _, in_mart = found(examples, figure)
    assert in_mart == printed
    assert status == ("differs" if figure in CONTRADICTIONS else "equal")


def test_every_printed_class_of_risk_of_harm_is_ours(examples: House) -> None:
    found = examples.ask(
        "select item, printed_value, our_numerator, our_base, status from marts.fct_printed_figure "
        "where printed_table = 'classification' order by all"
    )
    assert found == [
        ("inspector L", 39, 39, 100, "equal"),
        ("inspector M", 47, 47, 100, "equal"),
        ("manager L", 53, 46, 87, "equal"),
        ("manager M", 24, 21, 87, "equal"),
        ("manager unclear", 13, 13, 100, "equal"),
    ]


@pytest.mark.parametrize(("figure", "printed"), conclusions(), ids=lambda part: "".join(part[:3]))
def test_every_printed_conclusion_is_ours(examples: House, figure: Figure, printed: str) -> None:
    status, words, _ = found(examples, figure)
    assert (status, words) == ("equal", printed)


def test_every_printed_need_is_ours(examples: House) -> None:
    assert examples.ask(
        "select status, count(*) from marts.fct_printed_figure where printed_table = 'needs' group by all"
    ) == [("equal", 11)]


def test_only_contradictions_of_the_print_differ(examples: House) -> None:
    differing = examples.ask(
        """
        select inspection_id, printed_table, item, sample_group from marts.fct_printed_figure
        where status not in ('equal', 'no counterpart')
        """
    )
    assert set(differing) == CONTRADICTIONS


def test_each_figure_that_differs_is_listed_among_the_contradictions() -> None:
    listed = {(row["inspection_id"], row["level"], row["code"]) for row in rows("known_contradictions")}
    code = {"management words": ("management", "A1-A5 D3")}
    for inspection, table, item, _ in CONTRADICTIONS:
        assert (inspection, *code.get(table, (table, item))) in listed


def test_the_copies_hold_as_many_figures_as_the_reports() -> None:
    assert [len(list(read())) for read in (outcomes, sample, conclusions)] == [14, 28, 14]
