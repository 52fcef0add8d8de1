"""Backup and restore: a copy of the archive that is consistent while nights run, and a warehouse from it.

The copy has the layout of a warehouse (`restricted/archive/`), so that the register's and archive's own checks serve.
Bytes never change under their fingerprint: only new ones are copied, and a register names nothing before it is there.
The secret of the case keys is never among it. Tombstones of erased cases are, and a second time beside the key.
"""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.base.errors import ArchiveIncomplete, CasebookError
from flows.base.intake_tables import SCHEMA_VERSION
from flows.base.night import code_version
from flows.base.places import is_folder, require_makeable
from flows.base.settings import Settings
from flows.base.warehouse_paths import OWNER_ONLY, Warehouse, write_durably
from flows.intake import tombstones
from flows.intake.archive import archive_path, forget, is_whole, sidecar_path
from flows.intake.register import Register, fold, read_lines, replace_register, require_whole

SETTINGS = "settings.json"


@dataclass(frozen=True)
class BackedUp:
    """What a backup has. files: deliveries; new: whose bytes were copied this time; size: of those, in bytes."""

    files: int
    new: int
    size: int


def backup(warehouse: Warehouse, target: Path, key_to: Path | None = None) -> BackedUp:
    """Bring the backup in a folder up to date and compare it with the fingerprints. May run beside a night.

    Errors: CasebookError where the folder holds something else; RegisterDamaged; ArchiveIncomplete where bytes are
    damaged, once everything else is backed up.
    """
    copy = Warehouse(target.absolute())
    _require_apart(warehouse, copy.root)
    require_makeable(copy.root, "backup")
    if key_to:
        _require_place_of_key(warehouse, copy, key_to)
    lines = read_lines(warehouse)
    require_whole(lines)
    register = fold(lines.records)
    _require_same(copy, register)
    _make(copy)
    wanted = sorted({file.sha256 for file in register.archived})
    new = [sha256 for sha256 in wanted if not is_whole(archive_path(copy, sha256), sha256)]
    for sha256 in new:
        _copy(archive_path(warehouse, sha256), archive_path(copy, sha256))
    for sha256 in wanted:
        _copy(sidecar_path(warehouse, sha256), sidecar_path(copy, sha256))
    replace_register(copy, lines.whole)
    write_durably(copy.root / SETTINGS, _settings().encode())
    for sha256 in register.erased_bytes.keys() - set(wanted):
        forget(copy, sha256)
    erased = [*tombstones.records(register), *tombstones.read(warehouse.erased_cases)]
    tombstones.merge(copy.erased_cases, erased)
    if key_to:
        _write_key(warehouse.key_file.read_bytes(), key_to)
        tombstones.merge(_beside(key_to), erased)
    _require_copied(warehouse, copy, new)
    return BackedUp(len(register.archived), len(new), sum(archive_path(copy, sha256).stat().st_size for sha256 in new))


def restore(source: Path, warehouse: Warehouse, key_from: Path | None = None) -> int:
    """Make a warehouse from a backup, in an empty place; `casebook rebuild` goes on from there. Returns its files.

    Errors: CasebookError where the place is not empty or there is no backup; RegisterDamaged, ArchiveIncomplete.
    """
    copy = Warehouse(source.absolute())
    if not is_folder(copy.archive) or not copy.register.exists():
        raise CasebookError(f"There is no backup at {copy.root}: name the folder that `casebook backup` was given.")
    require_makeable(warehouse.root)
    if warehouse.root.exists() and any(warehouse.root.iterdir()):
        raise CasebookError(f"{warehouse.root} is not empty: restore into an empty folder; nothing was changed.")
    lines = read_lines(copy)
    require_whole(lines)
    files = fold(lines.records).archived
    key = _read_key(key_from) if key_from else None
    warehouse.make()
    shutil.copytree(copy.archive, warehouse.archive, dirs_exist_ok=True)
    erased = tombstones.read(copy.erased_cases)
    if key and key_from:
        _write_key(key, warehouse.key_file)
        erased += tombstones.read(_beside(key_from))
    tombstones.merge(warehouse.erased_cases, erased)
    os.sync()
    _require_copied(copy, warehouse, {file.sha256 for file in files})
    return len(files)


