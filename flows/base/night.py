"""What every stage of one night shares: its run id, business date and folders, and the lock that keeps it alone."""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from flows.base.code_fingerprint import PACKAGES, fingerprint
from flows.base.errors import AnotherNightRunning
from flows.base.warehouse_paths import Warehouse

LONDON = ZoneInfo("Europe/London")
RUN_TIME = "%Y%m%dT%H%M%SZ"
RUN_ID = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{4}")
DBT = ("dbt_project.yml", "selectors.yml", "models", "macros", "seeds", "tests/dbt", "profiles")
CODE = (*DBT, "flows", "expectations")


@dataclass(frozen=True)
class Night:
    """One run. run_id sorts after every publication; business_date is the only clock models read; started_at is UTC."""

    run_id: str
    business_date: date
    started_at: datetime
    landing: Path
    warehouse: Warehouse
    code_version: str


def begin(landing: Path, warehouse: Path, business_date: date | None) -> Night:
    """A night that starts now, for today in London unless a date is given."""
    now = datetime.now(UTC)
    place = Warehouse(warehouse.absolute())
    return Night(
        run_id=_run_id(place, now),
        business_date=business_date or now.astimezone(LONDON).date(),
        started_at=now.replace(tzinfo=None),
        landing=landing,
        warehouse=place,
        code_version=code_version(),
    )


def _run_id(warehouse: Warehouse, now: datetime) -> str:
    """Starts with the time, or, where the clock was set back, with the second after the newest publication's.

    Rollback, resume and the clearing of old publications go by the order of run ids. A night that fails and the next
    one may start within a second, so the rest of a run id tells which part of its second it was.
    """
    runs = (path.name for path in warehouse.published.glob("[0-9]*") if is_run_id(path.name))
    newest = max((run.partition("-")[0] for run in runs), default="")
    started = now.strftime(RUN_TIME)
    if newest >= started:
        started = (datetime.strptime(newest, RUN_TIME) + timedelta(seconds=1)).strftime(RUN_TIME)
    return f"{started}-{now.microsecond * 0x10000 // 1_000_000:04x}"


def is_run_id(name: str) -> bool:
    """Whether a folder in `published/` has a name that a night gives, and not one that a person gave to a copy."""
    match = RUN_ID.fullmatch(name)
    try:
        return match is not None and datetime.strptime(match[1], RUN_TIME) is not None
    except ValueError:
        return False


def started(run_id: str) -> datetime:
    """When a run began, by its id."""
    return datetime.strptime(run_id.partition("-")[0], RUN_TIME).replace(tzinfo=UTC)


@cache
def code_version() -> str:
    """Twelve hexadecimal digits that change whenever a model, seed, rule or stage does, or a package that runs them.

    A process is of the code that it finds the first time that it is asked.
    """
    return fingerprint(CODE, PACKAGES)[:12]


@contextmanager
def alone(warehouse: Warehouse) -> Iterator[None]:
    """Hold the warehouse's lock. The operating system frees it when the process ends, however it ends."""
    with warehouse.lock_file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherNightRunning(
                f"A night is already running on {warehouse.root}: this one stops here and changes nothing. "
                "Try again when it has finished."
            ) from None
        yield
