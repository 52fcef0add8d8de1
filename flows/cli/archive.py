"""Commands on the archive: comparing it with itself, backing it up and restoring it."""

from pathlib import Path
from typing import Annotated

import typer

from flows.base.warehouse_paths import Warehouse
from flows.cli.terminal import ERR, OUT, WarehouseOption, warehouse_at
from flows.recover import backup as backups
from flows.recover import fsck as checks


def fsck(warehouse: WarehouseOption = None) -> None:
    """Compare every archived file with its fingerprint, and the register with sidecars and restricted warehouse.

    Exit code 0 where everything is whole, 1 where something is damaged, 3 while a night is running.
    """
    checked = checks.fsck(warehouse_at(warehouse))
    for damage in checked.damages:
        ERR.print(damage, style="red", highlight=False, soft_wrap=True)
    found = f"{len(checked.damages):,} damages" if checked.damages else "everything is whole"
    OUT.print(f"Compared {checked.files:,} archived files: {found}.", highlight=False, soft_wrap=True)
    raise typer.Exit(1 if checked.damages else 0)


def backup(
    target: Annotated[Path, typer.Argument(help="Folder of the backup; only what is new is copied.")],
    key_to: Annotated[
        Path | None,
        typer.Option("--key-to", help="Copy the secret of the case keys to this file, which is kept apart."),
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Back up the archive, its register and the settings, and compare the copy with the fingerprints.

    May run beside a night. What was erased leaves the backup too.
    """
    where = warehouse_at(warehouse)
    done = backups.backup(where, target, key_to)
    OUT.print(
        f"Backed up {done.files:,} files to {target}, {done.new:,} of them new ({done.size / 1e6:,.1f} MB).",
        highlight=False,
        soft_wrap=True,
    )
    key = f"The secret of the case keys is in {key_to}" if key_to else "The secret of the case keys is not among it"
    ERR.print(f"{key}: keep it apart from the backup, which is of no use without it.", style="yellow", soft_wrap=True)


def restore(
    source: Annotated[Path, typer.Argument(metavar="TARGET", help="Folder that `casebook backup` was given.")],
    warehouse: Annotated[Path, typer.Argument(help="Folder of the warehouse, which must be empty.")],
    key_from: Annotated[Path | None, typer.Option("--key-from", help="File with the secret of the case keys.")] = None,
) -> None:
    """Put a backup back as a warehouse. Rebuild it, then run a night: it publishes the same figures."""
    files = backups.restore(source, Warehouse(warehouse.absolute()), key_from)
    OUT.print(f"Restored {files:,} files. Now run `casebook rebuild`, then a night.", highlight=False, soft_wrap=True)
