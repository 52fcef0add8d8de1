"""Published tables: which models of the last build readers get, with what dbt's manifest says of them."""

import json
import re
from dataclasses import dataclass
from typing import Any

import jinja2

from flows.base.night import Night

PUBLISHED_SCHEMAS = ("marts", "ops")


@dataclass(frozen=True)
class PublishedTable:
    """A table that is published: where it stands and what its readers are told.

    source: what it is copied from: a table, or files. restricted: columns of it stay behind. is_view: its rows stay in
    files beside the analysts' file. query: of a view over other published tables; empty for a table. may_shrink: fewer
    rows than the night before are good news, not a loss (rows held). from_history: it says what earlier nights
    published, so that it does not follow from the deliveries alone. free_texts: columns that hold what senders wrote; a
    view has those of its tables.
    """

    schema: str
    name: str
    source: str
    comment: str
    columns: dict[str, str]
    may_shrink: bool
    restricted: bool = False
    is_view: bool = False
    query: str = ""
    from_history: bool = False
    free_texts: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def declared_key(self) -> tuple[str, ...]:
        """The primary key that its file declares: of dimensions, whose indexes are small, but for that of cases."""
        return key_of(self.comment) if self.name.startswith("dim_") and not self.is_of_cases else ()

    @property
    def is_of_cases(self) -> bool:
        """Whether its rows are about single cases: the tables that grow with the caseload."""
        return "case_key" in self.columns


def key_of(description: str) -> tuple[str, ...]:
    """The columns that a description states to be the primary key."""
    key = re.search(r"[Kk]ey: (\w+(?:, \w+)*)[.;]", " ".join(description.split()))
    return tuple(key[1].split(", ")) if key else ()


def published_tables(night: Night) -> list[PublishedTable]:
    """Every model of the published schemas, from the manifest of the last build."""
    manifest = json.loads(night.warehouse.manifest.read_text(encoding="utf-8"))
    models = [
        _table(node, manifest["macros"])
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in PUBLISHED_SCHEMAS
    ]
    # A view comes after the tables that it is over.
    return sorted(models, key=lambda table: (bool(table.query), table.schema, table.name))


def _table(model: dict[str, Any], macros: dict[str, Any]) -> PublishedTable:
    meta, is_view = model["config"]["meta"], model["config"]["materialized"] == "view"
    columns = {
        name: column["description"]
        for name, column in model["columns"].items()
        if not column["config"]["meta"].get("restricted")
    }
    return PublishedTable(
        schema=model["schema"],
        name=model["alias"],
        source=f"{model['schema']}.{model['alias']}",
        comment=model["description"],
        columns=columns,
        query=_query(model, macros) if is_view else "",
        restricted=len(columns) < len(model["columns"]),
        may_shrink=bool(meta.get("may_shrink")),
        from_history=bool(meta.get("from_history")),
        free_texts=tuple(
            name for name in columns if not is_view and model["columns"][name]["config"]["meta"].get("free_text")
        ),
    )


def _query(model: dict[str, Any], macros: dict[str, Any]) -> str:
    """The query of a view over marts as the analysts' file has it: without the name of a database, so that the file can
    be attached under any."""
    source = "".join(macros[name]["macro_sql"] for name in model["depends_on"]["macros"]) + model["raw_code"]
    return jinja2.Template(source).render(ref=lambda name: f"marts.{name}").strip()
