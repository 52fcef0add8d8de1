"""One delivery harms nobody else: what breaks a rule in any layer is set aside, and the rest is published."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from flows.base.night import Night
from tests.faults import nights
from tests.faults.conftest import ask_restricted
from tests.faults.nights import REFUSED, Ended, Plan
from tests.integration.conftest import House

CONVERSION, RECOMMENDATION, LOSS = "nsmart_BED_0604", "recommendation_ESI-AVS-2005_r2", "judgement_ESI-AVS-2005_r2"
GUILTY = {CONVERSION, RECOMMENDATION, LOSS}
INNOCENT = "nsmart_AVS_0704"

OF = "where file_id in (select file_id from intake.file where file_name = '{}.csv')"
PLANTED = (
    f"update raw.nsmart set appts_required = 'many' {OF.format(CONVERSION)} and row_number = 3",
    f"update raw.recommendation set recommendation_no = '1' {OF.format(RECOMMENDATION)}",
)
"""Faults that no check on a file knows: they get into the loaded rows behind the checks."""


def plant(_: House) -> None:
    """In the night's process: what is loaded is changed before anything is built from it."""
    from flows import nightly

    load: Callable[..., Any] = nightly.load_rows

    def planting(night: Night, *arguments: Any) -> Any:
        loaded = load(night, *arguments)
        with night.warehouse.connect() as connection:
            for statement in PLANTED:
                connection.execute(statement)
        return loaded

    nightly.load_rows = planting


def ask_too_much(_: House) -> None:
    """In the night's process: no table has as many rows as the gate asks for, whatever was delivered."""
    from expectations import publication

    publication.SMALLEST_SHARE = 50


@dataclass(frozen=True)
class After:
    """What a night left: how it ended, each file's status, and the rows of ops.set_aside by delivery."""

    ended: Ended
    status: dict[str, str]
    set_aside: dict[str, dict[str, Any]]
    balance: list[tuple[Any, ...]]
    returns: set[str]
    run_id: str


def after(house: House, ended: Ended) -> After:
    """Look at a night that must have published."""
    assert ended.exit_code == 0, ended.said
    columns = ("file_id", "run_id", "rule", "rows_failing", "row_numbers", "sentence")
    rows = house.ask(
        "select file_name, file_id, run_id, rule, rows_failing, row_numbers, sentence "
        "from ops.set_aside inner join ops.load_file using (file_id)"
    )
    return After(
        ended,
        {
            name.removesuffix(".csv"): status
            for name, status in house.ask("select file_name, status from ops.load_file")
        },
        {name.removesuffix(".csv"): dict(zip(columns, row, strict=True)) for name, *row in rows},
        house.ask(
            "select file_name, rows_landed, rows_loaded, rows_duplicate, rows_quarantined from ops.load_file "
            "where status = 'set_aside'"
        ),
        {path.name for path in (house.warehouse / "restricted" / "returns").iterdir()},
        (house.warehouse / "current").readlink().name,
    )


def copy(house: House, delivery: str, to: str, change: tuple[str, str] = ("", ""), rows: int | None = None) -> None:
    """Deliver what came before under another name, with one text for another, or only its first rows."""
    lines = next(house.landing.rglob(f"{delivery}.csv")).read_text(encoding="utf-8").splitlines()
    text = "\n".join(lines if rows is None else lines[: rows + 1]) + "\n\n"
    (house.landing / f"{to}.csv").write_text(text.replace(*change) if change[0] else text, encoding="utf-8")


def another(house: House, folder: Path) -> House:
    shutil.copytree(house.warehouse.parent, folder, symlinks=True)
    return House(folder / "landing", folder / "warehouse", pages=False)


