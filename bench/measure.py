"""Run a command and measure it: seconds, processor seconds, and the memory and spilled bytes of all its processes."""

import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from expectations.reference import PROJECT

PROCESSES = Path("/proc")
SECONDS_BETWEEN_SAMPLES = 0.1
MEGABYTE = 1_000_000


class Failed(RuntimeError):
    """A measured command that did not end well; the message is what it said."""


@dataclass(frozen=True)
class Measured:
    """One command.

    seconds: by the wall clock. cpu: processor seconds, of its child processes too. megabytes: the most that the
    resident memory of all its processes added up to in two samples running, ten a second (memory that they share counts
    for each). spilled: the most that lay in the folder for spilling, in MB. said: what it told on standard error.
    """

    name: str
    seconds: float
    cpu: float
    megabytes: float
    spilled: float = 0.0
    said: str = ""


def measure(
    name: str, command: list[str], spill: Path | None = None, settings: Mapping[str, str] | None = None
) -> Measured:
    """Run a command from the project's root. settings: environment variables for it, beside those that there are.

    Errors: Failed, with what it said.
    """
    tell(f"{name} ...")
    environment = {**os.environ, **(settings or {})}
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    sampler = _Sampler(process.pid, spill)
    sampler.start()
    said = process.stderr.read()
    sampler.stop()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{' '.join(command)} failed:\n{said}")
    tell(f"{name}: {seconds:.1f} s")
    # Where there is no /proc to sample, the largest single process has to do.
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1_024)
    peak = (sampler.peak_memory if PROCESSES.exists() else largest) / MEGABYTE
    # The system adds up what is waited for, and a virtual machine that ends by itself, as Spark's does, is not.
    cpu = max(usage.ru_utime + usage.ru_stime, sampler.cpu)
    return Measured(name, seconds, cpu, peak, sampler.peak_spill / MEGABYTE, said)


def tell(progress: str) -> None:
    """Progress for who waits."""
    print(progress, file=sys.stderr, flush=True)


class _Sampler(threading.Thread):
    """Looks at a process, all that descend from it and the folder for spilling until told to stop."""

    def __init__(self, pid: int, spill: Path | None) -> None:
        super().__init__(daemon=True)
        self.pid, self.spill = pid, spill
        self.peak_memory = self.peak_spill = 0
        self._used: dict[int, float] = {}
        self._stopped = threading.Event()

    @property
    def cpu(self) -> float:
        """Processor seconds of all that were seen, until they were last seen."""
        return sum(self._used.values())

    def run(self) -> None:
        now = 0
        while not self._stopped.wait(SECONDS_BETWEEN_SAMPLES):
            processes = tree(self.pid)
            self._used.update({pid: process.cpu for pid, process in processes.items()})
            before, now = now, sum(process.resident for process in processes.values())
            # A process that is just being started shows its parent's memory for a moment: a peak must last.
            self.peak_memory = max(self.peak_memory, min(before, now))
            if self.spill:
                self.peak_spill = max(self.peak_spill, folder_bytes(self.spill))

    def stop(self) -> None:
        self._stopped.set()
        self.join()


@dataclass(frozen=True)
class Process:
    """What the system tells of a process: resident bytes, and the processor seconds that it has used itself."""

    resident: int
    cpu: float


def tree(root: int) -> dict[int, Process]:
    """A process and everything that descends from it, by id; empty where the system does not tell."""
    children: dict[int, list[int]] = defaultdict(list)
    running: dict[int, Process] = {}
    for folder in PROCESSES.glob("[0-9]*"):
        try:
            # The command's name is in brackets and may hold anything; what follows it is numbers.
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parent, used, pages = int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[21])
        children[parent].append(int(folder.name))
        running[int(folder.name)] = Process(pages * os.sysconf("SC_PAGE_SIZE"), used / os.sysconf("SC_CLK_TCK"))
    waiting, found = [root], {}
    while waiting:
        pid = waiting.pop()
        if pid in running:
            found[pid] = running[pid]
        waiting += children[pid]
    return found


def folder_bytes(folder: Path) -> int:
    """Bytes on disk of the files in a folder; 0 where there is none."""
    total = 0
    # DuckDB makes and removes files, and the folder too, while it is looked at.
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                total += entry.stat().st_blocks * 512
    return total
