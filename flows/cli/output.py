"""The file that an answer is written to: whole or not at all, and never one of the warehouse."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from flows.base.errors import CasebookError
from flows.base.places import is_folder
from flows.base.text import printable
from flows.base.warehouse_paths import Warehouse


def require_output(path: Path, warehouse: Warehouse) -> Path:
    """Where the file really is to be.

    Errors: CasebookError where it would be in the warehouse, take the place of something that is no file, or where
    there is no such folder; NoPermission.
    """
    name = printable(str(path))
    target = Path(os.path.realpath(path))
    own = (warehouse.root, warehouse.restricted, warehouse.published, warehouse.current)
    if any(target.is_relative_to(os.path.realpath(folder)) for folder in own):
        raise CasebookError(f"{name} is in the warehouse, which only nights write: name a file elsewhere.")
    if not is_folder(target.parent):
        raise CasebookError(f"There is no folder {printable(str(target.parent))} to write {target.name} to: make it.")
    if os.path.lexists(target) and not target.is_file():
        raise CasebookError(f"{name} is not a file: name another.")
    return target


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A file to write, which takes the target's place once the block has ended well; its owner alone may read it.

    Errors: CasebookError where it cannot be written.
    """
    part: Path | None = None
    try:
        descriptor, name = mkstemp(prefix=".casebook-", dir=target.parent)
        os.close(descriptor)
        part = Path(name)
        yield part
        part.replace(target)
    except OSError as error:
        raise CasebookError(f"{printable(str(target))} cannot be written: {error.strerror or error}.") from None
    finally:
        if part:
            part.unlink(missing_ok=True)