@pytest.fixture(scope="module")
def house(tiny_completed: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    return another(tiny_completed, tmp_path_factory.mktemp("set_aside") / "house")


@pytest.fixture(scope="module")
def first(house: House) -> After:
    """Three guilty deliveries: one stops a model, one fails a test of a mart, one takes away half of a table."""
    deliver(house)
    return after(house, nights.run(replace(house, pages=True), Plan(before=plant)))


def deliver(house: House) -> None:
    """The guilty and the innocent."""
    copy(house, "nsmart_BED_0504", CONVERSION, ("0504", "0604"))
    copy(house, "nsmart_AVS_0604", INNOCENT, ("0604", "0704"))
    copy(house, "recommendation_ESI-AVS-2005", RECOMMENDATION)
    copy(house, "judgement_ESI-AVS-2005", LOSS, rows=2)


@pytest.mark.long
def test_a_night_killed_when_it_has_found_the_first_sets_nothing_aside_and_the_next_all(
    tiny_completed: House, tmp_path: Path
) -> None:
    house = another(tiny_completed, tmp_path / "killed")
    deliver(house)
    killed = nights.run(house, Plan("flows.recover.set_aside._convicted", before=plant))
    assert killed.exit_code < 0
    tried = ask_restricted(house, "select file_id from intake.set_aside where confirmed_at is null")
    assert tried
    assert ask_restricted(house, "select file_id from intake.set_aside where confirmed_at is not null") == []
    assert not any('"set_aside"' in line for line in register(house))
    assert after(house, nights.run(house, Plan(before=plant))).set_aside.keys() == GUILTY


@pytest.fixture(scope="module")
def second(first: After, house: House) -> After:
    """The judgements are readmitted, though nothing changed, and the recommendations are mended."""
    readmitted = house.casebook("readmit", "judgement", "ESI-AVS-2005", "--reason", "Is it really wrong?")
    assert readmitted.returncode == 0, readmitted.stderr
    assert "Readmitted judgement ESI-AVS-2005, revision 2" in readmitted.stdout
    copy(house, "recommendation_ESI-AVS-2005", "recommendation_ESI-AVS-2005_r3", ("open", "closed"))
    return after(house, nights.run(house))


def test_whatever_layer_a_delivery_breaks_it_is_set_aside_and_the_rest_is_published(first: After) -> None:
    assert {name for name, status in first.status.items() if status == "set_aside"} == GUILTY
    assert first.status[INNOCENT] == "current"
    assert first.set_aside.keys() == GUILTY


def test_what_a_set_aside_delivery_replaced_stays_current(first: After) -> None:
    assert first.status["recommendation_ESI-AVS-2005"] == "current"
    assert first.status["judgement_ESI-AVS-2005"] == "current"


def test_each_is_set_aside_with_the_rule_that_failed_and_the_rows(first: After) -> None:
    stopped, failed, lost = (first.set_aside[name] for name in (CONVERSION, RECOMMENDATION, LOSS))
    assert "stops with: Conversion Error." in stopped["sentence"]
    assert stopped["rows_failing"] is None
    assert failed["rule"].startswith("unique_combination_fct_recommendation")
    assert failed["rows_failing"] > 0
    assert failed["row_numbers"] == [2, 3, 4, 5]
    assert "must not have lost half of its rows" in lost["sentence"]


def test_all_rows_of_a_set_aside_delivery_count_as_held(first: After) -> None:
    assert len(first.balance) == len(GUILTY)
    for name, landed, loaded, duplicate, held in first.balance:
        assert (loaded, landed) == (0, duplicate + held), name


def test_sender_and_operator_are_told(first: After, house: House) -> None:
    assert {f"return_{name}.csv" for name in GUILTY} <= first.returns
    assert [line for line in first.ended.said if "could not be written" in line] == []
    assert house.ask("select count(*) from ops.set_aside") == [(len(GUILTY),)]
    page = (house.warehouse / "current" / "site" / "quality.html").read_text(encoding="utf-8")
    assert "Deliveries that are set aside" in page
    assert "ESI-AVS-2005" in page


def test_setting_aside_is_an_event_of_the_register(first: After, house: House) -> None:
    events = [json.loads(line) for line in register(house)]
    told = [event for event in events if event["event"] == "set_aside"]
    assert {event["file_id"] for event in told} == {row["file_id"] for row in first.set_aside.values()}
    assert {event["run_id"] for event in told} == {first.run_id}


@pytest.mark.long
def test_a_readmitted_delivery_is_tried_again_and_a_mended_one_counts(
    first: After, second: After, house: House
) -> None:
    assert second.set_aside.keys() == {CONVERSION, LOSS}
    assert second.set_aside[LOSS]["run_id"] == second.run_id
    assert second.set_aside[CONVERSION]["run_id"] == first.run_id
    assert second.status["recommendation_ESI-AVS-2005_r3"] == "current"
    assert f"return_{RECOMMENDATION}.csv" not in second.returns
    assert [json.loads(line)["event"] for line in register(house)].count("readmitted") == 1


@pytest.mark.long
def test_a_publication_without_a_set_aside_delivery_can_be_built_again(
    first: After, second: After, house: House
) -> None:
    """Of the first: two of what it left out count since, or were tried again."""
    assert second.run_id > first.run_id
    verified = house.casebook("verify", first.run_id)
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.long
def test_what_cannot_be_traced_stops_the_night_and_sets_nothing_aside(tiny_completed: House, tmp_path: Path) -> None:
    house = another(tiny_completed, tmp_path / "untraced")
    copy(house, "nsmart_AVS_0604", INNOCENT, ("0604", "0704"))
    ended = nights.run(house, Plan(before=ask_too_much))
    assert ended.exit_code == REFUSED
    assert "set aside: what fails cannot be traced to a delivery" in ended.said
    assert not any('"set_aside"' in line for line in register(house))
    assert after(house, nights.run(house)).set_aside == {}


def register(house: House) -> list[str]:
    return (house.warehouse / "restricted" / "archive" / "register.jsonl").read_text(encoding="utf-8").splitlines()
