"""A warehouse with a small publication to cut releases from, and a stand-in for the figures of a release."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

import flows.release
from flows.base.warehouse_paths import ANALYST_FILE, PUBLIC_FILE, Warehouse, open_public
from flows.intake.case_key import check_value
from flows.release import check, draft, publish
from flows.release.noise import Secrets

RUN, LATER_RUN = "20060616T020000Z-0000", "20060617T020000Z-0000"
KEY = b"a key for the tests"
NOTES = "The first quarter.\n\nNothing was *revised*; 2004 and 2005 are as they were.\n"
FIRST, SECOND = "2006-q1", "2006-q2"
"""Names of releases."""

COUNTED = """
    select value, unnest(['2004/05', '2005/06']) as performance_year
    from (select count(*) as value from before.marts.fct_standard_case)"""


def build(
    publication: Path,
    target: Path,
    earlier: Sequence[Path],
    secrets: Secrets,
    revised_years: Sequence[str],
    **_: object,
) -> None:
    """Figures that are carried from the last release, or counted."""
    is_carried = bool(earlier) and not revised_years
    with open_public(target, read_only=False) as connection:
        connection.execute("create schema public")
        connection.execute(f"attach '{earlier[-1] if is_carried else publication}' as before (read_only)")
        query = "from before.public.fct_figure" if is_carried else COUNTED
        connection.execute(f"create table public.fct_figure as {query}")
        connection.execute("create table public.dim_area as select 'Bedfordshire' as area_name")


def publication(warehouse: Warehouse, run_id: str = RUN, cases: int = 30, is_staff: bool = True) -> Path:
    """Publish a file with so many cases. is_staff: not one from before the staff edition."""
    warehouse.make()
    folder = warehouse.published / run_id
    folder.mkdir(exist_ok=True)
    (folder / ANALYST_FILE).unlink(missing_ok=True)
    with duckdb.connect(str(folder / ANALYST_FILE)) as connection:
        connection.execute("create schema marts; create schema ops")
        if is_staff:
            connection.execute(f"create table marts.fct_standard_case as select range as case_key from range({cases})")
        connection.execute(
            "create table ops.publication as select ? as run_id, date '2006-06-15' as business_date, "
            "? as case_key_check, 10 as deliveries, 4 as invented_deliveries",
            [run_id, check_value(KEY)],
        )
        connection.execute(
            "create table ops.publication_table as select 'marts' as table_schema, 'fct_standard_case' as table_name, "
            f"'{cases}' as content_hash"
        )
    warehouse.current.unlink(missing_ok=True)
    warehouse.current.symlink_to(Path("published") / run_id)
    return folder


def notes(folder: Path, text: str = NOTES) -> Path:
    """A file with the notes of a release."""
    file = folder / "notes.md"
    file.write_text(text, encoding="utf-8")
    return file


def released(warehouse: Warehouse, name: str, revise: tuple[str, ...] = ()) -> Path:
    """Draft, check and publish a release; returns its folder."""
    draft.draft(warehouse, name, notes(warehouse.root.parent), revise=revise)
    check.check(warehouse, name)
    publish.publish(warehouse, name)
    return warehouse.releases / name


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def shown(folder: Path) -> int:
    with open_public(folder / PUBLIC_FILE) as connection:
        return int(connection.execute("select value from public.fct_figure").fetchall()[0][0])


def seen(warehouse: Warehouse) -> dict[str, bytes]:
    """What readers get of all releases: everything but what is hidden."""
    if not warehouse.releases.is_dir():
        return {}
    return {path: content for path, content in files(warehouse.releases).items() if not path.startswith(".")}


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """A warehouse with a publication; releases get small figures, one page and an attack that finds nothing.

    Figures are a module of their own, so that dbt is not loaded.
    """
    made = Warehouse(tmp_path / "warehouse")
    publication(made)
    made.key_file.write_bytes(KEY)
    figures = ModuleType("flows.release.figures")
    figures.build = build  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, figures.__name__, figures)
    monkeypatch.setattr(flows.release, "figures", figures, raising=False)
    monkeypatch.setattr(draft, "build_site", _one_page)
    monkeypatch.setattr(draft, "write_downloads", _one_table)
    monkeypatch.setattr(draft, "list_downloads", lambda _: None)
    attack(monkeypatch, "print('nothing is certain')")
    return made


def attack(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let this program be the attack."""
    monkeypatch.setattr(check, "ATTACK", [sys.executable, "-c", program])


def _one_page(public: Path, folder: Path) -> "Written":
    folder.mkdir()
    with open_public(public) as connection:
        (value,) = connection.execute("select value from public.fct_figure").fetchall()[0]
    (folder / "index.html").write_text(f"<p>{value}</p>", encoding="utf-8")
    return Written(pages=1)


def _one_table(public: Path, folder: Path) -> "Written":
    folder.mkdir()
    (folder / "fct_figure.csv").write_text("value\n", encoding="utf-8")
    return Written(tables=1)


@dataclass(frozen=True)
class Written:
    """What was written."""

    pages: int = 0
    tables: int = 0
    workbooks: int = 0
