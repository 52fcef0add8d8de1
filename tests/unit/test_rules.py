"""What holds of the models themselves, without deliveries: their unit tests, their keys and where they are listed.

Nights leave unit tests out. dbt runs all of them here in one call, on tables that it builds without rows.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from flows.base.warehouse_paths import Warehouse
from flows.recover.replay import temporary_warehouse
from flows.tools import catalogue
from flows.warehouse.dbt import run_dbt
from flows.warehouse.nodes import Node, node_of
from tests.conftest import OUTCOMES
from tests.metrics import Metrics

Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def warehouse(empty: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Every table without rows."""
    return Warehouse(shutil.copytree(empty.root, tmp_path_factory.mktemp("rules") / "warehouse"))


@pytest.fixture(scope="module")
def project(warehouse: Warehouse) -> Any:
    """The parsed project; the manifest is beside it in the warehouse."""
    return run_dbt(warehouse, ["parse"]).result


@pytest.fixture(scope="module")
def nodes(empty: Warehouse) -> list[Node]:
    """Every seed, model and unit test, when the tables were built."""
    return [Node(**each) for each in json.loads((empty.root.parent / OUTCOMES).read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def manifest(warehouse: Warehouse, project: Any) -> Manifest:
    assert project
    found: Manifest = json.loads(warehouse.manifest.read_text(encoding="utf-8"))
    return found


def outcomes(warehouse: Warehouse, project: Any, *arguments: str) -> list[Node]:
    """What became of each node of a call of dbt."""
    return [node_of(one) for one in run_dbt(warehouse, ["--no-write-json", *arguments], project).result.results]


def test_what_was_parsed_is_not_parsed_again_for_a_copy_of_the_warehouse_elsewhere(
    warehouse: Warehouse, project: Any, tmp_path: Path
) -> None:
    assert project
    copied = Warehouse(tmp_path)
    shutil.copytree(warehouse.dbt_target, copied.dbt_target)
    assert parsed_again(copied) == 0


def test_what_was_parsed_is_not_parsed_again_for_a_replay(warehouse: Warehouse, project: Any) -> None:
    assert project
    with temporary_warehouse(warehouse) as temporary:
        assert parsed_again(temporary) == 0


def parsed_again(warehouse: Warehouse) -> int:
    """How many files of the project dbt parses for a warehouse."""
    run_dbt(warehouse, ["parse"])
    took = json.loads((warehouse.dbt_target / "perf_info.json").read_text(encoding="utf-8"))
    assert took["path_count"] > 100
    return int(took["parsed_path_count"])


def test_every_rule_does_what_its_unit_tests_say(nodes: list[Node]) -> None:
    assert len([node for node in nodes if node.kind == "unit_test"]) > 100
    assert [f"{node.name}: {node.message}" for node in nodes if node.status not in {"success", "pass"}] == []
    assert len([node for node in nodes if node.kind == "unit_test"]) > 100


def test_a_selection_of_nothing_is_an_error_though_dbt_only_warns(warehouse: Warehouse, project: Any) -> None:
    result = run_dbt(warehouse, ["build", "--no-write-json", "--select", "no_such_model"], project)
    assert (result.success, "does not match" in str(result.exception)) == (False, True)


def test_every_metric_can_be_asked_of_the_tables_that_are_built(warehouse: Warehouse, project: Any) -> None:
    assert project
    metrics = Metrics(warehouse.dbt_target / "semantic_manifest.json", warehouse.database)
    assert {name for name in metrics.names if metrics.ask(name).keys() - {()}} == set()
    assert {"performance", "pooled_score"} <= set(metrics.names)


def test_every_mart_has_its_key_tested(manifest: Manifest) -> None:
    assert len(catalogue.tables(manifest)) > 50
    assert untested_keys(manifest) == []


def test_a_mart_without_a_test_of_its_key_is_found(manifest: Manifest) -> None:
    def is_of_themes(node: Mapping[str, Any]) -> bool:
        return str(node.get("attached_node")).endswith(".fct_theme_score")

    left = {name: node for name, node in manifest["nodes"].items() if not is_of_themes(node)}
    assert untested_keys({**manifest, "nodes": left}) == ["marts.fct_theme_score"]


def test_two_rows_with_one_key_are_found(warehouse: Warehouse, project: Any) -> None:
    with warehouse.connect() as connection:
        connection.execute(
            "insert into ops.quarantine_row (file_id, row_number, reasons) values (1, 2, []), (1, 2, [])"
        )
    found = outcomes(warehouse, project, "test", "--select", "quarantine_row,test_name:unique_combination")
    assert [(node.status, node.rows) for node in found] == [("fail", 1)]


def test_every_mart_is_in_a_part_of_the_page_of_tables(manifest: Manifest) -> None:
    assert {table.part for table in catalogue.tables(manifest)} == catalogue.PARTS.keys()


def untested_keys(manifest: Manifest) -> list[str]:
    """The marts that state no key, or one that no test holds."""
    tested = {(node, frozenset(columns)) for node, columns in _unique_columns(manifest)}
    marts = catalogue.tables(manifest)
    return [table.name for table in marts if not table.key or (table.node, frozenset(table.key)) not in tested]


def _unique_columns(manifest: Manifest) -> list[tuple[str, list[str]]]:
    """The model and columns of each test of a key."""
    tests = [node for node in manifest["nodes"].values() if node.get("test_metadata")]
    return [
        (test["attached_node"], metadata["kwargs"].get("columns") or [metadata["kwargs"]["column_name"]])
        for test in tests
        if (metadata := test["test_metadata"])["name"] in {"unique", "unique_combination"}
    ]