def _beside(key: Path) -> Path:
    """Tombstones beside a copy of the key, which keep an older backup from bringing back who was erased since."""
    return key.with_name(f"{key.name}.erased_cases.jsonl")


def _make(copy: Warehouse) -> None:
    """Make the folders of a backup that are missing. Errors: CasebookError where none can be made there."""
    try:
        for folder in (copy.root, copy.restricted, copy.archive):
            folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
    except PermissionError:
        raise
    except OSError as error:
        raise CasebookError(f"No backup can be made at {copy.root}: {error.strerror}. Name another folder.") from error


def _copy(source: Path, target: Path) -> None:
    """Copy a file where it is there and not the same; on disk when this returns."""
    try:
        data = source.read_bytes()
    except FileNotFoundError:
        return
    if not target.exists() or target.read_bytes() != data:
        target.parent.mkdir(exist_ok=True, mode=OWNER_ONLY)
        write_durably(target, data)


def _require_apart(warehouse: Warehouse, target: Path) -> None:
    if not warehouse.archive.is_dir():
        raise CasebookError(f"There is no warehouse at {warehouse.root}: name it with --warehouse.")
    if target.resolve().is_relative_to(warehouse.root.resolve()):
        raise CasebookError(f"{target} is inside the warehouse: name a folder that is not lost with it.")


def _require_same(copy: Warehouse, register: Register) -> None:
    """Refuse to replace what is not an earlier backup of the same archive."""
    if not copy.register.exists():
        if copy.root.exists() and any(copy.root.iterdir()) and not copy.archive.is_dir():
            raise CasebookError(f"{copy.root} holds something else than a backup: name an empty folder.")
        return
    theirs = fold(line.record for line in read_lines(copy).whole).files
    unlike = [file for file in theirs.values() if file.path != getattr(register.files.get(file.file_id), "path", None)]
    if unlike:
        raise CasebookError(
            f"The backup at {copy.root} is of another warehouse, or of a later time: it has {len(unlike):,} deliveries "
            f"that this one does not know ({unlike[0].path}). Name another folder."
        )


def _require_copied(source: Warehouse, copy: Warehouse, fingerprints: Iterable[str]) -> None:
    """Errors: ArchiveIncomplete where bytes are not what their fingerprints say and nobody erased them meanwhile."""
    erased = fold(read_lines(source).records).erased_bytes
    broken = [sha256 for sha256 in fingerprints if not is_whole(archive_path(copy, sha256), sha256)]
    broken = [sha256 for sha256 in broken if sha256 not in erased]
    if broken:
        named = ", ".join(str(archive_path(source, sha256)) for sha256 in broken[:5])
        raise ArchiveIncomplete(
            f"{len(broken):,} files are missing or are not what their fingerprints say ({named}); everything else is "
            "copied. Put them back from another backup, then start again."
        )


def _require_place_of_key(warehouse: Warehouse, copy: Warehouse, key_to: Path) -> None:
    if key_to.absolute().resolve().is_relative_to(copy.root.resolve()):
        raise CasebookError(f"{key_to} is inside the backup: name a place for the key that is apart from it.")
    if not warehouse.key_file.exists():
        raise CasebookError(f"There is no key at {warehouse.key_file}: CASEBOOK_CASE_KEY is kept where it comes from.")
    if key_to.is_dir():
        raise CasebookError(f"{key_to} is a folder: name a file for the key.")


def _read_key(key_from: Path) -> bytes:
    """Errors: CasebookError where it cannot be read."""
    try:
        return key_from.read_bytes()
    except OSError as error:
        raise CasebookError(
            f"The key cannot be read from {key_from}: {error.strerror}; nothing was changed."
        ) from error


def _write_key(key: bytes, target: Path) -> None:
    """Only its owner may read it, from the first moment."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(key)
        file.flush()
        os.fsync(file.fileno())


def _settings() -> str:
    """With what the warehouse was run; the case key is no part of it."""
    values = Settings().model_dump(mode="json", exclude={"case_key"})
    values |= {"schema_version": SCHEMA_VERSION, "code_version": code_version()}
    return json.dumps({**values, "backed_up_at": datetime.now(UTC)}, default=str, indent=2) + "\n"
