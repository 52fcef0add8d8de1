"""Noise in steps is found: it leaves what remains of a count exact."""

from dataclasses import replace

import numpy as np
import pytest

from attack.figures import Published, Records
from attack.residues import findings

REGIONS = {f"A{area}": "region:East" for area in range(4)}
START, QUARTERS, STEP = 12 * 2004 + 3, 20, 3


def amounts(rounded_first: bool, steps: bool = True) -> list[Published]:
    """Missed appointments of areas by quarter and of their region by month, with noise in steps of 3 or without."""
    rng = np.random.default_rng(5)
    months = rng.integers(20, 60, (len(REGIONS), 3 * QUARTERS))
    exact = {
        Records("CON_ARR", "area", area, START + 3 * quarter, 3): int(months[at, 3 * quarter : 3 * quarter + 3].sum())
        for at, area in enumerate(REGIONS)
        for quarter in range(QUARTERS)
    } | {
        Records("CON_ARR", "region", "region:East", START + month, 1): int(months[:, month].sum())
        for month in range(3 * QUARTERS)
    }
    noise = rng.integers(-4, 5, len(exact)) * STEP if steps else rng.integers(-12, 13, len(exact))
    return [
        Published(records, "counts", (STEP * round(count / STEP) if rounded_first else count) + int(more))
        for (records, count), more in zip(exact.items(), noise, strict=True)
    ]


@pytest.mark.parametrize(
    ("rounded_first", "steps", "found"),
    [
        (False, True, ["noise is in steps of 3: what is left of a count divided by it is exact"]),
        (True, True, []),
        (False, False, []),
    ],
)
def test_noise_in_steps_is_found_unless_counts_are_rounded_to_them_first(
    rounded_first: bool, steps: bool, found: list[str]
) -> None:
    assert [finding.says for finding in findings(amounts(rounded_first, steps), REGIONS)] == found


def test_one_erased_case_does_not_hide_steps() -> None:
    figures = amounts(rounded_first=False)
    figures[-1] = replace(figures[-1], side=(figures[-1].side or 0) - 1)
    assert len(findings(figures, REGIONS)) == 1
