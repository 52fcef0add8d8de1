"""Measure the scripts over the same deliveries in one run, and hold that they wrote the same tables."""

import shutil
import sys
from pathlib import Path

from bench.deliveries import BUSINESS_DATE
from bench.measure import Failed, Measured, measure, tell
from bench.report import table
from bench.scripts.compare import KEYS, differing
from expectations.reference import PROJECT

THREADS = 2
SPARK_PYTHON = PROJECT / ".venv-spark" / "bin" / "python"
SCRIPTS = {
    "duckdb": "DuckDB, SQL",
    "polars": "Polars, lazy",
    "pandas": "pandas",
    "spark": f"Spark, the same SQL, local[{THREADS}]",
}


def measure_scripts(landing: Path, work: Path, spark_python: Path = SPARK_PYTHON) -> str:
    """Each script over a landing folder. Returns Markdown. Errors: Failed where one came to other tables."""
    pythons = dict.fromkeys(SCRIPTS, Path(sys.executable))
    pythons["spark"] = spark_python
    left_out = (
        "" if spark_python.exists() else "Spark is left out: there is no .venv-spark (make .venv-spark/.ready).\n"
    )
    found = {name: _measure(name, python, landing, work / name) for name, python in pythons.items() if python.exists()}
    for name in found:
        different = differing(work / "duckdb", work / name)
        if different:
            raise Failed(f"{name} came to other tables than DuckDB (rows that differ): {different}")
    tell(f"{len(found)} scripts wrote the same {len(KEYS)} tables")
    rows = [
        [
            m.name,
            f"{m.seconds:.1f}",
            f"{m.seconds / found['duckdb'].seconds:.1f}",
            f"{m.cpu:.1f}",
            f"{m.megabytes:,.0f}",
        ]
        for m in found.values()
    ]
    return table(["", "seconds", "of DuckDB's", "processor seconds", "peak MB"], rows) + left_out


def _measure(name: str, python: Path, landing: Path, out: Path) -> Measured:
    shutil.rmtree(out, ignore_errors=True)
    script = [str(python), "-m", f"bench.scripts.{name}_script", str(landing), str(out)]
    options = ["--business-date", BUSINESS_DATE.isoformat(), "--threads", str(THREADS)]
    # Python finds this project's own modules also from an environment in which it is not installed.
    settings = {"POLARS_MAX_THREADS": str(THREADS), "PYTHONPATH": str(PROJECT)}
    return measure(SCRIPTS[name], [*script, *options], settings=settings)
