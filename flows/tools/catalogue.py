"""The catalogue: what every table and column means, and how the tables hang together (`make docs`).

`target/static_index.html` is dbt's own documentation, one file that needs no server. It is made from an empty warehouse
built for it, so it needs no deliveries, disturbs no night and shows no row of anyone's. `docs/reference/tables.md`
lists the tables that analysts read, with their keys, and has entity diagrams of them, drawn by dbterd from dbt's tests.
The exposures are written first, so that the catalogue has them.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from dbterd.adapters.targets.mermaid import MermaidAdapter
from dbterd.core import models as dbterd

from flows.base.errors import TransformFailed
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.tools import exposures, lineage
from flows.warehouse.dbt import run_dbt
from flows.warehouse.published_tables import key_of

PAGE = PROJECT / "docs" / "reference" / "tables.md"
MARK = "<!-- From here on written by `make docs` from the models. -->\n"
SITE = PROJECT / "target" / "static_index.html"

PARTS = {
    "common": "Areas, measures and dates",
    "inspection": "Inspections: frameworks, cases and judgements",
    "scores": "Inspections: scores",
    "comparison": "Inspections: scores compared",
    "report": "Inspections: what else a report prints",
    "performance": "Performance",
    "wide": "Figures with their names",
    "ops": "Operations",
}
"""Headings of the page in order, by the part that a mart names in its meta, or else by its folder."""

ZERO_OR_MORE_TO_ONE = "01"
"""dbterd's name for: each row refers to one, to which any number of rows may refer."""

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table of the warehouse. part: of the page that has it, a name of `PARTS`. key: its primary key as its
    description states it. types: of its columns, by name.
    """

    node: str
    name: str
    part: str
    about: str
    key: tuple[str, ...]
    types: dict[str, str]


@dataclass(frozen=True, order=True)
class Reference:
    """Rows of one table name a row of another by these columns, and a test holds that it is there."""

    child: str
    parent: str
    columns: tuple[str, ...]


def main() -> None:
    """Write the catalogue, the pages of tables and of lineage, and the exposures.

    Errors: TransformFailed where the models cannot be built.
    """
    exposures.write()
    warehouse = Warehouse(PROJECT / "target" / "catalogue")
    shutil.rmtree(warehouse.root, ignore_errors=True)
    warehouse.make()
    warehouse.connect().close()
    _dbt(warehouse, "build", "--empty", "--exclude-resource-type", "test", "unit_test")
    _dbt(warehouse, "docs", "generate", "--static")
    SITE.write_text(without_places((warehouse.dbt_target / SITE.name).read_text(encoding="utf-8")), encoding="utf-8")
    manifest = json.loads((warehouse.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    by_hand, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(by_hand + MARK + page(manifest), encoding="utf-8")
    lineage.PAGE.write_text(lineage_page(manifest), encoding="utf-8")
    shutil.rmtree(warehouse.root)


def _dbt(warehouse: Warehouse, *arguments: str) -> None:
    result = run_dbt(warehouse, list(arguments))
    if not result.success:
        raise TransformFailed(f"dbt {arguments[0]} failed: {result.exception or 'see its messages'}")


def without_places(text: str) -> str:
    """The text without the folders of the machine that made it."""
    for place in (f"{PROJECT}/target/catalogue/restricted/dbt", str(PROJECT)):
        text = text.replace(f"{place}/", "").replace(place, ".")
    return text


def page(manifest: Manifest) -> str:
    """The tables that analysts read, a part after the other: entity diagram, keys and what each holds."""
    by_node = {table.node: table for table in tables(manifest)}
    references = sorted(_references(manifest, by_node))
    parts = []
    for part, heading in PARTS.items():
        own = [table for table in by_node.values() if table.part == part]
        drawn = [reference for reference in references if by_node[reference.child] in own]
        parts.append(f"\n## {heading}\n{diagram(by_node, drawn)}\n{_listed(own)}" if own else "")
    return "".join(parts)


def lineage_page(manifest: Manifest) -> str:
    """Where the tables that analysts read come from and who reads them, a part after the other."""
    found = tables(manifest)
    parts = {heading: [table.node for table in found if table.part == part] for part, heading in PARTS.items()}
    return lineage.page(manifest, {heading: nodes for heading, nodes in parts.items() if nodes})


def tables(manifest: Manifest) -> list[Table]:
    """The tables that analysts read and models build, in order of their names."""
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    found = [_table(node) for node in models if node["schema"] in {"marts", "ops"}]
    return sorted(found, key=lambda table: table.name)


def diagram(by_node: dict[str, Table], references: list[Reference]) -> str:
    """The tables that the references are between, with their keys and those columns alone, as a Mermaid diagram."""
    if not references:
        return ""
    nodes = sorted({node for reference in references for node in (reference.child, reference.parent)})
    entities = [_entity(by_node[node], references) for node in nodes]
    # dbterd writes names in capitals; ours are written as they are queried.
    drawn = re.sub(
        r'"[^"]+"',
        lambda name: name[0].lower(),
        MermaidAdapter().build_erd(entities, [_relation(by_node, reference) for reference in references]),
    )
    # Top down, facts of many tables would stand in one row too wide to read.
    drawn = drawn.replace("erDiagram\n", "erDiagram\n  direction LR\n", 1)
    return f"\n```mermaid\n{drawn.rstrip()}\n```\n"


def _entity(table: Table, references: list[Reference]) -> dbterd.Table:
    shown = {column for reference in references if table.node == reference.child for column in reference.columns}
    columns = [
        dbterd.Column(name=name, data_type=type_, is_primary_key=name in table.key)
        for name, type_ in table.types.items()
        if name in shown or name in table.key
    ]
    schema, _, name = table.name.partition(".")
    return dbterd.Table(name=name, database="", schema=schema, columns=columns)


def _relation(by_node: dict[str, Table], reference: Reference) -> dbterd.Ref:
    ends = [by_node[node].name.partition(".")[2] for node in (reference.parent, reference.child)]
    return dbterd.Ref(
        name="",
        table_map=(ends[0], ends[1]),
        column_map=(list(reference.columns), list(reference.columns)),
        type=ZERO_OR_MORE_TO_ONE,
        relationship_label=f'"{",".join(reference.columns)}"',
    )


def _listed(own: list[Table]) -> str:
    rows = "".join(f"| `{table.name}` | {', '.join(table.key)} | {table.about} |\n" for table in own)
    return f"| table | key | what it holds |\n| --- | --- | --- |\n{rows}"


def _table(node: dict[str, Any]) -> Table:
    about, _, _ = " ".join(node["description"].split()).partition(". ")
    return Table(
        node=node["unique_id"],
        name=f"{node['schema']}.{node['alias']}",
        part=node["config"]["meta"].get("part") or PurePath(node["path"]).parent.name,
        about=f"{about}.",
        key=key_of(node["description"]),
        types={name: column["data_type"] for name, column in node["columns"].items()},
    )


def _references(manifest: Manifest, by_node: dict[str, Table]) -> Iterator[Reference]:
    for test in manifest["nodes"].values():
        kind = (test.get("test_metadata") or {}).get("name")
        if kind not in {"relationships", "references"} or test["attached_node"] not in by_node:
            continue
        asked = test["test_metadata"]["kwargs"]
        parents = [node for node in test["depends_on"]["nodes"] if node != test["attached_node"]]
        if parents and parents[0] in by_node:
            columns = asked.get("columns") or [asked["column_name"]]
            yield Reference(test["attached_node"], parents[0], tuple(columns))


if __name__ == "__main__":
    main()
