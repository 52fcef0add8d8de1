"""Tombstones: keyed hashes of the cases that were erased. Every row that comes in is compared with them.

They are in two places: events `case_erased` of the register, and sealed lines of `restricted/erased_cases.jsonl`,
beside the key of the cases. What one of them lost, the other restores.
"""

import hmac
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from expectations import canonical
from expectations.identifiers import reach
from flows import free_text, sealed
from flows.events import Tombstone, case_erased_event, tombstone_of
from flows.folders import Warehouse, write_durably
from flows.sealed import Lines
from flows.spelling import fingerprints, search_key, spelling

DIGITS = 32


def of_case(connection: duckdb.DuckDBPyConnection, key: bytes, scope: str, identifier: str, reason: str) -> Tombstone:
    """The tombstone of a case, by its identifier in the spelling in which deliveries are compared."""
    scope, identifier = canonical.text(scope), canonical.text(identifier)
    own = spelling(identifier)
    is_known = own in map(spelling, free_text.known_names(connection))
    named = f"select {reach('identifier')} from (select ? as identifier)"
    ((where,),) = connection.execute(named, [identifier]).fetchall()
    areas = connection.execute("select area_code from raw.inspection where inspection_id = ?", [scope]).fetchall()
    return Tombstone(
        scope=scope,
        area=areas[-1][0] if areas else scope[:3],
        case=case_hash(erased_key(key), scope, identifier),
        reach=None if is_known else where,
        fingerprint=int(fingerprints(search_key(key), [own])[0]),
        reason=reason,
    )


def erased_key(case_key: bytes) -> bytes:
    """The key of these hashes: made from that of the case keys, so that neither leads to the other."""
    return hmac.digest(case_key, b"casebook erased case", "sha256")


def case_hash(key: bytes, scope: str, identifier: str) -> str:
    """Keyed hash of a case within its inspection or area."""
    return hmac.digest(key, f"{scope}\x1f{identifier}".encode(), "sha256").hex()[:DIGITS]


def complete(warehouse: Warehouse, registered: Iterable[Tombstone]) -> list[dict[str, Any]]:
    """Bring the sealed file up to the register. Returns the events that the register lacks."""
    known = list(registered)
    cases = {one.case for one in known}
    return [case_erased_event(one) for one in merge(warehouse.erased_cases, known) if one.case not in cases]


def read(path: Path) -> list[Tombstone]:
    """What is readable of a sealed file of tombstones; none where there is no file."""
    return [tombstone_of(line.record) for line in _lines(path).readable]


def merge(path: Path, tombstones: Iterable[Tombstone]) -> list[Tombstone]:
    """Add to a sealed file what it lacks, and write it again where it is damaged. Returns all that it has then."""
    before = _lines(path)
    found = [tombstone_of(line.record) for line in before.readable]
    merged = list({one.case: one for one in [*found, *tombstones]}.values())
    if before.damage or len(merged) > len(found):
        lines = sealed.seal(map(case_erased_event, merged))
        write_durably(path, "".join(f"{line.text}\n" for line in lines).encode())
    return merged


def _lines(path: Path) -> Lines:
    return sealed.read(path.read_bytes()) if path.exists() else Lines()
