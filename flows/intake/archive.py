"""The archive: every delivery's bytes by their fingerprint, and beside each a sidecar that says what they were.

`ab/<sha256>` has the bytes, `ab/<sha256>.jsonl` a sealed line for each name under which they came: the file's `landed`
event with kind, key and revision. With the register lost, the sidecars are enough to take every delivery in again.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from flows.base import sealed
from flows.base.regular_file import LARGEST_FILE, open_ordinary, path_text
from flows.base.sealed import Lines
from flows.base.warehouse_paths import Warehouse, sync_folder, write_durably
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.events import ArchivedFile, file_of, landed_event
from flows.intake.register import Register

LOG = logging.getLogger("casebook.archive")

FOLDERS = "[0-9a-f][0-9a-f]"
SIDECAR = ".jsonl"


def archive_path(warehouse: Warehouse, sha256: str) -> Path:
    """Where the bytes with this fingerprint are."""
    return warehouse.archive / sha256[:2] / sha256


def sidecar_path(warehouse: Warehouse, sha256: str) -> Path:
    """Where the sidecar of the bytes with this fingerprint is."""
    return warehouse.archive / sha256[:2] / f"{sha256}{SIDECAR}"


def archive(warehouse: Warehouse, source: Path, sha256: str) -> bool:
    """Keep a file's bytes under their fingerprint, whole or not at all; False where the file changed meanwhile.

    A file that is still being written is left for the next night.
    """
    if is_whole(archive_path(warehouse, sha256), sha256):
        return True
    try:
        with open_ordinary(source) as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != sha256:
        LOG.warning("land: %s changed while it was read; the next night takes it in", path_text(source.name))
        return False
    keep_bytes(warehouse, data)
    return True


def keep_bytes(warehouse: Warehouse, data: bytes) -> str:
    """Keep bytes under their fingerprint, which is returned; on disk when this returns.

    A power cut must not leave an empty file under a fingerprint, nor a register that names bytes which are gone.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    target = archive_path(warehouse, sha256)
    if not target.parent.is_dir():
        target.parent.mkdir(exist_ok=True)
        sync_folder(warehouse.archive)
    write_durably(target, data)
    return sha256


def keep_sidecar(warehouse: Warehouse, file: ArchivedFile, key_check: str | None) -> None:
    """Say beside a file's bytes what they are, under each name under which they came; on disk when this returns."""
    path = sidecar_path(warehouse, file.sha256)
    said = read_sidecar(path).records
    records = [record for record in said if record["path"] != file.path] + [_says(file, key_check)]
    if records != said:
        write_durably(path, "".join(f"{line.text}\n" for line in sealed.seal(records)).encode())


def read_sidecar(path: Path) -> Lines:
    """What a sidecar says; nothing where it is not there."""
    return sealed.read(path.read_bytes()) if path.exists() else Lines()


def complete_sidecars(warehouse: Warehouse, files: Iterable[ArchivedFile], key_check: str | None) -> None:
    """Write the sidecars that are missing beside bytes of these files, or that were damaged."""
    for file in files:
        if archive_path(warehouse, file.sha256).exists() and not says(read_sidecar_of(warehouse, file), file):
            keep_sidecar(warehouse, file, key_check)


def read_sidecar_of(warehouse: Warehouse, file: ArchivedFile) -> Lines:
    """What the sidecar of a file's bytes says."""
    return read_sidecar(sidecar_path(warehouse, file.sha256))


def says(sidecar: Lines, file: ArchivedFile) -> bool:
    """Whether a sidecar is whole and says what the file is."""
    known = landed_event(file)
    return sidecar.damage is None and any(
        all(str(record.get(name)) == str(value) for name, value in known.items()) for record in sidecar.records
    )


def sidecars(warehouse: Warehouse) -> Iterator[tuple[ArchivedFile, str | None]]:
    """Every file that has a sidecar and whose bytes are there, with the fingerprint of the case key then."""
    for path in sorted(warehouse.archive.glob(f"{FOLDERS}/*{SIDECAR}")):
        if path.with_suffix("").exists():
            for line in read_sidecar(path).readable:
                yield file_of(line.record), line.record.get("case_key_check")


def nameless(warehouse: Warehouse, register: Register) -> list[Path]:
    """Bytes that no entry of the register is about."""
    named = {file.sha256 for file in register.files.values()} | register.erased_bytes.keys()
    return sorted(path for path in warehouse.archive.glob(f"{FOLDERS}/*") if not path.suffix and path.name not in named)


def forget(warehouse: Warehouse, sha256: str) -> None:
    """Remove bytes and their sidecar for good."""
    archive_path(warehouse, sha256).unlink(missing_ok=True)
    sidecar_path(warehouse, sha256).unlink(missing_ok=True)


def damaged(warehouse: Warehouse, files: Iterable[ArchivedFile]) -> list[ArchivedFile]:
    """Those of the files whose bytes should be in the archive and are not, or are other bytes."""
    wanted = [file for file in files if file.reason is None]
    whole = {sha256: is_whole(archive_path(warehouse, sha256), sha256) for sha256 in {file.sha256 for file in wanted}}
    return [file for file in wanted if not whole[file.sha256]]


def is_whole(path: Path, sha256: str) -> bool:
    """Whether a file is there and has this fingerprint."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _says(file: ArchivedFile, key_check: str | None) -> dict[str, Any]:
    name = parse_name(file.file_name)
    delivery = {"kind": name.kind, "key": name.key, "revision": name.revision} if isinstance(name, DeliveryName) else {}
    event = {name: value for name, value in landed_event(file).items() if name != "business_date"}
    return {**event, "business_date": str(file.business_date), **delivery, "case_key_check": key_check}
