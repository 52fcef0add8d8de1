"""Commands on the archive: comparing it with itself, backing it up and restoring it.

What they need is loaded when they run: it takes a while, which other commands need not spend.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.base.warehouse_paths import Warehouse
from flows.cli.terminal import (
    ERR,
    JsonOption,
    QuietOption,
    WarehouseOption,
    note,
    progress,
    say,
    show_json,
    warehouse_at,
)

if TYPE_CHECKING:
    from flows.recover.fsck import Checked


def fsck(warehouse: WarehouseOption = None, as_json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Compare every archived file with its fingerprint, and the register with sidecars and restricted warehouse.

    Exit code 0 where everything is whole, 1 where something is damaged, 3 while a night is running.
    """
    where = warehouse_at(warehouse)
    with progress("Comparing"):
        from flows.recover import fsck as checks

        checked = checks.fsck(where)
    if as_json:
        show_json({"files": checked.files, "damages": checked.damages})
    else:
        _show(checked)
    raise typer.Exit(1 if checked.damages else 0)


def _show(checked: "Checked") -> None:
    for damage in checked.damages:
        ERR.print(damage, style="red", highlight=False, soft_wrap=True)
    found = f"{len(checked.damages):,} damaged" if checked.damages else "everything is whole"
    say(f"Compared {checked.files:,} archived files: {found}.")


def backup(
    target: Annotated[Path, typer.Argument(help="Folder of the backup; only what is new is copied.")],
    key_to: Annotated[
        Path | None,
        typer.Option("--key-to", help="Copy the secret of the case keys to this file, which is kept apart."),
    ] = None,
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Back up the archive, its register and the settings, and compare the copy with the fingerprints.

    May run beside a night. What was erased leaves the backup too.
    """
    where = warehouse_at(warehouse)
    with progress("Copying"):
        from flows.recover import backup as backups

        done = backups.backup(where, target, key_to)
    if as_json:
        show_json({"files": done.files, "new": done.new, "size": done.size})
    else:
        say(f"Backed up {done.files:,} files to {target}, {done.new:,} of them new ({done.size / 1e6:,.1f} MB).")
    key = f"The secret of the case keys is in {key_to}" if key_to else "The secret of the case keys is not among it"
    note(f"{key}: keep it apart from the backup, which is of no use without it.")


def restore(
    source: Annotated[Path, typer.Argument(metavar="TARGET", help="Folder that `casebook backup` was given.")],
    warehouse: Annotated[Path, typer.Argument(help="Folder of the warehouse, which must be empty.")],
    key_from: Annotated[Path | None, typer.Option("--key-from", help="File with the secret of the case keys.")] = None,
    quiet: QuietOption = False,
) -> None:
    """Put a backup back as a warehouse. Rebuild it, then run a night: it publishes the same figures."""
    with progress("Copying"):
        from flows.recover import backup as backups

        files = backups.restore(source, Warehouse(warehouse.absolute()), key_from)
    say(f"Restored {files:,} files. Now run `casebook rebuild`, then a night.")
