"""The table of faults in docs/operations/operations.md has a row for every fault that there is a test of."""

import subprocess
import sys

from flows.base.settings import PROJECT
from tests.faults import record, table


def test_the_page_names_every_fault_that_is_tried() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-m", "", "tests/faults"],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    tests = [line for line in listed if "::" in line and "test_record" not in line]
    assert len(tests) > 160
    assert {record.fault(test) for test in tests} == table.named()
