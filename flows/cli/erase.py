"""Commands that erase: they ask first, and never show the identifier they were given."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.terminal import OUT, WarehouseOption, warehouse_at
from flows.publish import readers

if TYPE_CHECKING:
    from flows.recover.erase import Erased

app = typer.Typer(
    no_args_is_help=True,
    help="Remove a delivery or a case for good: from archive, warehouse and kept publications. A tombstone stays.",
)

ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is published and stays. Name no person or case.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command()
def delivery(
    kind: Annotated[str, typer.Argument(help="Kind of the delivery, such as nsmart.")],
    key: Annotated[str, typer.Argument(help="Key in its file's name, such as BED_0404.")],
    reason: ReasonOption,
    revision: Annotated[int | None, typer.Option("--revision", help="Only this revision.", show_default="all")] = None,
    yes: YesOption = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Erase a delivery, with every file that has the same bytes. Nothing brings it back."""
    from flows.recover import erase

    _ask(yes, f"Erase {kind} {key} for good?")
    _tell(erase.erase_delivery(warehouse_at(warehouse), kind, key, reason, revision))


@app.command()
def case(
    scope: Annotated[str, typer.Argument(metavar="INSPECTION_OR_AREA", help="Such as ESI-BED-2005, or BED (NSmart).")],
    reason: ReasonOption,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", help="File that holds the identifier alone.", show_default="a prompt, or standard input"
        ),
    ] = None,
    yes: YesOption = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Erase a case from every delivery of its inspection, or of its area's NSmart extracts. Nothing brings it back.

    Its identifier, as delivered, is typed at a prompt, or is the first line of standard input, or in a file: every user
    of the machine may see the arguments of a command.
    """
    from flows.recover import erase

    where = warehouse_at(warehouse)
    readers.rights()
    identifier = _identifier(source)
    _ask(yes, f"Erase a case of {scope} for good?")
    _tell(erase.erase_case(where, scope, identifier, reason))


def _identifier(source: Path | None) -> str:
    """The identifier of a case. Standard input goes on after its line, for the answer to what is asked next."""
    if source:
        lines = _lines(source)
    elif _is_terminal():
        lines = [typer.prompt("Identifier of the case, as delivered", err=True)]
    else:
        lines = [sys.stdin.readline()]
    given = [line.strip() for line in lines if line.strip()]
    if len(given) != 1:
        raise typer.BadParameter(f"give one identifier, on a line of its own: {len(given) or 'none'} came.")
    return given[0]


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _lines(source: Path) -> list[str]:
    try:
        return source.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"--from {source} cannot be read: {error}") from None


def _ask(yes: bool, question: str) -> None:
    if not yes:
        typer.confirm(question, abort=True)


def _tell(erased: "Erased") -> None:
    lines = [
        f"Erased: {erased.files:,} files; {erased.rows:,} rows from {erased.rewritten:,} files that go on without; "
        f"{erased.purged.rows:,} rows from {erased.purged.publications:,} kept publications.",
        "Still to do:",
        "- run a night (casebook nightly): until then totals are those of the last publication;",
        "- remove it from backups of the archive and of published/, and from copies that analysts made;",
        "- ask the sender to remove it, or the next revision brings it back.",
    ]
    if erased.paths:
        lines.append("- delete from the landing folder, where nothing is ever removed:")
        lines += [f"    {path}" for path in erased.paths]
    if erased.unsearched:
        lines.append(f"- look into {erased.unsearched:,} archived files that cannot be read, so were not searched.")
    for line in lines:
        OUT.print(line, highlight=False, soft_wrap=True)
