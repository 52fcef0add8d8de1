"""Invented deliveries to measure with, and the small changes that come to them."""

import re
import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from bench.generator import PRESETS, Plan, generate
from bench.measure import tell

BUSINESS_DATE = date(2026, 11, 20)
"""After everything that is delivered: what is dated later would be held."""

NEXT_DAY = BUSINESS_DATE + timedelta(days=1)


def deliver(preset: str | Plan, landing: Path) -> Path:
    """Write a preset's deliveries, unless they are there from an earlier run; returns the folder."""
    if not landing.exists():
        tell(f"making invented deliveries ({preset}) ...")
        part = landing.with_name(f"{landing.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        generate(PRESETS[preset] if isinstance(preset, str) else preset, part)
        part.rename(landing)
    return landing


def correct_one_month(landing: Path, revision: int) -> Path:
    """Deliver the newest NSmart month of the first area again, shorter by as many cases as the revision's number."""
    months = _by_month(landing.rglob("nsmart_*.csv"))
    newest = months[max(months)]
    original = min(path for path in newest if path.stem.count("_") == 2)
    header, *rows = original.read_text(encoding="utf-8").splitlines()
    corrected = original.with_name(f"{original.stem}_r{revision}.csv")
    corrected.write_text("\n".join([header, *rows[revision:], ""]), encoding="utf-8")
    return corrected


def monthly_files(landing: Path) -> dict[tuple[int, int], list[Path]]:
    """Files that tell of one month, by year and month."""
    return _by_month([*landing.rglob("nsmart_*.csv"), *landing.rglob("performance_return_*.csv")])


def _by_month(paths: Iterable[Path]) -> dict[tuple[int, int], list[Path]]:
    months: dict[tuple[int, int], list[Path]] = {}
    for path in sorted(paths):
        period = re.search(r"_(\d\d)(\d\d)(_r\d+)?$", path.stem)
        if period:
            month, year = int(period[1]), int(period[2])
            months.setdefault((year + (1900 if year >= 70 else 2000), month), []).append(path)
    return months
