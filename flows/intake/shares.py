"""Tonight's new files in shares, each read and checked by itself: here, or in processes of this machine.

A share has a batch of its own in `restricted/batch/`; no rule of a delivery looks beyond its file, so shares know
nothing of each other. A usual night is one share. A large one is cut, and its shares are worked on at once, in a
process for each of the machine's cores.
"""

import logging
import multiprocessing
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate, groupby
from math import ceil
from pathlib import Path

from flows.base.errors import CasebookError
from flows.base.night import Night
from flows.base.settings import Settings
from flows.base.warehouse_paths import Warehouse
from flows.intake.check import Checked, check, checked_together
from flows.intake.read import NewFile, Read, read, read_together, unread

LOG = logging.getLogger("casebook.shares")

BYTES_A_SHARE = 64 << 20
"""Delivered bytes that one process reads and checks in some five seconds, with half a gigabyte of memory."""

BYTES_TO_OPEN = 32 << 10
"""Delivered bytes that could be read in the time that it takes to open a file."""


@dataclass(frozen=True)
class Share:
    """Files for one process, in the order of their kinds, and the batch to be made of them.

    processes: how many work on this machine at once.
    """

    warehouse: Warehouse
    business_date: date
    files: tuple[NewFile, ...]
    batch: Path
    processes: int = 1


@dataclass(frozen=True)
class Examined:
    """What came of a share, or of all. seconds: of work by stage, where it was done in shares at once."""

    read: Read
    checked: Checked
    seconds: dict[str, float] = field(default_factory=dict)

    def tell(self) -> None:
        """Say how much there was and what was found."""
        if not self.read.files:
            return
        files, rows = f"{self.read.files:,}", f"{self.read.rows:,}"
        LOG.info("read: %s files, %s rows, %s rejected", files, rows, len(self.read.rejected))
        rules = len(self.checked.found)
        broken = sum(1 for result in self.checked.found if result.rows_failing and result.severity != "info")
        LOG.info("validate in: %s rules on %s rows, %s broken", rules, rows, broken)


def shares(night: Night) -> list[Share]:
    """All new files, cut where there are too many bytes for one share; one share without files where there are none."""
    # A process that outlives a dead night for a moment finds its folder gone.
    shutil.rmtree(night.warehouse.batches, ignore_errors=True)
    folder = night.warehouse.batches / night.run_id
    folder.mkdir(parents=True)
    return [
        Share(night.warehouse, night.business_date, tuple(files), folder / f"{number:04}.duckdb")
        for number, files in enumerate(_cut(unread(night.warehouse), Settings().threads), 1)
    ]


def _cut(files: Sequence[NewFile], processes: int) -> list[list[NewFile]]:
    """In the order given, into as many shares of about equal bytes as every process has the same number of."""
    sizes = [file.size + BYTES_TO_OPEN for file in files]
    total = sum(sizes)
    if total <= BYTES_A_SHARE:
        return [list(files)]
    number = processes * ceil(total / BYTES_A_SHARE / processes)
    # A file belongs where its middle lies.
    places = [int((end - size / 2) * number / total) for end, size in zip(accumulate(sizes), sizes, strict=True)]
    return [
        [file for _, file in group] for _, group in groupby(zip(places, files, strict=True), key=lambda pair: pair[0])
    ]


def examine(share: Share) -> Examined:
    """Read and check one share."""
    started = time.monotonic()
    rows = read(share.warehouse, share.files, share.batch, share.processes)
    half = time.monotonic()
    checked = check(share.warehouse, share.business_date, rows, share.processes)
    return Examined(rows, checked, {"read": half - started, "validate in": time.monotonic() - half})


def examine_all(night: Night) -> Examined:
    """Read and check all new files on this machine."""
    parts = shares(night)
    examined = examine(parts[0]) if len(parts) == 1 else examine_shares(parts)
    examined.tell()
    return examined


def examine_shares(parts: Sequence[Share]) -> Examined:
    """Read and check shares at once. Errors: CasebookError where a process failed."""
    return _together(parts, _in_processes(parts))


def _together(parts: Sequence[Share], examined: Iterator[tuple[int, Examined]]) -> Examined:
    """What came of all shares. examined: what came of each by its place, in any order."""
    found = {}
    for place, one in examined:
        found[place] = one
        LOG.debug("shares: %s of %s read and checked", len(found), len(parts))
    in_order = [found[place] for place in range(len(parts))]
    return Examined(
        read_together([one.read for one in in_order]),
        checked_together([one.checked for one in in_order]),
        {stage: sum(one.seconds[stage] for one in in_order) for stage in in_order[0].seconds},
    )


def _in_processes(parts: Sequence[Share]) -> Iterator[tuple[int, Examined]]:
    """Examine shares in this process and others, as many together as there are cores, which divide what DuckDB may use.

    Errors: CasebookError where one of them died.
    """
    processes = min(Settings().threads, len(parts))
    divided = [replace(part, processes=processes) for part in parts]
    if processes == 1:
        yield from enumerate(map(examine, divided))
        return
    with ProcessPoolExecutor(processes - 1, multiprocessing.get_context("spawn"), _end_with_night) as pool:
        futures = [pool.submit(examine, part) for part in divided]
        try:
            # From the end, as the others, which load what this process has loaded, work from the beginning.
            for place in reversed(range(len(parts))):
                yield place, examine(divided[place]) if futures[place].cancel() else futures[place].result()
        except BrokenProcessPool:
            raise CasebookError(
                "A process that read and checked deliveries was ended from outside, most likely for lack of memory: "
                "give the night fewer processes (CASEBOOK_THREADS) and run it again. Nothing was lost."
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_night() -> None:
    """End this process when the night's does, however that ends; Ctrl-C is for the night alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_night, daemon=True).start()


def _wait_for_night() -> None:
    night = multiprocessing.parent_process()
    if night:
        night.join()
        os._exit(1)
