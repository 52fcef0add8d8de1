"""Prefect's database: records of nights that nothing else needs. What is damaged or has grown is set aside."""

import importlib.metadata
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

LARGEST = 32 << 20
"""Bytes after which a night by command begins a new database: some 50 nights."""

SECONDS_TO_WAIT = 10
BESIDE = ("", "-wal", "-shm")


def database(home: Path) -> Path:
    """Prefect's database in a folder of Prefect's."""
    return home / "prefect.db"


def repair(home: Path, largest: int | None = None) -> str | None:
    """Set the database aside where it is damaged, or larger than it may be; the next server makes a new one.

    What failed tasks left beside it goes. Returns a sentence about the damage.
    """
    shutil.rmtree(home / "storage", ignore_errors=True)
    file = database(home)
    if _is_damaged(file):
        return (
            f"Prefect's database was damaged and is set aside as {set_aside(home)}: a new one is made. It held records "
            "of nights, nothing of the warehouse."
        )
    if largest and file.exists() and file.stat().st_size > largest:
        set_aside(home)
    return None


def set_aside(home: Path) -> Path:
    """Move the database out of the way, in place of the one set aside before; returns where it is."""
    file = database(home)
    aside = file.with_name(f"{file.name}.before")
    for end in BESIDE:
        source, target = (path.with_name(path.name + end) for path in (file, aside))
        target.unlink(missing_ok=True)
        if source.exists():
            source.rename(target)
    return aside


def is_migrated(home: Path) -> bool:
    """Whether the database is there and of this version of Prefect, so that a server need not migrate it."""
    with suppress(sqlite3.Error), _opened(home) as connection:
        return connection is not None and connection.execute("pragma user_version").fetchone() == (_version(),)
    return False


def remember_migration(home: Path) -> None:
    """Once a server that migrates the database answers: it is of this version. The mark is lost with the database."""
    if is_migrated(home):
        return
    with suppress(sqlite3.Error), _opened(home) as connection:
        if connection is not None:
            connection.execute(f"pragma user_version = {_version()}")


def _is_damaged(file: Path) -> bool:
    if not file.exists():
        return False
    try:
        with _opened(file.parent) as connection:
            return connection is not None and connection.execute("pragma quick_check(1)").fetchone() != ("ok",)
    except sqlite3.OperationalError:  # locked, or no right to open it: no damage
        return False
    except sqlite3.DatabaseError:
        return True


@contextmanager
def _opened(home: Path) -> Iterator[sqlite3.Connection | None]:
    """The database, or None where there is none."""
    file = database(home)
    if not file.is_file():
        yield None
        return
    with closing(
        sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=SECONDS_TO_WAIT)
    ) as connection:
        yield connection


def _version() -> int:
    """Prefect's version as the number that SQLite keeps for an application."""
    major, minor, patch = (int(part) for part in importlib.metadata.version("prefect").split(".")[:3])
    return major * 1_000_000 + minor * 1_000 + patch
