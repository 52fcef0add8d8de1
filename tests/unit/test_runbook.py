"""docs/runbook.md has what a failing night says, in the words in which it says it."""

import re

import pytest

from flows.settings import PROJECT

SAID = (
    "There is no space left for the warehouse",
    "may not write all of the warehouse",
    "A night is already running on",
    "The Prefect server did not start on port",
    "There is no landing folder",
    "changed while it was read",
    "The folder cannot be opened",
    "A process that read and checked deliveries was ended from outside",
    "did not complete",
    "No share was read and checked for an hour",
    "Prefect's server has no deployment",
    "An erasure was begun and not finished",
    "The restricted warehouse's file is damaged",
    "that the restricted warehouse does not know",
    "does not belong to the archive beside it",
    "register is damaged",
    "are missing or are not those that were delivered",
    "of an earlier version: it is rebuilt from its archive first",
    "An earlier version of Casebook left this warehouse",
    "A newer version of Casebook made this warehouse",
    "which readers should get, is gone from",
    "volumes are not compared with",
    "is not the symlink that readers follow",
    "The key of the case identifiers is missing",
    "failed, so nothing is published",
    "must not have lost half of its rows",
    "must not hold a delivered case identifier",
    "but readers stay on",
)
"""Each is provoked by a test; those of the machine and of files by tests/faults."""


def _code() -> str:
    """What the night is made of, texts that go on over lines put together."""
    files = [*(PROJECT / "flows").glob("*.py"), *(PROJECT / "expectations").glob("*.py")]
    return "".join(re.sub(r'"\n\s*f?"', "", file.read_text(encoding="utf-8")) for file in files)


@pytest.mark.parametrize("words", SAID)
def test_what_a_night_says_stands_in_the_runbook(words: str) -> None:
    assert words in _code()
    assert words in (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")
