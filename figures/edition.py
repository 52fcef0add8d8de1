"""Editions: for whom pages and downloads are made, and from which schemas of a publication."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edition:
    """Who may read it (banner) and which schemas its figures, table pages and downloads come from."""

    name: str
    schemas: tuple[str, ...]
    banner: str


STAFF = Edition(
    name="Staff",
    schemas=("marts", "ops"),
    banner="Exact figures, also of few people. For people with access to this warehouse; not for publication.",
)
"""What every night makes. Nothing is published for everyone until a release is cut from it on purpose."""
