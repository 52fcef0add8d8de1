"""What a file's content is, whatever its name says."""

import re

_STARTS = (
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd"),
    (b"BZh", "a file packed with bzip2"),
    (b"\xfd7zXZ\x00", "a file packed with xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"ARROW1", "an Arrow file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_ZIPS = (
    (b"xl/workbook.xml", "an Excel workbook (XLSX)"),
    (b"xl/workbook.bin", "a binary Excel workbook (XLSB)"),
    (b"word/document.xml", "a Word document"),
    (b"ppt/presentation.xml", "a presentation"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (ODS)"),
)
_MARKUP = (b"<", b"{", b"[")
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a container of Microsoft's older programs begins; encrypted workbooks are in one too."""

_TEXTS = (
    (re.compile(rb"<!doctype html|<html|<table|<meta", re.I), "a web page (HTML)"),
    (re.compile(rb"<\?xml|<[a-z][\w:.-]*[ >]", re.I), "XML"),
    (re.compile(rb'\{\s*["}]|\[\s*[\[{"]'), "JSON"),
)

PROTECTED = "a workbook protected with a password"


def content_name(data: bytes) -> str:
    """What other than text with a value after the other the content is, with its article; nothing where it is that."""
    if data.startswith(b"PK\x03\x04"):
        return next((name for part, name in _ZIPS if part in data), "a zip archive")
    if data.startswith(_CONTAINER):
        return _in_container(data)
    start = data[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    found = (name for mark, name in _STARTS if data.startswith(mark))
    return next(found, next((name for text, name in _TEXTS if start[:1] in _MARKUP and text.match(start)), ""))


def _in_container(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PROTECTED
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "a workbook of Excel before 2007 (XLS)"
    return "a document of an older Microsoft program"


def mistaken(says: str, data: bytes) -> str:
    """The sentence for content that is known for another format than the name says; or nothing."""
    name = content_name(data)
    if name == PROTECTED:
        return "The workbook is protected with a password: save it without one and deliver it again."
    return f"The file's name says {says}, but its content is {name}: save it as {says} and deliver it again." * bool(
        name
    )


def not_binary(says: str, data: bytes, otherwise: str) -> str:
    """The sentence for content that is not the binary format of the name. otherwise: where it is nothing known."""
    if not mistaken(says, data) and _is_text(data):
        return (
            f"The file's name says {says}, but its content is text: end its name in .csv if it is a CSV, "
            f"or save it as {says}."
        )
    return mistaken(says, data) or otherwise


def _is_text(data: bytes) -> bool:
    start = data[:1_000]
    return bool(start) and not any(byte < 32 and byte not in b"\t\r\n\f" for byte in start)
