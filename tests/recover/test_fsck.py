"""Fsck finds every damage to the archive, names the file and says what to do; a night looks at a part of it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.base.errors import CasebookError
from flows.base.warehouse_paths import Warehouse
from flows.cli.app import app
from flows.intake.archive import archive_path, keep_bytes, sidecar_path
from flows.intake.register import read_register
from flows.recover import fsck
from flows.recover.erase import erase_delivery
from flows.recover.rebuild import rebuild
from tests.conftest import Intake, copy_of, run_intake, write_delivery
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]


@pytest.fixture(scope="module")
def one_night(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    landing = tmp_path_factory.mktemp("night") / "landing"
    write_delivery(landing, JUDGEMENTS, csv_text(good_rows("judgement", 2)))
    write_delivery(landing, f"copy/{JUDGEMENTS}", csv_text(good_rows("judgement", 2)))
    write_delivery(landing, NAMES["nsmart"], csv_text(good_rows("nsmart", 2)))
    return run_intake(landing, landing.parent / "warehouse")


@pytest.fixture
def delivered(one_night: Intake, tmp_path: Path) -> Intake:
    return copy_of(one_night, tmp_path)


def of_judgements(done: Intake) -> Path:
    """The archived bytes of the judgements."""
    return archive_path(done.night.warehouse, done.file(JUDGEMENTS)["sha256"])


def put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


DAMAGES: dict[str, tuple[Callable[[Intake], object], list[str]]] = {
    "nothing": (lambda _: None, []),
    "bytes garbled": (lambda done: put(of_judgements(done), b"other"), [JUDGEMENTS, f"copy/{JUDGEMENTS}"]),
    "bytes lost": (lambda done: of_judgements(done).unlink(), [JUDGEMENTS, f"copy/{JUDGEMENTS}"]),
    "sidecar lost": (lambda done: of_judgements(done).with_suffix(".jsonl").unlink(), ["what should be said here"] * 2),
    "sidecar garbled": (
        lambda done: put(of_judgements(done).with_suffix(".jsonl"), b"{}\n"),
        ["what should be said here"] * 2,
    ),
    "bytes of nobody": (
        lambda done: keep_bytes(done.night.warehouse, b"x"),
        ["the register does not know these bytes"],
    ),
    "register garbled": (
        lambda done: put(done.night.warehouse.register, done.night.warehouse.register.read_bytes()[:-9] + b"x\n"),
        ["register.jsonl: line 4 cannot be read"],
    ),
    "the register's first line garbled": (
        lambda done: put(done.night.warehouse.register, b"[" + done.night.warehouse.register.read_bytes()[1:]),
        ["register.jsonl: line 1 cannot be read"],
    ),
    "warehouse lost": (lambda done: done.night.warehouse.database.unlink(), ["warehouse.duckdb: it is missing"]),
    "warehouse garbled": (
        lambda done: put(done.night.warehouse.database, b"noise" * 9999),
        ["warehouse.duckdb: The restricted warehouse's file is damaged"],
    ),
    "a file that is another": (
        lambda done: done.query("update intake.file set path = 'x' where file_id = 1"),
        ["warehouse.duckdb: 1 files are not those of the register (x)"],
    ),
    "copies lost": (
        lambda done: done.query("update intake.event set line = '' where sequence = 1"),
        ["warehouse.duckdb: its copy of the register is another one"],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_named_with_what_to_do(name: str, delivered: Intake) -> None:
    damage, sentences = DAMAGES[name]
    damage(delivered)
    checked = fsck.fsck(delivered.night.warehouse)
    assert len(checked.damages) == len(sentences)
    assert all(any(words in damage for damage in checked.damages) for words in sentences), checked.damages
    told = CliRunner().invoke(app, ["fsck", "--warehouse", str(delivered.night.warehouse.root)])
    assert told.exit_code == bool(sentences)
    assert ("everything is whole" in told.stdout) is not bool(sentences)


def test_an_erased_file_leaves_neither_bytes_nor_sidecar_and_nothing_to_report(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    bytes_ = of_judgements(delivered)
    erase_delivery(warehouse, "judgement", "ESI-BED-2005", "Asked for.", lambda plan: None)
    assert not bytes_.exists()
    assert not bytes_.with_suffix(".jsonl").exists()
    assert fsck.fsck(warehouse).damages == ()
    bytes_.write_bytes(b"back")
    assert "were erased and are still there" in " ".join(fsck.fsck(warehouse).damages)


def test_a_rebuild_writes_lost_sidecars_again(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    for file in read_register(warehouse).archived:
        sidecar_path(warehouse, file.sha256).unlink(missing_ok=True)
    rebuild(warehouse)
    assert fsck.fsck(warehouse).damages == ()


def test_damaged_bytes_come_back_with_a_copy_in_another_folder(
    delivered: Intake,
) -> None:
    of_judgements(delivered).write_bytes(b"other")
    write_delivery(delivered.night.landing, f"again/{JUDGEMENTS}", csv_text(good_rows("judgement", 2)))
    run_intake(delivered.night.landing, delivered.night.warehouse.root)
    assert fsck.fsck(delivered.night.warehouse).damages == ()


def test_seven_days_compare_the_whole_archive(delivered: Intake, caplog: pytest.LogCaptureFixture) -> None:
    warehouse = delivered.night.warehouse
    of_judgements(delivered).write_bytes(b"other")
    days = [date(2006, 6, 15) + timedelta(days=number) for number in range(fsck.PARTS)]
    checked = [fsck.check_part(warehouse, day) for day in days]
    assert sum(one.files for one in checked) == 3
    assert sum(len(one.damages) for one in checked) == 2
    assert f"archive: {of_judgements(delivered).relative_to(warehouse.archive)}: the bytes of " in caplog.text
    warehouse.register.write_bytes(b"noise\n")
    assert "register is damaged" in str(fsck.check_part(warehouse, days[0]).damages)


def test_where_there_is_no_warehouse_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match="no warehouse"):
        fsck.fsck(Warehouse(tmp_path / "nowhere"))
    assert list(tmp_path.iterdir()) == []
