"""What there is to download: a list with sizes and checksums, a guide to every table, and one archive of it all."""

import csv
import hashlib
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from textwrap import fill
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import duckdb

from figures import Page, Publication, kinds, pages_of, publication_of
from figures.dictionary import Table, tables_of
from figures.edition import Edition, edition_of
from figures.show import MEANINGS, day
from figures.words import STATUSES, WORDS, plain

CONTENTS, GUIDE = "contents.csv", "guide.txt"
TIME = (1980, 1, 1, 0, 0, 0)
PACKED = {".xlsx", ".parquet"}
"""Files that an archive cannot make smaller."""

WIDTH = 100


class Entry(NamedTuple):
    """A file to download. path: in the folder of downloads. subject: what it is listed under."""

    subject: str
    name: str
    description: str
    format: str
    bytes: int
    sha256: str
    path: str


def write_contents(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write list, guide and archive of the downloads in a folder. The same downloads make the same bytes."""
    publication, edition = publication_of(connection), edition_of(connection)
    tables = sorted(filter(attrgetter("is_downloaded"), tables_of(connection)), key=attrgetter("subject", "name"))
    (folder / GUIDE).write_text(_guide(edition, publication, tables), encoding="utf-8")
    books = [page for kind in kinds(edition) if kind.in_workbook for page in pages_of(connection, kind)]
    guide = _file(folder, GUIDE, "Guide", "Guide to the tables", GUIDED)
    entries = [guide, *_of_books(folder, books), *_of_tables(folder, tables)]
    with (folder / CONTENTS).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([Entry._fields, *entries])
    _pack(folder, folder / archive_name(edition, publication))


GUIDED = "What each table and each of its columns is, and what words and shorthand mean."


def archive_name(edition: Edition, publication: Publication) -> str:
    """What the archive of all downloads is called: edition and date."""
    return f"casebook-{edition.key}-{publication.business_date}.zip"


def _of_tables(folder: Path, tables: Iterable[Table]) -> list[Entry]:
    return [
        _file(folder, f"tables/{table.name}.{form}", f"Tables: {table.subject}", table.name, plain(table.summary))
        for table in tables
        for form in ("csv", "parquet")
    ]


def _of_books(folder: Path, books: Iterable[Page]) -> list[Entry]:
    return [
        _file(
            folder,
            f"workbooks/{page.workbook}",
            f"Workbooks: {page.kind.called}",
            page.title,
            f"Sheets: {', '.join(str(figure.sheet) for figure in page.kind.in_workbook if figure.sheet)}.",
        )
        for page in books
    ]


def _file(folder: Path, path: str, subject: str, name: str, description: str) -> Entry:
    content = (folder / path).read_bytes()
    form = path.rpartition(".")[2].upper()
    return Entry(subject, name, description, form, len(content), hashlib.sha256(content).hexdigest(), path)


def _guide(edition: Edition, publication: Publication, tables: Iterable[Table]) -> str:
    parts = [
        f"Casebook, {edition.name.lower()} edition: guide to the downloads",
        edition.banner,
        publication.notice,
        f"{edition.unit.capitalize()} {publication.run_id}, figures as of {day(publication.business_date)}.",
        f"Checksum (SHA-256) of {edition.checksum}: {publication.checksum}",
        f"{CONTENTS} lists every file with its size and checksum. Tables are CSV (UTF-8, ISO dates, empty where there "
        "is no value) and Parquet with the same rows; workbooks are XLSX and say on a sheet Key what words mean.",
        "Words of figure_status",
        *_meanings(STATUSES),
        "Words of verdicts, targets and reliability",
        *_meanings(WORDS),
        "Shorthand in workbooks and on pages",
        *_meanings({sign: MEANINGS[sign] for sign in edition.shorthand}),
        *(part for table in tables for part in _of_table(table)),
    ]
    return "\n\n".join(fill(part, WIDTH) for part in parts if part) + "\n"


def _meanings(words: dict[str, str]) -> list[str]:
    return [f"{word}: {meaning}" for word, meaning in words.items()]


def _of_table(table: Table) -> list[str]:
    columns = [f"{column.name} ({column.data_type}): {plain(column.description)}" for column in table.columns]
    return [f"Table {table.name}, {table.rows:,} rows", plain(table.description), *columns]


def _pack(folder: Path, archive: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != archive)
    with ZipFile(archive, "w") as packed:
        for path in files:
            how = ZIP_STORED if path.suffix in PACKED else ZIP_DEFLATED
            packed.writestr(ZipInfo(path.relative_to(folder).as_posix(), TIME), path.read_bytes(), how, 1)
