"""Nodes: the outcome of a seed, model or test in dbt, and the failure that the night makes of it."""

import re
from dataclasses import dataclass
from typing import Any

from flows.base.errors import Failure
from flows.base.machine_errors import NO_PERMISSION, NO_SPACE, OF_THE_MACHINE
from flows.base.night import Night

NOT_OF_DATA = ("IO Error", "INTERRUPT Error", *OF_THE_MACHINE, *NO_SPACE, *NO_PERMISSION)
"""What an error says that no delivery is the cause of."""

ERROR_KIND = re.compile(r"\b[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)* Error\b(?<!Runtime Error)(?<!Database Error)")


@dataclass(frozen=True)
class Node:
    """What became of one seed, model or test. status: success, pass, warn, error, fail or skipped.

    table: of a seed or model, with its schema. rows: found by a test that failed. query: as dbt ran it.
    """

    name: str
    table: str
    kind: str
    status: str
    seconds: float
    message: str
    rows: int | None = None
    query: str = ""

    @property
    def failed(self) -> bool:
        """Whether it stops the night."""
        return self.status in {"error", "fail", "runtime error"}


def node_of(outcome: Any) -> Node:
    """What became of a node, from what dbt returned."""
    return Node(
        name=outcome.node.name,
        table=table_of(outcome.node),
        kind=str(outcome.node.resource_type),
        status=str(outcome.status),
        seconds=round(outcome.execution_time, 3),
        message=outcome.message or "",
        rows=getattr(outcome, "failures", None),
        query=getattr(outcome.node, "compiled_code", None) or "",
    )


def failure_of(night: Night, node: Node) -> Failure:
    """The failure that a failed node makes. An error may quote a cell, so no more than its kind goes further."""
    if node.status == "fail":
        sentence = f"With it the data test {node.name} fails ({node.rows or 0:,} found)."
    else:
        kind = next(iter(ERROR_KIND.findall(node.message)), "an error")
        sentence = f"With it the {'data test' if node.kind == 'test' else node.kind} {node.name} stops with: {kind}."
    return Failure(
        rule=node.name,
        table=node.table,
        sentence=sentence,
        from_data=node.kind in {"model", "test"} and not any(sign in node.message for sign in NOT_OF_DATA),
        rows=node.rows if node.status == "fail" else None,
        query=node.query if node.status == "fail" else "",
        database=night.warehouse.database,
    )


def table_of(node: Any) -> str:
    """The table of a node of dbt, with its schema. A unit test that was skipped has none and stands under its name."""
    return f"{node.schema}.{getattr(node, 'alias', node.name)}"
