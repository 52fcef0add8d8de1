"""What an earlier night made for readers and this one need not make again: pages, workbooks, tables as files.

What is kept is a form: where it says which publication it is of stand marks, and each publication fills them in. So
what is carried over and what is made anew are the same bytes. Whether a form still holds is told by digests of all that
decides it; a file that is damaged, or was changed by anyone, is as good as none.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flows.base.code_fingerprint import fingerprint

RUN_ID, BUSINESS_DATE = "\ue000", "\ue001"
"""Marks for what differs in every publication: signs of no script, which no delivered text has when it is shown."""

CODE = ("pages", "figures", "downloads", "flows")
PACKAGES = (
    *("altair", "duckdb", "govuk-frontend-jinja", "gptables", "jinja2", "markdown-it-py", "markupsafe", "numpy"),
    *("pandas", "pydantic", "pyyaml", "vl-convert-python", "xlsxwriter"),
)
"""Those that have a part in the bytes of a page, a workbook or a table as a file."""

SIZE = hashlib.sha256().digest_size

LAYOUT = b"basis, said, answers, content"
"""What a form's file has, in order. It is part of its digest, so that one of another version is as good as none."""


@dataclass(frozen=True)
class Answer:
    """Of a figure in a form. basis: digest of what its rows follow from, None where that is not known. said: of what
    they say."""

    basis: bytes | None
    said: bytes


@dataclass(frozen=True)
class Form:
    """A form. basis: digest of tables and code that it was made of. said: digest of what it says.

    answers: of the figures in it, by name.
    """

    basis: bytes
    said: bytes
    content: bytes
    answers: Mapping[str, Answer] = field(default_factory=dict)


class Kept:
    """Forms by name in a folder. Without a folder nothing is found and nothing kept.

    Each is written under another name first: a night that dies leaves whole forms or none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def carried(self, name: str, basis: bytes | None) -> bytes | None:
        """The form with this name, if it was made of the same."""
        form = self.read(name)
        return form.content if form and form.basis == basis else None

    def form(
        self,
        name: str,
        basis: bytes | None,
        said: bytes,
        make: Callable[[], bytes],
        answers: Mapping[str, Answer] | None = None,
    ) -> bytes:
        """The form with this name, made unless it said the same before. It is kept under its new basis and answers."""
        before = self.read(name)
        content = before.content if before and before.said == said else make()
        form = Form(basis or bytes(SIZE), said, content, answers or {})
        if form != before:
            self._write(name, form)
        return content

    def keep_only(self, names: Iterable[str]) -> None:
        """Drop every other form, and what dead nights left."""
        if self._folder is None or not self._folder.is_dir():
            return
        wanted = {self._folder / name for name in names}
        for path in self._folder.rglob("*"):
            if path.is_file() and path not in wanted:
                path.unlink()

    def read(self, name: str) -> Form | None:
        """The form with this name as it is kept, or None where there is none or anyone touched it."""
        try:
            found = (self._folder / name).read_bytes() if self._folder else b""
        except OSError:
            return None
        whole, rest = found[:SIZE], found[SIZE:]
        if len(rest) < 2 * SIZE or _whole(rest) != whole:
            return None
        told, _, content = rest[2 * SIZE :].partition(b"\n")
        return Form(rest[:SIZE], rest[SIZE : 2 * SIZE], content, _answers(told))

    def _write(self, name: str, form: Form) -> None:
        if self._folder is None:
            return
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        rest = form.basis + form.said + _told(form.answers) + b"\n" + form.content
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(_whole(rest) + rest)
        part.replace(path)


def _whole(rest: bytes) -> bytes:
    return hashlib.sha256(LAYOUT + rest).digest()


def _told(answers: Mapping[str, Answer]) -> bytes:
    told = {name: [answer.basis.hex() if answer.basis else None, answer.said.hex()] for name, answer in answers.items()}
    return json.dumps(told).encode()


def _answers(told: bytes) -> dict[str, Answer]:
    return {
        name: Answer(bytes.fromhex(basis) if basis else None, bytes.fromhex(said))
        for name, (basis, said) in json.loads(told).items()
    }


def digest(*parts: Any) -> bytes:
    """Of values that are written alike wherever they are equal: texts, numbers, dates, and lists of them."""
    return hashlib.sha256(repr(parts).encode()).digest()


@cache
def code() -> str:
    """Changes with every program and package that has a part in what is made."""
    return fingerprint(CODE, PACKAGES)
