"""Reference data that a delivery's rules need, read from the seeds: rules are data and stand in one place."""

import csv
import re
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
"""The root of the repository, which is the dbt project."""


def measures_by_unit(*units: str) -> list[str]:
    """Codes of the measures whose unit is one of `units` (proportion, count_vs_target, days_per_head)."""
    return sorted(row["measure_code"] for row in _seed("performance/measures.csv") if row["unit"] in units)


def case_measures() -> list[dict[str, str]]:
    """Rows of the measures that are counted case by case."""
    return [row for row in _seed("performance/measures.csv") if row["case_denominator"]]


def ethnicity_codes() -> list[str]:
    """The 16+1 codes of ethnicity."""
    return [row["ethnicity_code"] for row in _seed("common/ethnicities.csv")]


def doc_blocks() -> set[str]:
    """Names of the doc blocks in which models describe their columns."""
    pages = (PROJECT / "models").rglob("*.md")
    return {name for page in pages for name in re.findall(r"{% docs (\w+) %}", page.read_text(encoding="utf-8"))}


@cache
def codes() -> frozenset[str]:
    """Every code that the seeds define: cells of columns named for a code, a group or a word of a scale."""
    defined = ("code", "_codes", "rating", "sample_group", "level")
    tables = (_seed(str(path.relative_to(PROJECT / "seeds"))) for path in (PROJECT / "seeds").rglob("*.csv"))
    rows = (row for table in tables for row in table)
    return frozenset(cell for row in rows for name, cell in row.items() if name.endswith(defined) and cell)


def _seed(path: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / path).open(newline="", encoding="utf-8") as seed:
        return list(csv.DictReader(seed))


def sql_list(values: list[str] | tuple[str, ...]) -> str:
    """Values as a list of SQL text literals."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)
