"""`casebook release`, and the flows that do the same."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.release.draft import draft
from flows.release.releases import alone, draft_folder
from tests.commands import Command
from tests.releases import (
    FIRST,
    LATER_RUN,
    NOTES,
    RUN,
    SECOND,
    notes,
    publication,
    released,
    seen,
    warehouse,
)

__all__ = ["warehouse"]


def test_the_command_drafts_checks_publishes_lists_and_retracts(warehouse: Warehouse, command: Command) -> None:
    def release(*arguments: str | Path) -> str:
        ended = command("release", *arguments, "--warehouse", warehouse.root)
        assert ended.code == 0, ended.err
        return ended.out

    assert f"Drafted {FIRST} from {RUN}" in release("draft", FIRST, "--notes", notes(warehouse.root.parent))
    assert release("list").splitlines() == [
        "name,state,released,publication,revised,next due",
        f"{FIRST},draft,,{RUN},,",
    ]
    assert "nothing is certain" in release("check", FIRST)
    assert "The next release is due on" in release("publish", FIRST)
    assert release("list").splitlines()[1].startswith(f"{FIRST},published,20")
    assert "is retracted" in release("retract", FIRST, "--reason", "It was wrong.")
    assert release("list").splitlines()[1].startswith(f"{FIRST},retracted,20")


def test_the_command_answers_programs_in_json(warehouse: Warehouse, command: Command) -> None:
    def release(*arguments: str | Path) -> Any:
        ended = command("release", *arguments, "--json", "--quiet", "--warehouse", warehouse.root)
        assert (ended.code, ended.err) == (0, "")
        return json.loads(ended.out)

    drafted = release("draft", FIRST, "--notes", notes(warehouse.root.parent))
    assert drafted == {
        "name": FIRST,
        "publication": RUN,
        "pages": 1,
        "workbooks": 0,
        "tables": 1,
        "folder": str(draft_folder(warehouse, FIRST)),
    }
    assert release("check", FIRST) == {"name": FIRST, "attack": "nothing is certain"}
    published = release("publish", FIRST)
    assert published["page"] == str(warehouse.releases / FIRST / "index.html")
    (listed,) = release("list")
    assert (listed["name"], listed["state"], listed["next due"]) == (FIRST, "published", published["next_due"])
    assert "is retracted" in release("retract", FIRST, "--reason", "It was wrong.")["sentence"]


def test_what_to_do_next_is_a_note_that_quiet_silences(warehouse: Warehouse, command: Command) -> None:
    given = ("release", "draft", FIRST, "--notes", notes(warehouse.root.parent), "--warehouse", warehouse.root)
    loud, quiet = command(*given), command(*given, "--quiet")
    assert f"casebook release check {FIRST}" in loud.err
    assert (quiet.out, quiet.err) == (loud.out, "")


@pytest.mark.parametrize("what", ["taken", "old", "notes", "run", "key", "two", "locked"])
def test_bad_input_is_one_sentence_and_nothing_is_published(what: str, warehouse: Warehouse, command: Command) -> None:
    released(warehouse, FIRST)
    before, text = seen(warehouse), notes(warehouse.root.parent)
    name, run, sentence, code = SECOND, RUN, "", 1
    match what:
        case "taken":
            name, sentence = FIRST, "There is a release 2006-q1 already, and it stays as it is"
        case "old":
            publication(warehouse, LATER_RUN, is_staff=False)
            run, sentence = LATER_RUN, f"The publication {LATER_RUN} is from before the staff edition"
        case "notes":
            text, sentence = warehouse.root / "no-notes.md", "The notes cannot be read from"
        case "run":
            run, sentence = "[red]\udcff", "There is no publication [red]"
        case "key":
            warehouse.key_file.write_bytes(b"another key")
            sentence = "The key of the case identifiers is not the one that"
        case "two":
            draft(warehouse, "2006-q3", text)
            sentence = "There is a draft 2006-q3 already"
        case "locked":
            sentence, code = "Another `casebook release` is at work", 3
    with alone(warehouse) if what == "locked" else nullcontext():
        refused = command("release", "draft", name, "--notes", text, "--run", run, "--warehouse", warehouse.root)
    assert (refused.code, refused.out) == (code, "")
    assert refused.err.startswith(sentence)
    assert refused.err.count("\n") == 1
    assert seen(warehouse) == before


@pytest.mark.parametrize("year", ["0", "2000", "nan", "9" * 30, "2004/05"])
def test_a_year_that_cannot_be_meant_is_not_revised(year: str, warehouse: Warehouse, command: Command) -> None:
    text = notes(warehouse.root.parent)
    refused = command("release", "draft", FIRST, "--notes", text, "--revise", year, "--warehouse", warehouse.root)
    assert (refused.code, "--revise" in refused.err) == (2, True)


def test_the_command_says_what_is_wrong_in_a_sentence(warehouse: Warehouse, command: Command) -> None:
    refused = command("release", "publish", FIRST, "--warehouse", warehouse.root)
    assert (refused.code, refused.err.startswith("There is no draft 2006-q1")) == (1, True)
    missing = command("release", "draft", FIRST, "--warehouse", warehouse.root)
    assert (missing.code, "--notes" in missing.err) == (2, True)
    with alone(warehouse):
        busy = command("release", "check", FIRST, "--warehouse", warehouse.root)
    assert busy.code == 3


def test_as_flows_a_release_is_drafted_and_checked_in_one_and_published_in_another(warehouse: Warehouse) -> None:
    from flows.release.flow import draft_release, publish_release

    said = draft_release.fn(FIRST, notes(warehouse.root.parent), warehouse=warehouse.root)
    assert said == "nothing is certain"
    assert publish_release.fn(FIRST, warehouse=warehouse.root) == str(warehouse.releases / FIRST)


def test_deployments_of_releases_have_no_schedule_and_no_secret() -> None:
    deployments = yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    of_releases = [each for each in deployments if each["name"].startswith("release-")]
    assert [each["name"] for each in of_releases] == ["release-draft", "release-publish"]
    for each in of_releases:
        assert not each.get("schedules")
        assert each["work_pool"]["job_variables"]["env"].keys() == {"CASEBOOK_WAREHOUSE"}


def test_notes_of_the_tests_name_the_years_that_they_revise() -> None:
    assert "2004" in NOTES
    assert "2005" in NOTES
