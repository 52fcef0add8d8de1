"""What the commands on deliveries list, and in what order."""

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.base.errors import CasebookError
from flows.cli import terminal
from flows.cli.app import app

PUBLISHED = """
    create schema marts;
    create schema ops;
    create table ops.delivery_due as from (values
        ('nsmart', 'BED', date '2004-07-01', date '2004-08-15', 'expected', null),
        ('nsmart', 'BED', date '2004-06-01', date '2004-07-15', 'overdue', 26),
        ('nsmart', 'BED', date '2004-05-01', date '2004-06-15', 'received', null),
        ('nsmart', 'AVS', date '2003-01-01', date '2003-02-15', 'lapsed', 500)
    ) as t (kind, unit_code, period_month, due_on, status, days_overdue);
    create table ops.load_file as from (values
        (1, 'nsmart', 'BED_0404', 1, 'superseded', timestamp '2004-05-15 02:00:00'),
        (2, 'nsmart', 'BED_0404', 2, 'current', timestamp '2004-05-16 02:00:00'),
        (3, 'judgement', 'ESI-BED-2005', 1, 'current', timestamp '2004-05-14 02:00:00')
    ) as t (file_id, kind, key, revision, status, loaded_at);
    create table ops.set_aside (file_id integer);
    create table ops.quarantine_row as from (values
        (1, 1, ['Old.']), (2, 1, ['No date.', 'No code.']), (2, 2, ['No date.']), (3, 7, ['No case.'])
    ) as t (file_id, row_number, reasons);
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with a small publication."""
    folder = tmp_path / "published" / "20040810T020000Z-0000"
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute(PUBLISHED)
    (tmp_path / "current").symlink_to(folder)
    return tmp_path


def listed(*arguments: str | Path) -> tuple[list[str], str]:
    """Lines of the answer, and what was said beside it."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    return result.stdout.splitlines(), result.stderr


def test_overdue_comes_before_expected_and_what_lapsed_is_only_counted(warehouse: Path) -> None:
    lines, beside = listed("due", "--warehouse", warehouse)
    assert lines == [
        "status,kind,unit_code,period_month,due_on,days_overdue",
        "overdue,nsmart,BED,2004-06-01,2004-07-15,26",
        "expected,nsmart,BED,2004-07-01,2004-08-15,",
    ]
    assert beside.startswith("Left out: 1 that lapsed")


def test_held_lists_each_reason_of_the_files_that_count(warehouse: Path) -> None:
    assert listed("held", "--warehouse", warehouse)[0] == [
        "sender,kind,key,revision,rows,reason,held_since",
        "ESI-BED-2005,judgement,ESI-BED-2005,1,1,No case.,2004-05-14",
        "BED,nsmart,BED_0404,2,2,No date.,2004-05-16",
        "BED,nsmart,BED_0404,2,1,No code.,2004-05-16",
    ]


def test_a_publication_without_the_tables_asks_for_a_night(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse / "current" / "analyst.duckdb")) as connection:
        connection.execute("drop table ops.delivery_due")
    with pytest.raises(CasebookError, match="run a night first"):
        listed("due", "--warehouse", warehouse)


def test_a_withdrawal_of_nothing_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match="There is no warehouse") as refused:
        listed("withdraw", "nsmart", "BED_0404", "--reason", "Wrong.", "--warehouse", tmp_path)
    assert refused.value.exit_code == 1


def test_a_list_without_entries_is_a_sentence_on_a_terminal(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect(str(warehouse / "current" / "analyst.duckdb")) as connection:
        connection.execute("delete from ops.quarantine_row")
    monkeypatch.setattr(terminal.OUT, "_force_terminal", True, raising=False)
    assert listed("held", "--warehouse", warehouse)[0] == ["Nothing to list."]
