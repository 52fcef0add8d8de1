"""What these tests need of the machine, and what they say where it is not there."""

import shutil

import pytest

from tests.browser.conftest import missing_programs


@pytest.mark.parametrize("missing", ["chromium", "pdftotext"])
def test_a_machine_without_a_program_is_told_what_installs_it(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name == missing else f"/usr/bin/{name}")
    assert missing_programs() == f"Tests of pages need {missing}: run make system-deps, which installs it."


def test_a_machine_with_all_programs_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert missing_programs() == ""
