"""The exact counts behind a release, from the staff edition's cases beside it. Tests use it; the command does not."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from attack.figures import Records

CASES = "exact.marts.fct_standard_case"
PLACES = {"area": "area_code", "region": "place", "nation": "'ENW'"}

Exact = dict[Records, tuple[int, int]]


def _query(kind: Records, months: str) -> str:
    """Side and base by place and first month, of sets of records of one kind and these periods."""
    measure = kind.measure.lower()
    characteristic = kind.group.partition("=")[0]
    group = f"cast({characteristic} as varchar)" if characteristic else "''"
    return f"""
        select {PLACES[kind.level]} as place, periods.first, {group} as category,
            sum({measure}_relevant - {measure}_met), sum({measure}_relevant)
        from {CASES} as cases
        inner join regions using (area_code)
        inner join (values {months}) as periods (first)
            on 12 * year(period_month) + month(period_month) - 1 between first and first + {kind.months - 1}
        group by all
    """


def _by_kind(wanted: Iterable[Records]) -> dict[Records, list[Records]]:
    """Sets of records by measure, level, months and characteristic."""
    kinds: dict[Records, list[Records]] = {}
    for records in wanted:
        kind = Records(records.measure, records.level, "", 0, records.months, records.group.partition("=")[0])
        kinds.setdefault(kind, []).append(records)
    return kinds


def exact_counts(path: Path, wanted: Iterable[Records], regions: dict[str, str]) -> Exact:
    """Exact side and base of those sets of records that are counted from cases; a set without cases has 0 of 0.

    Args: path: the file of the staff edition. regions: the region of each area, as the release names it.
    """
    found: Exact = {}
    with duckdb.connect() as connection:
        connection.execute("attach '{}' as exact (read_only)".format(str(path).replace("'", "''")))
        connection.execute("create table regions (area_code varchar, place varchar)")
        connection.executemany("insert into regions values (?, ?)", list(regions.items()))
        known = {name for (name,) in connection.execute("select column_name from duckdb_columns()").fetchall()}
        for kind, sets in _by_kind(wanted).items():
            if kind.level in PLACES and f"{kind.measure.lower()}_met" in known:
                found |= _counted(connection, kind, sets)
    return found


def _counted(connection: duckdb.DuckDBPyConnection, kind: Records, sets: list[Records]) -> Exact:
    months = ", ".join(f"({first})" for first in sorted({records.first for records in sets}))
    rows = connection.execute(_query(kind, months)).fetchall()
    counts = {(place, first, category): (int(side), int(base)) for place, first, category, side, base in rows}
    return {
        records: counts.get((records.place, records.first, records.group.partition("=")[2]), (0, 0)) for records in sets
    }
