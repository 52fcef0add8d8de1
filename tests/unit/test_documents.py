"""Data Docs show what Great Expectations counted; nothing delivered is on them and they load nothing."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from expectations import documents
from flows.base.night import Night
from flows.intake import shares
from flows.publish.data_docs import write_documents
from tests.conftest import Intake, run_intake, write_delivery
from tests.samples import NAMES, csv_text, spoilt

HOSTILE = "<script>alert('mailto')</script>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """A night over rows that are held for markup in codes and identifiers, in a file with markup in its folder."""
    folder = tmp_path_factory.mktemp("hostile")
    path = f"{HOSTILE.replace('/', '')}/{NAMES['nsmart']}"
    write_delivery(folder / "landing", path, csv_text(spoilt("nsmart", sex=HOSTILE, case_ref=HOSTILE)))
    night = run_intake(folder / "landing", folder / "warehouse")
    with night.night.warehouse.connect() as connection:
        connection.execute(
            "insert into intake.run (run_id, business_date, started_at, status, code_version) "
            "values (?, ?, ?, 'running', 'x')",
            [night.night.run_id, night.night.business_date, night.night.started_at],
        )
    return night


@pytest.fixture(autouse=True)
def _no_pages_yet(hostile: Intake) -> Iterator[None]:
    yield
    hostile.night.warehouse.quality.unlink(missing_ok=True)
    for folder in hostile.night.warehouse.restricted.glob(".quality-*"):
        shutil.rmtree(folder)


def suites(night: Intake) -> dict[str, list[documents.RuleResult]]:
    """What was found in NSmart extracts."""
    return {"nsmart": list(night.checked.found)}


def pages(night: Night) -> dict[str, str]:
    """Every file of the site, by its name."""
    return {
        path.name: path.read_text(encoding="utf-8") for path in night.warehouse.quality.rglob("*") if path.is_file()
    }


def test_the_pages_name_each_rule_and_how_many_rows_break_it(hostile: Intake) -> None:
    write_documents(hostile.night, suites(hostile))
    found = pages(hostile.night)
    assert set(found) == {"index.html", "nsmart.html"}
    assert "sex must be one of M, F, U" in found["nsmart.html"]
    rules = len(hostile.checked.found)
    assert (
        f'nsmart</a></td><td class="number">{rules}</td><td class="number">1</td><td class="number">1</td>'
        in found["index.html"]
    )
    assert str(hostile.night.business_date) in found["index.html"]


@pytest.mark.parametrize("ending", ["9941", "0100", "ab12", "12e5"])
def test_a_night_whose_name_ends_like_a_time_zone_has_pages(ending: str, hostile: Intake) -> None:
    write_documents(replace(hostile.night, run_id=f"20060615T020000Z-{ending}"), suites(hostile))
    assert "nsmart.html" in pages(hostile.night)


def test_nothing_delivered_is_on_a_page(hostile: Intake) -> None:
    write_documents(hostile.night, suites(hostile))
    text = " ".join(pages(hostile.night).values())
    assert "mailto" not in text
    assert not re.search(r"BED/?1[0-9]{3}", text)


def test_a_page_loads_nothing_and_runs_nothing(hostile: Intake) -> None:
    write_documents(hostile.night, suites(hostile))
    for page in pages(hostile.night).values():
        assert "default-src 'none'" in page
        assert not re.search(r"https?:|<script|<link|<img|<iframe|\son\w+=", page, re.IGNORECASE)


def test_markup_in_a_name_is_shown_as_text(tmp_path: Path, hostile: Intake) -> None:
    trend = [(date(2006, 6, 15), HOSTILE, 1, 0, 0, 0)]
    documents.write(tmp_path / "site", "run", suites(hostile), trend)
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in index
    assert "<script" not in index


def test_the_pages_are_the_owners_only_and_of_the_last_night_alone(hostile: Intake) -> None:
    write_documents(hostile.night, suites(hostile))
    later = replace(hostile.night, run_id="29990101T000000Z-aaaa")
    write_documents(later, suites(hostile))
    folders = [path.name for path in later.warehouse.restricted.glob(".quality-*")]
    assert len(folders) == 1
    assert folders[0].startswith(f".quality-{later.run_id}-")
    assert later.warehouse.quality.stat().st_mode & 0o777 == 0o700
    assert later.run_id in pages(later)["index.html"]


def test_pages_that_cannot_be_written_stop_no_night(hostile: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    write_documents(hostile.night, suites(hostile))
    before = pages(hostile.night)

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(documents, "write", full)
    write_documents(replace(hostile.night, run_id="29990101T000000Z-aaaa"), suites(hostile))
    assert pages(hostile.night) == before


def test_a_copied_folder_in_the_place_of_the_link_is_replaced(hostile: Intake) -> None:
    write_documents(hostile.night, suites(hostile))
    link = hostile.night.warehouse.quality
    copied = link.resolve()
    link.unlink()
    copied.rename(link)
    later = replace(hostile.night, run_id="29990101T000000Z-aaaa")
    write_documents(later, suites(hostile))
    assert link.is_symlink()
    assert later.run_id in pages(later)["index.html"]


def test_a_night_without_new_rows_has_pages_too(night: Night) -> None:
    checked = shares.examine_all(night).checked
    write_documents(night, {"publication": list(checked.found)})
    assert set(pages(night)) == {"index.html"}
