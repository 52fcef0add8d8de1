"""The list of all downloads on the page about them, added once they are written."""

import csv
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pages.render import template

PAGE = "about/downloads.html"
CONTENTS = "contents.csv"
BEFORE = '<section class="govuk-inset-text casebook-cite"'
"""What the list stands before."""

Entries = list[dict[str, str]]


class File(NamedTuple):
    format: str
    size: str
    path: str


class Thing(NamedTuple):
    """What is downloaded, in one format or in several."""

    name: str
    description: str
    files: list[File]


class Group(NamedTuple):
    """Things of one subject. said: of all of them alike."""

    subject: str
    said: str
    things: list[Thing]


def list_downloads(publication: Path) -> None:
    """Add the list of the downloads in the folder of a publication to the page of its site."""
    downloads, page = publication / "downloads", publication / "site" / PAGE
    with (downloads / CONTENTS).open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    archives = [_file("ZIP", path.stat().st_size, path.name) for path in sorted(downloads.glob("*.zip"))]
    whole = Thing("Everything", "All files of this list in one archive.", archives)
    groups = [_group(subject, found) for subject, found in _by(entries, "subject")]
    html = template("downloads").render(whole=whole, groups=groups)
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(BEFORE, html + BEFORE, 1), encoding="utf-8")


def _by(entries: Entries, field: str) -> list[tuple[str, Entries]]:
    return [(name, list(found)) for name, found in groupby(entries, lambda entry: entry[field])]


def _group(subject: str, entries: Entries) -> Group:
    said = {entry["description"] for entry in entries}
    common = said.pop() if len(said) == 1 else ""
    things = [
        Thing(
            name,
            "" if common else found[0]["description"],
            [_file(entry["format"], int(entry["bytes"]), entry["path"]) for entry in found],
        )
        for name, found in _by(entries, "name")
    ]
    return Group(subject, common, things)


def _file(form: str, size: int, path: str) -> File:
    return File(form, _size(size), f"../../downloads/{path}")


def _size(size: int) -> str:
    """Bytes as people read them: 12 KB, 3.4 MB."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(round(size / 1e3), 1)} KB"
