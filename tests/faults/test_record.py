"""What holds of the faults themselves, also of those that are tried by name alone."""

import subprocess
import sys
from pkgutil import resolve_name

from flows.base.settings import PROJECT
from tests.faults import record, table, test_erasing, test_kill


def test_the_page_names_every_fault_that_is_tried() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-m", "", "tests/faults"],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    tests = [line for line in listed if "::" in line and "test_record" not in line]
    assert len(tests) > 160
    assert {record.fault(test) for test in tests} == table.named()


def test_every_kill_is_at_a_function_that_there_is() -> None:
    points = [*(plan.kill_at for plan in test_kill.POINTS.values()), *test_erasing.POINTS.values()]
    assert all(callable(resolve_name(str(point))) for point in points)
