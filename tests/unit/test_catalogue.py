"""The page of tables follows from the models, and a check on descriptions finds what is missing."""

from typing import Any

import pytest

from flows.base.settings import PROJECT
from flows.tools import catalogue
from tests.descriptions import says_nothing, undescribed


def node(name: str, schema: str = "marts", **more: Any) -> dict[str, Any]:
    """A model with a key of its own, as a manifest has it."""
    return {
        "resource_type": "model",
        "unique_id": f"model.{name}",
        "schema": schema,
        "alias": name,
        "path": f"{schema}/inspection/{name}.sql",
        "config": {"meta": {}},
        "description": f"Rows of {name}.\nGrain and primary key: {name}_id. More.",
        "columns": {
            f"{name}_id": {"data_type": "string", "description": "What names a row."},
            "score": {"data_type": "double", "description": "From 0 to 1."},
        },
        **more,
    }


def reference(child: str, parent: str, **asked: Any) -> dict[str, Any]:
    """A test that rows of the one are found in the other."""
    return {
        "resource_type": "test",
        "test_metadata": {"name": "references" if "columns" in asked else "relationships", "kwargs": asked},
        "attached_node": child,
        "depends_on": {"nodes": sorted([child, parent])},
    }


def manifest(*nodes: dict[str, Any]) -> dict[str, Any]:
    """A manifest of these nodes."""
    return {"nodes": {str(number): node for number, node in enumerate(nodes)}, "sources": {}}


DIM = node("dim_framework")
FACT = node("fct_judgement", columns={"framework": {"data_type": "string", "description": "Its framework."}})


def test_a_diagram_has_the_tables_of_a_reference_and_the_columns_that_name_rows() -> None:
    test = reference("model.fct_judgement", "model.dim_framework", column_name="framework", field="dim_framework_id")
    page = catalogue.page(manifest(DIM, FACT, test))
    assert '"fct_judgement" }o--|| "dim_framework": "framework"' in page
    assert "string dim_framework_id PK\n" in page
    assert "string framework\n" in page
    assert "double score" not in page


def test_a_reference_by_several_columns_is_one_line() -> None:
    test = reference("model.fct_judgement", "model.dim_framework", columns=["framework", "section"])
    assert ': "framework,section"' in catalogue.page(manifest(DIM, FACT, test))


def test_a_reference_to_a_seed_is_not_drawn() -> None:
    test = reference("model.fct_judgement", "seed.areas", column_name="framework", field="area_code")
    assert "erDiagram" not in catalogue.page(manifest(FACT, test))


def test_every_table_is_listed_with_its_key_and_first_sentence() -> None:
    page = catalogue.page(manifest(DIM))
    assert "| `marts.dim_framework` | dim_framework_id | Rows of dim_framework. |" in page


def test_a_table_is_in_the_part_of_its_folder_or_of_its_meta() -> None:
    scores = node("fct_score", config={"meta": {"part": "scores"}})
    assert [table.part for table in catalogue.tables(manifest(DIM, scores))] == ["inspection", "scores"]


def test_the_page_does_not_depend_on_the_order_of_the_manifest() -> None:
    tests = [
        reference("model.fct_judgement", "model.dim_framework", column_name="framework"),
        reference("model.dim_framework", "model.fct_judgement", column_name="score"),
    ]
    assert catalogue.page(manifest(DIM, FACT, *tests)) == catalogue.page(manifest(*reversed(tests), FACT, DIM))


def test_no_folder_of_the_machine_stays_in_the_catalogue() -> None:
    made = f'"{PROJECT}/target/catalogue/restricted/dbt/compiled/a.sql" "root_path": "{PROJECT}"'
    assert catalogue.without_places(made) == '"compiled/a.sql" "root_path": "."'


@pytest.mark.parametrize(
    ("column", "text"),
    [("area_code", ""), ("area_code", "The area's code."), ("title", "Text."), ("run_id", "Id of the run")],
)
def test_a_text_that_says_no_more_than_the_name_is_none(column: str, text: str) -> None:
    assert says_nothing(column, text.replace("'s", ""))


@pytest.mark.parametrize(("column", "text"), [("area_code", "One of the 42 areas."), ("score", "From 0 to 1.")])
def test_a_text_that_says_what_a_value_is_is_one(column: str, text: str) -> None:
    assert not says_nothing(column, text)


def test_what_is_missing_is_named() -> None:
    there = {("marts", "dim_framework"): ["dim_framework_id", "score", "new"], ("raw", "odd"): ["a"]}
    dim = {**DIM, "columns": {**DIM["columns"], "score": {"data_type": "double", "description": "Score."}}}
    assert undescribed(manifest(dim, {**FACT, "description": " "}), there) == [
        "raw.odd is not declared",
        "marts.dim_framework.new is not declared",
        "marts.dim_framework.score: 'Score.'",
        "marts.fct_judgement has no description",
        "marts.fct_judgement.framework: 'Its framework.'",
    ]
