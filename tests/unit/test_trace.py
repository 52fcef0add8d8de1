"""Suspects are narrowed by what failing rows name, and the fewest are convicted that it holds without."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from flows.base.errors import Failure
from flows.recover import trace
from flows.recover.trace import Suspect, Traced, fewest, ladder

KINDS = frozenset({"nsmart", "performance_return", "performance_target", "judgement"})


def suspect(file_id: int, kind: str = "nsmart", key: str = "BED_0404", is_new: bool = True, lost: int = 0) -> Suspect:
    return Suspect(file_id, kind, key, 1, is_new, lost)


def failing(*rows: dict[str, Any], is_loss: bool = False) -> Traced:
    return Traced(Failure("rule", "marts.fct_x", "It fails.", is_loss=is_loss), KINDS, rows)


def steps(found: list[Traced], suspects: list[Suspect]) -> list[list[int]]:
    return [[one.file_id for one in step] for step in ladder(found, suspects)]


@pytest.mark.parametrize(
    ("key", "row", "agreement"),
    [
        ("BED_0404", {"area_code": "BED", "period_month": date(2004, 4, 1)}, 2),
        ("BED_0404", {"area_code": "BED", "period_month": date(2004, 5, 1)}, 1),
        ("BED_0499", {"area_code": "AVS", "period_month": date(1999, 4, 1)}, 1),
        ("LON-N_0404", {"area_code": "LON"}, 1),
        ("ESI-BED-2005", {"inspection_id": "ESI-BED-2005", "area_code": "BED"}, 1),
        ("2004-05", {"performance_year": "2004/05"}, 1),
        ("BED_2004", {"area_code": "BED", "year": 2004}, 2),
        ("BED_0404", {"area_code": "AVS", "value": None}, 0),
        ("BED_0404", {"file_id": 1}, 1),
        ("BED_0404", {"file_id": 2, "area_code": "BED"}, 0),
    ],
)
def test_a_row_names_a_delivery_by_the_parts_of_its_key(key: str, row: dict[str, Any], agreement: int) -> None:
    assert suspect(1, key=key).agreement(row) == agreement


def test_those_that_a_row_names_best_come_first_then_all_that_are_new() -> None:
    suspects = [suspect(1), suspect(2, key="BED_0504"), suspect(3, key="AVS_0404"), suspect(4, is_new=False)]
    row = {"area_code": "BED", "period_month": date(2004, 4, 1)}
    assert steps([failing(row)], suspects) == [[1], [1, 3, 2], [1, 3, 2, 4]]


def test_of_a_loss_those_that_lost_rows_come_first() -> None:
    suspects = [suspect(1), suspect(2, key="E", lost=5), suspect(3, key="F", lost=9)]
    assert steps([failing(is_loss=True)], suspects) == [[3, 2], [3, 2, 1]]


def test_a_rule_that_fails_with_many_published_deliveries_is_wrong_itself() -> None:
    row = {"area_code": "BED"}
    old = [suspect(n, key=f"BED_{n:04}", is_new=False) for n in range(1, trace.MOST_OLD + 2)]
    assert steps([failing(row)], old[:-1]) == [[one.file_id for one in reversed(old[:-1])]]
    assert steps([failing(row)], old) == []


def test_kinds_that_do_not_lead_to_what_failed_are_left_alone() -> None:
    assert steps([failing()], [suspect(1, kind="survey", key="E"), suspect(2)]) == [[2]]


@pytest.mark.parametrize("guilty", [{1}, {16}, {3, 11}, {7, 8, 9}])
def test_the_guilty_are_found_by_halves(guilty: set[int]) -> None:
    trials = []

    def cures(without: Sequence[Suspect]) -> bool:
        trials.append(without)
        return guilty <= {one.file_id for one in without}

    found = fewest([suspect(n) for n in range(1, 17)], cures)
    assert {one.file_id for one in found} == guilty
    assert len(trials) <= trace.MOST_TRIALS


def test_of_two_that_would_each_do_the_likelier_is_convicted() -> None:
    (found,) = fewest([suspect(1), suspect(2)], lambda without: bool(without))
    assert found.file_id == 1


def test_one_suspect_needs_no_trial_and_what_is_left_after_the_last_trial_is_guilty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(fewest([suspect(1)], lambda _: pytest.fail("not needed"))) == 1
    monkeypatch.setattr(trace, "MOST_TRIALS", 1)
    found = fewest([suspect(n) for n in range(4)], lambda without: len(without) == 2)
    assert [one.file_id for one in found] == [0, 1]
