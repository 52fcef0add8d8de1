"""A night that a signal ends says so first, with the exit code of the signal, whatever the signal came out as."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.base.errors import TransformFailed
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.recover import stop
from flows.warehouse import dbt


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty warehouse; the signals are as before afterwards."""
    before = {number: signal.getsignal(number) for number in stop.SIGNALS}
    warehouse = Warehouse(tmp_path)
    warehouse.make()
    yield warehouse
    for number, handler in before.items():
        signal.signal(number, handler)


def publish(warehouse: Warehouse, run: str) -> None:
    """A publication that readers get."""
    (warehouse.published / run).mkdir()
    (warehouse.published / run / "analyst.duckdb").touch()
    warehouse.current.unlink(missing_ok=True)
    warehouse.current.symlink_to(Path("published") / run)


def stopped(warehouse: Warehouse, night: Callable[[], object]) -> stop.Stopped:
    """What becomes of a night."""
    with pytest.raises(stop.Stopped) as caught, stop.stoppable(warehouse):
        night()
    return caught.value


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_is_told_and_gives_its_exit_code(number: int, code: int, warehouse: Warehouse) -> None:
    publish(warehouse, "20260101T020000Z-0000")
    told = stopped(warehouse, lambda: os.kill(os.getpid(), number))
    assert told.exit_code == code
    assert f"stopped by {signal.Signals(number).name}: it publishes nothing, readers keep 20260101T020000Z" in str(told)


def test_what_a_library_makes_of_the_signal_does_not_hide_it(warehouse: Warehouse) -> None:
    def night() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise TransformFailed("dbt could not build changed: ") from None

    assert "SIGINT" in str(stopped(warehouse, night))


def test_a_second_signal_does_not_interrupt_what_the_first_one_set_going(warehouse: Warehouse) -> None:
    cleaned = []

    def night() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            cleaned.append(True)

    assert "SIGTERM" in str(stopped(warehouse, night))
    assert cleaned


def test_a_night_stopped_after_it_published_says_so(warehouse: Warehouse) -> None:
    publish(warehouse, "20260101T020000Z-0000")

    def night() -> None:
        publish(warehouse, "20260102T020000Z-0000")
        os.kill(os.getpid(), signal.SIGTERM)

    assert "after it had published 20260102T020000Z-0000" in str(stopped(warehouse, night))


def test_a_night_that_no_signal_stops_fails_as_it_failed(warehouse: Warehouse) -> None:
    with pytest.raises(TransformFailed), stop.stoppable(warehouse):
        raise TransformFailed("a test failed")


@pytest.mark.parametrize("signalled", [KeyboardInterrupt(), SystemExit(1)], ids=repr)
def test_dbt_does_not_keep_a_signal_to_itself(
    signalled: BaseException, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Runner:
        def __init__(self, **_: Any) -> None:
            pass

        def invoke(self, _: list[str]) -> Any:
            return SimpleNamespace(exception=signalled, success=False, result=None)

    monkeypatch.setattr("dbt.cli.main.dbtRunner", Runner)
    with pytest.raises(type(signalled)):
        dbt.run_dbt(warehouse, ["build"])


LINGERS = """
import threading, time
from flows.recover import stop
leaving = stop.Leaving()
stop.SECONDS_TO_LEAVE = 0.1
threading.Thread(target=time.sleep, args=[60]).start()
leaving.fail(7)
"""
ABORTS = """
import atexit, ctypes
from flows.recover import stop
leaving = stop.Leaving()
print("said", end="")
atexit.register(print, ", cleaned", end="")
library = ctypes.CDLL(None)
getattr(library, "__cxa_atexit")(library.abort, None, None)
leaving.fail(7)
"""


@pytest.mark.parametrize(("program", "said"), [(LINGERS, ""), (ABORTS, "said, cleaned")], ids=["lingers", "aborts"])
def test_a_process_that_lingers_or_aborts_at_its_end_has_its_exit_code_all_the_same(program: str, said: str) -> None:
    """Prefect goes on sending logs to a server that is gone; a thread of dbt's that still computes aborts."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, timeout=30, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (7, said, "")
