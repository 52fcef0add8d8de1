"""Exposures: which marts each kind of page and workbook reads, so that dbt's lineage ends at what people see.

They follow from the queries of `figures/`; `make docs` writes them and a test compares.
"""

from collections.abc import Iterable
from typing import Any

import yaml

from figures import Figure, Kind, kinds
from figures.dictionary import tables_in
from flows.base.settings import PROJECT

MARTS = PROJECT / "models" / "marts"
PAGE = MARTS / "_marts__exposures.yml"
MARK = "# Written by `make docs` from figures/.\n"


def write() -> None:
    """Write the exposures."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The properties file of all exposures."""
    exposures = [exposure for kind in kinds() for exposure in exposures_of(kind)]
    return MARK + yaml.safe_dump({"version": 2, "exposures": exposures}, sort_keys=False, width=120)


def exposures_of(kind: Kind) -> list[dict[str, Any]]:
    """The exposures of a kind: its pages and its workbooks, where they read marts at all."""
    keys = [kind.query("pages")] if kind.keys else []
    both = [
        ("pages", "dashboard", [*keys, *_queries(kind, (*kind.on_page, *kind.for_scripts))]),
        ("workbooks", "analysis", [*keys, *_queries(kind, kind.in_workbook)] if kind.in_workbook else []),
    ]
    return [_exposure(kind, what, type_, marts) for what, type_, read in both if (marts := marts_in(read))]


def marts_in(queries: Iterable[str]) -> list[str]:
    """The models that queries read, by name. Tables of `ops` that the night itself writes are no models."""
    models = {path.stem for path in MARTS.rglob("*.sql")}
    read = {name.partition(".")[2] for query in queries for name in tables_in(query)}
    return sorted(read & models)


def _queries(kind: Kind, figures: Iterable[Figure]) -> list[str]:
    return [kind.query(figure.name) for figure in figures]


def _exposure(kind: Kind, what: str, type_: str, marts: list[str]) -> dict[str, Any]:
    return {
        "name": f"{what}_{kind.name}",
        "label": f"{kind.called} ({what})",
        "type": type_,
        "description": f"The figures that figures/{kind.name}/page.yml lists, as {what}.",
        "owner": {"name": "Casebook"},
        "depends_on": [f"ref('{mart}')" for mart in marts],
    }
