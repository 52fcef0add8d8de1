"""What commands say of publications that are damaged, gone or closed, and where they go on with another."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from flows.base.warehouse_paths import Warehouse
from flows.publish.publication import damage, opens
from tests.commands import Command, Ended

FIRST, SECOND, THIRD = (f"2006060{day}T020000Z-aaaa" for day in (1, 2, 3))
NOBODY = 65534


def write(folder: Path) -> None:
    """A publication that commands can answer from, of some hundred kilobytes."""
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute(
            f"""
            create schema marts;
            create schema ops;
            create table marts.dim_case as select md5(range::varchar) as case_key from range(20000);
            create table ops.run as
            select '{folder.name}' as run_id, date '2006-06-01' as business_date, timestamp '2006-06-01' as finished_at;
            create table ops.load_file as select
                'nsmart' as kind, 'BED_0404' as key, 1 as revision, 'current' as status, 1::bigint as rows_loaded,
                0::bigint as rows_duplicate, 0::bigint as rows_quarantined, 'x.csv' as file_name, null as reason,
                range as file_id, timestamp '2006-06-01' as loaded_at, md5(range::varchar) as sha256
            from range(5000);
            create table ops.quarantine_row as
            select 1::bigint as file_id, range as row_number, ['No ' || range] as reasons from range(5000);
            create table ops.set_aside (
                file_id bigint, kind text, delivery_key text, revision bigint, rule text, sentence text,
                set_aside_on date
            );
            create table ops.file_flag (file_id bigint, flag text, sentence text);
            create table ops.delivery_due as select
                'nsmart' as kind, 'BED' as unit_code, date '2006-06-01' as period_month, date '2006-06-01' as due_on,
                'overdue' as status, range as days_overdue
            from range(5000);
            """
        )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with three publications, the last of which is current."""
    root = tmp_path_factory.mktemp("built") / "warehouse"
    (root / "restricted" / "archive").mkdir(parents=True)
    for run in (FIRST, SECOND, THIRD):
        write(root / "published" / run)
    (root / "current").symlink_to(Path("published") / THIRD)
    return root


@pytest.fixture
def warehouse(built: Path, tmp_path: Path) -> Warehouse:
    """A copy of it."""
    return Warehouse(shutil.copytree(built, tmp_path / "warehouse", symlinks=True))


def flip(file: Path, seed: int = 1, places: int = 2000) -> None:
    """Change bytes here and there, not in the headers."""
    content = bytearray(file.read_bytes())
    chance = random.Random(seed)
    for _ in range(places):
        content[chance.randrange(12288, len(content))] ^= 0xFF
    file.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "bytes flipped": flip,
    "cut off": lambda file: os.truncate(file, file.stat().st_size // 8),
    "cut to a header": lambda file: os.truncate(file, 4096),
    "nothing left": lambda file: os.truncate(file, 0),
    "noise": lambda file: file.write_bytes(random.Random(1).randbytes(100_000)),
    "text": lambda file: file.write_text("this is no database\n" * 1000),
    "header zeroed": lambda file: file.write_bytes(bytes(12288) + file.read_bytes()[12288:]),
}
QUESTIONS = (["status"], ["due"], ["held"], ["query", "select count(distinct case_key) from dim_case"])


def file_of(warehouse: Warehouse, run: str) -> Path:
    return warehouse.published / run / "analyst.duckdb"


def run(command: Command, warehouse: Warehouse, *arguments: str) -> Ended:
    return command(*arguments, "--warehouse", str(warehouse.root))


@pytest.mark.parametrize("name", DAMAGES)
def test_every_command_says_which_publication_is_damaged_and_what_to_do(
    name: str, warehouse: Warehouse, command: Command
) -> None:
    DAMAGES[name](file_of(warehouse, THIRD))
    for question in QUESTIONS:
        ended = run(command, warehouse, *question)
        assert ended.code == 1, question
        assert f"{THIRD} is damaged" in ended.err
        assert "casebook rollback" in ended.err
    assert f"Publications that open: {FIRST}, {SECOND}" in run(command, warehouse, "status").out
    verified = run(command, warehouse, "verify")
    assert verified.code == 5
    assert verified.out.startswith(f"Different. Publication {THIRD} is damaged")


@pytest.mark.parametrize("name", DAMAGES)
def test_a_rollback_and_resume_pass_over_what_is_damaged(name: str, warehouse: Warehouse, command: Command) -> None:
    for damaged in (SECOND, THIRD):
        DAMAGES[name](file_of(warehouse, damaged))
    refused = run(command, warehouse, "rollback", SECOND)
    assert refused.code == 1
    assert "damaged" in refused.err
    assert not warehouse.pin_file.exists()
    gone_back = run(command, warehouse, "rollback")
    assert gone_back.code == 0
    assert f"Readers now get {FIRST}" in gone_back.out
    assert f"{SECOND} is damaged" in gone_back.err
    resumed = run(command, warehouse, "resume")
    assert f"Readers now get {FIRST}" in resumed.out
    assert f"{THIRD} is damaged" in resumed.err


