"""Commands for maintainers of Casebook, not for who runs it."""

from typing import Annotated

import typer

from flows.base.text import printable_lines
from flows.cli.terminal import ERR, QuietOption, busy, say

app = typer.Typer(no_args_is_help=True, help="For maintainers: models over the example deliveries, below target/dev/.")


@app.callback()
def dev() -> None:
    """For maintainers: models over the example deliveries, below target/dev/."""


@app.command()
def build(
    select: Annotated[
        str | None, typer.Argument(help="What to build, in dbt's words.", show_default="what changed or failed")
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Build and test the models that changed or failed since the last build, and what follows from them.

    The first build makes a warehouse from the example deliveries in target/dev/warehouse. Exit code 1 where a model or
    test fails.
    """
    with busy("Building"):
        from flows.tools.dev_build import build as build_models
        from flows.tools.dev_build import summary

        nodes = build_models(select)
    for node in (node for node in nodes if node.failed):
        ERR.print(printable_lines(f"{node.kind} {node.name}: {node.message}"), highlight=False, soft_wrap=True)
    say(summary(nodes))
    raise typer.Exit(int(any(node.failed for node in nodes)))
