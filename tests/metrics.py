"""Metrics asked as `mf query` asks them: MetricFlow writes the SQL, DuckDB answers it."""

import json
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

from flows.base.warehouse_paths import sql_text

Values = dict[tuple[Any, ...], Any]
"""One value by what it is of."""


class Metrics:
    """The metrics of a semantic manifest, asked of a file of the warehouse. sql: a query of the same file."""

    def __init__(self, manifest: Path, file: Path) -> None:
        parsed = parse_manifest_from_dbt_generated_manifest(manifest.read_text(encoding="utf-8"))
        writer = SimpleNamespace(sql_engine_type=SqlEngine.DUCKDB, sql_plan_renderer=DuckDbSqlPlanRenderer())
        self._engine = MetricFlowEngine(SemanticManifestLookup(parsed), cast(Any, writer))
        self._name, self._file = _database_of(manifest), file

    @property
    def names(self) -> list[str]:
        """Every metric."""
        return [metric.name for metric in self._engine.list_metrics()]

    def ask(self, metric: str, group_by: str = "", where: str = "") -> Values:
        """The values of a metric, by what it is grouped by, in that order. Spelled as for `mf query`."""
        groups = group_by.split(",") if group_by else []
        asked = MetricFlowQueryRequest.create(
            metric_names=[metric], group_by_names=groups, where_constraints=[where] if where else None
        )
        found = self._rows(self._engine.explain(asked).sql_statement.sql)
        return {tuple(row[name] for name in groups): row[metric] for row in found}

    def sql(self, query: str) -> Values:
        """The last column of a query, by the columns before it."""
        rows = [tuple(row.values()) for row in self._rows(query)]
        return {row[:-1]: row[-1] for row in rows}

    def _rows(self, sql: str) -> list[dict[str, Any]]:
        with duckdb.connect() as connection:
            connection.execute(f"attach {sql_text(str(self._file))} as {self._name} (read_only)")
            connection.execute(f"use {self._name}")
            answer = connection.execute(sql)
            names = [column[0] for column in answer.description]
            return [dict(zip(names, map(_day, row), strict=True)) for row in answer.fetchall()]


def _day(cell: Any) -> Any:
    return cell.date() if isinstance(cell, datetime) else cell


def _database_of(manifest: Path) -> str:
    models = json.loads(manifest.read_text(encoding="utf-8"))["semantic_models"]
    (name,) = {model["node_relation"]["database"] for model in models}
    return str(name)
