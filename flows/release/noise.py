"""Keyed hashes of releases: what picks the noise of a count. The secrets are used here, and never enter SQL.

A record's key tells nothing without the first secret. The cell key is the sum of its records' keys, so the same people
have the same noise in every table; the second secret keeps sums of keys from being equations for the rows.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field

RECORD_KEY_BYTES = 5
"""40 bits: sums over all cases of a country fit a bigint."""


@dataclass(frozen=True)
class Secrets:
    """The secrets of a release: of record keys, and of the rows of the table of noise.

    revised: of the record keys of years that the release revises, so that everything else keeps its noise.
    """

    records: bytes = field(repr=False)
    rows: bytes = field(repr=False)
    revised: bytes = field(default=b"", repr=False)


def record_key(secret: bytes, case_key: str, period: str) -> int:
    """The key of a case in a period: a whole number of 40 bits. period: a month, or an inspection.

    Errors: ValueError where the secret is empty.
    """
    if not secret:
        raise ValueError("There is no secret for this record.")
    return int.from_bytes(_hash(secret, f"{case_key}\x1f{period}")[:RECORD_KEY_BYTES])


def noise_row(secret: bytes, cell_key: str) -> int:
    """The row of the table of noise that a cell has, 0 to 255."""
    return _hash(secret, cell_key)[0]


def record_keys(secrets: Secrets, records: Iterable[tuple[str, str, bool]]) -> list[tuple[str, str, int]]:
    """The case key, period and record key of each record, of which is given whether it is of a year revised now.

    Errors: ValueError where one has no secret.
    """
    return [
        (case_key, period, record_key(secrets.revised if is_revised else secrets.records, case_key, period))
        for case_key, period, is_revised in records
    ]


def noise_rows(secret: bytes, cell_keys: Iterable[str]) -> list[tuple[str, int]]:
    """The cell key and row of each cell."""
    return [(cell_key, noise_row(secret, cell_key)) for cell_key in cell_keys]


def _hash(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, text.encode(), "sha256")
