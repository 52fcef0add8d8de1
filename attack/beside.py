"""Columns beside a figure that must follow from it: intervals, differences, shares, scores, figures of larger places.

They have so many digits that, were they computed from exact counts, they would give them away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from attack.figures import Finding
from attack.read import columns, tables

WILSON = """
    create macro main.wilson(k, n, sign) as
        (k + 1.9207294 + sign * 1.959964 * sqrt(k * (n - k) / n + 0.960365)) / (n + 3.8414588)
"""
"""An end of Wilson's interval at 95 %; sign: -1 for the lower, 1 for the upper one."""


@dataclass(frozen=True)
class Rule:
    """Columns that must follow: what they are, in which tables, when they do not, and the columns that it reads."""

    what: str
    tables: tuple[str, ...]
    wrong: str
    reads: tuple[str, ...]


def _interval(of: tuple[str, ...], successes: str, trials: str, *reads: str) -> Rule:
    ends = (
        f"abs({end} - main.wilson({successes}, {trials}, {sign}))" for end, sign in (("ci_low", -1), ("ci_high", 1))
    )
    return Rule("intervals", of, " or ".join(f"{end} > 1e-4" for end in ends), ("ci_low", "ci_high", *reads))


def _share(table: str, share: str, count: str, base: str) -> Rule:
    far = f"abs({share} - {count} / {base}) > 0.00501"
    return Rule("shares", (table,), f"{far} or abs(100 * {share} - round(100 * {share})) > 1e-6", (share, count, base))


PERFORMANCE = ("fct_performance_period", "fct_performance_to_date", "fct_performance_month")
EQUALITY, QUESTION = "fct_performance_equality", "fct_question_score"
SCORES = ("fct_criterion_score", "fct_section_score", "fct_overall_score", "fct_thread_score")

RULES = (
    _interval(PERFORMANCE, "numerator", "people", "numerator", "people"),
    _interval((EQUALITY,), "numerator", "denominator", "numerator", "denominator"),
    _interval((QUESTION,), "above_line_cases", "relevant_cases", "above_line_cases", "relevant_cases"),
    _interval(SCORES, "cases * score_pct / 100", "cases", "cases", "score_pct"),
    Rule(
        "differences",
        PERFORMANCE,
        "abs(difference - scaled_value + target) > 1e-6",
        ("difference", "scaled_value", "target"),
    ),
    Rule(
        "differences",
        (EQUALITY,),
        "abs(difference - value + national_value) > 1e-6",
        ("difference", "value", "national_value"),
    ),
    Rule(
        "achievements",
        PERFORMANCE,
        "abs(achievement - scaled_value / target) > 1e-6 and abs(achievement - target / scaled_value) > 1e-6 "
        "and scaled_value <> 0",
        ("achievement", "scaled_value", "target"),
    ),
    Rule("scores", SCORES, "abs(score - score_pct / 100) > 1e-6 or cases % 5 <> 0", ("score", "score_pct", "cases")),
    _share(QUESTION, "proportion", "above_line_cases", "relevant_cases"),
    Rule(
        "counts",
        (QUESTION,),
        "above_line_cases <> relevant_cases - below_line_cases",
        ("above_line_cases", "relevant_cases", "below_line_cases"),
    ),
    _share("fct_pooled_reconviction", "reconvicted_share", "reconvicted_cases", "observed_cases"),
    _share("fct_pooled_profile", "share", "cases", "pool_cases"),
    _share("fct_pooled_oasys_change", "share", "counted_cases", "cases"),
)

PLACES = {"national_value": "'ENW'", "region_value": "'region:' || areas.region"}
PERIODS = {"fct_performance_to_date": "to_date", "fct_performance_month": "month"}

Known = dict[str, dict[str, str]]
Wrong = tuple[str, str, int]
"""What does not follow, in which table, and in how many rows."""


def _by_rule(connection: duckdb.DuckDBPyConnection, known: Known) -> Iterator[Wrong]:
    for rule in RULES:
        for table in rule.tables:
            if set(rule.reads) <= set(known.get(table, {})):
                query = f'select count(*) from release.public."{table}" where {rule.wrong}'
                yield rule.what, table, int(connection.execute(query).fetchall()[0][0])


def _by_place(connection: duckdb.DuckDBPyConnection, known: Known) -> Iterator[Wrong]:
    """Rows whose figure of the region or nation is not that of its own row."""
    for table, period in PERIODS.items():
        for column, pool in PLACES.items():
            if column in known.get(table, {}):
                query = f"""
                    select count(*) from release.public."{table}" as own
                    inner join release.public.dim_area as areas on own.area_code = areas.area_code
                    left join release.public.fct_performance_period as larger
                        on own.measure_code = larger.measure_code and own.period_month = larger.period_month
                        and larger.pool_code = {pool} and larger.period = '{period}'
                    where own.{column} is distinct from larger.value
                """
                yield column, table, int(connection.execute(query).fetchall()[0][0])


def findings(folder: Path) -> list[Finding]:
    """Columns that do not follow from the figures beside them.

    Errors: Unreadable where the tables cannot be read.
    """
    with tables(folder) as connection:
        connection.execute(WILSON)
        known = columns(connection)
        found = [*_by_rule(connection, known), *_by_place(connection, known)]
    return [
        Finding("beside", table, f"{what} do not follow from the figures beside them", rows)
        for what, table, rows in found
        if rows
    ]
