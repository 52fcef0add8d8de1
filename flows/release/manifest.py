"""What a release says of itself: `release.json` in its folder, readable by all."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flows.base.warehouse_paths import write_durably

FILE = "release.json"
MONTHS_TO_THE_NEXT = 3


@dataclass(frozen=True)
class Release:
    """A release, or the draft of one. Times are UTC.

    number: 1 for the first. run_id, business_date: of the publication it was cut from. notes: Markdown, by a person.
    revised: programme years (2004/05) whose figures are revised. released_at: None for a draft. tag: its identifier in
    the feed. key_check: tells the key of its noise from another without giving it away. reason: why it was retracted.
    """

    name: str
    number: int
    run_id: str
    business_date: date
    notes: str
    revised: tuple[str, ...]
    key_check: str
    released_at: datetime | None = None
    tag: str = ""
    retracted_at: datetime | None = None
    reason: str = ""

    @property
    def state(self) -> str:
        if self.retracted_at:
            return "retracted"
        return "published" if self.released_at else "draft"

    @property
    def next_due(self) -> date:
        """When the release after it is due: three months later, on a day that every month has."""
        day = (self.released_at or datetime.now(UTC)).date()
        months = day.year * 12 + day.month - 1 + MONTHS_TO_THE_NEXT
        return date(months // 12, months % 12 + 1, min(day.day, 28))

    @property
    def changed_at(self) -> datetime:
        """When what readers get of it last changed. A draft has none: ValueError."""
        when = self.retracted_at or self.released_at
        if when is None:
            raise ValueError(f"{self.name} is a draft.")
        return when


def read(folder: Path) -> Release:
    """The release in a folder. Errors: OSError where there is none."""
    told: dict[str, Any] = json.loads((folder / FILE).read_bytes())
    typed = {
        "business_date": date.fromisoformat(told["business_date"]),
        "revised": tuple(told["revised"]),
        "released_at": _moment(told["released_at"]),
        "retracted_at": _moment(told["retracted_at"]),
    }
    return Release(**{**told, **typed})


def write(folder: Path, release: Release) -> None:
    """Write it into its folder, whole or not at all."""
    text = json.dumps(asdict(release), indent=2, default=lambda when: when.isoformat(), ensure_ascii=False)
    write_durably(folder / FILE, f"{text}\n".encode())


def revised_years(releases: Sequence[Release]) -> set[str]:
    """The programme years that releases have revised."""
    return {year for release in releases for year in release.revised}


def programme_years(begins: Iterable[int]) -> tuple[str, ...]:
    """Programme years by the years in which they begin: 2004/05 of 2004."""
    return tuple(f"{year}/{(year + 1) % 100:02d}" for year in sorted(set(begins)))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
