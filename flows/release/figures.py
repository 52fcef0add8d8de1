"""The figures of a release: `public.duckdb`, built from one publication and the releases before it.

dbt counts in a file of its own (models/release/counted), which is removed when the figures are there; rows of the table
of noise are found here, and dbt goes on from counts with noise (models/release/perturbed, models/public). The file has
no row of a person, and no secret. DuckDB does it whichever engine built the publication: cells are few.
"""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.base.errors import CannotRelease, TransformFailed
from flows.base.warehouse_paths import Warehouse, connect, read_beside, sql_text
from flows.release import noise
from flows.release.noise import Secrets
from flows.warehouse.dbt import run_dbt, share_parsed
from flows.warehouse.engines.engine import DuckDB
from flows.warehouse.nodes import node_of

STORAGE_VERSION = "v1.2.0"
"""As the analysts' file: it opens in DuckDB 1.2 and later."""

COUNTED, PERTURBED, PUBLIC = "models/release/counted", "models/release/perturbed", "models/public"
FILLED = ("rel_publication", "rel_record_key", "rel_cell_row", "rel_revised_year")
"""Models of models/release that are empty until this module fills them."""

_OF_PERFORMANCE = ("evidence_items", "performance_rating", "derived_rating", "adjusted_rating", "rating")
"""They follow from exact statuses of performance."""

RECORDS = """
    with revised as (
        select performance_year from release.rel_revised_year
        where is_revised_now
    )
    select distinct
        case_key, period_month::varchar,
        coalesce(dates.performance_year in (from revised), false)
    from marts.fct_standard_case
    left join marts.dim_date as dates on period_month = dates.date_day
    union
    select distinct case_key, inspection_id, coalesce(inspections.performance_year in (from revised), false)
    from marts.dim_case
    left join marts.dim_inspection as inspections using (inspection_id)
"""
"""The cases of months and of inspections, and whether they are of a year that is revised now."""

AS_PUBLISHED: dict[str, tuple[str, ...]] = {
    "dim_area": (),
    "dim_area_profile": ("source",),
    "dim_category": (),
    "dim_criterion": (),
    "dim_date": (),
    "dim_featured_table": (),
    "dim_framework": (),
    "dim_inspection": (),
    "dim_measure": (),
    "dim_measure_year": (),
    "dim_nation": (),
    "dim_part": (),
    "dim_printed_title": (),
    "dim_question": (),
    "dim_region": (),
    "dim_sample_group": (),
    "dim_section": (),
    "dim_thread": (),
    "fct_area_profile": ("source",),
    "fct_inspection_deadline": (),
    "fct_ippf": (),
    "fct_ippf_reconciliation": (),
    "fct_management_rating": (*_OF_PERFORMANCE, "reason", "decided_on"),
    "fct_printed_figure": ("our_value", "our_numerator", "our_base", "our_words", "status", "note"),
    "fct_printed_rank": ("rank", "units_ranked", "score", "is_complete", "note"),
    "fct_programme_coverage": ("judged_cases", "followed_cases"),
    "fct_rating_count": ("criteria",),
    "fct_recommendation": (),
    "fct_theme_recommendation": (),
    "fct_unpaid_work": (),
    "fct_unpaid_work_reconciliation": (),
}
"""Marts that count nobody: rules, what reports print, titles and recommendations; copied without these columns, in
which senders write what they like, or which follow from exact figures."""


def build(
    publication: Path,
    target: Path,
    earlier: Sequence[Path],
    secrets: Secrets,
    revised_years: Sequence[str] = (),
    known: Warehouse | None = None,
) -> None:
    """Write the public file of a release.

    publication: the analysts' file that it is cut from. target: the file to write. earlier: public files of the
    releases before, oldest first, retracted ones too; the last has everything that was ever shown. revised_years:
    performance years that are counted again, under a secret of their own. known: a warehouse for which dbt has parsed
    the project, so that it need not again.
    Errors: CannotRelease where a year was revised before, or a mart is missing; TransformFailed where dbt fails.
    """
    with tempfile.TemporaryDirectory(prefix=".counting-", dir=target.parent) as folder:
        work = Warehouse(Path(folder))
        work.make()
        if known:
            share_parsed(known, work)
        project = _dbt(work, None, "parse", "--no-write-json").result
        with connect(work.database, work) as connection:
            _attach(connection, publication)
            _hand_over(connection, project)
            _hand_over_earlier(connection, earlier)
            _fill(connection, secrets, _years(connection, revised_years))
        _build(work, project, [*_seeds(project), *_models(project, "models/release", COUNTED)])
        with connect(work.database, work) as connection:
            _fill_rows(connection, secrets)
        _build(work, project, _models(project, PERTURBED, PUBLIC))
        with connect(work.database, work) as connection:
            _write(connection, publication, target, project)


