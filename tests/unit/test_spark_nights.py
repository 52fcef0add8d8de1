"""The comparison of two engines' marts finds what differs, and only that."""

from typing import Any

import pyarrow as pa
import pytest

from tests.spark.nights import difference

OURS = {"code": ["A", "B"], "cases": [1, None], "score": [0.5, None]}


def _differs(**theirs: list[Any]) -> str:
    return difference(pa.table(OURS), pa.table({**OURS, **theirs}))


def test_the_order_of_rows_and_the_last_bits_do_not_matter() -> None:
    assert difference(pa.table(OURS), pa.table({name: cells[::-1] for name, cells in OURS.items()})) == ""
    assert _differs(score=[0.5 + 1e-12, None]) == ""


@pytest.mark.parametrize(
    "theirs",
    [
        {"score": [0.5 + 1e-6, None]},
        {"score": [0.5, 0.0]},
        {"cases": [1, 0]},
        {"cases": ["1", None]},
        {"code": ["A", "C"]},
        {"more": ["A", "B"]},
    ],
)
def test_a_planted_difference_is_found(theirs: dict[str, list[Any]]) -> None:
    assert _differs(**theirs)


def test_a_missing_row_is_found() -> None:
    assert difference(pa.table(OURS), pa.table(OURS).slice(1)) == "rows: 2 / 1"
