"""Commands that cut releases: what anyone may see, from a publication, on purpose."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.terminal import OUT, WarehouseOption, progress, show_answer, warehouse_at
from flows.release import manifest, releases
from flows.release.manifest import programme_years

app = typer.Typer(
    no_args_is_help=True,
    help="Cut a release for everyone from a publication: draft, check, publish. Published, it never changes.",
)

NameArgument = Annotated[str, typer.Argument(help="Name of the release, such as 2006-q1.")]
COLUMNS = ("name", "state", "released", "publication", "revised", "next due")


@app.command()
def draft(
    name: NameArgument,
    notes: Annotated[
        Path, typer.Option("--notes", help="File with what is new, by you, in Markdown; it is published.")
    ],
    run: Annotated[
        str | None, typer.Option("--run", help="Publication to cut it from.", show_default="the current one")
    ] = None,
    revise: Annotated[
        list[int] | None,
        typer.Option(
            "--revise", metavar="YEAR", help="Revise the figures of the programme year that begins in YEAR; repeatable."
        ),
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Draft a release: figures, pages and downloads, which nobody but you can read yet.

    Figures that a release has shown stay as they are; new ones are counted from the publication. A revision counts all
    figures of its years again, at most once for a year. A draft of the same name is replaced. Exit code 1 where nothing
    is drafted, 3 while another release command runs.
    """
    where = warehouse_at(warehouse)
    with progress():
        from flows.release.draft import draft as make

        made = make(where, name, notes, run, programme_years(revise or ()))
    OUT.print(
        f"Drafted {name} from {made.release.run_id}: {made.pages:,} pages, {made.workbooks:,} workbooks, "
        f"{made.tables:,} tables in {releases.draft_folder(where, name)}.",
        highlight=False,
        soft_wrap=True,
    )
    OUT.print(f"Look at it, then: casebook release check {name}", highlight=False)


@app.command()
def check(name: NameArgument, warehouse: WarehouseOption = None) -> None:
    """Check a draft: it is whole, has no secret, and an attack on all releases stays within the limits.

    Exit code 0 where it may be published, 1 where it may not, 3 while another release command runs.
    """
    where = warehouse_at(warehouse)
    with progress():
        from flows.release.check import check as check_draft

        said = check_draft(where, name)
    OUT.print(said, highlight=False, soft_wrap=True)
    OUT.print(f"{name} may be published: casebook release publish {name}", highlight=False)


@app.command()
def publish(name: NameArgument, warehouse: WarehouseOption = None) -> None:
    """Publish a draft that was checked. It stays as it is from now on, at the same address.

    Exit code 1 where nothing is published, 3 while a night or another release command runs.
    """
    where = warehouse_at(warehouse)
    with progress():
        from flows.release.publish import publish as make_public

        release = make_public(where, name)
    OUT.print(f"{name} is published: {where.releases / name / 'index.html'}", highlight=False, soft_wrap=True)
    OUT.print(f"The next release is due on {release.next_due}.", highlight=False)


@app.command(name="list")
def list_releases(warehouse: WarehouseOption = None) -> None:
    """List releases, and the draft of the next: a table on a terminal, CSV otherwise."""
    where = warehouse_at(warehouse)
    show_answer(COLUMNS, _rows([*releases.releases(where), *releases.drafts(where)]))


@app.command()
def retract(
    name: NameArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is published in its place. Name no person or case.")],
    warehouse: WarehouseOption = None,
) -> None:
    """Take a release back: its address then says why. Its name stays taken. A draft is removed.

    Exit code 1 where there is nothing to retract, 3 while another release command runs.
    """
    where = warehouse_at(warehouse)
    with progress():
        from flows.release.publish import retract as take_back

        said = take_back(where, name, reason)
    OUT.print(said, highlight=False, soft_wrap=True)


def _rows(found: list[manifest.Release]) -> Iterator[tuple[object, ...]]:
    for release in found:
        released = release.released_at.date() if release.released_at else None
        due = release.next_due if release.state == "published" else None
        yield release.name, release.state, released, release.run_id, " ".join(release.revised) or None, due
