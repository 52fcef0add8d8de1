"""Values as pages write them: words for codes, one month for a span of one, print named without our own copy of it."""

from datetime import date

import pytest

from figures import Column
from figures.show import cell, source, word

MAY, JUNE = date(2005, 5, 1), date(2005, 6, 1)
MONTHS = Column(name="first", label="Months", show="month", to="last")
INTERVAL = Column(name="first", label="95% interval", show="percent1", to="last")


def test_a_span_of_one_month_is_that_month() -> None:
    assert cell(MONTHS, {"first": MAY, "last": MAY}) == "May 2005"
    assert cell(MONTHS, {"first": MAY, "last": JUNE}) == "May 2005 to June 2005"


def test_an_interval_has_two_ends_even_where_they_are_written_alike() -> None:
    assert cell(INTERVAL, {"first": 0.9999, "last": 1.0}) == "100.0% to 100.0%"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Bedfordshire ESI report 2006 (seed 000 line 275)", "Bedfordshire ESI report 2006"),
        ("Bedfordshire ESI report 2006, B1 (source 000, lines 40-41): area", "Bedfordshire ESI report 2006, B1: area"),
        ("found (Bedfordshire ESI report 2006, seed 000 line 155)", "found (Bedfordshire ESI report 2006)"),
        ("Bedfordshire ESI report 2006 (seed 000 line 272; area: line 335)", "Bedfordshire ESI report 2006"),
        ("ESI: assumed", "ESI: assumed"),
    ],
)
def test_what_is_printed_is_named_without_the_line_of_our_copy(value: str, written: str) -> None:
    assert source(value) == written


def test_a_theme_says_in_words_that_an_inspection_was_not_delivered() -> None:
    assert word("no inspection of ours") == "Inspection not delivered"
