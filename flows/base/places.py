"""Whether a night can begin in its two folders. Refused before anything is made, so that a typing error leaves nothing.

Nothing here is for rights or room: what the machine refuses is reported where it happens (`trouble`).
"""

import os
import stat
from pathlib import Path

from flows.base.errors import CasebookError, NoPermission, WarehouseUnusable
from flows.base.machine_errors import user
from flows.base.warehouse_paths import Warehouse


def require_places(landing: Path, warehouse: Warehouse) -> None:
    """Refuse folders that cannot be what they are named as.

    Raises:
        CasebookError: the landing folder is not there or overlaps with the warehouse, or nothing has ever been
            delivered into it.
        WarehouseUnusable: no folder can be made where the warehouse should be.
    """
    require_landing(landing)
    _require_apart(landing, warehouse.root)
    require_makeable(warehouse.root)
    if not warehouse.register.exists() and not _has_files(landing):
        raise CasebookError(f"The landing folder {landing} holds no deliveries: nothing to publish.")


def is_folder(path: Path) -> bool:
    """Whether there is such a folder, also where there can be no such path. Raises: NoPermission."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except PermissionError:
        raise NoPermission(
            f"{user()} may not enter {path.parent}: start again as a user who may, or ask for the right."
        ) from None
    except (OSError, ValueError):
        return False


def require_landing(landing: Path) -> None:
    """Raises: CasebookError where there is no such folder, NoPermission."""
    if not is_folder(landing):
        raise CasebookError(
            f"There is no landing folder {landing}: name it with --landing or CASEBOOK_LANDING, or make it."
        )


def _require_apart(landing: Path, root: Path) -> None:
    """Nights must not take what they write for deliveries, nor readers reach what was delivered."""
    delivered, kept = Path(os.path.realpath(landing)), Path(os.path.realpath(root))
    if delivered.is_relative_to(kept) or kept.is_relative_to(delivered):
        raise CasebookError(
            f"The landing folder {landing} and the warehouse {root} must be apart, and one is inside the other: "
            "name another with --landing or --warehouse."
        )


def require_makeable(root: Path, what: str = "warehouse") -> None:
    """Raises: WarehouseUnusable where there can be no folder of this name. what: what is to be made there."""
    try:
        nearest = next(folder for folder in (root, *root.parents) if folder.exists())
    except OSError as error:
        raise WarehouseUnusable(f"No {what} can be made at {root}: {error.strerror}.") from error
    longest = os.pathconf(nearest, "PC_NAME_MAX")
    if any(len(os.fsencode(name)) > longest for name in root.parts):
        raise WarehouseUnusable(f"No {what} can be made at {root}: a name in it is too long.")
    if not nearest.is_dir():
        raise WarehouseUnusable(f"No {what} can be made at {root}: {nearest} is not a folder.")


def _has_files(landing: Path) -> bool:
    """Whether it has anything that landing would look at, or say that it cannot open."""
    closed: list[OSError] = []
    for _, folders, files in os.walk(landing, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if any(not name.startswith(".") for name in files):
            return True
    return bool(closed)
