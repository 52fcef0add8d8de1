"""What is built from invented deliveries says so, page by page and file by file, until the mark is taken away."""

import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.conftest import copy_of_tiny
from tests.integration.conftest import House

MARK = "INVENTED.txt"
WORDS = "The cases behind these figures are invented"


def _told(house: House) -> dict[str, bool]:
    """Whether each page, workbook, Parquet file and the data package that readers get says it, by its name."""
    current = (house.warehouse / "current").resolve()
    tables = current / "downloads" / "tables"
    package = tables / "datapackage.json"
    texts = {
        **{path: path.read_text(encoding="utf-8") for path in (current / "site").rglob("*.html")},
        **{path: _texts(path) for path in (current / "downloads").rglob("*.xlsx")},
        **{path: _metadata(path) for path in tables.glob("*.parquet")},
        package: package.read_text(encoding="utf-8"),
    }
    return {str(path.relative_to(current)): WORDS in text for path, text in texts.items()}


def _texts(workbook: Path) -> str:
    with zipfile.ZipFile(workbook) as parts:
        return parts.read("xl/sharedStrings.xml").decode()


def _metadata(parquet: Path) -> str:
    rows = duckdb.execute("select decode(key), decode(value) from parquet_kv_metadata(?)", [str(parquet)]).fetchall()
    return str(dict(rows).get("invented", ""))


def _mark_in_tables(house: House) -> bool:
    return (house.warehouse / "current" / "downloads" / "tables" / MARK).exists()


def test_everything_made_of_the_examples_says_that_their_cases_are_invented(examples: House) -> None:
    told = _told(examples)
    assert len(told) > 300
    assert [name for name, says_it in told.items() if not says_it] == []
    assert _mark_in_tables(examples)
    ((counted, invented),) = examples.ask("select deliveries, invented_deliveries from ops.publication")
    assert counted == invented > 0


@pytest.mark.long
def test_taking_the_mark_away_makes_everything_again_that_said_so(tiny: House, tmp_path: Path) -> None:
    house = copy_of_tiny(tiny, tmp_path / "house")
    assert not any(_told(house).values())
    assert not _mark_in_tables(house)
    (house.landing / MARK).write_text("The cases in these deliveries are invented.\n", encoding="utf-8")
    house.night()
    assert all(_told(house).values())
    assert house.ask("select count(*) from ops.load_file where not is_invented") == [(0,)]
    (house.landing / MARK).unlink()
    house.night()
    assert not any(_told(house).values())
    assert house.ask("select invented_deliveries from ops.publication") == [(0,)]