def _dbt(work: Warehouse, project: Any, *arguments: str) -> Any:
    result = run_dbt(work, list(arguments), project, DuckDB())
    if result.success:
        return result
    nodes = [node_of(outcome) for outcome in getattr(result.result, "results", None) or []]
    failed = "; ".join(f"{node.kind} {node.name}: {node.message.strip()}" for node in nodes if node.failed)
    raise TransformFailed(f"The figures of the release could not be built: {failed or result.exception}")


def _build(work: Warehouse, project: Any, names: Iterable[str]) -> None:
    """Build these models and seeds, and test what can be tested with them."""
    options = ("--no-write-json", "--exclude-resource-type", "unit_test", "--indirect-selection", "cautious")
    _dbt(work, project, "build", *options, "--select", *names)


def _models(project: Any, *folders: str) -> list[str]:
    """Names of the models in these folders, without those that are filled here."""
    nodes = (node for node in project.nodes.values() if node.resource_type == "model")
    return [node.name for node in nodes if _is_in(node, folders) and node.name not in FILLED]


def _is_in(node: Any, folders: Iterable[str]) -> bool:
    """Whether a model is in one of these folders, `models/release` standing for its own files alone."""
    parents = [parent.as_posix() for parent in Path(node.original_file_path).parents]
    return any(parents[0] == folder if folder == "models/release" else folder in parents for folder in folders)


def _parents(project: Any) -> set[str]:
    """What the models of a release are built from: unique ids."""
    own = [node for node in project.nodes.values() if node.resource_type == "model" and node.group == "release"]
    return {parent for node in own for parent in node.depends_on_nodes}


def _seeds(project: Any) -> list[str]:
    return [project.nodes[name].name for name in sorted(_parents(project)) if name.startswith("seed.")]


def _attach(connection: duckdb.DuckDBPyConnection, publication: Path) -> None:
    """The publication, with what Spark left beside it."""
    read_beside(connection, publication)
    connection.execute(f"attach if not exists {sql_text(str(publication))} as publication (read_only)")


def _hand_over(connection: duckdb.DuckDBPyConnection, project: Any) -> None:
    """The marts that models of a release read, as they were published."""
    nodes = [project.nodes[name] for name in sorted(_parents(project))]
    marts = [node.alias for node in nodes if node.schema == "marts"]
    _require_marts(connection, {*marts, *AS_PUBLISHED})
    connection.execute("create schema marts; create schema release; create schema earlier")
    for name in marts:
        connection.execute(f"create table marts.{name} as from publication.marts.{name}")


def _require_marts(connection: duckdb.DuckDBPyConnection, names: set[str]) -> None:
    """Errors: CannotRelease where the publication lacks one, as those of other versions do."""
    found = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'publication' and schema_name = 'marts' "
        "union select view_name from duckdb_views() where database_name = 'publication' and schema_name = 'marts'"
    ).fetchall()
    missing = sorted(names - {name for (name,) in found})
    if missing:
        raise CannotRelease(
            f"The publication was made by another version of Casebook: it has no marts.{missing[0]}. Run a night "
            "(casebook nightly) and draft from its publication. Nothing was drafted."
        )


