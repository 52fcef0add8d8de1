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


RELATIVE = 1e-12
"""How far two floats may be from each other that differ in their last bits alone: sums in another order."""


def moved_query(then: str, now: str, columns: Iterable[tuple[str, str]]) -> str:
    """SQL for how many rows of two tables differ in more than the last bits of floats. columns: name and type.

    Rows are paired in the order of what is exact, then of the floats.
    """
    floats = [name for name, kind in columns if kind in ("DOUBLE", "FLOAT")]
    exact = [name for name, kind in columns if kind not in ("DOUBLE", "FLOAT")]
    order = ", ".join(f'"{name}"' for name in [*exact, *floats])
    same = [f'a."{name}" is not distinct from b."{name}"' for name in exact]
    same += [
        f'(a."{name}" is not distinct from b."{name}" or '
        f'abs(a."{name}" - b."{name}") <= {RELATIVE} * greatest(abs(a."{name}"), abs(b."{name}")))'
        for name in floats
    ]
    numbered = "(select *, row_number() over (order by {}) as row_of from {})"
    return (
        f"select count(*) from {numbered.format(order, then)} as a full join {numbered.format(order, now)} as b "
        f"on a.row_of = b.row_of where not coalesce({' and '.join(same)}, false)"
    )
