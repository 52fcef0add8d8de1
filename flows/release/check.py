"""Check a draft: it is whole, holds nothing that may not leave, and an attack on all releases finds too little."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import duckdb

from flows.base.errors import CannotRelease
from flows.base.settings import PROJECT, SECRETS
from flows.base.warehouse_paths import PUBLIC_FILE, Warehouse
from flows.release import keys, state
from flows.release.carried import lost_figures
from flows.release.publish import settle
from flows.release.releases import alone, draft_folder, drafted, releases, shown_folders
from flows.release.source import require_unchanged

LOG = logging.getLogger("casebook.release")

ATTACK = [sys.executable, "-m", "attack"]
"""The attack, which gets the folders of all releases and of the draft; it exits with 0 where the limits are met."""

BROKEN = 1
"""Its exit code where a limit is not met; another says that it could not read something."""

LINES_SHOWN = 40


def check(warehouse: Warehouse, name: str) -> str:
    """Check a draft, so that it may be published. Returns what the attack found, as it says it.

    Errors: CannotRelease where there is no such draft, or it does not pass; AnotherNightRunning.
    """
    with alone(warehouse):
        settle(warehouse)
        draft, known = drafted(warehouse, name), state.require_whole(warehouse, name)
        require_unchanged(warehouse, draft, known.source)
        folder = draft_folder(warehouse, name)
        before = shown_folders(warehouse)
        found = [
            *_strange_tables(folder / PUBLIC_FILE),
            *_secrets_in(warehouse, folder),
            *_ways_out(folder),
            *(lost_figures(before[-1] / PUBLIC_FILE, folder / PUBLIC_FILE) if before else ()),
        ]
        if found:
            raise CannotRelease(f"{name} must not be released: {'; '.join(found[:5])}.")
        LOG.info("release: %s is attacked, with the releases before", name)
        said = _attack(name, [*before, folder])
        state.mark_checked(warehouse, name, known)
    return said


def _strange_tables(public: Path) -> list[str]:
    """What a file for everyone must not have: another schema than `public`, or a column that identifies a case."""
    with duckdb.connect(str(public), read_only=True) as connection:
        rows = connection.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns() "
            "where not internal and (schema_name <> 'public' or column_name in ('case_key', 'case_id', 'record_key'))"
        ).fetchall()
    return [f"{PUBLIC_FILE} has {table}.{column}" for table, column in rows]


def _secrets_in(warehouse: Warehouse, folder: Path) -> list[str]:
    """The files that hold the key of the case identifiers or a secret made of it, or say where the warehouse is."""
    secrets = keys.every_secret(warehouse, len(releases(warehouse)) + 1)
    words = [*secrets, *(secret.hex().encode() for secret in secrets), os.fsencode(warehouse.root)]
    return [
        f"{path} has a secret or a path of this machine"
        for path, content in _contents(folder)
        if any(word in content for word in words)
    ]


def _contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file with its content; workbooks and archives also with that of their parts."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder), path.read_bytes()
        if path.suffix in (".xlsx", ".zip") and is_zipfile(path):
            with ZipFile(path) as archive:
                yield from ((path.relative_to(folder), archive.read(part)) for part in archive.namelist())


def _ways_out(folder: Path) -> list[str]:
    """Links of the file system, which would lead out of the release."""
    return [f"{path.relative_to(folder)} is a link" for path in folder.rglob("*") if path.is_symlink()]


def _attack(name: str, folders: list[Path]) -> str:
    """What the attack says. It runs without our secrets. Errors: CannotRelease where limits are not met."""
    environment = {key: value for key, value in os.environ.items() if key not in SECRETS}
    command = [*ATTACK, *map(str, folders)]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    said = done.stdout.strip()
    if done.returncode:
        last = "\n".join([*said.splitlines(), *done.stderr.strip().splitlines()][-LINES_SHOWN:])
        # It has something to say of releases that it could read.
        if done.returncode == BROKEN and said:
            raise CannotRelease(f"{name} must not be released: the attack does not stay within the limits.\n{last}")
        raise CannotRelease(f"{name} is not checked: the attack could not be made.\n{last}")
    return said
