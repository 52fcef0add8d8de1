"""Tables as files hold no more than the tables of the release."""

from pathlib import Path

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


def test_a_file_that_is_no_table_is_named(release: Path) -> None:
    (release / "downloads" / "figure.parquet").write_bytes(b"no table")
    with pytest.raises(Unreadable, match=r"figure\.parquet: cannot be read as table figure"):
        findings(release)
