"""The site of the examples' night, and the file that it is made of."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.houses import House
from tests.sites import Element, pages_in, reordered


@pytest.fixture(scope="session")
def site(examples: House) -> Path:
    """The site as the night published it."""
    return examples.warehouse / "current" / "site"


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Element]:
    """Its pages by their path."""
    return pages_in(site)


@pytest.fixture(scope="session")
def reordered_file(examples: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables that pages read, in a file of their own and in another order of rows."""
    publication = examples.warehouse / "current" / "analyst.duckdb"
    return reordered(publication, tmp_path_factory.mktemp("reordered") / "readers.duckdb")


@pytest.fixture
def publication(reordered_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection as a reader opens it, who can change nothing."""
    with duckdb.connect(str(reordered_file), read_only=True) as connection:
        yield connection
