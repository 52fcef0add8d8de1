"""A night that is killed: readers notice nothing, and the next night makes up for it."""

import logging
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.warehouse.transform import LAYERS
from tests.faults import nights
from tests.faults.conftest import TALLY, Scene, ask_restricted, without_traceback
from tests.faults.nights import STAGES, Ended, Plan, Reader
from tests.faults.record import OUTCOME
from tests.houses import BUSINESS_DATE, CASEBOOK

LOG = logging.getLogger("tests.faults")

POINTS = {
    "land, the bytes archived and no file registered": Plan("flows.intake.land._register"),
    "land, registered and not entered": Plan("flows.intake.land.enter"),
    "land, the register longer than its head": Plan("flows.intake.register.write_head"),
    "read, half of the batch written": Plan("flows.intake.read._write", after=0.005),
    "validate in": Plan("flows.intake.check._write_faults"),
    "load, registered and nothing committed": Plan("flows.intake.load._summary"),
    "transform, soon after it began": Plan("flows.nightly.build_layer", after=1),
    "transform, half built": Plan("flows.nightly.build_layer", after=2),
    "transform, all built and not remembered": Plan("flows.warehouse.changes.complete"),
    "assemble, the last publication copied": Plan("flows.publish.reuse_tables._keep"),
    "assemble, half of the tables copied": Plan("flows.publish.assemble._copy", call=20),
    "assemble, all tables copied": Plan("flows.publish.assemble._fingerprint"),
    "validate out": Plan("flows.publish.gate.named_cases"),
    "pages": Plan("pages.jobs.rows_of", call=20),
    "downloads": Plan("downloads.build.rows_of", call=5),
    "publish, not yet on disk": Plan("flows.publish.publish.sync_files"),
    "publish, between building and swap": Plan("flows.publish.publish._swap"),
    "publish, swapped and old ones not cleared": Plan("flows.publish.publish._clear"),
    "report": Plan("flows.nightly.write_report"),
    "the very end": Plan("flows.publish.report.close_run"),
}
SHORT = ("land", "read", "load", "transform, half", "assemble, half", "publish, between", "report")

OF_PAGES = ("pages", "downloads")

LAYERS_ONE_BY_ONE = {f"transform: {layer}" for layer in LAYERS}
"""What a night says only with new code."""

RANDOM_KILLS, IN_A_ROW = 100, 5
SECONDS_TO_END = 20


CHAINS_WITH_PAGES = 4
"""One of so many chains of nights."""


def killed(scene: Scene, name: str) -> None:
    """A night killed at a point."""
    ended = scene.run(POINTS[name])
    assert ended.exit_code == -9, ended.said
    TALLY[f"killed in {ended.stage}"] += 1


def test_nights_killed_one_after_the_other_at_their_stages_harm_nothing(scene: Scene, reader: Reader) -> None:
    """Each goes on from what the one before left."""
    for name in POINTS:
        if name.startswith(SHORT):
            killed(scene, name)
    scene.recovers()


@pytest.mark.long
@pytest.mark.parametrize("name", POINTS)
def test_a_night_killed_at_any_stage_harms_nothing(name: str, scene: Scene, reader: Reader) -> None:
    scene = scene.with_pages() if name in OF_PAGES else scene
    killed(scene, name)
    scene.recovers()


