"""Commands that erase: they say first what goes, and never show the identifier they were given."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.base.errors import CannotErase
from flows.cli.terminal import QuietOption, WarehouseOption, progress, say, warehouse_at
from flows.publish import readers

if TYPE_CHECKING:
    from flows.recover.erase import Agree, Plan

app = typer.Typer(
    no_args_is_help=True,
    help="Remove a delivery or a case for good: from archive, warehouse and kept publications. A tombstone stays.",
)

ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is published and stays. Name no person or case.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Print what would go, and erase nothing.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask; needs --expect.")]
ExpectOption = Annotated[
    int | None,
    typer.Option("--expect", metavar="N", min=0, help="With --yes: the number of rows that must go."),
]


@app.command()
def delivery(
    kind: Annotated[str, typer.Argument(help="Kind of the delivery, such as nsmart.")],
    key: Annotated[str, typer.Argument(help="Key in its file's name, such as BED_0404.")],
    reason: ReasonOption,
    revision: Annotated[int | None, typer.Option("--revision", help="Only this revision.", show_default="all")] = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    expect: ExpectOption = None,
    warehouse: WarehouseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Erase a delivery, with every file that has the same bytes. Nothing brings it back.

    Prints what goes and asks for the number of rows first. Exit code 1 where nothing is erased, 3 while a night is
    running.
    """
    from flows.recover import erase

    agree = _agreement(dry_run, yes, expect)
    with progress(asks=True):
        _report(erase.erase_delivery(warehouse_at(warehouse), kind, key, reason, agree, revision))


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
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    expect: ExpectOption = None,
    warehouse: WarehouseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Erase a case from every delivery of its inspection, or of its area's NSmart extracts, and where a text names it.

    Its identifier, as delivered, is typed at a prompt, or is the first line of standard input, or in a file: every user
    of the machine may see the arguments of a command. Prints what goes and asks for the number of rows first. Exit code
    1 where nothing is erased, 3 while a night is running.
    """
    from flows.recover import erase

    agree = _agreement(dry_run, yes, expect)
    where = warehouse_at(warehouse)
    readers.rights()
    identifier = _identifier(source)
    with progress(asks=True):
        _report(erase.erase_case(where, scope, identifier, reason, agree))


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


def _agreement(dry_run: bool, yes: bool, expect: int | None) -> "Agree":
    """A function that prints the plan and raises unless the operator gives its number of rows."""
    if yes is (expect is None):
        raise typer.BadParameter("--yes and --expect N go together: N is the number of rows that --dry-run prints.")

    def agree(plan: "Plan") -> None:
        _show(plan)
        if dry_run:
            say("Nothing was erased.")
            raise typer.Exit
        given = str(expect) if yes else _typed()
        if given != str(plan.all_rows):
            raise CannotErase(f"{plan.all_rows:,} rows would go, and the number given is another: nothing was erased.")

    return agree


def _typed() -> str:
    answer: str = typer.prompt("Type the number of rows to erase them for good", err=True)
    return answer.strip().replace(",", "")


def _show(plan: "Plan") -> None:
    lines = [
        f"To be erased: {plan.all_rows:,} rows.",
        f"- deliveries: {plan.rewritten:,} go on without rows, {plan.files:,} go whole",
        f"- rows of what is named: {plan.rows:,}",
        f"- other rows, whose free text names the case: {plan.named:,}",
        f"- kept publications: {plan.publications:,} are made again, {plan.unreadable:,} are damaged and are removed",
    ]
    for line in lines:
        say(line)


def _report(plan: "Plan") -> None:
    lines = [
        f"Erased: {plan.all_rows:,} rows; {plan.rewritten:,} deliveries go on without, {plan.files:,} went whole.",
        "Still to do:",
        "- run a night (casebook nightly), which publishes without them;",
        "- run casebook backup, and remove other copies: of the archive, of published/, and those that analysts made;",
        "- ask the sender to remove it: a night refuses its rows, and says so each time.",
    ]
    if plan.paths:
        lines.append("- delete from the landing folder, where nothing is ever removed:")
        lines += [f"    {path}" for path in plan.paths]
    if plan.unsearched:
        lines.append(f"- look into {plan.unsearched:,} archived files that cannot be read, so were not searched.")
    for line in lines:
        say(line)
