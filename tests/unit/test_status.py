"""`casebook status` says what is published on one screen, and needs to read the publication alone."""

import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.cli.app import app
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
def root() -> Iterator[Path]:
    """A folder that every user may enter, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def warehouse(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse of 42 areas over three years, with many files rejected, held, set aside and flagged."""
    folder = root / "published" / RUN
    folder.mkdir(parents=True)
    (root / "restricted").mkdir(mode=0o700)
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute(PUBLISHED)
    (root / "current").symlink_to(Path("published") / RUN)
    for readable in (root / "published", folder):
        readable.chmod(0o755)
    (folder / "analyst.duckdb").chmod(0o644)
    monkeypatch.setenv("CASEBOOK_WAREHOUSE", str(root))
    return root


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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["status", "--json"],
        ["held"],
        ["due"],
        ["query", "select 1"],
        ["query", "--as-of", "2004-08-09", "select 1"],
    ],
    ids=" ".join,
)
def test_a_reader_needs_the_publication_alone(words: list[str], warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse / "current" / "analyst.duckdb")) as connection:
        connection.execute(
            "create table ops.delivery_due as select 'nsmart' as kind, 'BED' as unit_code, date '2004-07-01' as "
            "period_month, date '2004-08-15' as due_on, 'lapsed' as status, 900 as days_overdue"
        )
        connection.execute("alter table ops.load_file add column key varchar default 'BED'")
        connection.execute("alter table ops.load_file add column revision int default 1")
        connection.execute("alter table ops.set_aside add column file_id bigint")
    closed = warehouse / "published" / "20040809T020000Z-0000"
    closed.mkdir()
    (closed / "analyst.duckdb").write_text("x")
    (closed / "analyst.duckdb").chmod(0o600)
    code, said = as_nobody(words, tmp_path / "said")
    assert (code, "may not" in said) == (0, False), said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
@pytest.mark.parametrize("closed", ["current", "current/analyst.duckdb"])
def test_who_may_not_read_is_told_so_and_not_that_they_may_not_write(
    closed: str, warehouse: Path, tmp_path: Path
) -> None:
    (warehouse / closed).chmod(0)
    _, said = as_nobody(["status"], tmp_path / "said")
    assert "NoPermission" in said
    assert "may not write" not in said


def as_nobody(words: list[str], said: Path) -> tuple[int, str]:
    """How a command ends for a user who owns nothing, and what it says."""
    descriptor = os.open(said, os.O_RDWR | os.O_CREAT)
    child = os.fork()
    if child == 0:
        try:
            os.dup2(descriptor, 1)
            os.dup2(descriptor, 2)
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            sys.argv = ["casebook", *words]
            app()
        except SystemExit as end:
            sys.stdout.flush()
            os._exit(int(end.code or 0))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(9)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.read_text(encoding="utf-8")