@pytest.mark.long
def test_a_night_of_new_code_killed_in_the_seeds_harms_nothing(scene: Scene, reader: Reader) -> None:
    ask_restricted(scene.house, "delete from intake.setting where name = 'built_inputs'")
    ended = scene.run(Plan("flows.nightly.build_layer", call=1, after=1))
    assert (ended.exit_code, ended.stage) == (-9, "transform: seeds")
    scene.recovers()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(RANDOM_KILLS // IN_A_ROW))
def test_nights_killed_at_random_moments_harm_nothing(seed: int, scene: Scene, reader: Reader) -> None:
    chance = random.Random(seed)
    scene = scene.with_pages() if seed % CHAINS_WITH_PAGES == 0 else scene
    kills = 0
    while kills < IN_A_ROW:
        ended = kill_at_random(scene, chance)
        kills += ended.exit_code == -9
        TALLY["random kills"] += ended.exit_code == -9
        TALLY[f"killed in {ended.stage}"] += ended.exit_code == -9
        LOG.info("chain %s: %s in %s", seed, ended.exit_code, ended.stage)
        assert ended.exit_code in {-9, 0}, ended.said
    scene.recovers()


def kill_at_random(scene: Scene, chance: random.Random) -> Ended:
    """A night killed at a moment of a stage drawn at random, so that short stages are hit as often as long ones.

    Each is for a date of its own, so that there is something to build also where the night before was not killed.
    """
    night = nights.start(scene.house, Plan(business_date=f"2026-10-{chance.randint(1, 31):02}"))
    never = LAYERS_ONE_BY_ONE if scene.house.pages else LAYERS_ONE_BY_ONE.union(OF_PAGES)
    stage = chance.choice([stage for stage in STAGES if stage not in never])
    while stage != "start" and night.is_alive() and stage not in nights.said_by(scene.house):
        time.sleep(0.01)
    night.join(chance.uniform(0, scene.seconds / 10))
    night.kill()
    return nights.end(scene.house, night)


@pytest.mark.long
def test_a_killed_command_leaves_no_process_behind(scene: Scene, reader: Reader) -> None:
    """The command runs a server of Prefect's, which must end with it."""
    arguments = ["nightly", "--date", BUSINESS_DATE, "--landing", scene.house.landing]
    command = [CASEBOOK, *arguments, "--warehouse", scene.house.warehouse]
    with subprocess.Popen(command, env=nights.environment(), stderr=subprocess.PIPE, text=True) as night:
        assert night.stderr is not None
        assert any(line.startswith("land:") for line in night.stderr)
        server = children(night.pid)
        assert server
        night.kill()
    wait_until_gone(server)
    scene.recovers()


@pytest.mark.long
@pytest.mark.parametrize(
    ("number", "exit_code"),
    [
        pytest.param(signal.SIGTERM, 143, id="SIGTERM while dbt builds"),
        pytest.param(signal.SIGINT, 130, id="SIGINT while dbt builds"),
    ],
)
def test_a_stopped_command_says_so_at_once_and_leaves_nothing_behind(
    number: int, exit_code: int, scene: Scene, reader: Reader, record_property: Callable[[str, object], None]
) -> None:
    arguments = ["nightly", "--date", BUSINESS_DATE, "--landing", scene.house.landing]
    command = [CASEBOOK, *arguments, "--warehouse", scene.house.warehouse]
    with subprocess.Popen(command, env=nights.environment(), stderr=subprocess.PIPE, text=True) as night:
        assert night.stderr is not None
        assert any(line.startswith("transform: changed") for line in night.stderr)
        server = children(night.pid)
        night.send_signal(number)
        night.send_signal(number)
        said = night.stderr.read()
    assert night.returncode == exit_code, said
    last_line = said.splitlines()[-1]
    assert last_line.startswith(f"The night was stopped by {signal.Signals(number).name}: it publishes nothing"), said
    without_traceback(said)
    wait_until_gone(server)
    TALLY[f"stopped by {signal.Signals(number).name}"] += 1
    scene.recovers()
    record_property(OUTCOME, f"survived: \u201cThe night was stopped by ...\u201d, exit code {exit_code}")


def children(pid: int) -> list[int]:
    """Processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until_gone(pids: list[int]) -> None:
    """Errors: AssertionError where one of the processes lives on."""
    deadline = time.monotonic() + SECONDS_TO_END
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < deadline, f"{pids} outlived the night that started them"
        time.sleep(0.1)
