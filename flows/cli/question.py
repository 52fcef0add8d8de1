"""What `casebook query` accepts: one statement that reads, and calls no function that does anything else.

Before it may stand the variables that it reads, as in the queries that pages print: `set variable area_code = 'BED';`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from flows.base.errors import NotAQuery
from flows.base.warehouse_paths import sql_text

EXPLAIN = re.compile(r"\s*explain(\s+analyze)?(\s*\([^()]*\))?\s+", re.IGNORECASE)

VARIABLE = re.compile(r"\s*(set\s+variable\s+\w+\s*=\s*'(?:[^']|'')*')\s*;", re.IGNORECASE)

TABLE_FUNCTIONS = frozenset(
    {
        *("duckdb_columns", "duckdb_constraints", "duckdb_databases", "duckdb_functions", "duckdb_keywords"),
        *("duckdb_schemas", "duckdb_settings", "duckdb_tables", "duckdb_types", "duckdb_views"),
        *("generate_series", "histogram", "histogram_values", "json_each", "json_tree", "pragma_table_info"),
        *("pragma_version", "query_table", "range", "repeat", "repeat_row", "summary", "unnest"),
    }
)
"""They read the publication, or make rows of their arguments. Others read files, write logs or run text as SQL."""


def variables_and_query(sql: str) -> tuple[list[str], str]:
    """The statements before a query that give it variables, each a text, and the rest."""
    variables = []
    while found := VARIABLE.match(sql):
        variables.append(found[1])
        sql = sql[found.end() :]
    return variables, sql


def require_query(sql: str) -> None:
    """Refuse SQL that is not one query.

    Raises:
        NotAQuery: it is several statements or none, another kind of statement, or calls a table function that is not
            listed. DuckDB's words where it cannot be read at all.
    """
    statements = _parsed(sql)
    if len(statements) != 1:
        raise NotAQuery(f"Give one query: this is {len(statements) or 'none'}.")
    others = sorted(set(_table_functions(statements)) - TABLE_FUNCTIONS)
    if others:
        raise NotAQuery(f"A query reads the tables of the publication: it may not call {', '.join(others)}.")


def _parsed(sql: str) -> list[Any]:
    """The syntax tree of each statement, where each is a SELECT or another spelling of one."""
    if not _is_text(sql):
        raise NotAQuery("The query holds bytes that are no text: write it in UTF-8.")
    with duckdb.connect() as parser:
        # A literal, not a parameter: for one DuckDB loads pandas, which takes longer than most queries.
        rows = parser.execute(f"select json_serialize_sql({sql_text(EXPLAIN.sub('', sql, count=1))})").fetchall()
    parsed = json.loads(rows[0][0])
    if not parsed["error"]:
        return list(parsed["statements"])
    if parsed["error_type"] == "parser":
        raise NotAQuery(f"DuckDB cannot read the query: {parsed['error_message']}.")
    raise NotAQuery(
        "`casebook query` reads and changes nothing: give one SELECT (or FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE, "
        "EXPLAIN; PIVOT with its values named)."
    )


def _is_text(sql: str) -> bool:
    try:
        return b"\0" not in sql.encode()
    except UnicodeEncodeError:
        return False


def _table_functions(tree: Any) -> Iterator[str]:
    """Names of the functions that a syntax tree has in the place of tables."""
    if isinstance(tree, dict):
        if tree.get("type") == "TABLE_FUNCTION":
            yield str(tree["function"].get("function_name", "something else")).lower()
        tree = list(tree.values())
    if isinstance(tree, list):
        for part in tree:
            yield from _table_functions(part)
