"""The models alone over deliveries of a test's own, with rows added to the seeds if it wants: nothing is published."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from flows.warehouse.transform import changed_inputs
from tests.conftest import Intake, run_intake
from tests.integration.conftest import PROJECT

FOLDERS = ("models", "macros", "seeds", "profiles", "tests/dbt")


def build_models(
    landing: Path,
    folder: Path,
    seed_rows: Mapping[str, str] | None = None,
    select: tuple[str, ...] = (),
    left_out: tuple[str, ...] = ("unit_test",),
) -> Intake:
    """Take in what has landed and build every model and test on it; returns the warehouse to ask.

    seed_rows: CSV lines to add, by the seed's path below seeds/. select: these models (dbt's words) and no others.
    left_out: the resource types not to build.
    """
    result = run_intake(landing, folder / "warehouse")
    changed_inputs(result.night)
    _dbt_build(_project(folder / "project", seed_rows or {}), result, select, left_out)
    return result


def _project(folder: Path, seed_rows: Mapping[str, str]) -> Path:
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("dbt_project.yml", "selectors.yml"):
        shutil.copy(PROJECT / name, folder)
    for path, lines in seed_rows.items():
        with (folder / "seeds" / path).open("a", encoding="utf-8") as seed:
            seed.write(lines)
    return folder


def _dbt_build(project: Path, result: Intake, select: tuple[str, ...], left_out: tuple[str, ...]) -> None:
    warehouse = result.night.warehouse
    dbt = str(Path(sys.executable).with_name("dbt"))
    excluded = [argument for kind in left_out for argument in ("--exclude-resource-type", kind)]
    done = subprocess.run(
        [
            *(dbt, "build", *excluded, "--project-dir", project, "--profiles-dir", "profiles"),
            *(("--indirect-selection", "cautious", "--select", *select) if select else ()),
        ],
        cwd=project,
        env={**os.environ, "CASEBOOK_DUCKDB": str(warehouse.database), "CASEBOOK_TEMP": str(warehouse.temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
