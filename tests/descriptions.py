"""What is missing in the descriptions of a dbt manifest."""

import re
from collections.abc import Collection, Mapping
from typing import Any

Columns = Mapping[tuple[str, str], Collection[str]]
"""Columns of each table that is there, by its schema and name."""

SAYS_NO_MORE = set(
    re.findall(r"\w+", "a an as at by date every false in is it its no number null of on one or row text that the true")
)


def undescribed(manifest: Mapping[str, Any], there: Columns) -> list[str]:
    """Tables that nothing declares, columns that are there and not declared, and what is declared but not described."""
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    declared = {
        (node["schema"], node.get("alias") or node["name"]): node
        for node in nodes
        if node["resource_type"] in {"model", "seed", "source"}
    }
    wrong = [f"{schema}.{name} is not declared" for schema, name in sorted(there.keys() - declared.keys())]
    for table, node in sorted(declared.items()):
        name = ".".join(table)
        described = {column: said["description"] for column, said in node["columns"].items()}
        wrong += [f"{name} has no description"] * (not node["description"].strip())
        wrong += [f"{name}.{column} is not declared" for column in there.get(table, ()) if column not in described]
        wrong += [f"{name}.{column}: {text!r}" for column, text in described.items() if says_nothing(column, text)]
    return wrong


def says_nothing(column: str, text: str) -> bool:
    """The text is empty, or says no more than the column's name and that it is a column of some type."""
    name = set(column.split("_"))
    return not {word for word in re.findall(r"\w+", text.lower()) if word not in SAYS_NO_MORE | name}
