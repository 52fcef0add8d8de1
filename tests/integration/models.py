"""The models alone over deliveries of a test's own, with rows added to the seeds if it wants: nothing is published."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from flows.base.warehouse_paths import Warehouse
from flows.warehouse.changes import CALENDAR_MODEL, changed_inputs
from flows.warehouse.transform import DELIVERY_STATE
from tests import forked
from tests.conftest import Intake, run_intake
from tests.integration.conftest import KEY, PROJECT

OF_RELEASES = ("path:models/release", "path:models/public")
"""Models that no night builds."""

FOLDERS = ("models", "macros", "seeds", "profiles", "tests/dbt")


def build_models(prepared: Path, folder: Path, seed_rows: Mapping[str, str] | None = None) -> Intake:
    """Take in what has landed in `folder`, and build and test all that follows from it; returns the warehouse to ask.

    The rest is in the prepared warehouse, built from no deliveries. seed_rows: CSV lines to add, by the seed's path
    below seeds/.
    """
    result = take_in(prepared, folder)
    changed_inputs(result.night)
    project = _project(folder / "project", seed_rows) if seed_rows else PROJECT
    arguments = ["--exclude-resource-type", "unit_test", "--exclude", *OF_RELEASES]
    arguments += ["--select", *_follows(result, seed_rows)]
    done = forked.run(_build, result.night.warehouse, project, arguments, environment=os.environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return result


def _follows(result: Intake, seed_rows: Mapping[str, str] | None) -> list[str]:
    """What follows from the rows of deliveries and seeds, from the state of files and from the date."""
    kinds = result.query("select distinct kind from intake.file where state = 'loaded' order by all")
    roots = [f"source:raw.{kind}+" for (kind,) in kinds] + [f"{Path(path).stem}+" for path in seed_rows or {}]
    return [CALENDAR_MODEL, DELIVERY_STATE, *roots]


def take_in(prepared: Path, folder: Path) -> Intake:
    """Take in what has landed in `folder`, into the warehouse there or into a copy of the prepared one."""
    if not (folder / "warehouse").exists():
        shutil.copytree(prepared, folder / "warehouse")
    with patch.dict(os.environ, KEY):
        return run_intake(folder / "landing", folder / "warehouse")


def _project(folder: Path, seed_rows: Mapping[str, str]) -> Path:
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("dbt_project.yml", "selectors.yml"):
        shutil.copy(PROJECT / name, folder)
    for path, lines in seed_rows.items():
        with (folder / "seeds" / path).open("a", encoding="utf-8") as seed:
            seed.write(lines)
    return folder


def _build(warehouse: Warehouse, project: Path, arguments: list[str]) -> None:
    from flows.warehouse import dbt

    dbt.PROJECT = project
    result = dbt.run_dbt(warehouse, ["build", *arguments])
    failed = [outcome for outcome in getattr(result.result, "results", []) if outcome.status in ("error", "fail")]
    for outcome in failed:
        print(outcome.node.name, outcome.message)  # noqa: T201 -- the test shows it
    if failed or not result.success:
        raise SystemExit(str(result.exception))
