"""Case identifiers become keyed hashes here, and nowhere else.

The secret comes from CASEBOOK_CASE_KEY or from a file in the restricted folder that is made on first use. It never
enters SQL, dbt variables, artifacts, logs or Prefect's database.
"""

import hashlib
import hmac
import secrets

import duckdb

from flows.base.errors import KeyUnusable
from flows.base.secret_file import write_once
from flows.base.settings import Settings
from flows.base.warehouse_paths import Warehouse

KEY_DIGITS = 32
"""Hexadecimal digits kept of the HMAC-SHA-256: 128 bits, far beyond chance collision."""


def secret_key(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection) -> bytes:
    """The secret of this warehouse.

    Errors: KeyUnusable where something is loaded or published and the secret is missing or another.
    """
    key = _given(warehouse)
    known = connection.execute("select value from intake.setting where name = 'case_key_check'").fetchone()
    if key is None:
        if known or any(warehouse.published.iterdir()):
            raise _missing(warehouse)
        key = _create(warehouse)
    if known:
        _require_same(key, known[0])
    if not known:
        connection.execute("insert into intake.setting values ('case_key_check', ?)", [check_value(key)])
    return key


def known_key(warehouse: Warehouse, check: str | None) -> bytes:
    """The secret that something was hashed with. check: its fingerprint, where it is known.

    Errors: KeyUnusable where it is missing or another.
    """
    key = _given(warehouse)
    if key is None:
        raise _missing(warehouse)
    if check:
        _require_same(key, check)
    return key


def _missing(warehouse: Warehouse) -> KeyUnusable:
    return KeyUnusable(
        f"The key of the case identifiers is missing ({warehouse.key_file.name} in the restricted folder, or "
        "CASEBOOK_CASE_KEY), but earlier publications were made with one. Restore it from its backup: "
        "with a new key no case could be followed from one publication to the next."
    )


def _require_same(key: bytes, check: str) -> None:
    if check_value(key) != check:
        raise KeyUnusable(
            "The key of the case identifiers is not the one that earlier publications were made with. "
            "Restore that key, then start the night again."
        )


def _given(warehouse: Warehouse) -> bytes | None:
    return _from_environment() or _from_file(warehouse)


def case_key(key: bytes, source: str, scope: str, identifier: str) -> str:
    """HMAC-SHA-256 of an identifier within its source and scope (an inspection, or an area's NSmart extracts)."""
    message = "\x1f".join((source, scope, identifier)).encode()
    return hmac.digest(key, message, "sha256").hex()[:KEY_DIGITS]


def _from_environment() -> bytes | None:
    setting = Settings().case_key
    return setting.get_secret_value().encode() if setting else None


def _from_file(warehouse: Warehouse) -> bytes | None:
    return warehouse.key_file.read_bytes() or None if warehouse.key_file.exists() else None


def _create(warehouse: Warehouse) -> bytes:
    return write_once(warehouse.key_file, secrets.token_hex(32).encode())


def check_value(key: bytes) -> str:
    """Tells one key from another without giving it away."""
    return hashlib.sha256(hmac.digest(key, b"casebook case key check", "sha256")).hexdigest()[:16]