def test_where_every_publication_is_damaged_a_night_is_asked_for_and_nothing_moves(
    warehouse: Warehouse, command: Command
) -> None:
    for damaged in (FIRST, SECOND, THIRD):
        flip(file_of(warehouse, damaged))
    for arguments in (["rollback"], ["resume"]):
        refused = run(command, warehouse, *arguments)
        assert refused.code == 1
        assert "Run a night" in refused.err
    assert warehouse.current.readlink().name == THIRD


def test_status_names_a_damaged_publication_beside_the_current_one(warehouse: Warehouse, command: Command) -> None:
    os.truncate(file_of(warehouse, FIRST), 100)
    told = run(command, warehouse, "status")
    assert told.code == 0
    assert f"{FIRST} is damaged: remove its folder" in told.err


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_ends_in_a_traceback(seed: int, warehouse: Warehouse, command: Command) -> None:
    """Few bytes may be ones that nothing reads; what is said and done follows from what `damage` finds."""
    flip(file_of(warehouse, THIRD), seed, 3)
    found = damage(file_of(warehouse, THIRD))
    for question in QUESTIONS:
        assert run(command, warehouse, *question).code in ((0, 1) if found else (0,))
    assert run(command, warehouse, "resume").out == f"Readers now get {SECOND if found else THIRD}.\n"


def test_status_names_a_copy_that_a_person_made_beside_the_publications(warehouse: Warehouse, command: Command) -> None:
    shutil.copytree(warehouse.published / FIRST, warehouse.published / "before-upgrade")
    shown = run(command, warehouse, "status")
    assert shown.code == 0
    assert "before-upgrade in " in shown.err
    assert "move it away." in shown.err


def test_a_whole_publication_is_not_called_damaged(warehouse: Warehouse) -> None:
    assert damage(file_of(warehouse, THIRD)) is None
    assert opens(file_of(warehouse, THIRD))


def test_without_the_link_resume_is_named_and_makes_it_again(warehouse: Warehouse, command: Command) -> None:
    warehouse.current.unlink()
    for question in (*QUESTIONS, ["verify"], ["rollback"]):
        ended = run(command, warehouse, *question)
        assert ended.code == 1
        assert "casebook resume" in ended.err
    assert run(command, warehouse, "resume").code == 0
    assert run(command, warehouse, "status").code == 0


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_current_that_is_no_link_is_said_to_be_none(kind: str, warehouse: Warehouse, command: Command) -> None:
    warehouse.current.unlink()
    if kind == "folder":
        shutil.copytree(warehouse.published / THIRD, warehouse.current)
    else:
        warehouse.current.write_text("20060603")
    for question in (*QUESTIONS, ["verify"], ["rollback"], ["resume"]):
        ended = run(command, warehouse, *question)
        assert ended.code == 1
        assert "is not the symlink that readers follow" in ended.err


@pytest.mark.parametrize("target", ["published/20010101T000000Z-aaaa", "/nowhere/at/all", "current", "published"])
def test_a_link_to_no_publication_is_said_to_be_gone(target: str, warehouse: Warehouse, command: Command) -> None:
    warehouse.current.unlink()
    warehouse.current.symlink_to(target)
    for question in (*QUESTIONS, ["verify"], ["rollback"]):
        ended = run(command, warehouse, *question)
        assert ended.code == 1
        assert "casebook resume" in ended.err
    assert run(command, warehouse, "resume").code == 0
    assert run(command, warehouse, "status").code == 0


AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")


@pytest.fixture
def open_root(built: Path) -> Iterator[Path]:
    """A copy of the warehouse in a folder that every user may enter, its restricted folder closed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        root = shutil.copytree(built, Path(folder) / "warehouse", symlinks=True)
        for path in (root, *root.rglob("*")):
            path.chmod(0o755)
        (root / "restricted").chmod(0o700)
        yield root


@AS_ROOT
@pytest.mark.parametrize("closed", [".", "published", "published/{run}", "published/{run}/analyst.duckdb"])
def test_a_user_without_the_right_to_read_is_told_so(closed: str, open_root: Path, command: Command) -> None:
    (open_root / closed.replace("{run}", THIRD)).chmod(0)
    for question in QUESTIONS:
        ended = as_nobody(command, *question, "--warehouse", str(open_root))
        assert ended.code == 1
        assert "may not" in ended.err


@AS_ROOT
def test_a_reader_who_may_not_enter_the_restricted_folder_is_answered(open_root: Path, command: Command) -> None:
    (open_root / "published" / FIRST / "analyst.duckdb").chmod(0o600)
    for question in QUESTIONS:
        assert as_nobody(command, *question, "--warehouse", str(open_root)).code == 0
    for refused in (["rollback"], ["resume"], ["verify"], ["query", "--as-of", "2006-06-01", "select 1"]):
        ended = as_nobody(command, *refused, "--warehouse", str(open_root))
        assert ended.code == 1
        assert "may not" in ended.err


def test_questions_are_answered_where_there_is_no_folder_for_temporary_files(
    warehouse: Warehouse, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    for question in QUESTIONS:
        assert run(command, warehouse, *question).code == 0


def as_nobody(command: Command, *arguments: str) -> Ended:
    os.seteuid(NOBODY)
    try:
        return command(*arguments)
    finally:
        os.seteuid(0)
