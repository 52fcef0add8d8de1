"""Sealed lines: a JSON object per line, each with its number, a checksum of its own and one of all lines so far.

`sequence` counts from 1. `sum` is of the line's own text before it; `chain` is of the chain of the line before and this
sum. A line that was changed breaks its sum; one that was lost, repeated or moved breaks number and chain.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_DIGITS = 32
_SUM = f"[0-9a-f]{{{_DIGITS}}}"
_SEALED = re.compile(rf'(\{{.*, "sequence": ([0-9]+)), "sum": "({_SUM})", "chain": "({_SUM})"\}}', re.S)


@dataclass(frozen=True)
class Line:
    """A line that is as it was written. text: without its end. record: what it says, the seals left out."""

    text: str
    sequence: int
    chain: str
    record: dict[str, Any]


@dataclass(frozen=True)
class Lines:
    """What a file of sealed lines holds.

    whole: the lines up to the first damage. readable: every line that is as it was written, wherever it is.
    damage: what is wrong with the file from there on, or None. torn: bytes after the last whole line, of a write that
    a crash cut off. unsealed: no line has a seal: the file is of an earlier version.
    """

    whole: list[Line] = field(default_factory=list)
    readable: list[Line] = field(default_factory=list)
    damage: str | None = None
    torn: bytes = b""
    unsealed: bool = False

    @property
    def records(self) -> list[dict[str, Any]]:
        """What the lines up to the first damage say."""
        return [line.record for line in self.whole]

    @property
    def last(self) -> Line | None:
        """The last line before any damage."""
        return self.whole[-1] if self.whole else None


def seal(records: Iterable[dict[str, Any]], last: Line | None = None) -> list[Line]:
    """The records as lines that follow the last one."""
    lines = []
    for record in records:
        sequence = last.sequence + 1 if last else 1
        body = f'{json.dumps(record, ensure_ascii=False, default=str)[:-1]}, "sequence": {sequence}'
        own = _digest(body)
        chain = _digest(_chain(last) + own)
        text = f'{body}, "sum": "{own}", "chain": "{chain}"}}'
        last = Line(text, sequence, chain, json.loads(text[: len(body)] + "}"))
        last.record.pop("sequence")
        lines.append(last)
    return lines


def read(data: bytes) -> Lines:
    """The lines of a file, and what is wrong with it."""
    *texts, torn = data.split(b"\n")
    opened = [opened_line(text) for text in texts]
    readable = [line for line in opened if line]
    if texts and not readable:
        return _read_unsealed(texts, torn)
    whole: list[Line] = []
    for number, line in enumerate(opened, 1):
        damage = _damage(line, whole[-1] if whole else None)
        if line is None or damage:
            return Lines(whole, readable, f"line {number} {damage}", torn)
        whole.append(line)
    return Lines(whole, readable, None, torn)


def opened_line(text: bytes | str) -> Line | None:
    """A line that is as it was written; None where it is not."""
    try:
        text = text.decode() if isinstance(text, bytes) else text
        sealed = _SEALED.fullmatch(text)
        if not sealed or _digest(sealed[1]) != sealed[3]:
            return None
        record = json.loads(sealed[1] + "}")
    except ValueError:
        return None
    sequence = int(record.pop("sequence"))
    return Line(text, sequence, sealed[4], record)


def _damage(line: Line | None, last: Line | None) -> str | None:
    expected = last.sequence + 1 if last else 1
    if line is None:
        return "cannot be read"
    if line.sequence > expected:
        return f"is number {line.sequence:,}: {line.sequence - expected:,} lines before it are missing"
    if line.sequence < expected:
        return f"is number {line.sequence:,}: it is repeated or out of order"
    own = _digest(line.text[: line.text.rindex(', "sum": "')])
    return None if line.chain == _digest(_chain(last) + own) else "does not follow from the line before it"


def _read_unsealed(texts: list[bytes], torn: bytes) -> Lines:
    """Lines of a version that did not seal them; each gets the seal that it should have had."""
    records: list[dict[str, Any]] = []
    damage = None
    for number, text in enumerate(texts, 1):
        try:
            record = json.loads(text)
        except ValueError:
            record = None
        if isinstance(record, dict) and "event" in record:
            records.append(record)
        # A crash left an earlier version a torn line with others after it, and it wrote what was lost again.
        elif text:
            damage = damage or f"line {number} cannot be read"
    lines = seal(records)
    return Lines(lines, lines, damage, torn, unsealed=True)


def _chain(last: Line | None) -> str:
    return last.chain if last else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
