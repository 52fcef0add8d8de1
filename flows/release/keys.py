"""The secrets of releases, derived from the key of the case identifiers and one for each revision.

So they lie where that key lies, are backed up with it, and are written nowhere else.
"""

import hmac
from collections.abc import Sequence

from flows.base.errors import KeyUnusable
from flows.base.warehouse_paths import Warehouse
from flows.intake.case_key import check_value, known_key
from flows.release.manifest import Release
from flows.release.noise import Secrets

PURPOSES = ("records", "rows")


def require_same_key(warehouse: Warehouse, check: str, before: Sequence[Release]) -> None:
    """Errors: KeyUnusable where the key is missing, or not that of the publication and of every release before."""
    given = check_value(known_key(warehouse, None))
    for what, other in [
        ("the publication was", check),
        *((f"release {one.name} was", one.key_check) for one in before),
    ]:
        if other != given:
            raise KeyUnusable(
                f"The key of the case identifiers is not the one that {what} made with: with another key the same "
                "people would have another noise, and the difference would give them away. Restore that key; nothing "
                "was drafted."
            )


def secrets(warehouse: Warehouse, revision: int) -> Secrets:
    """The secrets of a release. revision: which one it is, the first being 1; 0 where it revises nothing."""
    key = known_key(warehouse, None)
    records, rows = (derived(key, purpose, 0) for purpose in PURPOSES)
    return Secrets(records, rows, derived(key, "records", revision) if revision else b"")


def every_secret(warehouse: Warehouse, revisions: int) -> list[bytes]:
    """The key itself and the secrets of so many revisions: what must be in nothing that anyone reads."""
    key = known_key(warehouse, None)
    return [key, *(derived(key, purpose, number) for purpose in PURPOSES for number in range(revisions + 1))]


def derived(key: bytes, purpose: str, revision: int) -> bytes:
    """A secret that nothing tells from chance without the key, and that says nothing of the key or of another."""
    return hmac.digest(key, f"casebook release: {purpose} of revision {revision}".encode(), "sha256")
