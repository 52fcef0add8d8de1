"""dbt, called in this process on a warehouse with the project as it is."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from flows.base.errors import TransformFailed
from flows.base.night import Night
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.warehouse.engines.engine import Engine, engine
from flows.warehouse.lost_threads import ending_with_any_thread

PARSED = "partial_parse.msgpack"
"""What dbt keeps of a project that it parsed, in its target folder. It parses only what has changed since."""


def run_dbt(warehouse: Warehouse, arguments: list[str], manifest: Any = None, on: Engine | None = None) -> Any:
    """Run dbt on a warehouse in this process and return its result: `success`, `result` and `exception`.

    on: the engine, where it is not that of the settings.

    Parsing opens no database. It is given a warehouse whose path is always the same: with another path dbt would
    discard its partial parse and parse the whole project again.

    Errors: MachineRefused where a thread of dbt's died.
    """
    builder = on or engine()
    opened = Warehouse(Path("warehouse")) if arguments[0] == "parse" else warehouse
    os.environ.update(builder.environment(opened), DBT_SEND_ANONYMOUS_USAGE_STATS="false")
    os.environ["DBT_USE_FAST_TEST_EDGES"] = "true"
    from dbt.cli.main import dbtRunner

    from flows.warehouse.dbt_events import hear_warnings_alone

    hear_warnings_alone()
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT / "profiles")]
    folders += ["--target", builder.target]
    outputs = ["--target-path", str(warehouse.dbt_target), "--log-path", str(warehouse.dbt_target)]
    quietly = ["--quiet", "--log-level", "none"]
    try:
        with ending_with_any_thread():
            result = dbtRunner(manifest=manifest).invoke([*quietly, *arguments, *folders, *outputs])
    finally:
        builder.let_go()
    # dbt gives back what should have ended the night: Ctrl-C, or a signal.
    if result.exception and not isinstance(result.exception, Exception):
        raise result.exception
    return result


def parse(night: Night, write: bool) -> Any:
    """What dbt knows of the project. write: also to the warehouse's manifest. Errors: TransformFailed."""
    parsed = run_dbt(night.warehouse, ["parse", *([] if write else ["--no-write-json"])])
    if not parsed.success:
        raise TransformFailed(f"dbt could not parse the project: {parsed.exception}")
    return parsed.result


def share_parsed(known: Warehouse, new: Warehouse) -> None:
    """What dbt parsed for one warehouse is the start for another: parsing the whole project takes many seconds."""
    parsed = known.dbt_target / PARSED
    if parsed.exists():
        new.dbt_target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(parsed, new.dbt_target / PARSED)


def has_manifest(night: Night) -> bool:
    """Whether the warehouse's manifest, from which what is published is read, is there and whole."""
    try:
        json.loads(night.warehouse.manifest.read_bytes())
    except (OSError, ValueError):
        return False
    return True
