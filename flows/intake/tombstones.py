"""Tombstones: keyed hashes of the cases that were erased. Every row that comes in is compared with them.

They are in two places: events of the register, and sealed lines of `restricted/erased_cases.jsonl`, beside the key of
the cases, which also has the fingerprints of bytes that were erased whole. What one of them lost, the other restores.
"""

import hmac
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from expectations import canonical
from expectations.identifiers import reach
from flows.base import sealed
from flows.base.sealed import Lines
from flows.base.warehouse_paths import Warehouse, write_durably
from flows.intake import free_text
from flows.intake.events import Tombstone, case_erased_event
from flows.intake.register import Register
from flows.intake.spelling import fingerprints, search_key, spelling

DIGITS = 32

CASE, BYTES = "case_erased", "bytes_erased"
"""Records of the sealed file."""


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


def complete(warehouse: Warehouse, register: Register) -> list[dict[str, Any]]:
    """Bring the sealed file up to the register. Returns the events that the register lacks."""
    known = {one.case for one in register.tombstones}
    kept = merge(warehouse.erased_cases, records(register))
    cases = [record for record in kept if record["event"] == CASE and record["case"] not in known]
    reasons = {record["sha256"]: record["reason"] for record in kept if record["event"] == BYTES}
    files = [file for file in register.archived if file.sha256 in reasons]
    return [
        *cases,
        *({"event": "erased", "file_id": file.file_id, "reason": reasons[file.sha256]} for file in files),
    ]


def records(register: Register) -> list[dict[str, Any]]:
    """What the sealed file has of a register: a record for each erased case, and for bytes that were erased whole."""
    cases = map(case_erased_event, register.tombstones)
    erased = register.refused_bytes.items()
    return [*cases, *({"event": BYTES, "sha256": sha256, "reason": reason} for sha256, reason in erased)]


def read(path: Path) -> list[dict[str, Any]]:
    """What is readable of a sealed file; nothing where there is none."""
    return [line.record for line in _lines(path).readable]


def merge(path: Path, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to a sealed file what it lacks, and write it again where it is damaged. Returns all that it has then."""
    before = read(path)
    merged = list({record.get("case", record.get("sha256")): record for record in [*before, *found]}.values())
    if len(merged) > len(before) or _lines(path).damage:
        lines = sealed.seal(merged)
        write_durably(path, "".join(f"{line.text}\n" for line in lines).encode())
    return merged


def _lines(path: Path) -> Lines:
    return sealed.read(path.read_bytes()) if path.exists() else Lines()
