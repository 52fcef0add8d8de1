"""A call that waits for threads of a library, and must not wait for ever for one that has died."""

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ending_with_any_thread() -> Iterator[None]:
    """Run a block in the main thread, and interrupt it where another thread dies of an exception.

    dbt's pool hands out results in a thread of its own. Where memory is short that one may die, and dbt would wait for
    the node whose result it had. Elsewhere than in the main thread nothing can be interrupted: the block just runs.

    Errors: what the thread died of.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    died: list[BaseException] = []

    def note(thread: threading.ExceptHookArgs) -> None:
        died.append(thread.exc_value or thread.exc_type())
        _thread.interrupt_main(signal.SIGUSR1)

    hook, handler = threading.excepthook, signal.signal(signal.SIGUSR1, _interrupt)
    threading.excepthook = note
    try:
        yield
    except BaseException:
        if not died:
            raise
    finally:
        threading.excepthook = hook
        signal.signal(signal.SIGUSR1, handler)
    if died:
        raise died[0]


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
