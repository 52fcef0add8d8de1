"""Screen: a delivery's bytes without the rows of erased cases.

A row is of a case where the columns that hold scope and identifier by contract have them, in the spelling in which
deliveries are compared. Where another cell of a row names the case, as `flows.intake.free_text` searches, the row goes
too. A file whose rows cannot be read goes whole where its text names the case.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from expectations import canonical
from expectations.contract import Delivery
from expectations.deliveries import DELIVERIES
from flows.base.errors import Unreadable
from flows.base.warehouse_paths import Warehouse
from flows.intake.archive import archive_path, forget, keep_bytes
from flows.intake.case_key import known_key
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.delivery_writer import written
from flows.intake.events import ArchivedFile, Tombstone
from flows.intake.fit import find_header
from flows.intake.read import delivered_table
from flows.intake.register import Register, append
from flows.intake.sandbox import Sandbox
from flows.intake.spelling import fingerprints, runs, search_key
from flows.intake.tombstones import case_hash, erased_key

PACKED = (b"PK\x03\x04", b"PAR1", b"\x1f\x8b")
"""How files begin whose bytes do not show their text."""


@dataclass(frozen=True)
class Screened:
    """Bytes that hold an erased case. without: what replaces them, None where nothing of them is left.

    rows: of the cases. named: others, which name one. reason: the tombstone's sentence.
    """

    without: bytes | None
    rows: int
    named: int
    reason: str

    @property
    def all_rows(self) -> int:
        """Rows that go."""
        return self.rows + self.named


@dataclass(frozen=True)
class Found:
    """What a search of files found, by fingerprint; and how many cannot be searched."""

    bytes: Mapping[str, Screened]
    unsearched: int = 0


class Screen:
    """Finds the cases of tombstones. areas: area of each inspection."""

    def __init__(self, tombstones: Iterable[Tombstone], key: bytes, areas: Callable[[], Mapping[str, str]]) -> None:
        self._cases = {one.case: one for one in tombstones}
        self._named: dict[int, list[Tombstone]] = {}
        for one in self._cases.values():
            if one.reach:
                self._named.setdefault(one.fingerprint, []).append(one)
        self._hash = cache(lambda scope, identifier: case_hash(erased_key(key), scope, identifier))
        self._key = search_key(key)
        self._areas = cache(areas)

    def of_file(self, sandbox: Sandbox, path: Path, file_name: str) -> Screened | None:
        """What to do with a file; None where no erased case is in it.

        Errors: Unreadable where its text cannot be searched.
        """
        name = parse_name(file_name)
        if isinstance(name, DeliveryName):
            try:
                return self._in_rows(sandbox, path, name)
            except Unreadable:
                pass
        return self._in_text(path.read_bytes(), name)

    def _in_rows(self, sandbox: Sandbox, path: Path, name: DeliveryName) -> Screened | None:
        """Errors: Unreadable."""
        delivery = DELIVERIES[name.kind]
        records = sandbox.read_rows(path, name.format, delivery)
        place, header = find_header(records, delivery)
        rows = _Rows(records.cells.slice(place + 1), header, delivery, _owners(name.key))
        of_case = [self._of_case(rows, number) for number in range(rows.count)]
        naming = self._naming(rows)
        hits = [one or naming.get(number) for number, one in enumerate(of_case)]
        if not any(hits):
            return None
        body = zip(*(column.to_pylist() for column in records.cells.columns), strict=True)
        left = [row for row, hit in zip(body, [None] * (place + 1) + hits, strict=True) if hit is None]
        # What is wrong with a file as a whole would be gone from it, and what is left of it loaded.
        is_whole = not records.fault and len(left) > place + 1
        found = sum(one is not None for one in of_case)
        named = sum(one is not None for one in hits) - found
        last = next(one for one in reversed(hits) if one)
        return Screened(written(left, name.format) if is_whole else None, found, named, last.reason)

    def _of_case(self, rows: "_Rows", number: int) -> Tombstone | None:
        identifier = rows.identifier(number)
        if not identifier:
            return None
        hashes = (self._hash(scope, identifier) for scope in rows.scopes(number))
        return next((self._cases[one] for one in hashes if one in self._cases), None)

    def _naming(self, rows: "_Rows") -> dict[int, Tombstone]:
        """Rows by number of which another cell names a case."""
        found: dict[int, Tombstone] = {}
        for column in rows.others:
            cells = {cell: hits for cell in pc.unique(column).to_pylist() if cell and (hits := self._hits(cell))}
            for number, cell in enumerate(column.to_pylist() if cells else ()):
                one = next((hit for hit in cells.get(cell, ()) if self._reaches(hit, rows.owners(number))), None)
                if one:
                    found.setdefault(number, one)
        return found

    def _hits(self, text: str) -> list[Tombstone]:
        """The cases that a text may name, wherever they are looked for."""
        if not self._named:
            return []
        known = fingerprints(self._key, runs(canonical.text(text))).tolist()
        return [one for fingerprint in known for one in self._named.get(fingerprint, ())]

    def _reaches(self, one: Tombstone, owners: Sequence[str]) -> bool:
        """Whether the case is looked for in texts of these inspections and areas."""
        if one.reach == "everywhere" or one.scope in owners:
            return True
        return one.reach == "area" and one.area in {self._areas().get(owner, owner[:3]) for owner in owners}

    def _in_text(self, data: bytes, name: DeliveryName | str) -> Screened | None:
        """Errors: Unreadable where the bytes do not show their text."""
        if data.startswith(PACKED):
            raise Unreadable("The bytes do not show their text.")
        text = data.decode("utf-8", errors="replace")
        owners = _owners(name.key) if isinstance(name, DeliveryName) else ()
        for hit in (one for line in text.splitlines() for one in self._hits(line)):
            if self._reaches(hit, owners) or hit.scope in text:
                return Screened(None, 0, 0, hit.reason)
        return None


class _Rows:
    """The rows below a header, by what their columns are."""

    def __init__(self, body: pa.Table, header: Sequence[str], delivery: Delivery, owners: tuple[str, ...]) -> None:
        columns = dict(zip(header, body.columns, strict=False))
        identifier = delivery.identifier.file_header if delivery.identifier else ""
        self.count = body.num_rows
        self.others = [column for name, column in zip(header, body.columns, strict=False) if name != identifier]
        self._owners = owners
        self._identifiers = columns[identifier].to_pylist() if identifier else [None] * self.count
        self._scopes = columns[delivery.scope].to_pylist() if delivery.scope in columns else [None] * self.count

    def identifier(self, number: int) -> str:
        """The identifier of a row's case, as deliveries are compared."""
        return canonical.text(self._identifiers[number] or "")

    def owners(self, number: int) -> tuple[str, ...]:
        """The inspection or area of a row, as it says itself and as the file's name does."""
        return (canonical.text(self._scopes[number] or ""), *self._owners)

    def scopes(self, number: int) -> tuple[str, ...]:
        """The same, where each may be that of its case."""
        return tuple(dict.fromkeys(filter(None, self.owners(number))))


