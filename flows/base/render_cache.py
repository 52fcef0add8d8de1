"""Render cache: pages, workbooks and tables as files that an earlier night made and this one need not make again.

A cached file has marks where it names its publication; each publication fills them in, so a file that is reused and one
that was just made are the same bytes. It is reused where its key is equal: the digest of all that decides its content.
A file that was cut off, damaged or changed by anyone counts as missing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flows.base.code_fingerprint import fingerprint

RUN_ID, BUSINESS_DATE, ISO_DATE, CHECKSUM = "\ue000", "\ue001", "\ue002", "\ue003"
"""Marks for what differs in every publication: signs of no script, which no delivered text has when it is shown."""

DOCUMENTS = ("assumptions", "glossary", "lineage")
CODE = ("pages", "figures", "downloads", "flows", *(f"docs/reference/{name}.md" for name in DOCUMENTS))
PACKAGES = (
    *("altair", "duckdb", "govuk-frontend-jinja", "gptables", "jinja2", "markdown-it-py", "markupsafe", "numpy"),
    *("pandas", "pydantic", "pyyaml", "vl-convert-python", "xlsxwriter"),
)
"""Those that have a part in the bytes of a page, a workbook or a table as a file."""

SIZE = hashlib.sha256().digest_size

LAYOUT = b"head, content"
"""What a cached file has, in order. It is part of its digest, so that a file of another layout counts as missing."""


@dataclass(frozen=True)
class CachedFile:
    """A file with marks. key: digest of what it was made of, empty where that is not known.

    parts: keys of the figures in it, by name, as far as they are known.
    """

    key: str
    content: bytes
    parts: Mapping[str, str] = field(default_factory=dict)


class RenderCache:
    """Files by name in a folder; without a folder it is always empty.

    Each is written under another name first: a night that dies leaves whole files or none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def reused(self, name: str, key: str) -> bytes | None:
        """The content of the file with this name, if it was made of the same."""
        found = self.read(name) if key else None
        return found.content if found and found.key == key else None

    def read(self, name: str) -> CachedFile | None:
        """The file with this name, or None where there is none or anyone touched it."""
        try:
            found = (self._folder / name).read_bytes() if self._folder else b""
        except OSError:
            return None
        whole, rest = found[:SIZE], found[SIZE:]
        if not rest or _whole(rest) != whole:
            return None
        head, _, content = rest.partition(b"\n")
        return CachedFile(content=content, **json.loads(head))

    def write(self, name: str, file: CachedFile) -> None:
        """Put a file in the place of the one with this name."""
        if self._folder is None:
            return
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        rest = json.dumps({"key": file.key, "parts": dict(file.parts)}).encode() + b"\n" + file.content
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(_whole(rest) + rest)
        part.replace(path)

    def keep_only(self, names: Iterable[str]) -> None:
        """Drop every other file, and what dead nights left."""
        if self._folder is None or not self._folder.is_dir():
            return
        wanted = {self._folder / name for name in names}
        for path in self._folder.rglob("*"):
            if path.is_file() and path not in wanted:
                path.unlink()


def _whole(rest: bytes) -> bytes:
    return hashlib.sha256(LAYOUT + rest).digest()


def digest(*parts: Any) -> str:
    """Of values that are written alike wherever they are equal: texts, numbers, dates, and lists of them."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def code() -> str:
    """Changes with every program and package that has a part in what is made."""
    return fingerprint(CODE, PACKAGES)
