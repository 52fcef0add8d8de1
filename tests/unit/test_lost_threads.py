"""Nothing waits for ever for a thread that has died."""

import signal
import threading
from multiprocessing.pool import ThreadPool

import pytest

from flows.warehouse.lost_threads import ending_with_any_thread

SECONDS = 20
"""After which a test gives up that would wait for ever."""


def test_a_wait_for_a_thread_that_died_ends_with_what_it_died_of() -> None:
    with pytest.raises(MemoryError), ending_with_any_thread():
        _wait_for_a_thread()


def test_a_wait_for_a_result_that_could_not_be_handed_out_ends() -> None:
    with pytest.raises(MemoryError), ending_with_any_thread():
        _wait_for_a_result()


def test_afterwards_threads_and_signals_are_as_they_were() -> None:
    before = threading.excepthook, signal.getsignal(signal.SIGUSR1)
    with pytest.raises(MemoryError), ending_with_any_thread():
        _wait_for_a_thread()
    assert (threading.excepthook, signal.getsignal(signal.SIGUSR1)) == before


def test_an_error_of_the_block_itself_stays_what_it_is() -> None:
    with pytest.raises(LookupError), ending_with_any_thread():
        raise LookupError


def test_beside_the_main_thread_the_block_just_runs() -> None:
    ran: list[bool] = []

    def run() -> None:
        with ending_with_any_thread():
            ran.append(True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert ran == [True]


def _wait_for_a_thread() -> None:
    threading.Thread(target=_dies).start()
    threading.Event().wait(SECONDS)
    pytest.fail("nobody interrupted the wait")


def _wait_for_a_result() -> None:
    """As dbt does."""
    with ThreadPool(1) as pool:
        pool.apply_async(int, callback=_dies)
        threading.Event().wait(SECONDS)
        pytest.fail("nobody interrupted the wait")


def _dies(*_: object) -> None:
    raise MemoryError
