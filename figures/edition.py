"""Editions: for whom pages and downloads are made, and from which schemas of which file."""

import re
from dataclasses import dataclass
from typing import Any

import duckdb

from flows.base.warehouse_paths import ANALYST_FILE, PUBLIC_FILE

MARTS = re.compile(r"\bmarts\.")


@dataclass(frozen=True)
class Edition:
    """Who may read it (banner) and which schemas its figures, table pages and downloads come from.

    key: its name in `page.yml`. file: that readers query. unit: what is made at a time, as pages call it. cited: what
    a unit is cited by.
    """

    key: str
    name: str
    file: str
    schemas: tuple[str, ...]
    unit: str
    cited: str
    banner: str

    def query(self, text: str) -> str:
        """The query of a figure, which is written on `marts`, on this edition's tables."""
        return MARTS.sub(f"{self.schemas[0]}.", text)

    def document(self, path: str) -> str:
        """The file with the text of a document (`<name>.md`): `<name>.<edition>.md` in an edition with its own."""
        return path if self is STAFF else path.removesuffix(".md") + f".{self.key}.md"


STAFF = Edition(
    key="staff",
    name="Staff",
    file=ANALYST_FILE,
    schemas=("marts", "ops"),
    unit="publication",
    cited="run id",
    banner="Exact figures, also of few people. For people with access to this warehouse; not for publication.",
)
"""What every night makes. Nothing is published for everyone until a release is cut from it on purpose."""

PUBLIC = Edition(
    key="public",
    name="Public",
    file=PUBLIC_FILE,
    schemas=("public",),
    unit="release",
    cited="name",
    banner=(
        "Figures for everyone. Numbers of people are rounded or changed a little at random, so that nobody can be "
        "recognised: parts need not add up to their total."
    ),
)
"""What `casebook release` cuts from a publication on purpose."""

EDITIONS = {edition.key: edition for edition in (STAFF, PUBLIC)}


def edition_of(connection: duckdb.DuckDBPyConnection) -> Edition:
    """The edition of the file that is open: the public one has no schema `marts`."""
    found = connection.execute("select 1 from duckdb_schemas() where schema_name = 'marts' limit 1").fetchall()
    return STAFF if found else PUBLIC


def told_in(told: Any, edition: Edition) -> Any:
    """What a `page.yml` tells for an edition.

    What has `editions` is in these alone, everything else in all. A mapping with one entry for each edition gives its
    entry. Errors: ValueError where `editions` names one that there is not.
    """
    if isinstance(told, list):
        return [told_in(each, edition) for each in told if is_in(each, edition)]
    if not isinstance(told, dict):
        return told
    if told.keys() == EDITIONS.keys():
        return told[edition.key]
    return {key: told_in(value, edition) for key, value in told.items() if key != "editions"}


def is_in(told: Any, edition: Edition) -> bool:
    """Whether a kind, section, figure or column is in an edition, by its `editions`."""
    named = told.get("editions", [*EDITIONS]) if isinstance(told, dict) else [*EDITIONS]
    unknown = [name for name in named if name not in EDITIONS]
    if unknown or not named:
        raise ValueError(f"editions: {named} are not of {', '.join(EDITIONS)}.")
    return edition.key in named
