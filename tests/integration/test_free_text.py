"""A row that names a case is in nothing that is built but the quarantine; every published text is looked through."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from expectations.deliveries import DELIVERIES
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.warehouse.published_tables import PUBLISHED_SCHEMAS
from tests.conftest import Intake, write_delivery
from tests.inspections import cases, inspection
from tests.integration.conftest import EXAMPLES
from tests.integration.models import build_models
from tests.samples import csv_text, good_rows

CASES = Path(__file__).parents[1] / "data" / "cases"
NAMED = "BED/2005/0001"
MARK = "qqmark"
WITHOUT_MARK = {
    ("marts.fct_theme_rating", "rating"),
    *((f"marts.fct_pooled_{what}", "pool_code") for what in ("score", "reconviction", "oasys_change")),
}
"""What no marked delivery gets into: it takes a theme's adjusted rating, or a family group with figures of the year."""


def published_texts(night: Intake, text: str) -> set[tuple[str, str]]:
    """Tables and columns of the published schemas that have a text with this in it."""
    with night.night.warehouse.connect() as connection:
        columns = connection.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns() "
            "where schema_name in ('marts', 'ops', 'public') and data_type = 'VARCHAR'"
        ).fetchall()
        return {
            (table, column)
            for table, column in columns
            if connection.execute(f"select 1 from {table} where contains({column}, ?) limit 1", [text]).fetchone()
        }


@pytest.mark.long
def test_a_row_leaves_what_was_built_when_the_case_that_it_names_arrives(prepared: Path, tmp_path: Path) -> None:
    def deliver(name: str, text: str | bytes) -> None:
        write_delivery(tmp_path / "landing", name, text)

    first, *others = good_rows("nsmart", 4)
    deliver("nsmart_BED_0404.csv", csv_text([{**first, "team_code": NAMED}, *others]))
    deliver("inspection_ESI-BED-2005.csv", inspection("ESI-BED-2005", "ESI"))
    deliver("recommendation_ESI-BED-2005_r3.csv", (CASES / "recommendation_ESI-BED-2005_r3.csv").read_bytes())
    before = build_models(prepared, tmp_path)
    assert ("marts.fct_recommendation", "theme") in published_texts(before, NAMED)
    assert _counted(before) == 4
    deliver("case_sample_ESI-BED-2005.csv", cases("ESI-BED-2005", {NAMED: "main"}))
    after = build_models(prepared, tmp_path)
    assert published_texts(after, NAMED) == {("ops.quarantine_row", "row_content")}
    assert _counted(after) == 3
    rows = "ops.quarantine_row inner join ops.load_file using (file_id)"
    assert after.query(f"select file_name, row_number, reasons from {rows} order by all") == [
        ("nsmart_BED_0404.csv", 2, ["team_code names a case: take the reference out"]),
        ("recommendation_ESI-BED-2005_r3.csv", 2, ["theme names a case: take the reference out"]),
    ]


def _counted(night: Intake) -> int:
    """Cases that the performance figures of April 2004 count."""
    query = (
        "select denominator from marts.fct_performance_month where measure_code = 'CMP' and period_month = '2004-04-01'"
    )
    return int(night.query(query)[0][0])


@pytest.fixture(scope="module")
def marked(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Intake, dict[tuple[str, str], bool]]:
    """Every free text of every kind with a mark in it, built; and which published columns are said to be free text."""
    folder = tmp_path_factory.mktemp("marked")
    for name, text in _marked_deliveries():
        write_delivery(folder / "landing", name, text)
    night = build_models(prepared, folder)
    manifest = json.loads((night.night.warehouse.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    columns = {
        (f"{node['schema']}.{node['alias']}", name): bool(column["config"]["meta"].get("free_text"))
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in PUBLISHED_SCHEMAS
        for name, column in node["columns"].items()
        if not column["config"]["meta"].get("restricted")
    }
    return night, columns


def _marked_deliveries() -> Iterator[tuple[str, str]]:
    for path in [*EXAMPLES.rglob("*.csv")]:
        name = parse_name(path.name)
        assert isinstance(name, DeliveryName)
        if name.kind not in ("nsmart", "performance_return") or name.key in ("BED_0404", "BED_0504"):
            yield path.name, _marked(name.kind, path.read_text(encoding="utf-8"))
    adjustment = "sample_group,criterion_code,adjusted_rating,reason,decided_by,decided_on"
    text = f"inspection_id,{adjustment}\nESI-BED-2005,all,A1,Well met,Late,Lead,2006-02-01\n"
    yield "score_adjustment_ESI-BED-2005.csv", _marked("score_adjustment", text)


def _marked(kind: str, text: str) -> str:
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        for column in DELIVERIES[kind].free_texts:
            # A code names a criterion or section, except of an overall figure, where it is free.
            if column.name != "code" or row["level"] == "overall":
                row[column.file_header] = f"{row[column.file_header]} {MARK}".strip()
    return csv_text(rows)


def test_every_free_text_of_a_contract_was_marked(marked: tuple[Intake, dict[tuple[str, str], bool]]) -> None:
    night, _ = marked
    for kind, delivery in DELIVERIES.items():
        for column in delivery.free_texts:
            assert night.query(f"select 1 from raw.{kind} where contains({column.name}, ?) limit 1", MARK), (
                kind,
                column,
            )


def test_every_published_column_that_holds_free_text_says_so(
    marked: tuple[Intake, dict[tuple[str, str], bool]],
) -> None:
    night, columns = marked
    found = published_texts(night, MARK) & columns.keys()
    assert {place for place in found if not columns[place]} == set()
    assert {place for place, is_free in columns.items() if is_free} - WITHOUT_MARK == found
