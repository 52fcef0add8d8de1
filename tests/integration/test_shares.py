"""Shares: however many processes or workers read and check a night's files, what comes of them is the same."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from flows.base import warehouse_paths
from flows.base.errors import CasebookError
from flows.intake import shares
from flows.intake.delivery_name import DeliveryName
from flows.intake.read import NewFile
from tests.conftest import Intake, run_intake, write_delivery
from tests.samples import GOOD, NAMES, csv_text, good_rows, spoilt


def file_of(number: int, size: int) -> NewFile:
    """A file of which only the size counts."""
    return NewFile(number, DeliveryName("judgement", f"X-{number}", 0, "csv"), "", size)


def cut(sizes: list[int], processes: int, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Sizes in each share where a share has ten bytes."""
    monkeypatch.setattr(shares, "BYTES_A_SHARE", 10)
    monkeypatch.setattr(shares, "BYTES_TO_OPEN", 0)
    return [
        [file.size for file in share]
        for share in shares._cut([file_of(number, size) for number, size in enumerate(sizes)], processes)
    ]


def test_what_fits_into_one_share_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cut([], 2, monkeypatch) == [[]]
    assert cut([4, 6], 2, monkeypatch) == [[4, 6]]


def test_every_process_gets_as_many_shares_of_about_equal_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cut([5] * 4, 2, monkeypatch) == [[5, 5], [5, 5]]
    assert cut([3] * 8, 2, monkeypatch) == [[3, 3]] * 4


def test_a_file_is_never_cut_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cut([1, 100, 1], 2, monkeypatch) == [[1], [100], [1]]
    assert cut([100, 1], 3, monkeypatch) == [[100], [1]]


def test_memory_is_divided_as_duckdb_spells_it() -> None:
    assert warehouse_paths._part("1GB", 2) == "0.500GB"
    assert warehouse_paths._part(" 1.5 GiB ", 3) == "0.500GiB"
    assert warehouse_paths._part("80%", 2) == "80%"


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A landing folder with a file a fault: held and repeated rows, rejected files and warnings of several kinds."""
    landing = tmp_path_factory.mktemp("delivered")
    for number, kind in enumerate(sorted(GOOD)):
        write_delivery(landing, f"{number:02}/{NAMES[kind]}", csv_text(good_rows(kind, 3)))
    judgement, nsmart = NAMES["judgement"], NAMES["nsmart"]
    files = {
        f"a/{judgement}": csv_text(spoilt("judgement", answer="good")),
        f"b/{judgement}": csv_text([*good_rows("judgement", 2), *good_rows("judgement", 2)]),
        f"c/{judgement}": "this is,no\ndelivery,at all\n",
        f"d/{judgement}": csv_text([{**row, "remarks": ""} for row in good_rows("judgement", 2)]),
        f"e/{nsmart}": csv_text(spoilt("nsmart", sex="male", commenced_on="31/02/2004")),
        f"f/{nsmart}": csv_text(spoilt("nsmart", case_ref="")),
    }
    for path, content in files.items():
        write_delivery(landing, path, content)
    return landing


def outcome(taken: Intake) -> dict[str, Any]:
    """All that a night's intake left, but for times and the run's name."""
    tables = ("raw.judgement", "raw.nsmart", "intake.held_row", "intake.file_quality")
    return {
        "results": sorted(taken.checked.results, key=lambda each: (each.suite, each.rule)),
        "found": [(each.suite, each.rule, each.rows_failing) for each in taken.checked.found],
        "sentences": (taken.checked.rejected, taken.checked.warnings),
        "read": (taken.batch.files, taken.batch.rows, taken.batch.kinds),
        "files": taken.query("select * exclude (first_seen_run_id, loaded_at) from intake.file order by file_id"),
        **{table: taken.query(f"select * from {table} order by all") for table in tables},
    }


def test_shares_in_processes_come_to_what_one_share_comes_to(
    delivered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_CASE_KEY", "one key for both")
    whole = run_intake(delivered, tmp_path / "whole")
    monkeypatch.setattr(shares, "BYTES_A_SHARE", 1_000)
    monkeypatch.setenv("CASEBOOK_THREADS", "2")
    in_shares = run_intake(delivered, tmp_path / "shares")
    assert len(in_shares.batch.batches) > 2
    assert len(whole.batch.batches) == 1
    assert outcome(in_shares) == outcome(whole)
    assert any(result.rows_failing for result in whole.checked.results)


def test_a_process_that_is_killed_stops_the_night_and_the_next_loads_everything(
    delivered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "BYTES_A_SHARE", 1_000)
    with monkeypatch.context() as patch:
        patch.setenv("CASEBOOK_THREADS", "2")
        patch.setattr(shares, "ProcessPoolExecutor", killing_pool)
        with pytest.raises(CasebookError, match="CASEBOOK_THREADS"):
            run_intake(delivered, tmp_path / "warehouse")
    assert run_intake(delivered, tmp_path / "warehouse").loaded.rows_loaded > 0


def killing_pool(*arguments: Any) -> ProcessPoolExecutor:
    """A pool whose first process is killed once it is there."""
    pool = ProcessPoolExecutor(*arguments)
    pool.submit(os.getpid).result()
    for process in list(pool._processes):
        os.kill(process, signal.SIGKILL)
    return pool
