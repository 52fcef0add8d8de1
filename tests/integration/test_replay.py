"""What was published can be made again from the archive: the whole warehouse, and a past date's answer."""

import shutil
from dataclasses import dataclass, replace

import duckdb
import pytest

from bench.generator import PRESETS, generate
from tests.integration.conftest import BUSINESS_DATE, House, NewHouse

# make test rebuilds warehouses without a build: tests/recover/test_rebuild.py.
pytestmark = pytest.mark.long

FIRST_DATE = "2026-10-20"
CONTENTS = "select table_schema, table_name, row_count, content_hash from ops.publication_table order by all"
RUNS = "select * from ops.run order by run_id"


@dataclass(frozen=True)
class Past:
    """A house with two publications, of which the first is kept no longer; its restricted warehouse was lost between.

    contents, runs: what the first publication held.
    """

    house: House
    marts: dict[str, str]
    contents: list[tuple[object, ...]]
    runs: list[tuple[object, ...]]


@pytest.fixture(scope="module")
def past(new_house: NewHouse, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """A night, a loss, a rebuild, a night a month later with one more file that moves no figure."""
    house = replace(new_house(tmp_path_factory.mktemp("replay")), pages=False)
    generate(PRESETS["tiny"], house.landing)
    assert house.casebook("nightly", "--date", FIRST_DATE).returncode == 0
    first = Past(house, house.contents(), house.ask(CONTENTS), house.ask(RUNS))
    run_id = (house.warehouse / "current").readlink().name

    (house.warehouse / "restricted" / "warehouse.duckdb").unlink()
    rebuilt = house.casebook("rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    (house.landing / "notes.txt").write_text("not a delivery", encoding="utf-8")
    assert " 1 new (1 rejected)" in house.night(), "what the archive holds must not be read again"
    shutil.rmtree(house.warehouse / "published" / run_id)
    return first


def test_the_night_after_a_rebuild_publishes_the_same_and_knows_the_nights_before(past: Past) -> None:
    assert past.house.contents() == past.marts
    assert past.house.ask(RUNS)[: len(past.runs)] == past.runs
    assert past.house.ask("select max(file_id), count(*) from ops.load_file") == [
        (len(list(past.house.landing.rglob("*.*"))),) * 2
    ]


def test_a_question_as_of_a_date_that_is_kept_no_longer_gets_what_was_published_then(past: Past) -> None:
    sql = "select count(*) as files from ops.load_file"
    answer = past.house.casebook("query", "--as-of", "2026-11-01", sql)
    assert answer.returncode == 0, answer.stderr
    ((files,),) = past.house.ask(sql)
    assert answer.stdout.split() == ["files", str(files - 1)]
    assert f"for {FIRST_DATE}. It is kept no longer" in answer.stderr
    (rebuilt,) = (past.house.warehouse / "restricted" / "as_of").iterdir()
    with duckdb.connect(str(rebuilt), read_only=True) as connection:
        assert connection.execute(CONTENTS).fetchall() == past.contents
        assert connection.execute(RUNS).fetchall() == past.runs
    built = rebuilt.stat().st_ino

    again = past.house.casebook("query", "--as-of", FIRST_DATE, sql)
    assert again.stdout == answer.stdout
    assert rebuilt.stat().st_ino == built, "a second question must not build it again"


def test_a_question_as_of_a_date_that_is_kept_gets_the_kept_publication(past: Past) -> None:
    answer = past.house.casebook("query", "--as-of", BUSINESS_DATE, "select count(*) as files from ops.load_file")
    assert answer.stdout.split() == ["files", *map(str, past.house.ask("select count(*) from ops.load_file")[0])]
    assert "kept no longer" not in answer.stderr
    assert list((past.house.warehouse / "restricted" / "tmp").iterdir()) == []
