"""A published warehouse to which one more delivery has come: the scene of every fault."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from tests.conftest import SECONDS, copy_of_tiny
from tests.faults import nights
from tests.faults.nights import Ended, Plan, Reader
from tests.houses import House

TALLY: Counter[str] = Counter()
"""What all tests of this run did, told at the end."""


@dataclass(frozen=True)
class Scene:
    """A house with a new delivery in its landing folder. expected, seconds: the marts of a night to which nothing
    happens, and how long it takes."""

    house: House
    expected: dict[str, str]
    seconds: float

    def run(self, plan: Plan | None = None) -> Ended:
        """A night, counted by how it ended."""
        ended = nights.run(self.house, plan)
        TALLY[f"nights that ended with {ended.exit_code}"] += 1
        return ended

    def recovers(self) -> None:
        """One ordinary night gives what it would have given had nothing happened, and leaves nothing behind."""
        ended = self.run()
        assert ended.exit_code == 0, ended.said
        TALLY["ordinary nights after a fault"] += 1
        assert self.house.contents() == self.expected
        assert list(self.house.warehouse.glob("published/.*")) == []
        statuses = self.house.ask("select distinct status from ops.run")
        assert ("running",) not in statuses
        for publication in self.house.warehouse.glob("published/*/analyst.duckdb"):
            nights.read_once(publication)


NewScene = Callable[[Path], Scene]


@pytest.fixture(scope="session")
def undisturbed(tiny_completed: House) -> Scene:
    """The scene after a night to which nothing happened."""
    seconds = float((tiny_completed.warehouse.parent / SECONDS).read_text())
    return Scene(tiny_completed, tiny_completed.contents(), seconds)


@pytest.fixture
def new_scene(tiny: House, undisturbed: Scene) -> NewScene:
    """Makes a scene of one's own in a folder that is not there yet."""
    return lambda folder: replace(undisturbed, house=copy_of_tiny(tiny, folder))


@pytest.fixture
def scene(new_scene: NewScene, tmp_path: Path) -> Iterator[Scene]:
    """A scene of one's own; removed afterwards, since a hundred of them would fill a disk."""
    yield new_scene(tmp_path / "scene")
    shutil.rmtree(tmp_path / "scene")


@pytest.fixture
def reader(scene: Scene) -> Iterator[Reader]:
    """Reads `current` all the time while the test runs; must never have seen an error or half a publication."""
    with nights.reading(scene.house) as reader:
        yield reader
    note(reader)


def note(reader: Reader) -> None:
    """Count what a reader saw; it must have read, and seen no trouble."""
    TALLY["publications read whole"] += reader.reads
    TALLY["troubles that readers saw"] += len(reader.troubles)
    assert reader.troubles == []
    assert reader.reads > 0


def ask_restricted(house: House, sql: str) -> list[tuple[object, ...]]:
    """A statement on the restricted warehouse."""
    with duckdb.connect(str(house.warehouse / "restricted" / "warehouse.duckdb")) as connection:
        return connection.execute(sql).fetchall()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the faults amounted to."""
    if TALLY:
        terminalreporter.section("faults")
        for what, count in sorted(TALLY.items()):
            terminalreporter.write_line(f"{count:7,}  {what}")
