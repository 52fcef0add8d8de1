"""The code as a fingerprint: whether what was built or kept is of the same rules and programs."""

import hashlib
from collections.abc import Iterable

from flows.base.settings import PROJECT

SUFFIXES = {".sql", ".yml", ".csv", ".py", ".md", ".html", ".css"}


def code_digest(places: Iterable[str]) -> str:
    """Hexadecimal digits that change with any file of the project in these folders, or that is one of them."""
    digest = hashlib.sha256()
    for place in places:
        for path in sorted([*PROJECT.glob(place), *PROJECT.glob(f"{place}/**/*")]):
            if path.suffix in SUFFIXES:
                digest.update(f"{path.relative_to(PROJECT)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
