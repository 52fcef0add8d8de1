"""What a person can get wrong at the command line ends in a sentence, the right exit code, and no folder left over."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from flows.base.errors import CasebookError
from flows.base.places import require_places
from flows.base.warehouse_paths import Warehouse
from tests.commands import Command
from tests.houses import CASEBOOK

LONG = "x" * 300
NIGHT = ["nightly", "--date", "2006-06-15"]
READING = [["status"], ["due"], ["held"], ["query", "select 1"], ["rollback"], ["resume"], ["verify"], ["rebuild"]]
RELEASING = [
    ["release", "list"],
    ["release", "draft", "2006-q1", "--notes", "file"],
    ["release", "check", "2006-q1"],
    ["release", "publish", "2006-q1"],
    ["release", "retract", "2006-q1", "--reason", "Wrong."],
]
CHANGING = [
    ["withdraw", "nsmart", "BED_0404", "--reason", "Wrong."],
    ["erase", "delivery", "nsmart", "BED_0404", "--reason", "Wrong.", "--yes", "--expect", "1"],
    ["erase", "case", "BED", "--reason", "Wrong.", "--yes", "--expect", "1"],
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a landing folder that holds a file, and a file."""
    (tmp_path / "landing").mkdir()
    (tmp_path / "landing" / "judgement_ESI-BED-2005.csv").write_text("x")
    (tmp_path / "file").write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def there(place: Path) -> set[str]:
    return {str(path.relative_to(place)) for path in place.rglob("*")}


@pytest.mark.parametrize("arguments", [*READING, *CHANGING, *RELEASING], ids=" ".join)
@pytest.mark.parametrize("warehouse", ["typo", "file", "file/below", f"{LONG}/{LONG}", "/proc/x", "landing", "a\tb"])
def test_a_warehouse_that_is_none_is_told_and_not_made(
    arguments: list[str], warehouse: str, place: Path, command: Command
) -> None:
    before = there(place)
    refused = command(*arguments, "--warehouse", warehouse)
    assert refused.code == 1
    assert refused.err.startswith("There is no warehouse at ")
    assert there(place) == before


@pytest.mark.parametrize(
    ("warehouse", "landing", "sentence"),
    [
        ("warehouse", "typo", "There is no landing folder typo"),
        ("warehouse", "file", "There is no landing folder file"),
        ("warehouse", "file/below", "There is no landing folder"),
        ("warehouse", LONG, "There is no landing folder"),
        ("new/warehouse", "typo", "There is no landing folder"),
        ("file", "landing", "file is not a folder"),
        ("file/below", "landing", "file is not a folder"),
        (LONG, "landing", "File name too long"),
        (f"new/{LONG}", "landing", "a name in it is too long"),
        ("/proc/x", "landing", "cannot be made at /proc/x"),
        ("landing", "landing", "must be apart"),
        ("landing/warehouse", "landing", "must be apart"),
        ("link/warehouse", "landing", "must be apart"),
        (".", "landing", "must be apart"),
        ("landing/../landing", "landing", "must be apart"),
        ("warehouse", "empty", "The landing folder empty holds no deliveries: nothing to publish."),
    ],
)
def test_folders_in_which_no_night_can_begin_are_told_before_any_is_made(
    warehouse: str, landing: str, sentence: str, place: Path, command: Command
) -> None:
    (place / "link").symlink_to("landing")
    (place / "empty" / ".hidden" / "below").mkdir(parents=True)
    (place / "empty" / ".hidden" / "file.csv").write_text("x")
    (place / "empty" / "folder").mkdir()
    before = there(place)
    refused = command(*NIGHT, "--warehouse", warehouse, "--landing", landing)
    assert refused.code == 1
    assert sentence in refused.err
    assert there(place) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "--warehouse", ""],
        ["nightly", "--landing", " "],
        ["nightly", "--date", "2006-02-30"],
        ["nightly", "--date", "yesterday"],
        ["nightly", "now"],
        ["query"],
        ["query", "select 1", "select 2"],
        ["query", "--as-of", "tomorrow", "select 1"],
        ["erase"],
        ["erase", "case"],
        ["erase", "case", "BED", "BED/2005/0007", "--reason", "Wrong."],
        ["erase", "case", "BED", "--reason", "Wrong.", "--yes"],
        ["erase", "delivery", "nsmart", "BED_0404", "--reason", "Wrong.", "--expect", "2"],
        ["erase", "delivery", "nsmart", "BED_0404", "--reason", "Wrong.", "--revision", "two"],
        ["withdraw", "nsmart"],
        ["release"],
        ["release", "draft", "2006-q1"],
        ["release", "draft", "2006-q1", "--notes", "file", "--revise", "last"],
        ["release", "retract", "2006-q1"],
        ["no-such-command"],
        ["status", "--verbose"],
        ["--unsafe"],
    ],
    ids=" ".join,
)
def test_a_command_that_cannot_be_meant_is_refused_as_usage(
    arguments: list[str], place: Path, command: Command
) -> None:
    before = there(place)
    assert command(*arguments).code == 2
    assert there(place) == before


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MEMORY", "lots", "CASEBOOK_MEMORY='lots' is no amount of memory"),
        ("MEMORY", "0GB", "CASEBOOK_MEMORY='0GB' is no amount of memory"),
        ("MEMORY", "-1GB", "CASEBOOK_MEMORY="),
        ("MEMORY", "", "CASEBOOK_MEMORY="),
        ("THREADS", "0", "CASEBOOK_THREADS='0' is wrong"),
        ("THREADS", "many", "CASEBOOK_THREADS='many' is wrong"),
        ("ENGINE", "x", "CASEBOOK_ENGINE='x' is wrong: input should be 'duckdb' or 'spark'"),
        ("DUCKDB_FILE", "maybe", "CASEBOOK_DUCKDB_FILE='maybe' is wrong"),
        ("READERS", "no-such-group", "CASEBOOK_READERS names the group no-such-group"),
    ],
)
def test_a_wrong_setting_is_named_before_anything_is_made(
    name: str, value: str, words: str, place: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"CASEBOOK_{name}", value)
    before = there(place)
    refused = command(*NIGHT, "--warehouse", "warehouse", "--landing", "landing")
    assert refused.code == 2
    assert words in refused.err
    assert there(place) == before


