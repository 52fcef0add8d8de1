"""Somebody tries to act through Casebook, or to read what is not for them: refused, and nothing changes."""

import hashlib
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.service.prefect_api import DEPLOYMENT, named
from tests.commands import Command
from tests.conftest import RunIntake
from tests.faults.conftest import Scene, copy_scene, rows
from tests.faults.nights import Plan
from tests.faults.record import OUTCOME, quoted
from tests.faults.test_machine import AS_ROOT, NOBODY
from tests.hostile.test_bounds import workbook
from tests.houses import House
from tests.integration.test_schedule import ATTACKS, EVIL, Served, attack, served  # noqa: F401
from tests.samples import NAMES

Say = Callable[[str, object], None]

long = pytest.mark.long


@pytest.fixture(scope="module")
def ground(undisturbed: Scene, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A copy of the scene after its night, which no attack may change."""
    folder = tmp_path_factory.mktemp("ground") / "scene"
    copy_scene(undisturbed.house.warehouse.parent, folder)
    (folder / "warehouse" / "restricted" / "case_key.secret").write_text("a secret")
    return replace(undisturbed, house=House(folder / "landing", folder / "warehouse"))


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file below a folder but locks, by its fingerprint."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def unchanged(ground: Scene) -> Iterator[Scene]:
    """The ground; whatever is tried, all of its files are the same afterwards."""
    before = fingerprints(ground.house.warehouse.parent)
    yield ground
    assert fingerprints(ground.house.warehouse.parent) == before


QUERIES = {
    "a query overwrites the publication": "copy (select 1) to '{current}/analyst.duckdb'",
    "a query reads the secret of the case keys": "from read_text('{restricted}/case_key.secret')",
    "a query opens the restricted warehouse": "attach '{restricted}/warehouse.duckdb' as restricted",
    "a query reads a file of the machine": "from read_csv('/etc/passwd')",
    "a query lists a folder of the machine": "from glob('/etc/*')",
    "a query fetches from the network": "from read_csv('http://127.0.0.1:9/x.csv')",
    "a query loads an extension": "install httpfs",
    "a query undoes its own bounds": "set enable_external_access = true",
    "a query is followed by a second statement": "select 1; copy (select 1) to '{current}/x.csv'",
    "a query hides a copy behind explain": "explain analyze copy (select 1) to '{current}/x.csv'",
    "a query writes a log": "from enable_logging(storage := 'file', storage_path := '{current}/x')",
    "a query changes a table": "update dim_area set area_code = 'X'",
}


@pytest.mark.parametrize("name", rows(list(QUERIES)))
def test_a_query_only_reads_the_publication(
    name: str, unchanged: Scene, command: Command, record_property: Say
) -> None:
    root = unchanged.house.warehouse
    sql = QUERIES[name].format(current=(root / "current").resolve(), restricted=root / "restricted")
    refused = command("query", sql, "--warehouse", root)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.strip()
    assert "a secret" not in refused.err
    record_property(OUTCOME, f"refused: {quoted(refused.err)}")


ARGUMENTS: dict[str, tuple[list[str], dict[str, str], int, str]] = {
    "a case's identifier is an argument, for all to see in the list of processes": (
        ["erase", "case", "ESI-AVS-2005", "AVS/1", "--reason", "x"], {}, 2, "unexpected extra argument",
    ),
    "the landing folder is the warehouse": (["nightly", "--landing", "{root}"], {}, 1, "must be apart"),
    "the landing folder is published": (["nightly", "--landing", "{root}/published"], {}, 1, "must be apart"),
    "the landing folder leads to the archive": (["nightly", "--landing", "{link}"], {}, 1, "must be apart"),
    "the landing folder is not there": (["nightly", "--landing", "/nowhere"], {}, 1, "There is no landing folder"),
    "the warehouse is a file": (["nightly", "--warehouse", "/etc/passwd/x"], {}, 1, "is not a folder"),
    "the warehouse has a name that no folder can have": (
        ["nightly", "--warehouse", "/tmp/" + "x" * 300], {}, 1, "No warehouse can be made at",
    ),
    "the warehouse is in the kernel's folder": (
        ["nightly", "--warehouse", "/proc/casebook"], {}, 1, "cannot be made at",
    ),
    "the amount of memory is a word": (["nightly"], {"CASEBOOK_MEMORY": "lots"}, 2, "is no amount of memory"),
    "the number of threads is below nought": (["nightly"], {"CASEBOOK_THREADS": "-1"}, 2, "is wrong"),
    "the engine is one that there is none of": (["nightly"], {"CASEBOOK_ENGINE": "sqlite"}, 2, "is wrong"),
    "the group of readers is not on this machine": (
        ["nightly"], {"CASEBOOK_READERS": "no-such-group"}, 2, "which this machine does not have",
    ),
    "a night is for a day that there is none of": (["nightly", "--date", "2026-02-30"], {}, 2, "2026-02-30"),
    "a withdrawal brings SQL along": (
        ["withdraw", "nsmart", "x'; drop table intake.file; --", "--reason", "x"], {}, 1, "nsmart",
    ),
    "a rollback leads out of the warehouse": (["rollback", "../../../etc"], {}, 1, "There is no publication"),
    "a verification leads out of the warehouse": (["verify", "../../restricted"], {}, 1, "There is no publication"),
    "a backup goes into the warehouse": (["backup", "{root}/backup"], {}, 1, "is inside the warehouse"),
    "the key is backed up into the backup": (
        ["backup", "{outside}/backup", "--key-to", "{outside}/backup/key"], {}, 1, "apart from it",
    ),
    "a backup is restored over a warehouse": (["restore", "{root}", "{root}"], {}, 1, "is not empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", rows(list(ARGUMENTS), 3))
def test_what_cannot_be_meant_is_refused(
    name: str,
    unchanged: Scene,
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Say,
) -> None:
    root, link = unchanged.house.warehouse, tmp_path / "link"
    link.symlink_to(root / "restricted" / "archive")
    arguments, environment, code, says = ARGUMENTS[name]
    given = {"CASEBOOK_WAREHOUSE": str(root), "CASEBOOK_LANDING": str(unchanged.house.landing), **environment}
    for variable, value in given.items():
        monkeypatch.setenv(variable, value)
    refused = command(*(one.format(root=root, link=link, outside=tmp_path) for one in arguments))
    assert refused.code == code, refused
    assert says in refused.out + refused.err
    record_property(OUTCOME, f"refused: \u201c... {says} ...\u201d")


def bomb(path: Path) -> None:
    path.write_bytes(workbook(extra=b" " * (140 << 20)))


LANDED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a link to a file of the machine is delivered": (
        NAMES["judgement"], lambda path: path.symlink_to("/etc/passwd"),
    ),
    "a link to a folder of the machine is delivered": ("x", lambda path: path.symlink_to("/etc")),
    "a pipe that never ends is delivered": (NAMES["judgement"], lambda path: os.mkfifo(path)),
    "a workbook that unpacks without end is delivered": ("judgement_ESI-BED-2005.xlsx", bomb),
    "a file's name leads out of the folder": ("judgement_..%2f..%2fetc.csv", lambda path: path.write_text("x")),
    "a file's name is a command": ("judgement_$(id).csv", lambda path: path.write_text("x")),
    "a file's name is SQL": ("judgement_x'; drop table y; --.csv", lambda path: path.write_text("x")),
    "a file's name is a formula": ("judgement_=cmd()!A0.csv", lambda path: path.write_text("x")),
    "a file's name turns its end round": ("judgement_x\u202evsc.csv", lambda path: path.write_text("x")),
}  # fmt: skip


@pytest.mark.parametrize("name", rows(list(LANDED)))
def test_what_is_delivered_to_harm_is_rejected(
    name: str, landing: Path, intake: RunIntake, record_property: Say
) -> None:
    file, make = LANDED[name]
    make(landing / file)
    night = intake()
    ((state, reason),) = night.query("select state, reason from intake.file")
    assert state == "rejected"
    assert reason.isprintable()
    assert reason.endswith(".")
    passwd = Path("/etc/passwd").read_bytes()
    assert all(path.read_bytes() != passwd for path in night.night.warehouse.archive.glob("??/*"))
    record_property(OUTCOME, f"refused: {quoted(reason)}")


ODD = ("it's; drop table x --", "a  b\n\u00e9", "%2e%2e {{ this }} $HOME", "-rf")


@pytest.mark.parametrize("odd", [pytest.param(name, marks=long, id=f"the warehouse is in {name!a}") for name in ODD])
def test_a_folder_of_any_name_is_a_folder(odd: str, published: Scene) -> None:
    root = published.house.warehouse.parent
    home = root.with_name(odd)
    root.rename(home)
    try:
        moved = replace(published, house=House(home / "landing", home / "warehouse"))
        moved.recovers()
        answer = moved.casebook("query", "select count(*) from dim_area")
        assert answer.returncode == 0, answer.stderr
    finally:
        home.rename(root)


def set_umask(mask: int) -> Plan:
    return Plan(before={0o077: close_all, 0: close_nothing}[mask])


def close_all(_: House) -> None:
    os.umask(0o077)


def close_nothing(_: House) -> None:
    os.umask(0)


@pytest.mark.parametrize(
    "mask",
    [
        pytest.param(0o077, id="a night closes what it writes to others (umask 077)"),
        pytest.param(0, id="a night opens what it writes to everybody (umask 000)", marks=long),
    ],
)
def test_rights_do_not_hang_on_the_umask(mask: int, published: Scene, whole: list[Path], record_property: Say) -> None:
    ended = published.run(set_umask(mask))
    assert ended.exit_code == 0, ended.said
    root = published.house.warehouse
    shown = {stat.S_IMODE(path.stat().st_mode) for path in (root / "current").resolve().rglob("*")}
    assert shown <= {0o750, 0o640}
    assert stat.S_IMODE((root / "restricted").stat().st_mode) == 0o700
    whole.append(published.house.warehouse.parent)
    record_property(OUTCOME, "survived: published files 0640, folders 0750, the restricted folder 0700")


BY_ANOTHER = {
    "another user reads the secret of the case keys": "open(root + '/restricted/case_key.secret').read()",
    "another user reads the restricted warehouse": "open(root + '/restricted/warehouse.duckdb', 'rb').read()",
    "another user reads what came in": "os.listdir(root + '/restricted/archive')",
    "another user writes into the publication": "open(root + '/current/analyst.duckdb', 'r+b')",
    "another user leads readers elsewhere": "os.replace(root + '/current', root + '/old')",
}


@AS_ROOT
@pytest.mark.parametrize("name", rows(list(BY_ANOTHER)))
def test_another_user_of_the_machine_is_kept_out(name: str, undisturbed: Scene, record_property: Say) -> None:
    """Also where the folders above are open to everybody."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        root = copy_scene(undisturbed.house.warehouse, Path(folder) / "warehouse")
        (root / "restricted" / "case_key.secret").write_text("a secret")
        root.chmod(0o755)
        program = f"import os, sys; root = sys.argv[1]; os.setgid({NOBODY}); os.setuid({NOBODY}); {BY_ANOTHER[name]}"
        done = subprocess.run(
            [sys.executable, "-I", "-c", program, str(root)], capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    record_property(OUTCOME, "refused: \u201cPermission denied\u201d")


BODIES = {
    "another user runs a command through Prefect's API": "deployments/{deployment}/create_flow_run",
    "another user reads Prefect's secret blocks": "block_documents/filter",
    "another user reads the logs of nights": "logs/filter",
    "another user clears Prefect's database": "admin/database/clear",
}
HEADERS = {
    "": {},
    ", with a string that is wrong": {"Authorization": "Basic Y2FzZWJvb2s6"},
    ", from a web page": {"Origin": EVIL},
}
API = {f"{what}{how}": (BODIES[what], HEADERS[how]) for what in BODIES for how in HEADERS}


@long
@pytest.mark.parametrize("name", API)
def test_the_api_answers_the_operator_alone(name: str, served: Served, record_property: Say) -> None:  # noqa: F811
    path, headers = API[name]
    (deployment,) = served.api.post("deployments/filter", {"deployments": named(DEPLOYMENT)})
    url = f"{served.environment['PREFECT_API_URL']}/{path.format(deployment=deployment['id'])}"
    assert attack(url, ATTACKS[path], **headers) == 401
    record_property(OUTCOME, "refused: 401 Unauthorized")
