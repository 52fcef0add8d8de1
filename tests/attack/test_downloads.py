"""Tables as files hold no more than the tables of the release."""

from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest

from attack.downloads import findings
from attack.noise import Unreadable

PUBLISHED = "select 'BED' as area_code, 17 as missed, 0.83::double as share, null::varchar as word"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release with one table."""
    (tmp_path / "downloads").mkdir()
    with duckdb.connect(str(tmp_path / "public.duckdb")) as connection:
        connection.execute(f"create schema public.public; create table public.public.figure as {PUBLISHED}")
    return tmp_path


def copied(release: Path, query: str, name: str) -> list[str]:
    """What is found where a file of the release holds what a query gives."""
    duckdb.sql(f"copy ({query}) to '{release / 'downloads' / name}'")
    return [finding.says for finding in findings(release)]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        (PUBLISHED, False),
        (PUBLISHED.replace("17", "19"), True),
        (PUBLISHED.replace("0.83", "0.8333333"), True),
        (f"{PUBLISHED}, 19 as exact", True),
    ],
)
def test_a_file_that_holds_more_than_its_table_is_found(query: str, is_found: bool, kind: str, release: Path) -> None:
    found = ["holds rows or columns that the table of its name does not have"] if is_found else []
    assert copied(release, query, f"figure.{kind}") == found


def test_a_file_of_no_table_is_found(release: Path) -> None:
    assert len(copied(release, PUBLISHED, "another.csv")) == 1


def packed(release: Path, files: dict[str, bytes], comment: bytes = b"") -> list[str]:
    """What is found where a release has a table as a file, and an archive of these files."""
    duckdb.sql(f"copy ({PUBLISHED}) to '{release / 'downloads' / 'figure.csv'}'")
    with ZipFile(release / "downloads" / "all.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.comment = comment
    return [finding.says for finding in findings(release)]


CSV = b"area_code,missed,share,word\nBED,17,0.83,\n"


@pytest.mark.parametrize(
    ("files", "comment", "is_found"),
    [
        ({"figure.csv": CSV}, b"", False),
        ({"figure.csv": CSV.replace(b"17", b"19")}, b"", True),
        ({"figure.csv": CSV, "exact.csv": CSV}, b"", True),
        ({"../public.duckdb": b""}, b"", True),
        ({"figure.csv": CSV}, b"of 19", True),
    ],
    ids=["the same file", "another content", "a file of its own", "a file from outside", "a comment"],
)
def test_an_archive_that_holds_more_than_the_files_beside_it_is_found(
    files: dict[str, bytes], comment: bytes, is_found: bool, release: Path
) -> None:
    found = ["holds something else than the files that lie beside it"] if is_found else []
    assert packed(release, files, comment) == found


def test_an_archive_that_is_damaged_is_named(release: Path) -> None:
    (release / "downloads" / "all.zip").write_bytes(b"no archive")
    with pytest.raises(Unreadable, match=r"all\.zip: cannot be read as an archive"):
        findings(release)


def test_a_file_that_is_no_table_is_named(release: Path) -> None:
    (release / "downloads" / "figure.parquet").write_bytes(b"no table")
    with pytest.raises(Unreadable, match=r"figure\.parquet: cannot be read as table figure"):
        findings(release)