def test_an_empty_setting_of_a_folder_is_no_folder(
    place: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_WAREHOUSE", "")
    refused = command("status")
    assert refused.code == 2
    assert "CASEBOOK_WAREHOUSE='' is wrong: name a folder" in refused.err


@pytest.mark.parametrize("memory", ["1GB", "500MB", "1.5 gib", "0.5GB", ".5GB", "16TB", "900000kb"])
def test_amounts_of_memory_as_duckdb_spells_them_are_taken(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.base.settings import Settings
    from flows.base.warehouse_paths import connect

    monkeypatch.setenv("CASEBOOK_MEMORY", memory)
    assert Settings().memory == memory
    connect(Path(":memory:"), Warehouse(Path("nowhere"))).close()


def test_a_folder_that_is_gone_while_one_is_in_it_is_told(place: Path, command: Command) -> None:
    (place / "gone").mkdir()
    os.chdir(place / "gone")
    (place / "gone").rmdir()
    refused = command("status", "--warehouse", place / "warehouse")
    assert (refused.code, "is gone" in refused.err) == (1, True)


@pytest.mark.parametrize("command_name", ["rollback", "verify"])
def test_an_empty_run_id_is_no_publication(command_name: str, place: Path, command: Command) -> None:
    warehouse = Warehouse(place / "warehouse")
    warehouse.make()
    refused = command(command_name, "", "--warehouse", warehouse.root)
    assert refused.code == 1
    assert "There is no publication" in refused.err


def test_the_version_is_told(command: Command) -> None:
    told = command("--version")
    assert (told.code, told.out.split()[0]) == (0, "casebook")


def test_what_a_command_writes_into_the_restricted_folder_is_its_owners_alone(place: Path, command: Command) -> None:
    warehouse = Warehouse(place / "warehouse")
    warehouse.restricted.mkdir(parents=True)
    before = os.umask(0)
    try:
        command("resume", "--warehouse", warehouse.root)
    finally:
        os.umask(before)
    assert stat.S_IMODE((warehouse.restricted / "swap.lock").stat().st_mode) == 0o600


def test_an_empty_landing_folder_stops_no_warehouse_that_deliveries_have_come_to(place: Path) -> None:
    (place / "empty").mkdir()
    warehouse = Warehouse(place / "warehouse")
    warehouse.make()
    with pytest.raises(CasebookError, match="holds no deliveries"):
        require_places(place / "empty", warehouse)
    warehouse.register.write_text("{}\n")
    require_places(place / "empty", warehouse)


@pytest.mark.parametrize("module", ["flows", "duckdb", "typer"])
def test_a_folder_of_pythonpath_stands_in_for_nothing(module: str, tmp_path: Path) -> None:
    """What another program has set must not decide which code runs, nor reach the processes that the command starts."""
    (tmp_path / f"{module}.py").write_text("raise SystemExit('the wrong module')", encoding="utf-8")
    shadowed = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run([sys.executable, "-P", "-c", f"import {module}"], env=shadowed, check=True, capture_output=True)
    done = subprocess.run([CASEBOOK, "--version"], env=shadowed, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("casebook ")
