"""What senders and operators are told over two nights: what is held or mended, who is late, what was withdrawn."""

import csv
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bench.generator import PRESETS, generate
from tests.integration.conftest import House, NewHouse

INSPECTION = "ESI-AVS-2005"
SAMPLE = f"case_sample_{INSPECTION}.csv"
RECOMMENDATION = f"recommendation_{INSPECTION}"
WITHDRAWN = ("performance_return", "BED_0404")
TONIGHT = "2004-08-10"


@dataclass(frozen=True)
class Told:
    """What could be read after a night. judgements: as delivered, with their header; judged: those that count."""

    held: list[dict[str, str]]
    due: list[dict[str, str]]
    returns: dict[str, list[list[str]]]
    states: dict[str, str | None]
    judgements: list[list[str]]
    judged: int
    quarantined: int


@pytest.fixture(scope="module")
def nights(new_house: NewHouse, tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Told]:
    """A night without the sample and with a faulty recommendation; one after they were mended and a month withdrawn."""
    folder = tmp_path_factory.mktemp("senders")
    generate(PRESETS["tiny"], folder / "deliveries")
    house = replace(new_house(folder), pages=False)
    shutil.copytree(folder / "deliveries", house.landing, dirs_exist_ok=True)
    sample, recommendation = house.landing / INSPECTION / SAMPLE, house.landing / INSPECTION / f"{RECOMMENDATION}.csv"
    whole = recommendation.read_text(encoding="utf-8")
    shutil.move(sample, folder / SAMPLE)
    recommendation.write_text(whole.replace("quality assurance,C3", "=cmd()|A1,C3"), encoding="utf-8")
    (house.landing / "+notes.csv").write_text("not a delivery", encoding="utf-8")
    first = _night(house)
    shutil.copy(folder / SAMPLE, sample)
    recommendation.with_name(f"{RECOMMENDATION}_r2.csv").write_text(whole, encoding="utf-8")
    withdrawn = house.casebook("withdraw", *WITHDRAWN, "--reason", "Sent for another month")
    assert withdrawn.returncode == 0, withdrawn.stderr
    return first, _night(house)


def _night(house: House) -> Told:
    done = house.casebook("nightly", "--date", TONIGHT)
    assert done.returncode == 0, done.stderr
    files = sorted((house.warehouse / "restricted" / "returns").iterdir())
    judged = f"select count(*) from marts.fct_judgement where inspection_id = '{INSPECTION}'"
    return Told(
        held=_listed(house, "held"),
        due=_listed(house, "due"),
        returns={path.name: _cells(path) for path in files},
        states=dict(house.ask("select file_name, status from ops.load_file where kind is not null")),
        judgements=_cells(house.landing / INSPECTION / f"judgement_{INSPECTION}.csv"),
        judged=house.ask(judged)[0][0],
        quarantined=house.ask("select count(*) from ops.quarantine_row")[0][0],
    )


def _cells(path: Path) -> list[list[str]]:
    return list(csv.reader(path.open(encoding="utf-8-sig", newline="")))


def _listed(house: House, command: str) -> list[dict[str, str]]:
    done = house.casebook(command)
    assert (done.returncode, done.stderr) == (0, "")
    return list(csv.DictReader(done.stdout.splitlines()))


def test_a_row_waits_for_its_parent_and_is_released_when_it_arrives(nights: tuple[Told, Told]) -> None:
    first, second = nights
    waiting = [line for line in first.held if line["kind"] == "judgement"]
    assert [(line["sender"], line["key"]) for line in waiting] == [(INSPECTION, INSPECTION)]
    assert "not in the sample" in waiting[0]["reason"]
    assert first.judged == 0
    assert second.judged == int(waiting[0]["rows"]) > 0


def test_a_mended_delivery_replaces_what_was_held(nights: tuple[Told, Told]) -> None:
    first, second = nights
    assert [line["rows"] for line in first.held if line["kind"] == "recommendation"] == ["1"]
    assert second.held == []
    assert second.states[f"{RECOMMENDATION}.csv"] == "superseded"
    assert second.states[f"{RECOMMENDATION}_r2.csv"] == "current"
    assert second.quarantined == 1


def test_a_sender_gets_each_row_to_mend_as_it_was_delivered(nights: tuple[Told, Told]) -> None:
    header, about, held = nights[0].returns[f"return_{RECOMMENDATION}.csv"]
    row = dict(zip(header, held, strict=True))
    assert about[1].startswith("Rows landed: 4; loaded: 3; exact repeats, counted once: 0; held: 1.")
    assert (row["row"], row["inspection_id"], row["theme"]) == ("4", INSPECTION, "'=cmd()|A1")
    assert row["what_to_mend"] == "a text must not begin with =, +, - or @"


def test_a_row_that_waits_shows_the_case_and_not_its_key(nights: tuple[Told, Told]) -> None:
    header, _, *rows = nights[0].returns[f"return_judgement_{INSPECTION}.csv"]
    assert [header[2:], *(row[2:] for row in rows)] == nights[0].judgements


def test_a_return_goes_when_its_trouble_is_settled(nights: tuple[Told, Told]) -> None:
    first, second = nights
    assert len(first.returns) > 2
    ((name, lines),) = second.returns.items()
    assert name.startswith("return__notes.csv_file")
    assert [line[0] for line in lines] == ["row", "", ""]
    assert "begin with the kind of delivery" in lines[2][1]


def test_a_withdrawn_delivery_counts_nowhere_and_neither_does_its_forerunner(nights: tuple[Told, Told]) -> None:
    first, second = nights
    kind, key = WITHDRAWN
    assert [first.states[f"{kind}_{key}{end}.csv"] for end in ("", "_r2")] == ["superseded", "current"]
    assert [second.states[f"{kind}_{key}{end}.csv"] for end in ("", "_r2")] == ["withdrawn", "withdrawn"]


def test_who_is_late_is_told_first_and_then_what_is_due(nights: tuple[Told, Told]) -> None:
    first, second = nights
    overdue = [line for line in first.due if line["status"] == "overdue"]
    assert first.due[: len(overdue)] == overdue
    assert {(line["unit_code"], line["period_month"], line["days_overdue"]) for line in overdue} == {
        ("BED", "2004-06-01", "26")
    }
    assert {(line["unit_code"], line["due_on"]) for line in first.due[len(overdue) :]} == {
        ("AVS", "2004-08-15"),
        ("BED", "2004-08-15"),
    }
    # What is withdrawn is not delivered: the sender begins with the month after it.
    assert second.due == first.due
