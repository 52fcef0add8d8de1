"""A published warehouse to which one more delivery has come: the scene of every fault."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import duckdb
import pytest
from _pytest.mark import ParameterSet

from flows.base.warehouse_paths import Warehouse
from tests.conftest import SECONDS, copy_of_tiny
from tests.faults import nights, record
from tests.faults.nights import Ended, Plan, Reader
from tests.houses import House

TALLY: Counter[str] = Counter()
"""What all tests of this run did, shown at the end."""

RECORD = record.Record()


@dataclass(frozen=True)
class Scene:
    """A house with a new delivery in its landing folder. expected, seconds: the marts of a night to which nothing
    happens, and how long it takes."""

    house: House
    expected: dict[str, str]
    seconds: float

    def with_pages(self) -> "Scene":
        """The scene whose nights build pages and downloads too."""
        return replace(self, house=replace(self.house, pages=True))

    def run(self, plan: Plan | None = None) -> Ended:
        """A night, counted by how it ended."""
        ended = nights.run(self.house, plan)
        TALLY[f"nights that ended with {ended.exit_code}"] += 1
        without_traceback("\n".join(ended.said))
        return ended

    def casebook(self, *arguments: str) -> CompletedProcess[str]:
        """The command, which may end with any exit code but never with a traceback."""
        done = self.house.casebook(*arguments)
        without_traceback(done.stdout + done.stderr)
        return done

    def intake(self) -> list[tuple[object, ...]]:
        """Every delivery that ever came, with what became of its rows."""
        return ask_restricted(
            self.house,
            "select path, sha256, state, reason, rows_landed, rows_loaded, rows_duplicate, rows_held "
            "from intake.file order by path, sha256",
        )

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
    """Makes a scene of one's own in a folder that is not there yet. Its nights build no pages, which take as long as
    all the rest, but where a fault is to meet them."""
    return lambda folder: replace(undisturbed, house=replace(copy_of_tiny(tiny, folder), pages=False))


@pytest.fixture
def scene(new_scene: NewScene, tmp_path: Path) -> Iterator[Scene]:
    """A scene of one's own; removed afterwards, since a hundred of them would fill a disk."""
    yield new_scene(tmp_path / "scene")
    shutil.rmtree(tmp_path / "scene", ignore_errors=True)


@pytest.fixture(scope="session")
def whole() -> list[Path]:
    """Folders of scenes that are whole after what was done to them: the next test uses them."""
    return []


@pytest.fixture
def published(undisturbed: Scene, whole: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A copy of the scene after its night: nothing new has come, so a night over it takes seconds."""
    source = undisturbed.house.warehouse.parent
    folder = whole.pop() if whole else copy_scene(source, tmp_path_factory.mktemp("published") / "scene")
    yield replace(undisturbed, house=House(folder / "landing", folder / "warehouse"))
    if folder not in whole:
        shutil.rmtree(folder, ignore_errors=True)


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


def copy_scene(source: Path, target: Path) -> Path:
    """A copy without the thousands of files that dbt writes and no night reads."""
    return Path(shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("compiled", "run")))


def ask_restricted(house: House, sql: str) -> list[tuple[object, ...]]:
    """A statement on the restricted warehouse."""
    with duckdb.connect(str(Warehouse(house.warehouse).database)) as connection:
        return connection.execute(sql).fetchall()


def rows(names: list[str], ordinary: int = 1) -> list[ParameterSet]:
    """Parameters of faults of one kind, of which the first are tried with every test run."""
    marks = [() if number < ordinary else pytest.mark.long for number in range(len(names))]
    return [pytest.param(name, marks=mark, id=name) for name, mark in zip(names, marks, strict=True)]


def without_traceback(said: str) -> None:
    """Whatever a night or a command said, it was for the person who must act."""
    assert "Traceback (most recent call last)" not in said, said
    TALLY["outputs without a traceback"] += 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of faults, kills at random moments come last: they take what is left of the time."""
    ours = [item for item in items if item.nodeid.startswith("tests/faults/")]
    in_turn = iter(sorted(ours, key=lambda item: record.turn(item.nodeid)))
    items[:] = [next(in_turn) if item.nodeid.startswith("tests/faults/") else item for item in items]


def pytest_collection_finish(session: pytest.Session) -> None:
    """The faults that this run is to try."""
    for item in session.items:
        if _is_fault(item.nodeid):
            RECORD.plan(item.nodeid)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No fault is tried when the time of the run is used up."""
    if record.is_over():
        pytest.skip(record.NOT_REACHED)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """How each fault ended."""
    if _is_fault(report.nodeid):
        RECORD.note(report)


def _is_fault(node: str) -> bool:
    return node.startswith("tests/faults/") and "test_record" not in node


def pytest_sessionfinish(session: pytest.Session) -> None:
    """For the table in docs/operations/operations.md; one of several processes gives its counts to the first."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tally"] = dict(TALLY)
    elif any(row.times for row in RECORD.rows):
        RECORD.write(TALLY)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Counts of a process that has ended."""
    TALLY.update(getattr(node, "workeroutput", {}).get("tally", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the faults amounted to."""
    if TALLY:
        terminalreporter.section("faults")
        for what, count in sorted(TALLY.items()):
            terminalreporter.write_line(f"{count:7,}  {what}")
