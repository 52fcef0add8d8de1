"""Commands to begin with: a folder to work in, and looking at what is published."""

import importlib.util
import os
import shlex
import shutil
import signal
import sys
import webbrowser
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from flows.base.errors import CasebookError
from flows.base.places import require_makeable
from flows.base.settings import PROJECT
from flows.base.text import printable
from flows.base.warehouse_paths import Warehouse, sql_text
from flows.cli.terminal import (
    QuietOption,
    WarehouseOption,
    current_file,
    folder_argument,
    note,
    one_of,
    say,
    warehouse_at,
)
from flows.publish.publication import first_line

EXAMPLE = PROJECT / "examples" / "ESI-BED-2005"
MARK = PROJECT / "examples" / "INVENTED.txt"
NOTEBOOK = PROJECT / "analyses" / "first.py"

SETTINGS = """\
# Settings of Casebook. In a shell: set -a; . ./casebook.env; set +a
# In a unit of systemd: EnvironmentFile= and the path of this file.
CASEBOOK_LANDING={landing}
CASEBOOK_WAREHOUSE={warehouse}
# What DuckDB may use of the machine:
# CASEBOOK_MEMORY=1GB
# CASEBOOK_THREADS=2
# The group that may read publications, or everyone:
# CASEBOOK_READERS=
"""
FIRST_QUERY = """\
-- Section scores of the example, which are 55, 75 and 66: casebook query -f first.sql
select section_code, score_pct, published_score_pct
from fct_section_score
where inspection_id = 'ESI-BED-2005' and sample_group = 'all'
order by section_code
"""


class Sight(StrEnum):
    """What there is to look at."""

    SITE = "site"
    NOTEBOOK = "notebook"
    UI = "ui"


def init(
    folder: Annotated[
        Path,
        typer.Argument(parser=folder_argument, metavar="FOLDER", help="Folder to begin in.", show_default="this one"),
    ] = Path(),
    quiet: QuietOption = False,
) -> None:
    """Make a landing folder with a first example, a warehouse, settings and a query. Overwrites nothing."""
    begun = [folder / name for name in ("landing", "warehouse", "casebook.env", "first.sql")]
    require_makeable(folder.absolute(), "folder")
    for path in begun:
        if os.path.lexists(path):
            raise CasebookError(f"{printable(str(path))} is there already: nothing was made. Begin in an empty folder.")
    if not EXAMPLE.is_dir():
        raise CasebookError(f"The example is missing from {EXAMPLE.parent}: start from a copy of the whole project.")
    try:
        _make(folder, *begun)
    except OSError as error:
        raise CasebookError(
            f"{printable(str(folder))} cannot be made a folder to begin in: {error.strerror}."
        ) from None
    if quiet:
        say(str(folder.absolute()))
    else:
        _say_next(folder)


def _make(folder: Path, landing: Path, warehouse: Path, settings: Path, query: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(EXAMPLE, landing / "example")
    shutil.copy(MARK, landing / "example")
    Warehouse(warehouse.absolute()).make()
    places = {"landing": landing, "warehouse": warehouse}
    quoted = {name: shlex.quote(str(path.absolute())) for name, path in places.items()}
    settings.write_bytes(os.fsencode(SETTINGS.format_map(quoted)))
    query.write_text(FIRST_QUERY, encoding="utf-8")


def _say_next(folder: Path) -> None:
    lines = [
        f"Made in {folder.absolute()}: landing/ with the deliveries of an invented inspection, warehouse/,",
        "casebook.env and first.sql. Go on there with:",
        "    set -a; . ./casebook.env; set +a",
        "    casebook nightly               (a minute or two)",
        "    casebook query -f first.sql",
        "    casebook open",
        "Before deliveries of your own come: begin in another folder, or remove landing/example and warehouse first.",
    ]
    for line in lines:
        say(line)


def open_(
    sight: Annotated[
        Sight,
        typer.Argument(
            parser=one_of(Sight), autocompletion=lambda: list(Sight), metavar="WHAT", help="site, notebook or ui."
        ),
    ] = Sight.SITE,
    warehouse: WarehouseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Open the pages of the publication, a notebook on it, or DuckDB's own page for queries.

    site: in the browser; no server is needed. notebook: marimo edits casebook_notebook.py in this folder, which is made
    where it is missing. ui: DuckDB's UI, where its extension is installed; the page itself comes from ui.duckdb.org.
    """
    where = warehouse_at(warehouse)
    file = current_file(where)
    if sight == Sight.SITE:
        _open_site(where)
    elif sight == Sight.NOTEBOOK:
        _open_notebook(where)
    else:
        _open_ui(file)


def _open_site(where: Warehouse) -> None:
    page = where.current / "site" / "index.html"
    if not page.is_file():
        raise CasebookError(f"The publication has no pages: {page} is missing.")
    say(page.as_uri())
    if not webbrowser.open(page.as_uri()):
        note("No browser could be started here: open the address above in one.")


def _open_notebook(where: Warehouse) -> None:
    if importlib.util.find_spec("marimo") is None:
        raise CasebookError("marimo is not installed: pip install marimo, or open the file with another tool.")
    notebook = Path("casebook_notebook.py")
    try:
        if not notebook.exists():
            shutil.copyfile(NOTEBOOK, notebook)
    except OSError as error:
        raise CasebookError(f"{notebook.absolute()} cannot be written: {error.strerror}.") from None
    say(f"Editing {notebook.absolute()}; Ctrl-C ends it.")
    command = [sys.executable, "-m", "marimo", "edit", "--skip-update-check", str(notebook)]
    os.execve(sys.executable, command, os.environ | {"CASEBOOK_WAREHOUSE": str(where.root)})  # noqa: S606


def _open_ui(file: Path) -> None:
    with duckdb.connect() as connection:
        installed = "select 1 from duckdb_extensions() where extension_name = 'ui' and installed"
        if not connection.execute(installed).fetchall():
            raise CasebookError(
                "DuckDB's UI is not installed: `install ui` in DuckDB downloads it; `casebook query` needs none."
            )
        try:
            connection.execute(f"attach {sql_text(str(file))} as casebook (read_only)")
            connection.execute("load ui")
            connection.execute("call start_ui()")
        except duckdb.Error as error:
            raise CasebookError(f"DuckDB's UI cannot be started: {first_line(error)}") from None
        say("DuckDB's UI is open in the browser; Ctrl-C ends it.")
        signal.pause()
