"""Figures that do not follow from the published counts beside them are found."""

from dataclasses import replace

import pytest

from attack.computed import broken, findings
from attack.figures import Finding, Published, Ranked, Records, Release, Shown
from attack.frozen import moved

QUARTERS = [Records("CMP", "area", "BED", 12 * 2004 + 3 + 3 * at, 3) for at in range(2)]
COUNTS = [Published(records, "counts", 20 + at, 90, 5) for at, records in enumerate(QUARTERS)]
HALF_YEAR = replace(QUARTERS[0], months=6)
TO_DATE = Shown(HALF_YEAR, "to date", 139, 180, False, 0.77, 0.8, "higher", "close", "shown")


def rules(shown: Shown) -> list[str]:
    """The rules that one figure breaks beside the counts of two quarters."""
    return [rule for rule, _, _ in broken(Release("one", COUNTS, shown=[shown]))]


def test_a_figure_of_published_counts_breaks_no_rule() -> None:
    assert rules(TO_DATE) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"numerator": 140.0}, "to date"),
        ({"value": 0.78}, "share"),
        ({"value": 0.7722}, "share"),
        ({"status": "met"}, "status"),
        ({"word": "low"}, "word"),
    ],
)
def test_a_figure_of_other_counts_is_found(change: dict[str, object], rule: str) -> None:
    assert rules(replace(TO_DATE, **change)) == [rule]  # type: ignore[arg-type]


def test_a_count_beside_its_own_that_differs_is_found() -> None:
    assert rules(replace(TO_DATE, records=QUARTERS[0], numerator=71, denominator=90, value=None)) == ["count"]


@pytest.mark.parametrize(("ranks", "found"), [((1, 1, 3), []), ((1, 2, 3), ["rank"])])
def test_ranks_of_other_scores_are_found(ranks: tuple[int, ...], found: list[str]) -> None:
    ranked = [
        Ranked("2005", name, score, rank) for name, score, rank in zip("abc", (0.9, 0.9, 0.8), ranks, strict=True)
    ]
    said: list[Finding] = findings(Release("one", COUNTS, ranked=ranked), [])
    assert [finding.rule for finding in said] == found


def test_a_figure_that_moves_or_goes_is_found_unless_it_is_marked() -> None:
    before = Release("one", COUNTS)
    other = [replace(COUNTS[0], side=23), COUNTS[1]]
    marked = [replace(figure, marked=True) for figure in other]
    for figures, times in ((COUNTS, []), (other, [1]), (COUNTS[:1], [1]), (marked, [])):
        assert [finding.times for finding in moved([before, Release("two", figures)])] == times
