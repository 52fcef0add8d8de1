"""Make the bare script: one file of straight-line SQL that writes every table a night publishes.

It is the SQL of the project's own models as dbt compiles it, in the order in which they need each other, over rows that
`read_csv` takes from the files. It checks nothing, keeps no history, holds no keyed hashes and publishes nothing: it is
the work that a night does, without what makes it a night. Making it is not measured; running it is (`bench.bare`).
"""

import json
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from bench.bare import END
from bench.measure import Failed
from expectations.contract import Delivery
from expectations.deliveries import DELIVERIES
from expectations.reference import PROJECT
from flows.base.intake_tables import INTAKE_TABLES
from flows.base.night import Night, begin
from flows.base.warehouse_paths import sql_text
from flows.warehouse.dbt import run_dbt

RUN_ID = "bare script"
CSV = "header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false"


def compile_project(work: Path, business_date: date) -> Night:
    """An empty warehouse with the seeds, and the manifest with every model's SQL. Not measured."""
    night = begin(work, work, business_date)
    night.warehouse.make()
    night.warehouse.connect().close()
    for command in ("seed", "compile"):
        result = run_dbt(night.warehouse, [command])
        if not result.success:
            raise Failed(f"dbt {command} failed: {result.exception}")
    return night


def write_script(compiled: Night, landing: Path, script: Path) -> None:
    """Write the bare script for the CSV deliveries in a landing folder."""
    manifest = json.loads((compiled.warehouse.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    nodes = {name: node for name, node in manifest["nodes"].items() if node["resource_type"] in ("seed", "model")}
    schemas = sorted({node["schema"] for node in nodes.values()} | {"intake", "raw"})
    statements = [f"create schema if not exists {schema}" for schema in schemas]
    statements += [*intake(landing, compiled.business_date), *map(raw, DELIVERIES.values()), count_rows()]
    statements += [*seeds(compiled, nodes), *models(nodes)]
    script.write_text(END.join(statements) + END, encoding="utf-8")


def intake(landing: Path, business_date: date) -> list[str]:
    """What the night writes about files, as far as models read it. Their bytes are not fingerprinted."""
    kinds = "|".join(sorted(DELIVERIES, key=len, reverse=True))
    name = f"regexp_extract(file_name, '^({kinds})_(.+?)(_r([0-9]+))?[.]csv$', {{}})"
    left_empty = [
        f"create table intake.{table} ({columns})" for table, columns in INTAKE_TABLES.items() if table != "file"
    ]
    return [
        *left_empty,
        f"insert into intake.night values ('{RUN_ID}', date '{business_date}')",
        "insert into intake.run (run_id, business_date, started_at, status, code_version) "
        f"values ('{RUN_ID}', date '{business_date}', now()::timestamp, 'running', '')",
        f"""create table intake.delivered as
select
    row_number() over (order by file) as file_id,
    file as path,
    parse_filename(file) as file_name,
    {name.format(1)} as kind,
    {name.format(2)} as delivery_key,
    coalesce(try_cast({name.format(4)} as integer), 1) as revision,
    sha256(file) as sha256,
    0::bigint as size_bytes
from glob({sql_text(str(landing.absolute() / "**" / "*.csv"))})""",
    ]


def raw(delivery: Delivery) -> str:
    """Rows of a kind as text. Identifiers become hashes without a key, so nothing of this may ever be published."""
    columns = ", ".join(f"'{column.file_header}': 'varchar'" for column in delivery.columns)
    cells = ",\n    ".join(
        f"md5({delivery.case_scope} || '|' || {column.name}) as case_key"
        if column.identifier
        else f'"{column.file_header}" as {column.name}'
        for column in delivery.columns
    )
    files = f"(select list(path) from intake.delivered where kind = '{delivery.kind}')"
    return f"""set variable files = {files};

create table raw.{delivery.kind} as
select
    file_id,
    row_number() over () as row_number,
    {cells}
from read_csv(getvariable('files'), filename = 'path', columns = {{{columns}}}, {CSV})
inner join intake.delivered using (path)"""


def count_rows() -> str:
    """`intake.file`, once the rows of each file can be counted."""
    rows = " union all ".join(f"select file_id from raw.{kind}" for kind in DELIVERIES)
    return f"""create table intake.file as
with landed as (
    select file_id, count(*) as rows_landed from ({rows}) group by file_id
)

select
    delivered.*,
    '{RUN_ID}' as first_seen_run_id,
    'loaded' as state,
    cast(null as varchar) as reason,
    cast(null as varchar) as warning,
    rows_landed,
    rows_landed as rows_loaded,
    0::bigint as rows_duplicate,
    0::bigint as rows_held,
    0::bigint as rows_erased,
    now()::timestamp as loaded_at
from intake.delivered
inner join landed using (file_id)"""


def seeds(compiled: Night, nodes: dict[str, Any]) -> list[str]:
    """Seeds with the types that dbt gave their columns."""
    statements = []
    with compiled.warehouse.connect() as connection:
        for seed in (node for node in nodes.values() if node["resource_type"] == "seed"):
            types = connection.execute(
                "select column_name, data_type from duckdb_columns() where schema_name = ? and table_name = ?",
                [seed["schema"], seed["alias"]],
            ).fetchall()
            name, path = f"{seed['schema']}.{seed['alias']}", sql_text(str(PROJECT / seed["original_file_path"]))
            statements.append(f"create table {name} as from read_csv({path}, columns = {dict(types)}, {CSV})")
    return statements


def models(nodes: dict[str, Any]) -> list[str]:
    """Every model after those it reads."""
    needs = {
        name: [need for need in node["depends_on"].get("nodes", []) if need in nodes] for name, node in nodes.items()
    }
    ordered = [nodes[name] for name in TopologicalSorter(needs).static_order()]
    return [
        f"create {'view' if model['config']['materialized'] == 'view' else 'table'} "
        f"{model['schema']}.{model['alias']} as\n{model['compiled_code'].strip()}"
        for model in ordered
        if model["resource_type"] == "model" and model["config"]["materialized"] != "ephemeral"
    ]
