"""The code as a fingerprint: whether what was built or kept is of the same rules, programs and packages."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from sys import version as python_version

from flows.base.settings import PROJECT

SUFFIXES = {".sql", ".yml", ".csv", ".py", ".md", ".html", ".css", ".js"}

PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pyarrow", "python-calamine")
"""Packages that read, build and check what is published."""


def fingerprint(places: Iterable[str], packages: Iterable[str]) -> str:
    """Hexadecimal digits that change with any file of the project in these places, with Python and with a package."""
    parts = [python_version, *map(version, packages), _file_digest(places)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _file_digest(places: Iterable[str]) -> str:
    """Digest of the files of the project in these folders, or at these paths."""
    digest = hashlib.sha256()
    for place in places:
        for path in sorted([*PROJECT.glob(place), *PROJECT.glob(f"{place}/**/*")]):
            if path.suffix in SUFFIXES:
                digest.update(f"{path.relative_to(PROJECT)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
