"""Trace: which deliveries what fails comes from. Narrowed by lineage and keys, then shown by building without them.

Whatever is supposed, only a build that holds without a delivery convicts it: so it is right for every layer, and for
rows that a delivery took away.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flows.base.errors import Failure

MOST_TRIALS = 24
"""Builds in search of the fewest guilty deliveries; what is left of the suspects when they are used up is guilty."""

MOST_OLD = 10
"""If a rule fails with more deliveries than these that were published before, the rule is wrong and not they."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Suspect:
    """A delivery whose rows count. is_new: they did not in the last publication. lost: rows that its forerunner, which
    it replaced since, had more."""

    file_id: int
    kind: str
    key: str
    revision: int
    is_new: bool
    lost: int

    @property
    def name(self) -> str:
        """As its file's name says."""
        return f"{self.kind}_{self.key}{f'_r{self.revision}' if self.revision > 1 else ''}"

    def agreement(self, row: Row) -> int:
        """How many parts of its key a row names; 0 for none. The number of a file decides alone."""
        if row.get("file_id") is not None:
            return int(row["file_id"] == self.file_id)
        return sum(as_text(value) in self._parts for value in row.values())

    @cached_property
    def _parts(self) -> set[str | None]:
        unit, _, period = self.key.partition("_")
        parts: set[str | None] = {self.key, self.key.replace("-", "/")}
        return parts | {unit, unit.partition("-")[0], period, _month(period)} if period else parts


@dataclass(frozen=True)
class Traced:
    """A failure, the kinds that it depends on, and the rows that it found."""

    failure: Failure
    kinds: frozenset[str]
    rows: tuple[Row, ...]

    def suspects(self, all_: Sequence[Suspect]) -> list[Suspect]:
        """Those that it may come from, the likeliest first."""
        mine = [one for one in all_ if one.kind in self.kinds or one.file_id in self.failure.files]
        return sorted(mine, key=lambda one: (-self.strength(one), -one.file_id))

    def strength(self, one: Suspect) -> int:
        """How much speaks against a delivery; 0 for nothing but that it is there."""
        if self.failure.is_loss:
            return max(one.lost, 0)
        if self.failure.files:
            return int(one.file_id in self.failure.files)
        return sum(one.agreement(row) for row in self.rows)

    def named(self, all_: Sequence[Suspect]) -> list[Suspect]:
        """Those that a row names best, or, where no rows are found, those that lost some."""
        suspects = self.suspects(all_)
        if self.failure.is_loss or self.failure.files:
            return [one for one in suspects if self.strength(one)]
        best: set[Suspect] = set()
        for row in self.rows:
            agreements = {one: agreement for one in suspects if (agreement := one.agreement(row))}
            best |= {one for one, agreement in agreements.items() if agreement == max(agreements.values())}
        return [one for one in suspects if one in best]


def ladder(found: Sequence[Traced], all_: Sequence[Suspect]) -> Iterator[list[Suspect]]:
    """Suspects to build without: those that are named, all that are new, and old ones that are named, if few."""
    new, old = [one for one in all_ if one.is_new], [one for one in all_ if not one.is_new]
    named = _together(one.named(new) or one.suspects(new) for one in found)
    every = _together(one.suspects(new) for one in found)
    named_old = _together(one.named(old) for one in found)
    wider = [*every, *named_old] if len(named_old) <= MOST_OLD else every
    yield from (step for step, before in ((named, []), (every, named), (wider, every)) if len(step) > len(before))


def fewest(suspects: Sequence[Suspect], cures: Callable[[Sequence[Suspect]], bool]) -> list[Suspect]:
    """The fewest of the suspects without whom it holds, by halves; without all of them it does.

    Of several that would do, the first ones.
    """
    left = iter(range(MOST_TRIALS))

    def holds(without: Sequence[Suspect]) -> bool:
        return next(left, None) is not None and cures(without)

    def guilty(without: Sequence[Suspect], rest: Sequence[Suspect], changed: bool) -> list[Suspect]:
        if changed and holds(without):
            return []
        if len(rest) == 1:
            return list(rest)
        first, second = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        of_second = guilty([*without, *first], second, True)
        of_first = guilty([*without, *of_second], first, bool(of_second))
        return [*of_first, *of_second]

    return guilty([], suspects, False)


def _together(groups: Iterable[Iterable[Suspect]]) -> list[Suspect]:
    """Each of them once, in order."""
    return list(dict.fromkeys(one for group in groups for one in group))


def _month(period: str) -> str:
    """The first day of the month of a monthly key, MMYY."""
    return f"{'19' if period[2:] >= '70' else '20'}{period[2:]}-{period[:2]}-01" if len(period) == 4 else period


def as_text(value: Any) -> str | None:
    """A value as the database writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)
