"""Reads the tables of a release: what they publish of sets of records, and what is computed from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from attack.figures import QUESTION, Published, Ranked, Records, Release, Shown
from attack.noise import Noise, Unreadable, read_noise

TABLES = "public.duckdb"
ROUNDED_TO = 5
SEED = Path("seeds/release/noise.csv")
"""Where the method keeps its table of noise, from the root of its repository."""

APRIL = 3
APPOINTMENTS = {"CON_ARR", "CON_KEPT"}
"""Measures that count appointments, not people; their noise is several times that of people."""


Row = dict[str, Any]


@contextmanager
def tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the tables of a release, which are in `release.public`.

    Errors: Unreadable where the file is missing or damaged.
    """
    path = folder / TABLES
    if not path.is_file():
        raise Unreadable(f"{folder}: is no release, because it has no {TABLES}")
    try:
        with duckdb.connect() as connection:
            connection.execute("attach '{}' as release (read_only)".format(str(path).replace("'", "''")))
            yield connection
    except duckdb.Error as problem:
        raise Unreadable(f"{path}: cannot be read ({str(problem).splitlines()[0]})") from problem


def columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Tables of schema `public` with the types of their columns."""
    found: dict[str, dict[str, str]] = {}
    query = (
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = 'release' and schema_name = 'public' order by all"
    )
    for table, column, kind in connection.execute(query).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def rows(folder: Path, table: str, *wanted: str) -> list[Row]:
    """Rows of a table of a release; none where it has no such table.

    Errors: Unreadable where the file is missing or damaged, or the table lacks one of the columns wanted.
    """
    with tables(folder) as connection:
        known = columns(connection).get(table, {})
        if not known:
            return []
        if missing := sorted(set(wanted) - set(known)):
            raise Unreadable(f"{folder / TABLES}: table {table} has no column {missing[0]}, which the attack reads")
        found = connection.execute(f'select * from release.public."{table}"')
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _whole(value: Any) -> int | None:
    return None if value is None else round(value)


def _part(row: Row) -> tuple[int, int]:
    """First month and number of months of a period, which `first_month` and `period_month` begin and end."""
    first = _month(row["first_month"])
    return first, _month(row["period_month"]) - first + 1


def _month(day: date) -> int:
    return 12 * day.year + day.month - 1


def _records(row: Row) -> Records:
    first, months = _part(row)
    characteristic = row.get("characteristic", "none")
    group = "" if characteristic == "none" else f"{characteristic}={row['category']}"
    return Records(row["measure_code"], row["pool"], row["pool_code"], first, months, group)


def _counts(folder: Path, people: set[str]) -> list[Row]:
    wanted = ("measure_code", "pool", "pool_code", "first_month", "period_month", "side", "base", "base_is", "side_is")
    found = rows(folder, "fct_published_count", *wanted)
    if not found:
        raise Unreadable(f"{folder / TABLES}: has no figures in fct_published_count, which the attack is on")
    return [row for row in found if row["measure_code"] in people and row["base_is"] != "delivered"]


def _telling(found: list[Row], *apart: str) -> set[str]:
    """The characteristics of which some group has no row somewhere: a row of theirs says that somebody is there.

    apart: the columns that tell lists of groups apart.
    """
    lists: dict[tuple[str, ...], set[str]] = {}
    every: dict[str, set[str]] = {}
    for row in found:
        if "category" in row:
            characteristic, category = row.get("characteristic", "none"), row["category"]
            lists.setdefault((characteristic, *(str(row.get(name)) for name in apart)), set()).add(category)
            every.setdefault(characteristic, set()).add(category)
    return {of[0] for of, listed in lists.items() if listed != every[of[0]]}


def _all_published(counts: list[Row]) -> list[Published]:
    telling = _telling(counts, "measure_code", "pool_code", "period_month")
    return [_published(row, telling) for row in counts]


def _published(row: Row, telling: set[str]) -> Published:
    base = None if row["base_is"] == "target" else _whole(row["base"])
    rounded = ROUNDED_TO if row["base_is"] in ("rounded", "perturbed and rounded") else 0
    marked, records = bool(row.get("is_revised")), _records(row)
    there = int(row.get("characteristic") in telling)
    return Published(records, "fct_published_count", _whole(row["side"]), base, rounded, marked, 0, there)


def _year(text: str | None) -> int:
    """First month of a programme year, as 2004/05; 0 for none."""
    return 12 * int(text[:4]) + APRIL if text else 0


POOLED = (
    ("fct_question_score", "question_code", "below_line_cases", "relevant_cases"),
    ("fct_pooled_reconviction", None, "reconvicted_cases", "observed_cases"),
    ("fct_pooled_oasys_change", "item", "counted_cases", "cases"),
    ("fct_pooled_profile", "characteristic", "cases", "pool_cases"),
)
"""Tables of counts of samples: what tells measures apart, and the columns of side and base."""


def _pooled(folder: Path, table: str, by: str | None, side: str, base: str) -> Iterator[Published]:
    found = rows(folder, table, side, base)
    telling = _telling(found, "framework_code", "performance_year", "inspections")
    for row in found:
        place = [str(row[key]) for key in ("inspection_id", "framework_code", "inspections", "months") if row.get(key)]
        measure = f"{table}.{side}" + (f" {row[by]}" if by else "")
        level = QUESTION if by == "question_code" else "sample"
        records = Records(measure, level, " ".join(place), _year(row.get("performance_year")), 12, _category(row))
        counts = _whole(row[side]), _whole(row[base])
        yield Published(
            records, table, *counts, 0, bool(row.get("is_revised")), int(row.get("characteristic") in telling)
        )


def _category(row: Row) -> str:
    return f"{row['characteristic']}={row['category']}" if "category" in row else ""


def _shown(row: Row, table: str, records: Records, counted: bool, direction: str) -> Shown:
    return Shown(
        records,
        table,
        row["numerator"],
        row["denominator"],
        counted,
        row.get("scaled_value", row["value"]),
        row.get("target"),
        direction,
        row.get("status"),
        row.get("figure_status") or "",
    )


def _to_date(row: Row) -> Records:
    first = _year(row["performance_year"])
    months = _month(row["period_month"]) - first + 1
    return Records(row["measure_code"], "area", row["area_code"], first, months)


def _equality(row: Row) -> Records:
    group = f"{row['characteristic']}={row['category']}"
    return Records(row["measure_code"], "nation", "ENW", _year(row["performance_year"]), 12, group)


COMPUTED = (
    ("fct_performance_period", _records),
    ("fct_performance_to_date", _to_date),
    ("fct_performance_equality", _equality),
)


def _computed(folder: Path, counted: dict[str, bool], directions: dict[str, str]) -> Iterator[Shown]:
    for table, records in COMPUTED:
        for row in rows(folder, table, "measure_code", "numerator", "denominator", "value"):
            measure = row["measure_code"]
            if measure in counted:
                yield _shown(row, table, records(row), counted[measure], directions.get(measure) or "higher")


def _ranked(folder: Path) -> list[Ranked]:
    found = rows(folder, "fct_scorecard", "unit_code", "score", "rank")
    lists = [f"fct_scorecard {row.get('performance_year')} {row.get('period_month')}" for row in found]
    return [Ranked(of, row["unit_code"], row["score"], row["rank"]) for of, row in zip(lists, found, strict=True)]


def read_release(folder: Path) -> Release:
    """What a release says in its tables.

    Errors: Unreadable where the folder is no release or a table lacks a column that is read.
    """
    measures = {row["measure_code"]: row for row in rows(folder, "dim_measure")}
    counts = _counts(folder, _of_people(folder))
    counted = {row["measure_code"]: row["side_is"] == "counted" for row in counts}
    directions = {code: row.get("direction", "higher") for code, row in measures.items()}
    figures = _all_published(counts)
    for table, by, side, base in POOLED:
        figures += _pooled(folder, table, by, side, base)
    regions = {row["area_code"]: f"region:{row['region']}" for row in rows(folder, "dim_area", "area_code", "region")}
    shown = list(_computed(folder, counted, directions))
    amounts = _all_published(_counts(folder, APPOINTMENTS))
    return Release(folder.name, figures, regions, shown, _ranked(folder), amounts)


def _of_people(folder: Path) -> set[str]:
    """Measures whose counts are of people."""
    codes = {row["measure_code"] for row in rows(folder, "fct_published_count", "measure_code")}
    return codes - APPOINTMENTS


def noise_of(folders: list[Path], path: Path | None) -> Noise:
    """The table of noise: of the file that was given, or of the documentation of a release.

    Errors: Unreadable where there is none.
    """
    if path:
        return read_noise(path)
    for folder in folders:
        if files := sorted(folder.rglob("*noise*.csv")):
            return read_noise(files[0])
    if SEED.is_file():
        return read_noise(SEED)
    raise Unreadable(f"{folders[0]}: holds no table of noise; give its file with --noise")
