"""Bytes of a text to UTF-8: a file is UTF-8 or Windows-1252 as a whole, or it is refused."""

import re

from flows.base.errors import Unreadable

BOM = b"\xef\xbb\xbf"

_LINE_END = re.compile(rb"\r\n|\r|\n")
_BEYOND_ASCII = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")
_CUT = re.compile(rb"(?:[\xc2\xc3]|\xe2[\x80-\xbf])(?=[,;\t|\"\r\n])|(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]{1,2})\Z")
"""The first half of a character of UTF-8 where a cell ends. In Windows-1252 no word ends in such letters."""

_IN_HALVES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")

SAVE = "save the file as CSV UTF-8"


def to_utf8(data: bytes) -> bytes:
    """The text as UTF-8, without a byte order mark. Errors: Unreadable, naming the line and byte that is neither."""
    if b"\x00" in data:
        raise Unreadable(_with_nul(data))
    text = data.removeprefix(BOM)
    try:
        text.decode("utf-8")
        return text
    except UnicodeDecodeError as error:
        if len(text) < len(data) or _is_partly_utf8(text):
            raise Unreadable(_told(text, error.start, "not UTF-8, as the rest of the file is")) from None
    return _from_windows(text)


def _is_partly_utf8(text: bytes) -> bool:
    """Whether a character is in UTF-8, or in two halves of three bytes each, as some programs write it."""
    return bool(_BEYOND_ASCII.search(text.decode("utf-8", errors="surrogateescape")) or _IN_HALVES.search(text))


def _from_windows(text: bytes) -> bytes:
    if cut := _CUT.search(text):
        raise Unreadable(_told(text, cut.start(), "the beginning of a character whose rest is cut off"))
    try:
        return text.decode("cp1252").encode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(_told(text, error.start, "neither UTF-8 nor Windows-1252")) from None


def _told(text: bytes, place: int, what: str) -> str:
    before = text[:place]
    line = 1 + sum(1 for _ in _LINE_END.finditer(before))
    in_line = place - max((end.end() for end in _LINE_END.finditer(before)), default=0) + 1
    return f"Byte {in_line} of line {line} (0x{text[place]:02X}) is {what}: {SAVE}."


def _with_nul(data: bytes) -> str:
    start = data[:2_000]
    fewer, more = sorted((start[0::2].count(0), start[1::2].count(0)))
    # Of two bytes of a Latin letter one is NUL, always the same.
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or (4 * more > len(start) and 10 * fewer < more):
        return f"The file is UTF-16 (which some programs call Unicode) and not UTF-8: {SAVE}."
    return f"The file holds NUL characters, so it is not a CSV in UTF-8 or Windows-1252: {SAVE}."
