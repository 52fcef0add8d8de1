"""What is known of a draft beside what is in it: whether it was checked as it is, and what it was cut from."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from flows.base.errors import CannotRelease
from flows.base.warehouse_paths import PUBLIC_FILE, Warehouse, write_durably
from flows.release.releases import draft_folder, state_file


@dataclass(frozen=True)
class State:
    """source: content of the publication it was cut from. files: digest of its files. checked: whether they passed."""

    source: str
    files: str
    checked: bool = False


def write(warehouse: Warehouse, name: str, source: str) -> None:
    """Record a draft that was just made."""
    _write(warehouse, name, State(source, files_digest(draft_folder(warehouse, name))))


def require_whole(warehouse: Warehouse, name: str) -> State:
    """The state of a draft. Errors: CannotRelease where the draft is not as it was made."""
    try:
        state = State(**json.loads(state_file(warehouse, name).read_bytes()))
    except FileNotFoundError:
        state = State("", "")
    if state.files != files_digest(draft_folder(warehouse, name)):
        raise CannotRelease(
            f"The draft {name} is not as it was made: draft it again (casebook release draft {name} --notes FILE)."
        )
    return state


def mark_checked(warehouse: Warehouse, name: str, state: State) -> None:
    """Record that a draft passed its check as it is."""
    _write(warehouse, name, replace(state, checked=True))


def files_digest(folder: Path) -> str:
    """Changes with every file of pages, downloads and figures; what a release says of itself publishing completes."""
    digest = hashlib.sha256()
    for path in [folder / PUBLIC_FILE, *sorted(folder.glob("site/**/*")), *sorted(folder.glob("downloads/**/*"))]:
        if path.is_file():
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder)}\0{content}\0".encode())
    return digest.hexdigest()


def _write(warehouse: Warehouse, name: str, state: State) -> None:
    write_durably(state_file(warehouse, name), json.dumps(asdict(state)).encode())