def _hand_over_earlier(connection: duckdb.DuckDBPyConnection, earlier: Sequence[Path]) -> None:
    """The public tables of the last release, which carries those of all before it."""
    if not earlier:
        return
    connection.execute(f"attach {sql_text(str(earlier[-1]))} as before (read_only)")
    for (name,) in connection.execute(
        "select table_name from duckdb_tables() where database_name = 'before' and schema_name = 'public'"
    ).fetchall():
        connection.execute(f"create table earlier.{name} as from before.public.{name}")
    connection.execute("detach before")


def _years(connection: duckdb.DuckDBPyConnection, revised: Sequence[str]) -> list[tuple[str, bool]]:
    """Every year that is or was revised, and whether it is now. Errors: CannotRelease where one would be twice."""
    there = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'earlier' and table_name = 'revision'"
    ).fetchall()
    before = [year for (year,) in connection.execute("from earlier.revision").fetchall()] if there else []
    again = sorted(set(before) & set(revised))
    if again:
        raise CannotRelease(
            f"{', '.join(again)} was revised before, and a second revision would give small counts away: nothing was "
            "drafted. Leave the year out of the revision."
        )
    return [(year, False) for year in before] + [(year, True) for year in sorted(set(revised))]


def _fill(connection: duckdb.DuckDBPyConnection, secrets: Secrets, years: Sequence[tuple[str, bool]]) -> None:
    """What models cannot find out themselves: the date, the record keys and the revised years."""
    connection.execute("create table release.rel_publication as select business_date from publication.ops.publication")
    _table(connection, "rel_revised_year", years, {"performance_year": pa.string(), "is_revised_now": pa.bool_()})
    keys = noise.record_keys(secrets, connection.execute(RECORDS).fetchall())
    _table(
        connection, "rel_record_key", keys, {"case_key": pa.string(), "period": pa.string(), "record_key": pa.int64()}
    )


def _fill_rows(connection: duckdb.DuckDBPyConnection, secrets: Secrets) -> None:
    cells = [cell for (cell,) in connection.execute("from release.cnt_cell_key").fetchall()]
    rows = noise.noise_rows(secrets.rows, cells)
    _table(connection, "rel_cell_row", rows, {"cell_key": pa.string(), "noise_row": pa.int32()})


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[Any, ...]], types: dict[str, pa.DataType]
) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    filled = pa.table([pa.array(column, kind) for column, kind in zip(columns, types.values(), strict=True)], [*types])
    connection.register("filled", filled)
    connection.execute(f"create table release.{name} as from filled")
    connection.unregister("filled")


def _write(connection: duckdb.DuckDBPyConnection, publication: Path, target: Path, project: Any) -> None:
    """The public file: each table in a fixed order of rows, with its descriptions."""
    connection.execute(f"attach {sql_text(str(target))} as public_file (storage_version '{STORAGE_VERSION}')")
    _attach(connection, publication)
    connection.execute("create schema public_file.public")
    for node in project.nodes.values():
        if node.resource_type == "model" and node.schema == "public":
            columns = {column.name: column.description for column in node.columns.values()}
            _copy(connection, f"public.{node.alias}", node.alias, node.description, columns)
    for name, left_out in AS_PUBLISHED.items():
        comment, columns = _comments(connection, name)
        shown = {column: about for column, about in columns.items() if column not in left_out}
        _copy(connection, f"publication.marts.{name}", name, comment, shown)
    connection.execute("detach public_file")


def _comments(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, dict[str, str]]:
    """What the publication says of a mart and its columns."""
    of_it = "where database_name = 'publication' and schema_name = 'marts' and table_name = ?"
    ((comment,),) = connection.execute(f"select comment from duckdb_tables() {of_it}", [name]).fetchall()
    columns = connection.execute(
        f"select column_name, comment from duckdb_columns() {of_it} order by column_index", [name]
    ).fetchall()
    return comment or "", {column: about or "" for column, about in columns}


def _copy(connection: duckdb.DuckDBPyConnection, source: str, name: str, comment: str, columns: dict[str, str]) -> None:
    target = f"public_file.public.{name}"
    connection.execute(f"create table {target} as select {', '.join(columns)} from {source} order by all")
    connection.execute(f"comment on table {target} is {sql_text(comment.strip())}")
    for column, about in columns.items():
        connection.execute(f"comment on column {target}.{column} is {sql_text(about.strip())}")
