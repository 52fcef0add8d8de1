"""What a run of the faults came to: a row for each fault, written to target/faults.json when the run ends."""

import json
import os
import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pytest

from flows.base.settings import PROJECT

FILE = PROJECT / "target" / "faults.json"

KINDS = {
    "test_attacks": "Attacks",
    "test_damages": "Damages",
    "test_files": "Losses",
    "test_archive": "Losses",
    "test_machine": "The machine refuses",
    "test_two_and_time": "Two nights at once, wrong clocks",
    "test_serving": "The schedule",
    "test_kill": "Kills and signals",
    "test_erasing": "Kills and signals",
}
"""What the faults of each module are of, in the order in which they are tried: what takes least time comes first."""

MINUTES = float(os.environ.get("CASEBOOK_FAULTS_MINUTES", "60"))
"""After so long the faults that are left are not tried, and the table says so."""

SURVIVED, FAILED = "survived", "FAILED"
NOT_TRIED, NOT_REACHED = "not tried on this machine", "not reached in this run"

OUTCOME = "outcome"
"""The property of a test's report that says how its fault ended, where it is more than survived."""

_STARTED = time.monotonic()


@dataclass(frozen=True, order=True)
class Fault:
    """A fault that is tried. kind: one of KINDS. name: what is done."""

    kind: str
    name: str


@dataclass(frozen=True)
class Row:
    """How often a fault was tried in a run and how it ended."""

    kind: str
    name: str
    outcome: str
    times: int


def fault(node: str) -> Fault:
    """The fault that a test tries, by its node id: the words of its parameter or else those of the test's name.

    Tests with a number for a parameter are repetitions of one fault.
    """
    module, _, test = node.partition("::")
    function, _, parameter = test.partition("[")
    name = parameter.removesuffix("]")
    words = function.removeprefix("test_").replace("_", " ")
    name = name if name and not name.isdigit() else words
    return Fault(KINDS[Path(module).stem], " ".join(name.split()))


def turn(node: str) -> tuple[bool, int]:
    """When a test is run among the others: by its module, and kills at random moments last."""
    module, _, test = node.partition("::")
    name = Path(module).stem
    return "random" in test, list(KINDS).index(name) if name in KINDS else len(KINDS)


class Record:
    """Takes the reports of tests and adds them up."""

    def __init__(self) -> None:
        self._times: Counter[Fault] = Counter()
        self._outcomes: dict[Fault, str] = {}

    def plan(self, node: str) -> None:
        """A test that is to be run."""
        self._outcomes.setdefault(fault(node), NOT_REACHED)

    def note(self, report: pytest.TestReport) -> None:
        """Take what a test's report says of its fault."""
        one = fault(report.nodeid)
        if report.failed:
            self._outcomes[one] = FAILED
        elif report.skipped:
            self._outcomes.setdefault(one, NOT_REACHED)
            if NOT_REACHED not in str(report.longrepr):
                self._outcomes[one] = NOT_TRIED
        elif report.when == "call" and report.passed:
            self._times[one] += 1
            if self._outcomes.get(one) != FAILED:
                self._outcomes[one] = str(dict(report.user_properties).get(OUTCOME, SURVIVED))

    @property
    def rows(self) -> list[Row]:
        """A row for each fault, in the order in which they were tried."""
        return [Row(one.kind, one.name, said, self._times[one]) for one, said in self._outcomes.items()]

    def write(self, tally: Counter[str]) -> None:
        """Write the rows and the counts of this run."""
        FILE.parent.mkdir(exist_ok=True)
        minutes = round((time.monotonic() - _STARTED) / 60)
        run = {"date": f"{date.today()}", "minutes": minutes, "cores": os.cpu_count(), "counts": dict(tally)}
        FILE.write_text(json.dumps({**run, "rows": [asdict(row) for row in self.rows]}, indent=1), encoding="utf-8")


def is_over() -> bool:
    """Whether the time of the run is used up."""
    return time.monotonic() - _STARTED > MINUTES * 60


def quoted(said: str) -> str:
    """The beginning of a sentence, as the table shows it."""
    words = said.strip().splitlines()[0]
    return f"\u201c{words if len(words) < 120 else words[:120].rsplit(' ', 1)[0] + ' ...'}\u201d"
