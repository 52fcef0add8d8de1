"""Transform: dbt builds the restricted warehouse from raw, intake and seeds, a layer at a time.

dbt runs in this process, so that the project is parsed once a night. Every model is rebuilt, every figure tested;
seeds and unit tests, which know no deliveries, once for each version of the code. When files, date and code are
those of the last complete build, nothing is called.
"""

import hashlib
import logging
import os
from dataclasses import dataclass
from typing import Any

import duckdb

from flows.errors import TransformFailed
from flows.folders import Warehouse
from flows.night import Night
from flows.settings import PROJECT, Settings

LOG = logging.getLogger("casebook.transform")

LAYERS = {
    "seeds": "resource_type:seed",
    "staging": "path:models/staging",
    "intermediate": "path:models/intermediate",
    "marts": "path:models/marts",
}
"""What dbt selects for each layer, in the order of building."""

_BUILT = "built_from"
_TESTED = "tested_code"


@dataclass(frozen=True)
class Node:
    """What became of one seed, model or test. status: success, pass, warn, error, fail or skipped."""

    name: str
    kind: str
    status: str
    seconds: float
    message: str


@dataclass(frozen=True)
class Plan:
    """The layers to build with the parsed project. code_tested: this code's seeds and unit tests have passed before."""

    layers: tuple[str, ...]
    manifest: Any
    code_tested: bool


def needs_build(night: Night) -> bool:
    """Record the night's clock for the models; False if they were built from exactly this before."""
    with night.warehouse.connect() as connection:
        connection.execute("delete from intake.night")
        connection.execute("insert into intake.night values (?, ?)", [night.run_id, night.business_date])
        return _setting(connection, _BUILT) != _inputs(connection, night)


def prepare(night: Night) -> Plan:
    """What is to be built. Forgets that the warehouse was complete.

    Errors: TransformFailed where the project cannot be parsed.
    """
    with night.warehouse.connect() as connection:
        connection.execute("delete from intake.setting where name = ?", [_BUILT])
        code_tested = _setting(connection, _TESTED) == night.code_version
    parsed = _dbt(night.warehouse, ["parse"])
    if not parsed.success:
        raise TransformFailed(f"dbt could not parse the project: {parsed.exception}")
    layers = tuple(layer for layer in LAYERS if not (code_tested and layer == "seeds"))
    return Plan(layers, parsed.result, code_tested)


def build_layer(night: Night, layer: str, plan: Plan) -> list[Node]:
    """Build and test one layer.

    Errors: TransformFailed, naming the nodes that failed.
    """
    # Parsing has written the manifest; writing it again for every layer would cost seconds.
    arguments = ["build", "--no-write-json", "--select", LAYERS[layer], "--indirect-selection", "buildable"]
    if plan.code_tested:
        arguments += ["--exclude-resource-type", "unit_test"]
    result = _dbt(night.warehouse, arguments, plan.manifest)
    nodes = [_node(outcome) for outcome in getattr(result.result, "results", [])]
    failed = [node for node in nodes if node.status in {"error", "fail", "runtime error"}]
    if failed or not result.success:
        raise TransformFailed(_told(layer, failed, result.exception))
    LOG.info("transform: %s built, %s nodes", layer, len(nodes))
    return nodes


def complete(night: Night) -> None:
    """Remember what the warehouse was built from, now that every layer and test has passed."""
    with night.warehouse.connect() as connection:
        for name, value in ((_BUILT, _inputs(connection, night)), (_TESTED, night.code_version)):
            connection.execute("insert or replace into intake.setting values (?, ?)", [name, value])


def _setting(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    row = connection.execute("select value from intake.setting where name = ?", [name]).fetchone()
    return row[0] if row else None


def _inputs(connection: duckdb.DuckDBPyConnection, night: Night) -> str:
    files = connection.execute("select file_id, state from intake.file order by file_id").fetchall()
    return hashlib.sha256(repr((night.code_version, night.business_date, files)).encode()).hexdigest()


def _dbt(warehouse: Warehouse, arguments: list[str], manifest: Any = None) -> Any:
    settings = Settings()
    os.environ.update(
        CASEBOOK_DUCKDB=str(warehouse.database),
        CASEBOOK_TEMP=str(warehouse.temporary),
        CASEBOOK_THREADS=str(settings.threads),
        CASEBOOK_MEMORY=settings.memory,
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
    )
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT / "profiles")]
    outputs = ["--target-path", str(warehouse.dbt_target), "--log-path", str(warehouse.dbt_target)]
    try:
        return dbtRunner(manifest=manifest).invoke(["--quiet", "--log-level", "none", *arguments, *folders, *outputs])
    finally:
        # dbt keeps the database's lock after it returns.
        DuckDBConnectionManager.close_all_connections()


def _node(outcome: Any) -> Node:
    return Node(
        name=outcome.node.name,
        kind=str(outcome.node.resource_type),
        status=str(outcome.status),
        seconds=round(outcome.execution_time, 3),
        message=outcome.message or "",
    )


def _told(layer: str, failed: list[Node], exception: BaseException | None) -> str:
    if not failed:
        return f"dbt could not build {layer}: {exception}"
    first = "; ".join(f"{node.kind} {node.name}: {node.message.strip()}" for node in failed[:3])
    more = f" (and {len(failed) - 3} more)" if len(failed) > 3 else ""
    return f"{len(failed)} of the {layer} layer failed, so nothing is published: {first}{more}"
