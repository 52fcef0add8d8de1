"""Writes an invented release as the project writes one: the tables that the attack reads, in `public.duckdb`."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from attack.figures import Published, Release, Shown
from tests.attack.noise_table import noise_table

Cells = list[tuple[Any, ...]]

COUNTS = (
    "measure_code varchar, pool varchar, pool_code varchar, first_month date, period_month date, "
    "characteristic varchar, category varchar, base bigint, base_is varchar, side bigint, side_is varchar, "
    "is_revised boolean"
)
PERIODS = (
    "measure_code varchar, pool varchar, pool_code varchar, first_month date, period_month date, "
    "numerator double, denominator double, value double, target double, status varchar"
)
TO_DATE = (
    "area_code varchar, measure_code varchar, performance_year varchar, period_month date, "
    "numerator double, denominator double, value double, target double, status varchar"
)


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _ends(records: Any) -> tuple[date, date]:
    return _month(records.first), _month(records.first + records.months - 1)


def _count(figure: Published) -> tuple[Any, ...]:
    of = figure.records
    characteristic, _, category = of.group.partition("=")
    base_is = "rounded" if figure.rounded else "perturbed"
    group = (characteristic or "none", category or "all")
    counts = (figure.base, base_is, figure.side, "missed", figure.marked)
    return (of.measure, of.level, of.place, *_ends(of), *group, *counts)


def _values(shown: Shown) -> tuple[Any, ...]:
    return shown.numerator, shown.denominator, shown.value, shown.target, shown.status


def _periods(release: Release) -> Iterator[tuple[Any, ...]]:
    for shown in release.shown:
        of = shown.records
        if shown.table == "fct_performance_period" and not of.group:
            yield (of.measure, of.level, of.place, *_ends(of), *_values(shown))


def _to_date(release: Release) -> Iterator[tuple[Any, ...]]:
    for shown in release.shown:
        of = shown.records
        if shown.table == "fct_performance_to_date":
            yield (of.place, of.measure, f"{of.first // 12}/x", _ends(of)[1], *_values(shown))


def write_noise(path: Path) -> Path:
    """Writes the table of noise as a seed; its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["people", "noise_row", "noise"])
        table = noise_table().rows
        writer.writerows((count, row, noise) for count, line in enumerate(table) for row, noise in enumerate(line))
    return path


def _fill(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Cells) -> None:
    connection.execute(f"create table public.public.{table} ({columns})")
    if rows:
        connection.executemany(f"insert into public.public.{table} values ({', '.join('?' * len(rows[0]))})", rows)


def write_release(release: Release, folder: Path) -> Path:
    """Writes a release into a folder of its name; its path."""
    (folder / release.name).mkdir(parents=True)
    with duckdb.connect(str(folder / release.name / "public.duckdb")) as connection:
        connection.execute("create schema public.public")
        _fill(connection, "fct_published_count", COUNTS, [_count(figure) for figure in release.figures])
        _fill(connection, "fct_performance_period", PERIODS, list(_periods(release)))
        _fill(connection, "fct_performance_to_date", TO_DATE, list(_to_date(release)))
        areas = [(area, region.removeprefix("region:")) for area, region in release.regions.items()]
        _fill(connection, "dim_area", "area_code varchar, region varchar", areas)
    return folder / release.name