def search(warehouse: Warehouse, files: Iterable[ArchivedFile], screen: Screen) -> Found:
    """Search archived files. Bytes that came under several names are searched as the one that says most of them."""
    found: dict[str, Screened] = {}
    read: set[str] = set()
    unsearched: set[str] = set()
    with Sandbox() as sandbox:
        for file in sorted(files, key=lambda file: isinstance(parse_name(file.file_name), str)):
            if file.sha256 in found or (file.sha256 in read and isinstance(parse_name(file.file_name), str)):
                continue
            try:
                one = screen.of_file(sandbox, archive_path(warehouse, file.sha256), file.file_name)
                read.add(file.sha256)
            except Unreadable:
                unsearched.add(file.sha256)
                continue
            if one:
                found[file.sha256] = one
    return Found(found, len(unsearched - read))


def screen_for(warehouse: Warehouse, register: Register, tombstones: Iterable[Tombstone], check: str | None) -> Screen:
    """A screen for the deliveries of a warehouse. check: fingerprint of the case key. Errors: KeyUnusable."""
    return Screen(tombstones, known_key(warehouse, check), lambda: _inspection_areas(warehouse, register))


def take_out(warehouse: Warehouse, register: Register, check: str | None) -> None:
    """Take erased cases out of the archive. Errors: KeyUnusable."""
    screen = screen_for(warehouse, register, register.tombstones, check)
    bury(warehouse, register, search(warehouse, register.archived, screen))


def bury(warehouse: Warehouse, register: Register, found: Found) -> None:
    """Keep what replaces bytes, then write into the register that the others are gone."""
    for one in found.bytes.values():
        if one.without is not None:
            keep_bytes(warehouse, one.without)
    if found.bytes:
        append(warehouse, burials(register, found))


def keep_without(warehouse: Warehouse, screened: Mapping[str, Screened]) -> None:
    """Keep what replaces bytes that just came, and remove those."""
    for sha256, one in screened.items():
        if one.without is not None:
            keep_bytes(warehouse, one.without)
        forget(warehouse, sha256)


def burials(register: Register, found: Found) -> Iterator[dict[str, object]]:
    """The events of the register for what was found."""
    for file in register.archived:
        if file.sha256 in found.bytes:
            yield burial(file.file_id, found.bytes[file.sha256])


def burial(file_id: int, one: Screened) -> dict[str, object]:
    """The event of the register for what was found in a file."""
    if one.without is None:
        return {"event": "erased", "file_id": file_id, "reason": one.reason}
    return {
        "event": "rewritten",
        "file_id": file_id,
        "sha256": hashlib.sha256(one.without).hexdigest(),
        "size": len(one.without),
        "rows": one.all_rows,
        "reason": one.reason,
    }


def _owners(key: str) -> tuple[str, ...]:
    """What a file's key may be about: itself, and each part that an underscore ends."""
    return tuple(accumulate(key.split("_"), "{}_{}".format))


def _inspection_areas(warehouse: Warehouse, register: Register) -> dict[str, str]:
    """The area of each inspection, as its deliveries say."""
    areas: dict[str, str] = {}
    with Sandbox() as sandbox:
        for file in register.archived:
            name = parse_name(file.file_name)
            if isinstance(name, DeliveryName) and name.kind == "inspection":
                try:
                    table, _ = delivered_table(sandbox, archive_path(warehouse, file.sha256), name)
                except Unreadable:
                    continue
                areas |= dict(
                    zip(*(table.column(one).to_pylist() for one in ("inspection_id", "area_code")), strict=True)
                )
    return areas
