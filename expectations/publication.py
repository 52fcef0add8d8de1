"""What every publication must be before anyone sees it: complete, without identifiers, of a plausible volume.

Invariants of the figures are dbt tests; this is judged at the boundary, on the candidate file itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import great_expectations as gx
from great_expectations.expectations import (
    ExpectTableColumnsToMatchSet,
    ExpectTableRowCountToBeBetween,
    UnexpectedRowsExpectation,
)

SMALLEST_SHARE = 0.5
"""A table with fewer rows than this share of its smallest recent volume stops the publication: something was lost."""

SHORTEST_IDENTIFIER = 5
"""Shorter identifiers cannot be told from codes and numbers; the tests search for those of known deliveries."""

NEVER_PUBLISHED = ("case_id", "case_ref", "row_content")

NEVER_PUBLIC = (*NEVER_PUBLISHED, "case_key")
"""Columns that no table of schema `public` has: its rows are never people."""


def publication_suite(
    table: str,
    columns: Mapping[str, str],
    recent_rows: Sequence[int],
    identifiers: str | None,
    counts_of_people: Sequence[str] = (),
    suppressed: tuple[int, int] = (1, 4),
) -> gx.ExpectationSuite:
    """The suite for one table of the candidate.

    columns: name to DuckDB type, as promised. recent_rows: its volumes in the publications kept. identifiers: the table
    of case identifiers delivered tonight (column `identifier`), or None on a night without any. counts_of_people:
    expressions that must not be a small count. suppressed: the fewest and the most people that make one.
    """
    expectations: list[gx.expectations.Expectation] = [
        ExpectTableColumnsToMatchSet(
            column_set=sorted(columns),
            exact_match=True,
            **_told("columns", f"{table} must have exactly the columns that its contract promises"),
        ),
        ExpectTableRowCountToBeBetween(
            min_value=int(SMALLEST_SHARE * min(recent_rows, default=0)),
            **_told("volume", f"{table} must not have lost half of its rows since the last nights"),
        ),
        UnexpectedRowsExpectation(
            unexpected_rows_query=_named_identifiers(table),
            **_told("no_identifier_column", f"{table} must not have a column of case identifiers"),
        ),
    ]
    texts = [name for name, type_ in columns.items() if type_ == "VARCHAR"]
    if identifiers and texts:
        expectations.append(
            UnexpectedRowsExpectation(
                unexpected_rows_query=_identifiers_in(texts, identifiers),
                **_told("no_identifier", f"{table} must not hold a delivered case identifier"),
            )
        )
    if counts_of_people:
        expectations.append(
            UnexpectedRowsExpectation(
                unexpected_rows_query=_small_counts(counts_of_people, suppressed),
                **_told("no_small_count", f"{table} must not show a small count of people"),
            )
        )
    return gx.ExpectationSuite(name=table, expectations=expectations)


def _told(rule: str, sentence: str) -> dict[str, Any]:
    return {"description": sentence, "meta": {"rule": rule, "sentence": sentence, "outcome": "held"}}


def _named_identifiers(table: str) -> str:
    schema, name = table.split(".")
    never = NEVER_PUBLIC if schema == "public" else NEVER_PUBLISHED
    names = ", ".join(f"'{name}'" for name in never)
    return (
        "select column_name from information_schema.columns "
        f"where table_schema = '{schema}' and table_name = '{name}' and column_name in ({names}) "
        "and exists (select 1 from {batch} limit 1)"
    )


def _small_counts(counts: Sequence[str], suppressed: tuple[int, int]) -> str:
    fewest, most = suppressed
    return "select * from {batch} where " + " or ".join(f"{count} between {fewest} and {most}" for count in counts)


def _identifiers_in(texts: list[str], identifiers: str) -> str:
    """Words of the texts that are identifiers, so that one inside a sentence is found too."""
    words = " union ".join(
        f"select unnest(string_split_regex({name}, '[\\s,;:()]+')) as word from (select distinct {name} from {{batch}})"
        for name in texts
    )
    return (
        f"select word from ({words}) where word in "
        f"(select identifier from {identifiers} where length(identifier) >= {SHORTEST_IDENTIFIER} "
        "and regexp_matches(identifier, '[0-9]'))"
    )
