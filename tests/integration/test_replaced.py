"""What counts of a delivery whose file was replaced in place, moved, or delivered twice with other bytes."""

from pathlib import Path

import pytest

from tests.integration.odd import Odd, odd_warehouse
from tests.samples import csv_text, good_rows

HALF, WHOLE, NONE = 2, 3, 0
ROWS: tuple[dict[str, int | None], ...] = (
    {
        "judgement_UPLOAD.csv": HALF,
        "judgement_BACK.csv": HALF,
        "judgement_BROKEN.csv": WHOLE,
        "a/judgement_MOVED.csv": HALF,
        "a/judgement_TWICE.csv": HALF,
        "a/judgement_FIRST-GONE.csv": HALF,
        "b/judgement_FIRST-GONE.csv": WHOLE,
        "a/judgement_SECOND-GONE.csv": HALF,
        "b/judgement_SECOND-GONE.csv": WHOLE,
        "a/judgement_BOTH-GONE.csv": HALF,
        "b/judgement_BOTH-GONE.csv": WHOLE,
        "a/judgement_GONE-AT-LAST.csv": HALF,
        "b/judgement_GONE-AT-LAST.csv": WHOLE,
        "a/judgement_BACK-AGAIN.csv": HALF,
        "b/judgement_BACK-AGAIN.csv": WHOLE,
        "a/judgement_CHANGED.csv": HALF,
        "judgement_GONE.csv": HALF,
        "judgement_CORRECTED.csv": HALF,
        "judgement_KEPT.csv": HALF,
    },
    {
        "judgement_UPLOAD.csv": WHOLE,
        "judgement_BACK.csv": WHOLE,
        "judgement_BROKEN.csv": NONE,
        "a/judgement_MOVED.csv": None,
        "b/judgement_MOVED.csv": HALF,
        "b/judgement_TWICE.csv": WHOLE,
        "a/judgement_FIRST-GONE.csv": None,
        "b/judgement_SECOND-GONE.csv": None,
        "a/judgement_BOTH-GONE.csv": None,
        "b/judgement_BOTH-GONE.csv": None,
        "b/judgement_GONE-AT-LAST.csv": None,
        "b/judgement_BACK-AGAIN.csv": None,
        "a/judgement_CHANGED.csv": None,
        "b/judgement_CHANGED.csv": WHOLE,
        "judgement_GONE.csv": None,
        "judgement_CORRECTED.csv": WHOLE,
        "judgement_KEPT_r2.csv": NONE,
    },
    {
        "judgement_BACK.csv": HALF,
        "judgement_CORRECTED_r2.csv": HALF,
        "a/judgement_GONE-AT-LAST.csv": None,
        "b/judgement_BACK-AGAIN.csv": WHOLE,
    },
)
"""How many rows a path has from each night on; for None it is removed."""


def judgements(path: str, rows: int) -> str:
    """A delivery of so many rows, of the inspection that the file's name says."""
    key = Path(path).stem.removeprefix("judgement_").removesuffix("_r2")
    text = csv_text({**row, "inspection_id": key} for row in good_rows("judgement", max(rows, 1)))
    return text if rows else text.splitlines()[0]


NIGHTS = tuple(
    {path: None if rows is None else judgements(path, rows) for path, rows in night.items()} for night in ROWS
)


@pytest.fixture(scope="module")
def warehouse(prepared: Path) -> Odd:
    """The nights one after the other, then the models of what came in."""
    return odd_warehouse(prepared)


@pytest.mark.parametrize(
    ("key", "statuses"),
    [
        ("UPLOAD", ["superseded", "current"]),
        ("BACK", ["current", "superseded", "same_bytes"]),
        ("BROKEN", ["current", "rejected"]),
        ("MOVED", ["current", "same_bytes"]),
        ("TWICE", ["rejected", "rejected"]),
        ("FIRST-GONE", ["superseded", "current"]),
        ("SECOND-GONE", ["current", "superseded"]),
        ("BOTH-GONE", ["rejected", "rejected"]),
        ("GONE-AT-LAST", ["current", "superseded"]),
        ("BACK-AGAIN", ["rejected", "rejected", "rejected"]),
        ("CHANGED", ["superseded", "current"]),
        ("GONE", ["current"]),
        ("KEPT", ["current", "rejected"]),
        ("CORRECTED", ["superseded", "superseded", "current"]),
    ],
)
def test_what_a_path_has_now_counts(key: str, statuses: list[str], warehouse: Odd) -> None:
    found = warehouse.query("select status from ops.load_file where key = ? order by file_id", key)
    assert [status for (status,) in found] == statuses


def test_every_file_has_one_status_and_every_row_is_in_the_balance(warehouse: Odd) -> None:
    assert warehouse.query("select count(*) from ops.load_file") == warehouse.query("select count(*) from intake.file")
    assert (
        warehouse.query(
            "select * from ops.load_file where rows_landed <> rows_loaded + rows_duplicate + rows_quarantined"
        )
        == []
    )


def test_a_sender_hears_that_a_file_was_replaced_by_one_that_cannot_be_read(warehouse: Odd) -> None:
    open_returns = "select key, status from intermediate.int_delivery__return inner join ops.load_file using (file_id)"
    assert ("BROKEN", "rejected") in warehouse.query(open_returns)
    assert "UPLOAD" not in {key for key, _ in warehouse.query(f"{open_returns} where status <> 'current'")}
