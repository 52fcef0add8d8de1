"""What every publication must be before anyone sees it: complete, without identifiers, of a plausible volume.

Invariants of the figures are dbt tests; this is judged at the boundary, on the candidate file itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import great_expectations as gx

from expectations.no_rows import ExpectQueryToFindNoRows

SMALLEST_SHARE = 0.5
"""A table with fewer rows than this share of its smallest recent volume stops the publication: something was lost."""

NEVER_PUBLISHED = ("case_id", "case_ref", "row_content")


@dataclass(frozen=True)
class Promise:
    """What is promised of one table of the candidate.

    table: with its schema. columns: name to DuckDB type. recent_rows: its volumes in the publications kept.
    free_texts: columns with what senders wrote, each with how many of its texts name a case.
    """

    table: str
    columns: Mapping[str, str]
    recent_rows: Sequence[int] = ()
    free_texts: Mapping[str, int] = field(default_factory=dict)


def publication_suite(promises: Iterable[Promise]) -> gx.ExpectationSuite:
    """The suite for the whole candidate: one validation, because one a table takes Great Expectations seconds."""
    expectations = [each for promise in promises for each in _expectations(promise)]
    return gx.ExpectationSuite(name="publication", expectations=expectations)


def _expectations(promise: Promise) -> Iterator[ExpectQueryToFindNoRows]:
    table = promise.table
    yield _none(
        table, "columns", "must have exactly the columns that its contract promises", _other_columns(table, promise)
    )
    yield _none(
        table,
        "volume",
        "must not have lost half of its rows since the last nights",
        f"select count(*) as row_count from {table} "
        f"having count(*) < {int(SMALLEST_SHARE * min(promise.recent_rows, default=0))}",
    )
    yield _none(table, "no_identifier_column", "must not have a column of case identifiers", _named_identifiers(table))
    if promise.free_texts:
        query = _texts_that_name_a_case(promise.free_texts)
        yield _none(table, "no_identifier", "must not name a case in its free text", query)


def _none(table: str, rule: str, sentence: str, query: str) -> ExpectQueryToFindNoRows:
    """That the query finds nothing. Great Expectations wants its batch in every query: the list of all tables."""
    return ExpectQueryToFindNoRows(
        unexpected_rows_query=f"select found.* from ({query}) as found cross join (select count(*) from {{batch}})",
        description=f"{table} {sentence}",
        meta={"rule": f"{table} {rule}", "sentence": f"{table} {sentence}", "outcome": "held"},
    )


def _other_columns(table: str, promise: Promise) -> str:
    promised = ", ".join(f"'{name}'" for name in promise.columns)
    return (
        f"select * from (select unnest([{promised}]::varchar[]) as promised) "
        f"full join pragma_table_info('{table}') as found on promised = found.name "
        "where promised is null or found.name is null"
    )


def _named_identifiers(table: str) -> str:
    names = ", ".join(f"'{name}'" for name in NEVER_PUBLISHED)
    return f"select name from pragma_table_info('{table}') where name in ({names})"


def _texts_that_name_a_case(free_texts: Mapping[str, int]) -> str:
    """A row for each text that was found to name a case: found beforehand, since identifiers are known by hashes."""
    found = [f"select '{column}' as column_name from range({count})" for column, count in free_texts.items()]
    return " union all ".join(found)
