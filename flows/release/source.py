"""The publication that a release is cut from: what must be in it, and whether it is still what it was."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from figures.read import PUBLICATION
from flows.base.errors import CannotRelease
from flows.base.render_cache import digest
from flows.base.warehouse_paths import ANALYST_FILE, Warehouse
from flows.publish import publish
from flows.publish.publication import reading
from flows.release.manifest import Release

COUNTED_FROM = "fct_standard_case"
"""The table of single cases that releases count from; publications from before the staff edition lack it."""

CONTENT = "select table_schema, table_name, content_hash from ops.publication_table order by all"
ERASURES = "select made_again_at, reason from ops.erasure order by all"


@dataclass(frozen=True)
class Source:
    """A publication. content: changes with anything in it, so also when it is made again after an erasure.

    key_check: of the key that its cases were hashed with. invented: how many of its deliveries are: none, some or all.
    """

    file: Path
    run_id: str
    business_date: date
    key_check: str
    invented: str
    content: str


def source_of(warehouse: Warehouse, run_id: str | None) -> Source:
    """A publication to draft from, by default the one that readers get.

    Errors: CannotRelease where it is from before the staff edition; NothingPublished, PublicationDamaged.
    """
    run = run_id or publish.current_run(warehouse)
    file = publish.kept_file(warehouse, run)
    with reading(file) as connection:
        if not _has(connection, "marts", COUNTED_FROM):
            raise CannotRelease(
                f"The publication {run} is from before the staff edition: it has no marts.{COUNTED_FROM}, from which "
                "releases are counted. Run a night (casebook nightly) and draft from its publication."
            )
        (found,) = connection.execute(PUBLICATION).fetchall()
        (key_check,) = connection.execute("select case_key_check from ops.publication").fetchall()[0]
        return Source(file, run, found[1], key_check, _extent(found[2], found[3]), _content(connection))


def require_unchanged(warehouse: Warehouse, draft: Release, content: str) -> None:
    """Errors: CannotRelease where the publication that a draft was cut from is gone, or was made again."""
    again = f"Draft {draft.name} again: casebook release draft {draft.name} --notes FILE."
    if draft.run_id not in publish.publications(warehouse):
        raise CannotRelease(
            f"The publication {draft.run_id}, from which {draft.name} was cut, is no longer kept: it was removed by an "
            f"erasure, or is older than publications are kept. {again}"
        )
    with reading(warehouse.published / draft.run_id / ANALYST_FILE) as connection:
        if _content(connection) != content:
            raise CannotRelease(
                f"The publication {draft.run_id}, from which {draft.name} was cut, was made again after an erasure: "
                f"what was erased must not be in a release. {again}"
            )


def _content(connection: duckdb.DuckDBPyConnection) -> str:
    erasures = connection.execute(ERASURES).fetchall() if _has(connection, "ops", "erasure") else []
    return digest(connection.execute(CONTENT).fetchall(), erasures)


def _has(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    found = connection.execute(
        "select 1 from information_schema.tables where table_schema = ? and table_name = ?", [schema, table]
    )
    return bool(found.fetchall())


def _extent(deliveries: int, invented: int) -> str:
    if not invented:
        return "none"
    return "some" if invented < deliveries else "all"
