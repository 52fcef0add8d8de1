"""docs/operations/runbook.md has what a failing night says, in the words in which it says it."""

import re

import pytest

from flows.base.settings import PROJECT

SAID = (
    "There is no space left for the warehouse",
    "may not write all of the warehouse",
    "The machine refuses what is needed",
    "A night is already running on",
    "The night was stopped by",
    "The Prefect server did not start at",
    "does not answer (",
    "so this night starts one of its own",
    "Prefect's database was damaged and is set aside",
    "Prefect's server failed while the night ran",
    "Prefect's server does not answer any more",
    "are served already",
    "is not free for Prefect's server",
    "Prefect refused",
    "The night's process is gone",
    "began after this one was due and has published",
    "No night of Casebook's has published since",
    "The webhook does not take this",
    "There is no landing folder",
    "changed while it was read",
    "The folder cannot be opened",
    "A process that read and checked deliveries was ended from outside",
    "An erasure was begun and not finished",
    "cannot be made again without what was erased, so it is removed",
    "erasures, which erased_cases.jsonl has",
    "rows refused because their cases were erased",
    "No delivery has this case",
    "rows would go, and the number given is another",
    "was erased before",
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
    "is no publication that a night made, and nothing looks after it",
    "The symlink that readers follow is missing",
    "is damaged",
    "every publication is damaged",
    "There is no warehouse at",
    "can be made at",
    "folders cannot be made at",
    "holds no deliveries: nothing to publish",
    "must be apart",
    "which this machine does not have",
    "files and folders are not opened to readers",
    "is wrong",
    "The key of the case identifiers is missing",
    "failed, so nothing is published",
    "must not have lost half of its rows",
    "what fails cannot be traced to a delivery",
    "must not name a case in its free text",
    "but readers stay on",
)
"""Each is provoked by a test; those of the machine and of files by tests/faults."""


def _code() -> str:
    """What the night is made of, texts that go on over lines put together."""
    files = [*(PROJECT / "flows").rglob("*.py"), *(PROJECT / "expectations").glob("*.py")]
    return "".join(re.sub(r'"\n\s*f?"', "", file.read_text(encoding="utf-8")) for file in files)


@pytest.mark.parametrize("words", SAID)
def test_what_a_night_says_stands_in_the_runbook(words: str) -> None:
    assert words in _code()
    assert words in (PROJECT / "docs" / "operations" / "runbook.md").read_text(encoding="utf-8")
