"""What tables hold, as fingerprints: equal for equal rows, whatever their order."""

from collections.abc import Iterable

# A row's hash is linear in its last column and so is XOR: one change in an even number of rows would cancel out.
_CONTENT = "(coalesce(sum(hash(hash(t))::hugeint), 0) % 18446744073709551616::hugeint)::ubigint"


def content_query(tables: Iterable[tuple[str, str]], database: str) -> str:
    """SQL for rows and content of tables (schema, name): table_schema, table_name, row_count, content_hash."""
    union = " union all ".join(
        f"select '{schema}' as table_schema, '{name}' as table_name, count(*) as row_count, "
        f"printf('%016x', {_CONTENT}) as content_hash from {database}.{schema}.{name} as t"
        for schema, name in tables
    )
    return f"select * from ({union}) order by all"
