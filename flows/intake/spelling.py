"""How a text is cut into what may be an identifier, and the keyed hash by which two of these are compared."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

MOST_WORDS = 5
"""Words (letters and digits without a break) of an identifier that are compared: BED/2005/0001 has three."""

_SPELLED = re.compile(r"[A-Z0-9]+(?:[/.-][A-Z0-9]+){0,4}")
"""Most identifiers: as they are compared. At most `MOST_WORDS` words."""

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")

Fingerprints = npt.NDArray[np.uint64]


def spelling(identifier: str) -> str:
    """An identifier as it is compared: in capitals, without the marks around it, and at most `MOST_WORDS` of it."""
    if _SPELLED.fullmatch(identifier):
        return identifier
    if identifier.isalnum():
        return identifier.upper()
    text = _one_line(identifier)
    words = [word.span() for word in _WORD.finditer(text)][:MOST_WORDS]
    return text[words[0][0] : words[-1][1]] if words else ""


def runs(text: str) -> set[str]:
    """Every part of a text that may be an identifier as `spelling` has it, whatever marks stand around or within it.

    Several words without a digit are no identifier: sentences are made of them.
    """
    text = _one_line(text)
    words = [word.span() for word in _WORD.finditer(text)]
    single = {text[start:end] for start, end in words}
    several = {
        text[start:end]
        for first, (start, _) in enumerate(words)
        for _, end in words[first + 1 : first + MOST_WORDS]
        if _DIGIT.search(text, start, end)
    }
    return single | several


def search_key(case_key: bytes) -> bytes:
    """The key of these hashes: made from that of the case keys, and of no use to who would follow a case by it."""
    return hmac.digest(case_key, b"casebook free text", "sha256")


def fingerprints(key: bytes, spellings: Iterable[str]) -> Fingerprints:
    """The keyed hash (BLAKE2b, 64 bits) of each, in their order."""
    return np.frombuffer(b"".join(_digests(key, spellings)), dtype=np.uint64)


def _digests(key: bytes, spellings: Iterable[str]) -> Iterator[bytes]:
    keyed = hashlib.blake2b(digest_size=8, key=key)
    for one in spellings:
        copy = keyed.copy()
        copy.update(one.encode())
        yield copy.digest()


def _one_line(text: str) -> str:
    return " ".join(text.split()).upper()
