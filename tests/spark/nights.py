"""Deliveries, nights on Spark, and the publication that DuckDB makes of the same rows."""

import math
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bench.generator import PRESETS, generate
from flows.base.warehouse_paths import Warehouse, read_beside, sql_text
from flows.publish import assemble
from flows.recover.replay import night_of
from flows.warehouse import changes, transform
from tests.houses import EXAMPLES, KEY, PROJECT

BUSINESS_DATE = date(2009, 1, 20)

PLAN = replace(PRESETS["tiny"], inspections=9)
"""Nine inspections are the fewest with a follow-up among them."""

EXAMPLE_INSPECTIONS = ("ESI-BED-2005", "OMI-NWA-2008")

TOLERANCE = 1e-9
"""How far floats may differ: engines may round the last bits differently."""

SETTINGS = Path(__file__).parent
"""The folder of `spark-defaults.conf`."""


def deliver(landing: Path) -> None:
    """The examples, and of small invented deliveries the kinds and inspections that they lack; some of it faulty.

    Of what each area delivers month by month a third of the areas is enough: more would be more of the same.
    """
    invented = landing.with_name("invented")
    generate(PLAN, invented)
    shutil.copytree(EXAMPLES, landing)
    for kind in ("nsmart", "performance_return"):
        monthly = sorted(landing.rglob(f"{kind}_*.csv"))
        areas = sorted({_area(path) for path in monthly})
        for path in monthly:
            if _area(path) not in areas[1::3]:
                path.unlink()
    there = {path.name for path in landing.rglob("*.csv")}
    for path in sorted(invented.rglob("*.csv")):
        if path.name not in there and not any(name in path.name for name in EXAMPLE_INSPECTIONS):
            target = landing / "invented" / path.relative_to(invented)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    _plant_faults(next(iter(sorted((landing / "invented").rglob("case_outcome_*.csv")))))
    _plant_profile(next(landing.rglob("performance_target_*.csv")))


def _area(monthly: Path) -> str:
    """The area that a monthly delivery is of, by its name."""
    return monthly.stem.split("_")[-2]


def _plant_faults(outcomes: Path) -> None:
    """A row that the checks hold and one that waits for its case, so that the tables of held rows are compared too."""
    inspection_id = outcomes.stem.removeprefix("case_outcome_")
    with outcomes.open("a", encoding="utf-8") as file:
        file.write(f"{inspection_id},unknown/1,a lot,,,,2007-02-20\n")
        file.write(f"{inspection_id},unknown/2,116,,,,2007-02-20\n")


def _plant_profile(targets: Path) -> None:
    """A column of profiles, in which the last target, a count, is due in April alone."""
    header, *rows = targets.read_text(encoding="utf-8").splitlines()
    target = rows[-1].split(",")[3]
    profiles = [*("" for _ in rows[1:]), f"{target}{'; 0' * 11}"]
    lines = [f"{header},profile", *(f"{row},{profile}" for row, profile in zip(rows, profiles, strict=True))]
    targets.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class SparkNight:
    """A night on Spark that was started. log: what it says."""

    process: "subprocess.Popen[bytes]"
    warehouse: Warehouse
    log: Path

    def finish(self) -> None:
        """Wait until it has published."""
        code = self.process.wait()
        assert code == 0, self.log.read_text(encoding="utf-8")


def start(landing: Path, warehouse: Path, **settings: str) -> SparkNight:
    """Start a night as a user does, in a process of its own."""
    log = warehouse.with_name(f"{warehouse.name}.log")
    environment = {
        **os.environ,
        **KEY,
        "CASEBOOK_ENGINE": "spark",
        "CASEBOOK_LANDING": str(landing),
        "CASEBOOK_WAREHOUSE": str(warehouse),
        "SPARK_CONF_DIR": str(SETTINGS),
        "SPARK_LOCAL_IP": "127.0.0.1",
        **settings,
    }
    command = [Path(sys.executable).with_name("casebook"), "nightly", "--date", str(BUSINESS_DATE)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=PROJECT)
    return SparkNight(process, Warehouse(warehouse), log)


def published(warehouse: Warehouse) -> Path:
    """The file that readers get."""
    return warehouse.current.resolve() / "analyst.duckdb"


def built_by_duckdb(warehouse: Warehouse, folder: Path) -> Path:
    """The analysts' file that DuckDB makes of what a night loaded."""
    copy = Warehouse(folder)
    copy.make()
    shutil.copy(warehouse.database, copy.database)
    night = night_of(copy, published(warehouse).parent.name, BUSINESS_DATE)
    # The tables are compared; what holds of them was tested by the night on Spark.
    plan = replace(transform.prepare(night, changes.changed_inputs(night)), tested=False)
    for layer in plan.layers:
        transform.build_layer(night, layer, plan)
    return assemble.assemble(night, {})


def differences(ours: Path, theirs: Path) -> dict[str, str]:
    """By table of schemas marts and ops: in what two analysts' files differ, empty where in nothing."""
    with duckdb.connect() as one, duckdb.connect() as other:
        for connection, file in ((one, ours), (other, theirs)):
            read_beside(connection, file)
            connection.execute(f"attach {sql_text(str(file))} as publication (read_only); use publication")
        tables = {*_tables(one), *_tables(other)}
        return {name: _difference(name, one, other) for name in sorted(tables - NIGHTS_OWN)}


NIGHTS_OWN = {"ops.run", "ops.publication", "ops.publication_table", "public.arrival"}
"""What tells of the night itself and its machine, and what follows from content."""


def _tables(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    rows = connection.execute(
        "select distinct schema_name || '.' || table_name from duckdb_columns() "
        "where database_name = 'publication' and not internal"
    )
    return (name for (name,) in rows.fetchall())


def _difference(name: str, one: duckdb.DuckDBPyConnection, other: duckdb.DuckDBPyConnection) -> str:
    return difference(*(connection.execute(f"from {name}").to_arrow_table() for connection in (one, other)))


def difference(ours: pa.Table, theirs: pa.Table) -> str:
    """In what two tables differ, whatever the order of their rows; an empty text where in nothing."""
    if ours.schema != theirs.schema:
        return f"columns: {ours.schema} / {theirs.schema}"
    if ours.num_rows != theirs.num_rows:
        return f"rows: {ours.num_rows:,} / {theirs.num_rows:,}"
    for one, other in zip(_rows(ours), _rows(theirs), strict=True):
        for column, left, right in zip(ours.column_names, one, other, strict=True):
            if not _same(left, right):
                return f"{column}: {left!r} / {right!r} in the row {one}"
    return ""


def _rows(table: pa.Table) -> list[tuple[Any, ...]]:
    """Rows in the order of everything but their floats, which may differ in the last bits."""
    exact = [number for number, field in enumerate(table.schema) if not pa.types.is_floating(field.type)]
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return sorted(rows, key=lambda row: [str(row[number]) for number in exact])


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return type(left) is type(right) and left == right
