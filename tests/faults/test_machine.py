"""A machine that refuses: no space, no right to write. One sentence says what to do, and readers notice nothing."""

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from flows.base.settings import PROJECT
from tests.faults import nights
from tests.faults.conftest import TALLY, NewScene, Scene, note, without_traceback
from tests.faults.nights import REFUSED, Ended, Plan, Reader
from tests.faults.record import OUTCOME, SURVIVED, quoted
from tests.houses import BUSINESS_DATE, CASEBOOK, House

NOBODY = 65534
FULL = "refused: \u201cThere is no space left for the warehouse ...\u201d; with room again the same marts"

Say = Callable[[str, object], None]

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system or become another user")


def sentence_of(ended: Ended) -> str:
    """The sentence of a night that ended with one of our own errors, without a traceback."""
    assert ended.exit_code == REFUSED, ended.said
    TALLY[f"told in {ended.stage}"] += 1
    return ended.said[-1]


def limit_files(_: House) -> None:
    """No file may be larger than a megabyte."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))


@pytest.mark.long
def test_a_file_that_may_not_grow_is_told_and_harms_nothing(scene: Scene, reader: Reader, record_property: Say) -> None:
    assert "no space left" in sentence_of(scene.run(Plan(before=limit_files)))
    scene.recovers()
    record_property(OUTCOME, FULL)


@pytest.fixture
def small_disk(new_scene: NewScene, tmp_path: Path) -> Iterator[Scene]:
    """A scene whose warehouse is a file system of its own; what a night says is written beside it."""
    scene = new_scene(tmp_path / "scene")
    disk = scene.house.warehouse
    disk.rename(tmp_path / "filled")
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", disk], check=True)
    try:
        shutil.copytree(tmp_path / "filled", disk, symlinks=True, dirs_exist_ok=True)
        yield scene
    finally:
        subprocess.run(["umount", disk], check=True)


def leave_free(disk: Path, megabytes: float) -> None:
    """Shrink a file system to what is in use and so many megabytes."""
    usage = os.statvfs(disk)
    size = int((usage.f_blocks - usage.f_bfree) * usage.f_frsize + megabytes * (1 << 20))
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


@AS_ROOT
@pytest.mark.long
@pytest.mark.parametrize("megabytes", [pytest.param(free, id=f"{free} MB are free") for free in (0, 0.25, 1, 4, 8, 16)])
def test_a_full_disk_is_told_and_harms_nothing(megabytes: float, small_disk: Scene, record_property: Say) -> None:
    disk = small_disk.house.warehouse
    with nights.reading(small_disk.house) as reader:
        leave_free(disk, megabytes)
        assert "no space left" in sentence_of(small_disk.run())
        leave_free(disk, 1024)
        small_disk.recovers()
    note(reader)
    record_property(OUTCOME, FULL)


@AS_ROOT
@pytest.mark.long
@pytest.mark.parametrize(
    "fills_when",
    [
        pytest.param("", id="the command begins on a full disk"),
        pytest.param("land:", id="the disk is full when the command has begun"),
    ],
)
def test_the_command_on_a_full_disk_tells_it_in_a_sentence(
    fills_when: str, small_disk: Scene, record_property: Say
) -> None:
    """Prefect writes there too."""
    disk = small_disk.house.warehouse
    if not fills_when:
        leave_free(disk, 0)
    with command(small_disk.house) as night:
        assert night.stderr is not None
        said = []
        for line in night.stderr:
            said.append(line)
            if fills_when and line.startswith(fills_when):
                leave_free(disk, 4)
    assert night.returncode == 1, said
    assert said[-1].count("no space left") == 1
    without_traceback("".join(said))
    leave_free(disk, 1024)
    small_disk.recovers()
    record_property(OUTCOME, FULL)


def command(house: House) -> subprocess.Popen[str]:
    arguments = ["nightly", "--date", BUSINESS_DATE, "--landing", house.landing, "--warehouse", house.warehouse]
    return subprocess.Popen([CASEBOOK, *arguments], env=nights.environment(), stderr=subprocess.PIPE, text=True)


def become_nobody(_: House) -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def nobody_reads(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o5 == 0o5 for folder in (path, *path.parents))


@pytest.fixture
def open_scene(new_scene: NewScene) -> Iterator[Scene]:
    """A scene in a folder that every user may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield new_scene(Path(folder) / "scene")


@AS_ROOT
@pytest.mark.long
@pytest.mark.skipif(not nobody_reads(PROJECT), reason="other users may not read this project's folder")
def test_a_user_without_rights_is_told_and_harms_nothing(open_scene: Scene, record_property: Say) -> None:
    with nights.reading(open_scene.house) as reader:
        assert "may not write" in sentence_of(open_scene.run(Plan(before=become_nobody)))
        open_scene.recovers()
    note(reader)
    record_property(OUTCOME, "refused: \u201c... may not write all of the warehouse ...\u201d")


def limit(what: int, number: int, _: House) -> None:
    """The night's process may have so much of something, and no more."""
    resource.setrlimit(what, (number, number))


MEGABYTE = 1 << 20
SHORTAGES = {
    **{
        f"a night may open {number} files": partial(limit, resource.RLIMIT_NOFILE, number)
        for number in (16, 32, 64, 128)
    },
    **{
        f"a night may use {number:,} MB of addresses": partial(limit, resource.RLIMIT_AS, number * MEGABYTE)
        for number in (1_500, 2_000, 3_000)
    },
}


@pytest.mark.long
@pytest.mark.parametrize("shortage", SHORTAGES)
def test_a_night_that_gets_too_little_of_the_machine_publishes_or_says_what_it_lacks(
    shortage: str, scene: Scene, reader: Reader, record_property: Say
) -> None:
    """A library that gets no memory may end the process by a signal, as a kill does."""
    ended = scene.run(Plan(before=SHORTAGES[shortage]))
    assert ended.exit_code <= 0 or ended.exit_code == REFUSED, ended.said
    scene.recovers()
    refused = f"refused: {quoted(ended.said[-1])}" if ended.exit_code > 0 else f"ended by signal {-ended.exit_code}"
    record_property(OUTCOME, refused if ended.exit_code else SURVIVED)
