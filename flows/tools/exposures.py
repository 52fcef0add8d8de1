"""Exposures: which models each kind of page and workbook reads, so that dbt's lineage ends at what people see.

They follow from the queries of `figures/`, in both editions; `make docs` writes them and a test compares.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import yaml

from figures import Figure, Kind, kinds
from figures.dictionary import SCHEMAS, tables_in
from figures.edition import EDITIONS, PUBLIC
from flows.base.settings import PROJECT

MODELS = PROJECT / "models"
PAGE = MODELS / "marts" / "_marts__exposures.yml"
MARK = "# Written by `make docs` from figures/.\n"


def write() -> None:
    """Write the exposures."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The properties file of all exposures."""
    of_all = [kind for edition in EDITIONS.values() for kind in kinds(edition)]
    exposures = [exposure for kind in of_all for exposure in exposures_of(kind)]
    return MARK + yaml.safe_dump({"version": 2, "exposures": exposures}, sort_keys=False, width=120)


def exposures_of(kind: Kind) -> list[dict[str, Any]]:
    """The exposures of a kind: its pages and its workbooks, where they read models at all."""
    both = [
        ("pages", "dashboard", queries(kind, (*kind.on_page, *kind.for_scripts))),
        ("workbooks", "analysis", queries(kind, kind.in_workbook) if kind.in_workbook else []),
    ]
    return [_exposure(kind, what, type_, read) for what, type_, asked in both if (read := models_in(asked))]


def queries(kind: Kind, figures: Iterable[Figure]) -> list[str]:
    """The queries of figures of a kind, with the one that lists its pages."""
    return [*([kind.query("pages")] if kind.keys else []), *(kind.query(figure.name) for figure in figures)]


def models_in(asked: Iterable[str]) -> list[str]:
    """The models that queries read, by name. Tables that nights and releases themselves write are no models."""
    read = {table for query in asked for table in tables_in(query)}
    return sorted({model for table in read if (model := _models().get(table))})


@cache
def _models() -> dict[str, str]:
    """The models that readers get, by their tables. A release has models of its own, and copies of marts."""
    marts = {f"{schema}.{path.stem}": path.stem for path in PAGE.parent.rglob("*.sql") for schema in SCHEMAS}
    public = (path.stem for path in (MODELS / "public").glob("public_*.sql"))
    return marts | {name.replace("_", ".", 1): name for name in public}


def _exposure(kind: Kind, what: str, type_: str, models: list[str]) -> dict[str, Any]:
    name, called = f"{what}_{kind.name}", f"{kind.called} ({what})"
    if kind.edition == PUBLIC:
        name, called = f"release_{name}", f"{kind.called} ({what} of releases)"
    return {
        "name": name,
        "label": called,
        "type": type_,
        "description": f"The figures that figures/{kind.name}/page.yml lists, as {what}.",
        "owner": {"name": "Casebook"},
        "depends_on": [f"ref('{model}')" for model in models],
    }
