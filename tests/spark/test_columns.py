"""Spark builds every table and view with the columns and types that DuckDB gives it.

From relations without rows, which takes a fifth of the time of a night; no night builds those of releases. That the
rows are the same, `test_nights.py` holds.
"""

from collections.abc import Iterator

import duckdb
import pytest

pytest.importorskip("pyspark", reason="in .venv-spark; make spark-check runs it")

from pyspark.sql import SparkSession

from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.warehouse import transform
from flows.warehouse.changes import CODE
from tests.conftest import run_intake
from tests.spark.nights import SETTINGS

WHOLE = {"INTEGER", "BIGINT", "HUGEINT"}

FEWEST = 250
"""Fewer compared tables and views than these would mean that the comparison lost some."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """A night without deliveries, built on the session of Spark that is there."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "landing").mkdir()
    night = run_intake(folder / "landing", folder / "warehouse").night
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transform, "BUILD", ("build", "--empty", *transform.BUILD[1:], "test"))
        settings = {"CASEBOOK_ENGINE": "spark", "SPARK_CONF_DIR": str(SETTINGS), "SPARK_LOCAL_IP": "127.0.0.1"}
        for name, value in settings.items():
            patch.setenv(name, value)
        plan = transform.prepare(night, frozenset({CODE}))
        for layer in plan.layers:
            transform.build_layer(night, layer, plan)
        yield night
        SparkSession.builder.getOrCreate().stop()


@pytest.mark.usefixtures("night")
def test_every_relation_has_on_spark_the_columns_that_it_has_on_duckdb(empty: Warehouse) -> None:
    session = SparkSession.builder.getOrCreate()
    with duckdb.connect(str(empty.database), read_only=True) as connection:
        built = connection.execute(
            "select distinct schema_name || '.' || table_name from duckdb_columns() "
            "where not internal and schema_name not in ('intake', 'raw', 'release', 'public')"
        ).fetchall()
        different = {
            name: sorted(
                columns(connection.sql(f"from {name}"))
                ^ columns(connection.from_arrow(session.table(name).limit(0).toArrow()))
            )
            for (name,) in built
        }
    assert len(built) >= FEWEST
    assert {name: columns for name, columns in different.items() if columns} == {}


def columns(relation: duckdb.DuckDBPyRelation) -> set[tuple[str, str]]:
    """Names of columns and what they hold; how many digits it may have, each engine decides in its own way."""
    kinds = (str(kind).partition("(")[0] for kind in relation.types)
    return {
        (name, "whole number" if kind in WHOLE else kind) for name, kind in zip(relation.columns, kinds, strict=True)
    }
