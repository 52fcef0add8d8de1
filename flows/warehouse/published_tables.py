"""Published tables: which models of the last build readers get, with what dbt's manifest says of them."""

import json
from dataclasses import dataclass
from typing import Any

from flows.base.night import Night

PUBLISHED_SCHEMAS = ("marts", "ops")


@dataclass(frozen=True)
class PublishedTable:
    """A table that is published: where it stands and what its readers are told.

    source: what it is copied from: a table, or files. restricted: columns of it stay behind. is_view: its rows stay in
    files beside the analysts' file. may_shrink: fewer rows than the night before are good news, not a loss (rows
    held). from_history: it says what earlier nights published, so that it does not follow from the deliveries alone.
    free_texts: columns that hold what senders wrote.
    """

    schema: str
    name: str
    source: str
    comment: str
    columns: dict[str, str]
    may_shrink: bool
    restricted: bool = False
    is_view: bool = False
    from_history: bool = False
    free_texts: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def is_of_cases(self) -> bool:
        """Whether its rows are about single cases: the tables that grow with the caseload."""
        return "case_key" in self.columns


def published_tables(night: Night) -> list[PublishedTable]:
    """Every model of the published schemas, from the manifest of the last build."""
    manifest = json.loads(night.warehouse.manifest.read_text(encoding="utf-8"))
    models = [
        _table(node)
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in PUBLISHED_SCHEMAS
    ]
    return sorted(models, key=lambda table: (table.schema, table.name))


def _table(model: dict[str, Any]) -> PublishedTable:
    meta = model["config"]["meta"]
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
        restricted=len(columns) < len(model["columns"]),
        may_shrink=bool(meta.get("may_shrink")),
        from_history=bool(meta.get("from_history")),
        free_texts=tuple(name for name in columns if model["columns"][name]["config"]["meta"].get("free_text")),
    )
