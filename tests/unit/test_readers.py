"""Publications are for their owner and one group, or everyone, whatever the umask of the night that wrote them."""

import grp
import logging
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from flows.base.errors import NothingPublished, SettingWrong
from flows.base.night import begin
from flows.base.warehouse_paths import Warehouse
from flows.publish import readers
from flows.publish.publish import building_folder, publications, publish, rollback
from tests.commands import Command

NOBODY, OTHER_GROUP = 65534, 65533
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.fixture
def root() -> Iterator[Path]:
    """A folder that every user may enter, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def publish_one(root: Path) -> Warehouse:
    """Publish a file with what lies beside it, in a warehouse that is made for it."""
    night = begin(root / "landing", root / "warehouse", None)
    night.warehouse.make()
    (building_folder(night) / "site" / "tables").mkdir(parents=True)
    (building_folder(night) / "site" / "tables" / "index.html").write_text("page")
    with duckdb.connect(str(building_folder(night) / "analyst.duckdb")) as connection:
        connection.execute("create schema ops; create table ops.run as select 1 as run_id")
    publish(night)
    return night.warehouse


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Whether it is a folder, and its mode, of a folder and all in it."""
    paths = [path for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in paths}


@pytest.mark.parametrize("mask", [0o077, 0o022, 0o000])
def test_publications_are_for_owner_and_group_whatever_the_umask(mask: int, root: Path) -> None:
    with umask(mask):
        warehouse = publish_one(root)
    assert modes(warehouse.published) == {(True, 0o750), (False, 0o640)}
    assert stat.S_IMODE(warehouse.root.stat().st_mode) & 0o050 == 0o050
    assert stat.S_IMODE(warehouse.restricted.stat().st_mode) == 0o700


def test_everyone_may_read_where_the_setting_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_READERS", "everyone")
    with umask(0o077):
        warehouse = publish_one(root)
    assert modes(warehouse.published) == {(True, 0o755), (False, 0o644)}
    assert stat.S_IMODE(warehouse.root.stat().st_mode) & 0o005 == 0o005
    assert stat.S_IMODE(warehouse.restricted.stat().st_mode) == 0o700


def test_publications_from_before_are_brought_to_the_same_rights(root: Path) -> None:
    with umask(0o022):
        warehouse = publish_one(root)
        (first,) = publications(warehouse)
        for path in (warehouse.published / first).rglob("*"):
            path.chmod(0o777)
        (warehouse.published / first).chmod(0o700)
        publish_one(root)
    assert modes(warehouse.published) == {(True, 0o750), (False, 0o640)}


def test_a_folder_that_hands_its_group_on_goes_on_doing_so(root: Path) -> None:
    warehouse = publish_one(root)
    warehouse.published.chmod(0o2750)
    publish_one(root)
    assert warehouse.published.stat().st_mode & stat.S_ISGID


def test_a_warehouse_that_is_open_wider_stays_so(root: Path) -> None:
    publish_one(root).root.chmod(0o775)
    assert stat.S_IMODE(publish_one(root).root.stat().st_mode) == 0o775


def reads(file: Path, user: int, group: int) -> bool:
    """Whether a process of this user and group alone can read a file."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(group)
            os.setuid(user)
            file.read_bytes()
            os._exit(0)
        except OSError:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


@AS_ROOT
@pytest.mark.parametrize(
    ("setting", "member", "stranger"), [(None, False, False), ("readers", True, False), ("everyone", True, True)]
)
def test_who_can_open_the_current_file(
    setting: str | None, member: bool, stranger: bool, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = grp.struct_group(("readers", "x", OTHER_GROUP, []))
    monkeypatch.setattr(grp, "getgrnam", {"readers": named}.__getitem__)
    if setting:
        monkeypatch.setenv("CASEBOOK_READERS", setting)
    with umask(0o077):
        warehouse = publish_one(root)
    for file in (warehouse.current / "analyst.duckdb", warehouse.current / "site" / "tables" / "index.html"):
        assert reads(file, NOBODY, OTHER_GROUP) is member
        assert reads(file, NOBODY, NOBODY) is stranger
        assert reads(file, NOBODY, os.getegid()) is (setting != "readers")
    assert not reads(warehouse.restricted / "swap.lock", NOBODY, OTHER_GROUP)


def test_a_group_that_is_not_there_is_refused_before_anything_is_made(
    root: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_READERS", "no-such-group")
    (root / "landing").mkdir()
    refused = command("nightly", "--landing", root / "landing", "--warehouse", root / "warehouse")
    assert refused.code == 2
    assert "names the group no-such-group, which this machine does not have" in refused.err
    assert not (root / "warehouse").exists()


def test_a_group_that_the_user_cannot_give_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_READERS", "others")
    monkeypatch.setattr(grp, "getgrnam", lambda _: grp.struct_group(("others", "x", OTHER_GROUP, [])))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SettingWrong, match="is not a member"):
        readers.rights()


def test_what_belongs_to_another_user_is_told_and_does_not_stop_the_night(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    warehouse = publish_one(root)
    (first,) = publications(warehouse)
    chmod = Path.chmod

    def refusing(path: Path, mode: int) -> None:
        if first in path.parts:
            raise PermissionError("Operation not permitted")
        chmod(path, mode)

    (warehouse.published / first / "analyst.duckdb").chmod(0o600)
    monkeypatch.setattr(Path, "chmod", refusing)
    with caplog.at_level(logging.WARNING, logger="casebook"):
        assert len(publications(publish_one(root))) == 2
    assert "1 files and folders are not opened to readers" in caplog.text


def give_public_schema(warehouse: Warehouse, run_id: str) -> Path:
    """Make a publication look like one of an earlier version; returns its folder."""
    folder = warehouse.published / run_id
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute("create schema public; create table public.fct_criterion_score as select 1 as cases")
    return folder


def test_a_publication_with_a_schema_public_becomes_its_owners_alone(root: Path) -> None:
    warehouse = publish_one(root)
    (run_id,) = publications(warehouse)
    folder = give_public_schema(warehouse, run_id)
    publish_one(root)
    assert modes(folder) == {(True, 0o700), (False, 0o600)}
    assert modes(warehouse.current.resolve()) == {(True, 0o750), (False, 0o640)}


def test_readers_are_not_rolled_back_to_a_publication_with_a_schema_public(root: Path) -> None:
    warehouse = publish_one(root)
    (run_id,) = publications(warehouse)
    give_public_schema(warehouse, run_id)
    publish_one(root)
    current = warehouse.current.readlink()
    for named in (None, run_id):
        with pytest.raises(NothingPublished, match="made by an earlier version"):
            rollback(warehouse, named)
    assert warehouse.current.readlink() == current
    assert not warehouse.pin_file.exists()
