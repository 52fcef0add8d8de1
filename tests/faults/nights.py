"""Nights in processes of their own, which can be killed, and a reader who never stops reading.

A night here is the flow's own function with its stages, without Prefect's server: what it does to a warehouse is the
same, and it starts at once, because its process is forked from one that has loaded the libraries.
"""

import importlib
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import duckdb

from flows.warehouse.transform import CHANGED, LAYERS
from tests.forked import FORKS, without_prefect
from tests.houses import BUSINESS_DATE, KEY, House

STAGES = (
    *(
        "start",
        "history",
        "land",
        "read",
        "validate in",
        "load",
        "archive",
        "transform",
        *(f"transform: {layer}" for layer in (*LAYERS, CHANGED)),
    ),
    *("assemble", "validate out", "pages", "downloads", "publish", "report"),
)
"""What a night says it is doing, in order."""

SAID = "said.log"

REFUSED = 10
"""Exit code of a night that ended with one of our own errors; its sentence is the last of what it said."""


@dataclass(frozen=True)
class Plan:
    """What is to befall a night. kill_at: a function by its dotted name; the night is killed when it is called for the
    `call`-th time, `after` so many seconds. clock: how far the wall clock is wrong. before: run in the night's process
    before the night. instead: what is run in place of the night.
    """

    kill_at: str | None = None
    call: int = 1
    after: float = 0
    clock: timedelta = timedelta()
    business_date: str = BUSINESS_DATE
    before: Callable[[House], None] | None = None
    instead: Callable[[House], object] | None = None


@dataclass(frozen=True)
class Ended:
    """How a night ended. exit_code: 0 published, REFUSED, or minus the signal. said: stages and error, a line each."""

    exit_code: int
    said: list[str]

    @property
    def stage(self) -> str:
        """What it was doing last: a stage, or a layer of the transformation."""
        return next((line for line in reversed(self.said) if line in STAGES), "start")


def start(house: House, plan: Plan | None = None, said: str = SAID) -> ForkServerProcess:
    """A night that has been started; what it says goes to a file beside the warehouse."""
    file = house.warehouse.parent / said
    file.write_text("")
    process = FORKS.Process(target=_night, args=(house, plan or Plan(), file))
    process.start()
    return process


def end(house: House, process: ForkServerProcess, said: str = SAID) -> Ended:
    """Wait for a night and tell how it ended."""
    process.join()
    assert process.exitcode is not None
    return Ended(process.exitcode, said_by(house, said))


def said_by(house: House, said: str = SAID) -> list[str]:
    """What a night has said until now, a line each."""
    return (house.warehouse.parent / said).read_text(encoding="utf-8").splitlines()


def run(house: House, plan: Plan | None = None) -> Ended:
    """A night, until it ends."""
    return end(house, start(house, plan))


def environment() -> dict[str, str]:
    """Of the command, as these tests run it."""
    return {**os.environ, **KEY}


def _night(house: House, plan: Plan, said: Path) -> None:
    """The process of a night: the flow with its stages as plain functions."""
    output = os.open(said, os.O_WRONLY | os.O_APPEND)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    os.environ.update(KEY, CASEBOOK_THREADS="1", CASEBOOK_MEMORY="500MB", DO_NOT_TRACK="1")
    logging.getLogger("casebook").addHandler(logging.StreamHandler())
    logging.getLogger("casebook").propagate = False
    from flows.base.errors import CasebookError

    nightly = without_prefect(house.pages)
    logging.getLogger("casebook").setLevel(logging.DEBUG)
    _set_clock(plan.clock)
    if plan.kill_at:
        _kill_at(plan)
    if plan.before:
        plan.before(house)
    try:
        if plan.instead:
            plan.instead(house)
        else:
            nightly.nightly.fn(house.landing, house.warehouse, date.fromisoformat(plan.business_date))
    except CasebookError as error:
        print(error, flush=True)  # noqa: T201 -- the test reads it
        os._exit(REFUSED)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _set_clock(wrong: timedelta) -> None:
    from flows.base import night

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Wrong":
            return super().now(tz) + wrong

    if wrong:
        night.datetime = Wrong  # type: ignore[misc]


def _kill_at(plan: Plan) -> None:
    module_name, name = str(plan.kill_at).rsplit(".", 1)
    module = importlib.import_module(module_name)
    function = getattr(module, name)
    calls = iter(range(1, 1_000_000))

    def killing(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == plan.call:
            _die(plan.after)
        return function(*args, **kwargs)

    setattr(module, name, killing)


def _die(after: float) -> None:
    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if after:
        threading.Timer(after, kill).start()
    else:
        kill()


@dataclass
class Reader:
    """What a reader saw who read all the time. reads: whole publications read. troubles: what should not have been."""

    reads: int = 0
    publications: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)


@contextmanager
def reading(house: House) -> Iterator[Reader]:
    """A reader of `current` in a process of its own while the block runs; what it saw is known after the block."""
    stop, seen = FORKS.Event(), FORKS.SimpleQueue()
    process = FORKS.Process(target=_read, args=(house.warehouse / "current" / "analyst.duckdb", stop, seen))
    process.start()
    reader = Reader()
    try:
        yield reader
    finally:
        stop.set()
        while process.is_alive() and seen.empty():
            time.sleep(0.01)
        assert not seen.empty(), "the reader died"
        found = seen.get()
        process.join()
        reader.reads, reader.publications, reader.troubles = found.reads, found.publications, found.troubles


def _read(file: Path, stop: Any, seen: Any) -> None:
    reader = Reader()
    while not stop.is_set():
        try:
            reader.publications.add(read_once(file))
            reader.reads += 1
        except Exception as error:
            reader.troubles.append(f"{type(error).__name__}: {error}")
        time.sleep(0.5)
    seen.put(reader)


def read_once(file: Path) -> str:
    """Read every published table and compare its rows with what the publication says of itself; its run id.

    Errors: AssertionError where they differ.
    """
    with duckdb.connect(str(file), read_only=True, config={"threads": 1}) as connection:
        tables = connection.execute("select table_schema, table_name, row_count from ops.publication_table").fetchall()
        counts = ", ".join(f"(select count(*) from {schema}.{table})" for schema, table, _ in tables)
        found = connection.execute(f"select {counts}").fetchone()
        assert tables
        assert found == tuple(rows for _, _, rows in tables)
        last = connection.execute("select run_id, status from ops.run order by run_id desc limit 1").fetchone()
    assert last is not None
    assert last[1] == "published"
    return str(last[0])
