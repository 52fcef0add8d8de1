"""Events: what came and what was decided of it, as the register and the sidecars record it.

- `landed`: a file was found: file_id, path, file_name, sha256, size, first_seen_run_id, business_date; `reason` where
  its bytes could not be taken in.
- `loaded`: the rows of files `file_ids` were loaded: run_id, business_date, loaded_at, case_key_check.
- `withdrawn`: an operator took revisions of a delivery out of force: the columns of `intake.withdrawal`.
- `erased`: the bytes of file `file_id` were removed for good, with the `reason`: its tombstone.
- `rewritten`: a case's rows were removed for good from file `file_id`, whose bytes are others since: sha256, size; the
  `reason` is the tombstone of the bytes before.

Whoever adds an event adds its meaning here, in `flows.register._fold` and in `flows.catch_up._do`. Of two events of one
file the later counts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

LANDED = ("file_id", "path", "file_name", "sha256", "size", "first_seen_run_id", "business_date", "reason")
WITHDRAWN = (
    "kind",
    "delivery_key",
    "first_revision",
    "last_revision",
    "reason",
    "withdrawn_by",
    "withdrawn_at",
)


@dataclass(frozen=True)
class ArchivedFile:
    """A file that was delivered. size: bytes. reason: why its bytes are not in the archive, or None.

    loaded_at, loaded_run_id, loaded_date: when, by which run and for which business date its rows were loaded; None
    where they never were.
    """

    file_id: int
    path: str
    file_name: str
    sha256: str
    size: int
    first_seen_run_id: str
    business_date: date
    reason: str | None
    loaded_at: datetime | None = None
    loaded_run_id: str | None = None
    loaded_date: date | None = None

    @property
    def run_id(self) -> str:
        """The run that took it in."""
        return self.loaded_run_id or self.first_seen_run_id

    @property
    def taken_in_for(self) -> date:
        """The business date of that run."""
        return self.loaded_date or self.business_date


@dataclass(frozen=True)
class Withdrawal:
    """A row of `intake.withdrawal`: revisions first to last of one delivery. withdrawn_at: UTC."""

    kind: str
    delivery_key: str
    first_revision: int
    last_revision: int
    reason: str
    withdrawn_by: str
    withdrawn_at: datetime


def landed_event(file: ArchivedFile) -> dict[str, Any]:
    """The event that the file was found."""
    return {"event": "landed", **{name: getattr(file, name) for name in LANDED}}


def withdrawn_event(withdrawal: Withdrawal) -> dict[str, Any]:
    """The event that revisions were withdrawn."""
    return {"event": "withdrawn", **{name: getattr(withdrawal, name) for name in WITHDRAWN}}


def loaded_event(
    run_id: str, business_date: date, loaded_at: datetime, key_check: str | None, file_ids: list[int]
) -> dict[str, Any]:
    """The event that rows of the files were loaded."""
    return {
        "event": "loaded",
        "run_id": run_id,
        "business_date": business_date,
        "loaded_at": loaded_at,
        "case_key_check": key_check,
        "file_ids": file_ids,
    }


def file_of(record: dict[str, Any]) -> ArchivedFile:
    """The file that a `landed` event is about."""
    values = {name: record[name] for name in LANDED}
    return ArchivedFile(**{**values, "business_date": date.fromisoformat(record["business_date"])})


def withdrawal_of(record: dict[str, Any]) -> Withdrawal:
    """The withdrawal that a `withdrawn` event is about."""
    values = {name: record[name] for name in WITHDRAWN}
    return Withdrawal(**{**values, "withdrawn_at": datetime.fromisoformat(record["withdrawn_at"])})
