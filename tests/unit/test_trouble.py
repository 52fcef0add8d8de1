"""What the machine refuses is told as what to do, whichever library passes it on."""

from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from flows.base import machine_errors
from flows.base.errors import CasebookError, MachineRefused, NoPermission, NoSpace, TransformFailed

FULL = [
    OSError(28, "No space left on device"),
    OSError(27, "File too large"),
    OSError(122, "Disk quota exceeded"),
    duckdb.IOException('Could not write file "warehouse.duckdb": No space left on device'),
    TransformFailed("1 of the marts layer failed: model fct_judgement: IO Error: No space left on device"),
    RuntimeError("(sqlite3.OperationalError) database or disk is full"),
]
CLOSED = [
    PermissionError(13, "Permission denied", "restricted"),
    OSError(30, "Read-only file system"),
    duckdb.IOException('Cannot open file "warehouse.duckdb": Permission denied'),
    RuntimeError("(sqlite3.OperationalError) attempt to write a readonly database"),
]

REFUSED = [
    OSError(24, "Too many open files", "warehouse.duckdb"),
    OSError(5, "Input/output error"),
    duckdb.IOException('Could not read from file "warehouse.duckdb": Input/output error'),
    OSError(12, "Cannot allocate memory"),
    MemoryError(),
    RuntimeError("can't start new thread"),
    duckdb.OutOfMemoryException(
        "Failed to allocate block of 262144 bytes (bad allocation)\n\nPossible solutions:\n* x"
    ),
]


def told(error: Exception) -> CasebookError:
    """What becomes of an error."""
    with pytest.raises(CasebookError) as caught, machine_errors.told():
        raise error
    return caught.value


@pytest.mark.parametrize("error", FULL, ids=str)
def test_a_full_disk_is_told_with_what_to_do(error: Exception) -> None:
    assert isinstance(told(error), NoSpace)
    assert "make room" in str(told(error))


@pytest.mark.parametrize("error", CLOSED, ids=str)
def test_a_missing_right_is_told_with_what_to_do(error: Exception) -> None:
    assert isinstance(told(error), NoPermission)
    assert "start again as the user" in str(told(error))


@pytest.mark.parametrize("error", REFUSED, ids=str)
def test_what_else_the_machine_refuses_is_told(error: Exception) -> None:
    assert isinstance(told(error), MachineRefused)
    assert "The machine refuses what is needed" in str(told(error))


def test_the_refusal_is_known_behind_an_error_that_hides_it() -> None:
    hiding = ValueError("a library's own error")
    hiding.__cause__ = OSError(28, "No space left on device")
    assert isinstance(told(hiding), NoSpace)


def test_a_librarys_panic_that_is_no_exception_is_reported_too() -> None:
    class PanicException(BaseException):
        pass

    with pytest.raises(MachineRefused, match="Too many open files"), machine_errors.told():
        raise PanicException("failed to create UnixStream: Too many open files")


@pytest.mark.parametrize("error", FULL + CLOSED + REFUSED, ids=str)
def test_what_is_told_is_one_line(error: Exception) -> None:
    assert "\n" not in str(told(error))


def test_what_is_told_names_the_refusal_once_however_often_it_is_passed_on() -> None:
    failed = TransformFailed("2 of the marts layer failed\nmodel dim_area\nIO Error: No space left on device (/data)")
    with pytest.raises(NoSpace) as caught, machine_errors.told(), machine_errors.told():
        raise failed
    assert str(caught.value).count("no space left") == 1
    assert str(caught.value).endswith("(IO Error: No space left on device (/data))")


def test_a_night_is_not_begun_on_a_disk_that_is_as_good_as_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine_errors.require_room(tmp_path)
    monkeypatch.setattr(
        machine_errors.shutil, "disk_usage", lambda _: SimpleNamespace(free=machine_errors.LEAST_ROOM - 1)
    )
    with pytest.raises(NoSpace, match="make room"):
        machine_errors.require_room(tmp_path)


@pytest.mark.parametrize("error", [ValueError("anything else"), TransformFailed("a test failed")])
def test_every_other_error_stays_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, machine_errors.told():
        raise error
    assert caught.value is error
