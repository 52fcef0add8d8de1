"""Which sets of records add up to which: places of a region and the nation, parts of a year, groups."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from attack.figures import PLACES, Records


@dataclass(frozen=True)
class Tie:
    """A whole and its parts. split: something else says how large the whole is likely to be; the parts divide it."""

    whole: Records
    parts: tuple[Records, ...]
    split: bool


@dataclass(eq=False)
class Sets:
    """Sets of records of one measure that a count is known of, and the ties found so far."""

    regions: dict[str, str]
    known: set[Records]
    by_place: set[Records] = field(default_factory=set)
    ties: list[Tie] = field(default_factory=list)

    def areas(self, region: str) -> list[str]:
        """Areas of a region."""
        return [area for area, found in self.regions.items() if found == region]


def _place_parts(sets: Sets, whole: Records) -> list[Records]:
    """The sets of the next smaller places. A region of one area is that area."""
    if whole.level == "region":
        return [replace(whole, level="area", place=area) for area in sets.areas(whole.place)]
    if whole.level == "nation":
        return [
            _region(sets, replace(whole, level="region", place=name)) for name in dict.fromkeys(sets.regions.values())
        ]
    return []


def _region(sets: Sets, records: Records) -> Records:
    areas = sets.areas(records.place)
    return replace(records, level="area", place=areas[0]) if len(areas) == 1 else records


def _tiles(whole: Records, months: int) -> tuple[Records, ...]:
    firsts = range(whole.first, whole.first + whole.months, months)
    return tuple(replace(whole, first=first, months=months) for first in firsts)


def _time_parts(sets: Sets, whole: Records, lengths: Iterable[int]) -> tuple[Records, ...]:
    """Known sets of the longest shorter periods that make up a period."""
    for months in sorted(lengths, reverse=True):
        if months < whole.months and whole.months % months == 0:
            tiles = _tiles(whole, months)
            if all(tile in sets.known for tile in tiles):
                return tiles
    return ()


def _open_up(sets: Sets, parts: list[Records]) -> None:
    """Adds the missing parts of single areas as sets that divide a longer period of theirs."""
    for part in parts:
        if part in sets.known or part.level != "area":
            continue
        longer = [known for known in sets.known if _holds(known, part)]
        if longer:
            tiles = _tiles(longer[0], part.months)
            sets.known.update(tiles)
            sets.ties.append(Tie(longer[0], tiles, split=True))


def _holds(whole: Records, part: Records) -> bool:
    alike = replace(whole, first=part.first, months=part.months) == part
    return alike and whole.first <= part.first and part.first + part.months <= whole.first + whole.months


def _tie(sets: Sets, whole: Records, lengths: list[int], needed: bool) -> None:
    """Adds the ties of one set, where they say something of it or by it."""
    parts = _place_parts(sets, whole)
    if whole.level == "nation" and any(part in sets.known for part in parts):
        _open_up(sets, parts)
    by_place = bool(parts) and all(part in sets.known for part in parts)
    tiles = _time_parts(sets, whole, lengths)
    by_time = bool(tiles) and not (by_place and any(tile in sets.by_place for tile in tiles))
    if not (needed or (by_place and by_time)) or not (by_place or by_time):
        return
    sets.known.add(whole)
    if by_place:
        sets.by_place.add(whole)
        sets.ties.append(Tie(whole, tuple(parts), split=False))
    if by_time:
        sets.ties.append(Tie(whole, tiles, split=by_place))


def _wholes(sets: Sets, groups: Iterable[Records], lengths: list[int]) -> Iterator[Records]:
    """Every set that may tie others: from areas to the nation, from months to years."""
    seen = sorted({(known.first, known.months) for known in [*sets.known, *groups]}, key=lambda part: part[::-1])
    regions = [name for name in dict.fromkeys(sets.regions.values()) if len(sets.areas(name)) > 1]
    nation = next((known.place for known in [*sets.known, *groups] if known.level == "nation"), "ENW")
    places = {"area": list(sets.regions), "region": regions, "nation": [nation]}
    measure = next(iter(sets.known)).measure
    for level in PLACES:
        for first, months in seen:
            yield from (Records(measure, level, place, first, months) for place in places[level])


def _tie_groups(sets: Sets, groups: list[Records]) -> None:
    """Ties the categories of a characteristic to the whole they make up."""
    parts: dict[tuple[Records, str], list[Records]] = defaultdict(list)
    for records in groups:
        parts[replace(records, group=""), records.group.partition("=")[0]].append(records)
    divided = {tie.whole for tie in sets.ties}
    for (whole, _), found in parts.items():
        if whole in sets.known:
            sets.ties.append(Tie(whole, tuple(found), split=whole in divided))
            divided.add(whole)


def ties(published: Iterable[Records], regions: dict[str, str]) -> list[Tie]:
    """The sums that tie published sets of records of one measure, smallest wholes first."""
    all_sets = list(published)
    groups = [records for records in all_sets if records.group]
    sets = Sets(regions, {records for records in all_sets if not records.group})
    if not sets.known:
        return []
    needed = sets.known | {replace(records, group="") for records in groups}
    lengths = sorted({records.months for records in all_sets})
    for whole in list(_wholes(sets, groups, lengths)):
        _tie(sets, whole, lengths, whole in needed)
    _tie_groups(sets, groups)
    return sets.ties
