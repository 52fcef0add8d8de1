"""`casebook status` says what is published on one screen, and needs to read the publication alone."""

import json
from pathlib import Path

import duckdb
import pytest

from tests.commands import Command

RUN = "20040810T020000Z-0000"
NOBODY = 65534
PUBLISHED = f"""
    create schema marts;
    create schema ops;
    create table ops.run as
        select '{RUN}' as run_id, date '2004-08-09' as business_date, timestamp '2004-08-10 02:07:00' as finished_at,
            'published' as status;
    create table ops.load_file as
        select
            range as file_id, 'kind_' || range % 16 as kind, 'file_' || range || '.csv' as file_name,
            if(range % 100 = 7, 'rejected', 'current') as status,
            if(range % 100 = 7, repeat('A long reason. ', 20), null) as reason,
            10 as rows_loaded, 1 as rows_duplicate, 2 as rows_quarantined, timestamp '2004-08-10 02:00:00' as loaded_at
        from range(3_769);
    create table ops.quarantine_row as
        select range as file_id, ['Reason ' || range % 30 || repeat(' and more', 20)] as reasons from range(500);
    create table ops.set_aside as
        select
            'nsmart' as kind, 'BED_' || range as delivery_key, 1 as revision, 'a_rule' as rule,
            repeat('A sentence. ', 20) as sentence, date '2004-08-10' as set_aside_on
        from range(40);
    create table ops.file_flag as
        select range as file_id, 'unusual_' || range % 3 as flag, repeat('A sentence. ', 20) as sentence from range(230)
"""


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse of 42 areas over three years, with many files rejected, held, set aside and flagged."""
    folder = tmp_path / "published" / RUN
    folder.mkdir(parents=True)
    (tmp_path / "restricted").mkdir(mode=0o700)
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute(PUBLISHED)
    (tmp_path / "current").symlink_to(Path("published") / RUN)
    monkeypatch.setenv("CASEBOOK_WAREHOUSE", str(tmp_path))
    return tmp_path


def test_status_of_42_areas_fits_a_screen_and_names_the_commands_for_the_rest(
    warehouse: Path, command: Command
) -> None:
    said = command("status").out.splitlines()
    assert len(said) <= 60
    assert said[0] == f"Published: {RUN}, business date 2004-08-09, finished 2004-08-10 02:07 UTC"
    titles = [line.strip() for line in said if " of " in line and "(" in line]
    assert titles == [
        "Rejected files: 5 of 38 (casebook query \"from load_file where status = 'rejected'\")",
        'Deliveries set aside: 5 of 40 (casebook query "from set_aside")',
        "Rows held, by reason: 5 of 240 (casebook held)",
    ]
    assert any("unusual_0" in line and "77" in line for line in said)


def test_what_is_counted_stands_in_its_heading_and_a_pipe_has_no_lines(warehouse: Path, command: Command) -> None:
    said = command("status").out
    for heading in ("files current", "files rejected", "files other", "rows loaded", "rows repeated", "rows held"):
        assert heading in said
    assert not set(said) & set("\u2500\u2501\u2502\u2503")


def test_json_has_every_entry(warehouse: Path, command: Command) -> None:
    status = json.loads(command("status", "--json").out)
    assert (status["run_id"], status["business_date"], status["pinned"]) == (RUN, "2004-08-09", False)
    assert {name: len(status[name]) for name in ("files", "rejected", "set_aside", "held", "flagged")} == {
        "files": 16,
        "rejected": 38,
        "set_aside": 40,
        "held": 240,
        "flagged": 3,
    }
    assert sum(kind["current"] + kind["rejected"] for kind in status["files"]) == 3_769
