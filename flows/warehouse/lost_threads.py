"""A call that waits for threads of a library, and must not wait for ever for one that has died."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows.base.errors import MachineRefused

SECONDS_BETWEEN_SIGNALS = 0.1

SECONDS_TO_END = 5
"""So long an interrupted block may take to end in order, which it can only where no other thread is missing."""


@contextmanager
def ending_with_any_thread() -> Iterator[None]:
    """Run a block in the main thread, and interrupt it where another thread dies of an exception.

    dbt's pool hands out results in a thread of its own. Where memory is short that one may die, and dbt would wait for
    the node whose result it had. The thread that starts others may die too: then dbt, interrupted, waits for its pool
    to end, and is interrupted again. Elsewhere than in the main thread nothing can be interrupted: the block just runs.

    Errors: MachineRefused.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    died: list[str] = []
    with _telling(died):
        try:
            yield
        except BaseException:
            if not died:
                raise
    if died:
        raise MachineRefused(
            f"A thread that the night waits for died of {died[0]}, as happens where memory is short: give the night "
            "more, or stop what uses it, then start again. Readers keep what they have."
        )


@contextmanager
def _telling(died: list[str]) -> Iterator[None]:
    """Note what a thread died of and interrupt the main thread, until its block has ended.

    Nothing less than a signal ends its wait for a lock. The first is sent by the thread that dies; those that follow by
    a timer, since other threads may wait for the one that died, and no more may be started.
    """
    main, before = threading.main_thread().ident or 0, (threading.excepthook, sys.unraisablehook)
    heard: list[bool] = []
    sending = threading.Lock()

    def note(failure: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
        died.append(failure.exc_type.__name__)
        # A signal that comes just before the wait does not end it; the next one does.
        while not heard:
            with sending:
                if not heard:
                    signal.pthread_kill(main, signal.SIGUSR1)
            time.sleep(SECONDS_BETWEEN_SIGNALS)

    def note_bootstrap(failure: "sys.UnraisableHookArgs") -> None:
        # A thread that dies before it runs, or while its failure is reported, is reported nowhere else.
        if getattr(failure.object, "__name__", "") == "_bootstrap":
            note(failure)
        else:
            before[1](failure)

    def interrupt(number: int, _: object) -> None:
        if number == signal.SIGALRM or not heard:
            heard.append(True)
            signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_END)
            raise KeyboardInterrupt

    with _handled_by(interrupt):
        threading.excepthook, sys.unraisablehook = note, note_bootstrap
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            heard.append(True)
            with sending:
                threading.excepthook, sys.unraisablehook = before


@contextmanager
def _handled_by(interrupt: Callable[[int, object], None]) -> Iterator[None]:
    """Let this handle the signals by which a block is interrupted."""
    before = {number: signal.signal(number, interrupt) for number in (signal.SIGUSR1, signal.SIGALRM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
