"""Events: what came and what was decided of it, as the register and the sidecars record it.

- `landed`: a file was found: file_id, path, file_name, sha256, size, first_seen_run_id, business_date; `reason` where
  its bytes could not be taken in.
- `loaded`: the rows of files `file_ids` were loaded: run_id, business_date, loaded_at, case_key_check.
- `withdrawn`: an operator took revisions of a delivery out of force: the columns of `intake.withdrawal`.
- `set_aside`: a night left file `file_id` out because a rule fails with it: the columns of `intake.set_aside`.
- `readmitted`: file `file_id`, which the night `run_id` had set aside, is tried again: readmitted_at, readmitted_by,
  readmitted_because.
- `case_erased`: a case was erased, by its keyed hashes: the fields of `flows.intake.tombstones.Tombstone`.
- `gone`: in the night run_id nothing was at the path of file `file_id` any more, while another file of its revision was
  there.
- `invented`: in the night run_id files `file_ids` were found to lie below an `INVENTED.txt` (is_invented), or no
  longer.
- `erased`: the bytes of file `file_id` were removed for good, with the `reason`: its tombstone.
- `rewritten`: rows of erased cases were removed for good from file `file_id`, whose bytes are others since: sha256,
  size, `rows` that were removed; the `reason` is the tombstone of the bytes before.
- `erasure_finished`: all that followed from the erasures before it is done.

A new event gets its meaning here, in `flows.intake.register._fold` and in `flows.intake.event_rows.carry_out`. Of two
events of one file the later counts.
"""

from dataclasses import asdict, dataclass, fields, replace
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


SET_ASIDE = (
    "file_id",
    "run_id",
    "business_date",
    "code_version",
    "rule",
    "sentence",
    "rows_failing",
    "row_numbers",
    "confirmed_at",
)
READMITTED = ("readmitted_at", "readmitted_by", "readmitted_because")


@dataclass(frozen=True)
class ArchivedFile:
    """A file that was delivered. size: bytes. reason: why its bytes are not in the archive, or None.

    loaded_at, loaded_run_id, loaded_date: when, by which run and for which business date its rows were loaded; None
    where they never were. rows_erased: of erased cases, which are not in its bytes any more.
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
    rows_erased: int = 0

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


@dataclass(frozen=True)
class SetAside:
    """A row of `intake.set_aside`: a file that the night run_id left out, with the rule that fails with it.

    confirmed_at: when that was settled; readmitted_at, by, because: when it was taken back in. UTC, None before that.
    """

    file_id: int
    run_id: str
    business_date: date
    code_version: str
    rule: str
    sentence: str
    rows_failing: int | None
    row_numbers: tuple[int, ...]
    confirmed_at: datetime | None = None
    readmitted_at: datetime | None = None
    readmitted_by: str | None = None
    readmitted_because: str | None = None


@dataclass(frozen=True)
class Tombstone:
    """An erased case, which it does not name.

    scope: its inspection or area. area: the area, where the scope is one or the inspection's is known. case: keyed hash
    of scope and identifier. reach: in whose free text it is searched for, None for nowhere. fingerprint: keyed hash of
    the identifier as free text is compared. reason: the sentence that is published.
    """

    scope: str
    area: str
    case: str
    reach: str | None
    fingerprint: int
    reason: str


def landed_event(file: ArchivedFile) -> dict[str, Any]:
    """The event that the file was found."""
    return {"event": "landed", **{name: getattr(file, name) for name in LANDED}}


def withdrawn_event(withdrawal: Withdrawal) -> dict[str, Any]:
    """The event that revisions were withdrawn."""
    return {"event": "withdrawn", **{name: getattr(withdrawal, name) for name in WITHDRAWN}}


def set_aside_event(row: SetAside) -> dict[str, Any]:
    """The event that a file was set aside."""
    return {"event": "set_aside", **{name: getattr(row, name) for name in SET_ASIDE}}


def readmitted_event(row: SetAside) -> dict[str, Any]:
    """The event that a file that was set aside is tried again."""
    return {"event": "readmitted", **{name: getattr(row, name) for name in ("file_id", "run_id", *READMITTED)}}


def case_erased_event(tombstone: Tombstone) -> dict[str, Any]:
    """The event that a case was erased."""
    return {"event": "case_erased", **asdict(tombstone)}


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


def gone_event(file_id: int, run_id: str) -> dict[str, Any]:
    """The event that a path has nothing any more."""
    return {"event": "gone", "file_id": file_id, "run_id": run_id}


def invented_event(file_ids: list[int], is_invented: bool, run_id: str) -> dict[str, Any]:
    """The event that the mark of a folder says something else of files than before."""
    return {"event": "invented", "run_id": run_id, "is_invented": is_invented, "file_ids": file_ids}


def file_of(record: dict[str, Any]) -> ArchivedFile:
    """The file that a `landed` event is about."""
    values = {name: record[name] for name in LANDED}
    return ArchivedFile(**{**values, "business_date": date.fromisoformat(record["business_date"])})


def rewritten(file: ArchivedFile, record: dict[str, Any]) -> ArchivedFile:
    """The same file after a `rewritten` event; earlier versions did not count the rows."""
    rows = file.rows_erased + record.get("rows", 0)
    return replace(file, sha256=record["sha256"], size=record["size"], rows_erased=rows)


def withdrawal_of(record: dict[str, Any]) -> Withdrawal:
    """The withdrawal that a `withdrawn` event is about."""
    values = {name: record[name] for name in WITHDRAWN}
    return Withdrawal(**{**values, "withdrawn_at": datetime.fromisoformat(record["withdrawn_at"])})


def tombstone_of(record: dict[str, Any]) -> Tombstone:
    """The tombstone that a `case_erased` event is about."""
    return Tombstone(**{field.name: record[field.name] for field in fields(Tombstone)})


def set_aside_of(record: dict[str, Any]) -> SetAside:
    """The file that a `set_aside` event is about."""
    values = {name: record[name] for name in SET_ASIDE}
    return SetAside(
        **{
            **values,
            "business_date": date.fromisoformat(record["business_date"]),
            "row_numbers": tuple(record["row_numbers"]),
            "confirmed_at": datetime.fromisoformat(record["confirmed_at"]),
        }
    )


def readmitted(row: SetAside, record: dict[str, Any]) -> SetAside:
    """The same file after a `readmitted` event."""
    values = {name: record[name] for name in READMITTED}
    return replace(row, **{**values, "readmitted_at": datetime.fromisoformat(record["readmitted_at"])})
