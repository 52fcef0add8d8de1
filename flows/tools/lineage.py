"""Lineage: from which deliveries each table is made, and which pages, workbooks and metrics read it (`make docs`).

`docs/reference/lineage.md` follows from dbt's manifest. It is a page of the staff site as well: plain Markdown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flows.base.settings import PROJECT

PAGE = PROJECT / "docs" / "reference" / "lineage.md"
INTRO = """\
# Lineage

For each table that analysts read: the kinds of deliveries that it is made of, the pages that show it, here and in
releases, and the metrics that are asked of it. A delivery counts where a table depends on it in any way. A star
marks what stands in workbooks too. `make docs` writes this page from the models.

Contents: {contents}
"""
HEADS = ("table", "made of these deliveries", "shown on", "shown in releases on", "metrics")
EXPOSURE = re.compile(r"(?P<page>.+) \((?P<form>pages|workbooks)(?P<released> of releases)?\)")
"""Labels of exposures."""

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A table. deliveries: kinds of which it is made. shown, released: pages, with a star where workbooks show it."""

    table: str
    deliveries: tuple[str, ...]
    shown: tuple[str, ...]
    released: tuple[str, ...]
    metrics: tuple[str, ...]


def page(manifest: Manifest, parts: dict[str, list[str]]) -> str:
    """The whole page. parts: for each heading the unique ids of its tables, in order."""
    contents = " ·\n".join(f"[{heading}](#{_anchor(heading)})" for heading in parts)
    head = f"{_row(HEADS)}{_row(['---'] * len(HEADS))}"
    return INTRO.format(contents=contents) + "".join(
        f"\n## {heading}\n\n{head}{''.join(_written(line_of(manifest, node)) for node in nodes)}"
        for heading, nodes in parts.items()
    )


def line_of(manifest: Manifest, node: str) -> Line:
    """The lineage of a table by its unique id."""
    found = manifest["nodes"][node]
    sources = [manifest["sources"][name] for name in _above(manifest, node) if name in manifest["sources"]]
    readers = manifest["child_map"].get(node, [])
    labels = [manifest["exposures"][name]["label"] for name in readers if name in manifest["exposures"]]
    return Line(
        table=f"{found['schema']}.{found['alias']}",
        deliveries=_sorted(source["name"] for source in sources if source["source_name"] == "raw"),
        shown=_pages(labels, in_releases=False),
        released=_pages(labels, in_releases=True),
        metrics=_sorted(_metrics_on(manifest, readers)),
    )


def _pages(labels: Iterable[str], in_releases: bool) -> tuple[str, ...]:
    found = [label for each in labels if (label := EXPOSURE.fullmatch(each)) and bool(label["released"]) is in_releases]
    starred = {label["page"] for label in found if label["form"] == "workbooks"}
    return _sorted(f"{label['page']}*" if label["page"] in starred else label["page"] for label in found)


def _metrics_on(manifest: Manifest, readers: Iterable[str]) -> Iterable[str]:
    """The metrics that people ask, below the semantic models among the readers of a table."""
    left = [name for name in readers if name.startswith("semantic_model.")]
    while left:
        for name in manifest["child_map"].get(left.pop(), []):
            if name.startswith("metric."):
                left.append(name)
                if manifest["metrics"][name]["type"] != "simple":
                    yield manifest["metrics"][name]["name"]


def _above(manifest: Manifest, node: str) -> set[str]:
    """Everything that a node is made of, by unique id."""
    found: set[str] = set()
    left = [node]
    while left:
        parents = set(manifest["parent_map"].get(left.pop(), ())) - found
        found |= parents
        left += parents
    return found


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _written(line: Line) -> str:
    deliveries = ", ".join(f"`{kind}`" for kind in line.deliveries) or "none: reference data"
    metrics = ", ".join(f"`{metric}`" for metric in line.metrics)
    return _row([f"`{line.table}`", deliveries, ", ".join(line.shown), ", ".join(line.released), metrics])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _anchor(heading: str) -> str:
    return re.sub("[^a-z ]", "", heading.lower()).replace(" ", "-")
