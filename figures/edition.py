"""Editions: for whom pages and downloads are made, and from which schemas of which file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from flows.base.warehouse_paths import ANALYST_FILE, PUBLIC_FILE

MARTS = re.compile(r"\bmarts\.")
ALONE = re.compile(r" *-- (staff|public)$")
"""Ends a line of a query that is in one edition alone: a column that the other does not have."""


@dataclass(frozen=True)
class Edition:
    """Who may read it (banner) and which schemas its figures, table pages and downloads come from.

    key: its name in `page.yml`. file: that readers query. unit: what is made at a time, as pages call it. cited: what
    a unit is cited by. folder: of all units in a warehouse. checksum: of what it is. shorthand: that stands in its
    cells. brief: its banner in three words or so.
    """

    key: str
    name: str
    file: str
    schemas: tuple[str, ...]
    unit: str
    cited: str
    folder: str
    checksum: str
    shorthand: tuple[str, ...]
    brief: str
    banner: str

    def query(self, text: str) -> str:
        """The query of a figure, which is written on `marts`, on this edition's tables and without others' lines."""
        lines = ((line, ALONE.search(line)) for line in text.splitlines())
        own = [ALONE.sub("", line) for line, alone in lines if not alone or alone[1] == self.key]
        return MARTS.sub(f"{self.schemas[0]}.", "\n".join(own))

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
    folder="published",
    checksum="content of all tables",
    shorthand=("[p]", "[r]", "[u]", "[x]", "[z]"),
    brief="Not for publication",
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
    folder="releases",
    checksum=PUBLIC_FILE,
    shorthand=("[c]", "[high]", "[low]", "[p]", "[r]", "[x]", "[z]", "rough"),
    brief="Numbers are not exact",
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


def told_in(told: Any, edition: Edition, unless_told: Iterable[str] = EDITIONS) -> Any:
    """What a `page.yml` tells for an edition.

    What has `editions` is in these alone; everything else is in those of what it is part of, but that a figure must say
    that it is public. A mapping with an entry for each edition gives its entry.
    Errors: ValueError where `editions` names one that there is not.
    """
    if isinstance(told, list):
        return [told_in(each, edition) for each in told if is_in(each, edition, unless_told)]
    if not isinstance(told, dict):
        return told
    if told.keys() == EDITIONS.keys():
        return told[edition.key]
    return {
        key: told_in(value, edition, [STAFF.key] if key == "figures" else EDITIONS)
        for key, value in told.items()
        if key != "editions"
    }


def is_in(told: Any, edition: Edition, unless_told: Iterable[str] = (STAFF.key,)) -> bool:
    """Whether a kind, section, figure or column is in an edition, by its `editions`."""
    named = [*(told.get("editions", unless_told) if isinstance(told, dict) else unless_told)]
    if not named or not set(named) <= EDITIONS.keys():
        raise ValueError(f"editions: {named} are not of {', '.join(EDITIONS)}.")
    return edition.key in named
