"""Models are written in SQL that DuckDB and Spark share; where they differ, a macro in macros/dialect stands between.

`make spark-check` proves it by building on both, `make spark-test` by comparing rows. These checks are quick and say
where a slip stands.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.base.settings import PROJECT

DUCKDB_ONLY = (
    "arg_max arg_min date_diff datediff date_part isodow json_object json_extract json_extract_string list list_agg "
    "list_value quantile_cont regexp_full_match regexp_matches sha256 strftime string_agg strptime struct_pack unnest"
)
SPARK_ONLY = (
    "array array_join array_sort collect_list collect_set date_add date_format date_sub explode get_json_object "
    "months_between named_struct nvl percentile sequence sha2 size sort_array to_date to_json"
)
SILENTLY_DIFFERENT = "hash median regexp_replace"

TRAPS = {
    **{f"{name}()": rf"\b{name}\s*\(" for name in f"{DUCKDB_ONLY} {SPARK_ONLY} {SILENTLY_DIFFERENT}".split()},
    "a star with exclude, replace or except": r"\*\s*(exclude|replace|except)\s*\(",
    "union by name": r"\bby\s+name\b",
    "distinct on": r"\bdistinct\s+on\b",
    "asof join": r"\basof\b",
    "rlike": r"\brlike\b",
    "integer division": r"//",
    "a JSON arrow": r"->>?",
    "a quoted identifier": r"[\"`]",
    "a list literal": r"[=(,]\s*\[",
    "cast as varchar": r"\bas\s+varchar\b|::",
    "an interval that is not cast": r"\binterval\b(?![^,\n]*\bas date\))",
    "a question about the engine": r"\b(target|adapter)\.type\b",
}
"""What does not run on both engines, or runs on both and means something else, as a pattern of plain SQL."""


def traps(sql: str) -> set[str]:
    """What in a model's or test's SQL is not portable. Comments, texts and macro calls are not looked into."""
    plain = re.sub(r"\{#.*?#\}|--[^\n]*|'[^'\n]*'", " ", sql, flags=re.DOTALL)
    engine = {"a question about the engine"} if re.search(TRAPS["a question about the engine"], plain) else set()
    outside = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", plain, flags=re.DOTALL)
    return engine | {name for name, pattern in TRAPS.items() if re.search(pattern, outside, flags=re.IGNORECASE)}


def _shared_sql() -> Iterator[str]:
    for folder in ("models", "macros", "tests/dbt"):
        for path in sorted((PROJECT / folder).rglob("*.sql")):
            if path.parent.name != "dialect":
                yield str(path.relative_to(PROJECT))


@pytest.mark.parametrize("path", _shared_sql())
def test_sql_outside_the_dialect_macros_is_portable(path: str) -> None:
    assert traps((PROJECT / path).read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("select strptime(day, '%d/%m/%Y')", "strptime()"),
        ("select LIST_VALUE (reason)", "list_value()"),
        ("select regexp_matches(code, 'a')", "regexp_matches()"),
        ("select sha256(code)", "sha256()"),
        ("select string_agg(code, ',' order by code)", "string_agg()"),
        ("select unnest(codes)", "unnest()"),
        ("select explode(codes)", "explode()"),
        ("select date_format(day, 'yyyy')", "date_format()"),
        ("select nvl(code, '')", "nvl()"),
        ("select median(score)", "median()"),
        ("select * exclude (code) from cases", "a star with exclude, replace or except"),
        ("select cases.* replace (1 as one) from cases", "a star with exclude, replace or except"),
        ("select distinct on (code) code", "distinct on"),
        ("select 7 // 2", "integer division"),
        ("select content ->> 'code'", "a JSON arrow"),
        ('select "code"', "a quoted identifier"),
        ("select coalesce(codes, [1, 2])", "a list literal"),
        ("select code::int", "cast as varchar"),
        ("select cast(code as varchar)", "cast as varchar"),
        ("select day + interval 1 day", "an interval that is not cast"),
        ("{% if target.type == 'spark' %} select 1 {% endif %}", "a question about the engine"),
    ],
)
def test_a_planted_trap_is_found(planted: str, found: str) -> None:
    assert traps(planted) == {found}


@pytest.mark.parametrize(
    "harmless",
    [
        "-- strptime() would not do\nselect 1",
        "{# string_agg(code) #} select 1",
        "select 'sha256(code)' as text",
        "select {{ to_date_dmy('commenced_on') }}",
        "select cast(day + interval 1 day as date)",
        "select cast(code as string), replace(code, '%', '') from {{ ref('areas') }}",
    ],
)
def test_what_is_portable_is_left_alone(harmless: str) -> None:
    assert traps(harmless) == set()


@pytest.mark.parametrize("path", sorted((PROJECT / "macros" / "tests").glob("*.sql")), ids=lambda path: path.stem)
def test_a_data_test_gives_its_model_no_alias(path: Path) -> None:
    """Narrowed by `where`, the model is a query that dbt has given one."""
    assert re.findall(r"\{\{\s*model\s*\}\}[ \t]+\w+", path.read_text(encoding="utf-8")) == []
