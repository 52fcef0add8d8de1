"""Whether a draft shows everything that the release before it showed, as that showed it."""

from pathlib import Path

import duckdb

from flows.base.warehouse_paths import sql_text

FROZEN = """
    select table_name, string_agg('"' || column_name || '"', ', ')
    from duckdb_columns()
    where database_name = 'before' and schema_name = 'public' and column_name <> 'is_revised'
    and table_name in (select table_name from duckdb_columns() where column_name = 'is_revised')
    group by table_name order by table_name
"""
"""Tables whose figures are frozen, with what must stay."""

NEWLY_REVISED = (
    "select performance_year from draft.public.revision except select performance_year from before.public.revision"
)


def lost_figures(before: Path, draft: Path) -> list[str]:
    """Tables of which figures changed or went. before, draft: public files; before, of the last release.

    Figures of years that the draft is the first to revise may change.
    """
    with duckdb.connect() as connection:
        for name, file in (("before", before), ("draft", draft)):
            connection.execute(f"attach {sql_text(str(file))} as {name} (read_only)")
        tables = connection.execute(FROZEN).fetchall()
        lost = {table: _lost(connection, table, columns) for table, columns in tables}
    return [
        f"{rows:,} figures of {table} are not as the release before shows them" for table, rows in lost.items() if rows
    ]


def _lost(connection: duckdb.DuckDBPyConnection, table: str, columns: str) -> int:
    has_status = '"figure_status"' in columns
    ((rows,),) = connection.execute(
        f"""
        select count(*) from (
            select {columns} from before.public.{table}
            where performance_year not in ({NEWLY_REVISED})
            {"and figure_status <> 'not_available'" if has_status else ""}
            except
            select {columns} from draft.public.{table}
        )
        """
    ).fetchall()
    return int(rows)
