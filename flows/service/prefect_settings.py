"""Prefect for a night without a server: its files in the restricted folder, telemetry off, little to start up.

Set before Prefect is imported. With PREFECT_API_URL (a server and worker, `make serve`) only the telemetry is touched.
"""

import logging
import os
from contextlib import AbstractContextManager
from pathlib import Path

from flows.base.warehouse_paths import Warehouse
from flows.service import prefect_records

LOG = logging.getLogger("casebook.prefect")

TELEMETRY_OFF = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
}

QUICK_START = {
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "casebook",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    # The command shows progress itself; Prefect keeps the logs. A number here would leave it without any, unsaid.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


def use(warehouse: Warehouse) -> None:
    """Make the environment what the night needs; what a person has set already stays."""
    for name, value in TELEMETRY_OFF.items():
        os.environ.setdefault(name, value)
    if "PREFECT_API_URL" in os.environ:
        return
    for name, value in QUICK_START.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_HOME", str(home(warehouse)))
    damage = prefect_records.repair(home(warehouse), prefect_records.LARGEST)
    if damage:
        LOG.warning(damage)
    # Prefect's database is brought up to date once for each version, not every night.
    if prefect_records.is_migrated(home(warehouse)):
        os.environ.setdefault("PREFECT_SERVER_DATABASE_MIGRATE_ON_START", "false")


def home(warehouse: Warehouse) -> Path:
    """Where Prefect keeps the files of nights by command."""
    return warehouse.restricted / "prefect"


def without_heartbeats() -> AbstractContextManager[object]:
    """For a flow on a server of its own, which then ends up to a second earlier.

    A server that lasts needs heartbeats to know of flows that died; the night's own ends with it.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    return temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
