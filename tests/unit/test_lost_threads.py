"""Nothing waits for ever for a thread that has died."""

import _thread
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing.pool import Pool, ThreadPool

import pytest

from flows.base.errors import MachineRefused
from flows.warehouse import lost_threads
from flows.warehouse.lost_threads import ending_with_any_thread

SECONDS = 20
"""After which a test gives up that would wait for ever."""


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """What only ends with the limit did not end by itself."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < SECONDS


def test_a_wait_for_a_thread_that_died_ends_with_a_sentence() -> None:
    with pytest.raises(MachineRefused, match="died of MemoryError"), ending_with_any_thread():
        _wait_for_a_thread()


def test_a_wait_for_a_result_that_could_not_be_handed_out_ends() -> None:
    with pytest.raises(MachineRefused, match="died of MemoryError"), ending_with_any_thread():
        _wait_for_a_result()


def test_a_wait_for_a_thread_that_died_before_it_ran_ends() -> None:
    with pytest.raises(MachineRefused, match="died of MemoryError"), ending_with_any_thread():
        _wait_for_a_thread_that_never_ran()


def test_a_wait_for_a_pool_to_end_that_lost_the_thread_that_ends_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lost_threads, "SECONDS_TO_END", 0.2)
    with pytest.raises(MachineRefused, match="died of RuntimeError"), ending_with_any_thread():
        _wait_for_a_pool_to_end(monkeypatch)


def test_afterwards_threads_and_signals_are_as_they_were() -> None:
    before = _hook_and_handlers()
    with pytest.raises(MachineRefused, match="died of MemoryError"), ending_with_any_thread():
        _wait_for_a_thread()
    assert _hook_and_handlers() == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


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
    """For a lock, as dbt does: without a limit no more than a signal ends it."""
    threading.Thread(target=_dies).start()
    _wait()


def _wait_for_a_thread_that_never_ran() -> None:
    class Unfortunate(threading.Thread):
        _bootstrap_inner = _dies

    _thread.start_new_thread(Unfortunate()._bootstrap, ())  # type: ignore[attr-defined]
    _wait()


def _wait_for_a_result() -> None:
    """As dbt does."""
    with ThreadPool(1) as pool:
        pool.apply_async(int, callback=_dies)
        _wait()


def _wait_for_a_pool_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """As dbt does when it is interrupted. The thread that ends the others has died, so none of them ends."""
    begun = threading.Event()

    def start_another(*_: object) -> None:
        begun.wait(SECONDS)
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Pool, "_maintain_pool", start_another)
    pool = ThreadPool(1)
    let_go = threading.Timer(SECONDS, pool._taskqueue.put, [None])  # type: ignore[attr-defined]
    let_go.start()
    try:
        begun.set()
        _wait()
    except KeyboardInterrupt:
        pool.terminate()
    finally:
        let_go.cancel()


def _hook_and_handlers() -> tuple[object, ...]:
    return threading.excepthook, signal.getsignal(signal.SIGUSR1), signal.getsignal(signal.SIGALRM)


def _wait() -> None:
    threading.Event().wait(SECONDS)
    pytest.fail("nobody interrupted the wait")


def _dies(*_: object) -> None:
    raise MemoryError
