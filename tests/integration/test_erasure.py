"""Erased between two nights: it is in no file of the warehouse any more, does not come back, and the rest goes on."""

import csv
import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from bench.generator import PRESETS, generate
from flows.intake.case_key import case_key
from flows.intake.delivery_writer import written
from tests.houses import KEY, House, NewHouse, texts

# make test erases on warehouses without a build: tests/recover/test_erase.py and those beside it.
pytestmark = pytest.mark.long

SCOPE, CASE = "ESI-AVS-2005", "AVS/2005/0007"
KIND, DELIVERY_KEY = "nsmart", "BED_0404"
FORMATS = {"case_sample": "csv.gz", "judgement": "xlsx", "case_outcome": "parquet"}
OF_THE_CASE = {*FORMATS, "case_need", "case_classification"}
"""Kinds of which a delivery of the inspection has the case."""
REASON = "Asked for"
JUDGED = "select count(*) from marts.fct_judgement"


@dataclass(frozen=True)
class Erased:
    """A house in which a case and a delivery were erased after its first night, and the erased bytes delivered again
    before its second. found: files that name them by identifier or key, before the erasure, after it and after the
    second night. judged: judgements of others, and of the case, that the first night published. verified: what
    `verify` said of the first publication, made again. before: its page of the area, as first published. said: what
    the second night said.
    """

    house: House
    found: list[set[str]]
    first_run: str
    judged: tuple[int, int]
    verified: str
    before: str
    said: str


@pytest.fixture(scope="module")
def erased(new_house: NewHouse, tmp_path_factory: pytest.TempPathFactory) -> Erased:
    house = new_house(tmp_path_factory.mktemp("erasure"))
    generate(PRESETS["tiny"], house.landing)
    for kind, file_format in FORMATS.items():
        _pack(next(house.landing.rglob(f"{kind}_{SCOPE}.csv")), file_format)
    (house.landing / "notes.txt").write_text(f"About {CASE} of {SCOPE}", encoding="utf-8")
    delivery = next(house.landing.rglob(f"{KIND}_{DELIVERY_KEY}.csv"))
    references = {row["case_ref"] for row in csv.DictReader(delivery.open(encoding="utf-8"))}
    traces = {CASE, _key("inspection", SCOPE, CASE), *references, *(_key(KIND, "BED", one) for one in references)}
    house.night()
    first_run = (house.warehouse / "current").readlink().name
    key = _key("inspection", SCOPE, CASE)
    judged = house.ask(f"{JUDGED} where case_key <> '{key}'")[0] + house.ask(f"{JUDGED} where case_key = '{key}'")[0]
    before = _page(house)
    found = [_holding(house.warehouse, traces)]

    _erase(house, "case", SCOPE, given=CASE)
    _erase(house, "delivery", KIND, DELIVERY_KEY)
    found.append(_holding(house.warehouse, traces))
    verified = house.casebook("verify", first_run).stdout

    for path in (delivery, next(house.landing.rglob("judgement_ESI*.xlsx"))):
        (house.landing / "again").mkdir(exist_ok=True)
        shutil.copy(path, house.landing / "again" / path.name)
    said = house.night()
    found.append(_holding(house.warehouse, traces))
    return Erased(house, found, first_run, judged, verified, before, said)


def _page(house: House) -> str:
    """The page of the area whose extract is erased."""
    return (house.warehouse / "current" / "site" / "areas" / "BED.html").read_text(encoding="utf-8")


def _pack(path: Path, file_format: str) -> None:
    """A delivery in another format; of judgements one more, which names the case and is held."""
    records = list(csv.reader(path.open(encoding="utf-8")))
    if path.name.startswith("judgement"):
        records.append([SCOPE, CASE, "B1.1", "nonsense"])
    path.with_suffix(f".{file_format}").write_bytes(written(records, file_format))
    path.unlink()


def _key(kind: str, scope: str, identifier: str) -> str:
    return case_key(KEY["CASEBOOK_CASE_KEY"].encode(), kind, scope, identifier)


def _erase(house: House, *what: str, given: str = "") -> None:
    """As an operator does: look first, then give the number of rows."""
    arguments = ["erase", *what, "--reason", REASON]
    looked = house.casebook(*arguments, "--dry-run", given=given)
    assert looked.returncode == 0, looked.stderr
    rows = looked.stdout.splitlines()[0].removeprefix("To be erased: ").removesuffix(" rows.").replace(",", "")
    done = house.casebook(*arguments, "--yes", "--expect", rows, given=given)
    assert done.returncode == 0, done.stderr
    assert CASE not in done.stdout + done.stderr


def _holding(warehouse: Path, traces: set[str]) -> set[str]:
    """Files of the warehouse with a trace in them, by path."""
    files = [path for path in warehouse.rglob("*") if path.is_file() and not path.is_symlink()]
    wanted = [trace.encode() for trace in traces]
    return {
        str(path.relative_to(warehouse))
        for path in files
        if any(trace in content for content in _contents(path) for trace in wanted)
    }


def _contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, and what they unpack to."""
    data = path.read_bytes()
    yield data
    if data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            yield from (parts.read(part) for part in parts.infolist())
    elif data.startswith(b"PAR1"):
        yield str(pq.read_table(io.BytesIO(data)).to_pylist()).encode()
    elif data[8:12] == b"DUCK":
        yield "\n".join(cell for _, cell in texts(path)).encode()


def test_the_search_finds_what_is_to_be_erased_in_every_place(erased: Erased) -> None:
    """Or that it finds nothing afterwards would say little."""
    before = erased.found[0]
    archived = [Path(path) for path in before if "archive" in path]
    packed = {(erased.house.warehouse / path).read_bytes()[:2] for path in archived if path.exists()}
    assert len(archived) == len({*OF_THE_CASE, KIND, "notes.txt"}), archived
    assert packed <= {b"\x1f\x8b", b"PK", b"PA"}
    assert {"restricted/warehouse.duckdb", f"published/{erased.first_run}/analyst.duckdb"} <= before
    assert any(path.startswith("restricted/returns/") for path in before)


@pytest.mark.parametrize("when", [1, 2], ids=["after the erasure", "after the next night"])
def test_what_was_erased_is_in_no_file_of_the_warehouse(erased: Erased, when: int) -> None:
    assert erased.found[when] == set()


def test_the_next_night_publishes_all_the_rest(erased: Erased) -> None:
    others, of_case = erased.judged
    assert of_case > 0
    assert erased.house.ask(JUDGED) == [(others,)]
    states = set(erased.house.ask("select file_name, status from ops.load_file where kind is not null"))
    assert {(f"judgement_{SCOPE}.xlsx", "current"), ("nsmart_BED_0504.csv", "current")} <= states
    assert (f"{KIND}_{DELIVERY_KEY}.csv", "current") not in states


def test_the_kept_publication_is_made_again_with_totals_pages_and_downloads(erased: Erased) -> None:
    """By what it would have been without them: its verification is the replay."""
    assert erased.verified.startswith("Same"), erased.verified
    assert "after an erasure: Erased on" in erased.verified
    folder = erased.house.warehouse / "published" / erased.first_run
    page = (folder / "site" / "areas" / "BED.html").read_text(encoding="utf-8")
    assert page != erased.before
    assert (folder / "downloads").is_dir()
    with duckdb.connect(str(folder / "analyst.duckdb"), read_only=True) as publication:
        assert publication.execute(JUDGED).fetchall() == [(erased.judged[0],)]


def test_no_figure_is_left_with_and_without_what_was_erased(erased: Erased) -> None:
    """Else the record of a person is the difference."""
    assert erased.house.ask("select count(*) from marts.fct_performance_revision") == [(0,)]
    with duckdb.connect(str(erased.house.warehouse / "restricted" / "warehouse.duckdb"), read_only=True) as warehouse:
        figures = "select area_code, measure_code, performance_year, period_month from intake.published_figure"
        assert warehouse.execute(f"{figures} group by all having count(*) > 1").fetchall() == []
        assert warehouse.execute(f"select count(*) from ({figures})").fetchall() != [(0,)]


def test_rows_that_come_again_are_refused_counted_and_balance(erased: Erased) -> None:
    rows = erased.house.ask(
        "select sum(rows_erased), "
        "bool_and(rows_landed = rows_loaded + rows_duplicate + rows_quarantined + rows_erased) "
        "from ops.load_file where file_name like 'judgement_%' and rows_landed is not null"
    )
    assert rows[0][1] is True
    assert rows[0][0] > 0
    assert f"{rows[0][0]} rows refused because their cases were erased" in erased.said


def test_the_register_has_a_tombstone_for_each_file(erased: Erased) -> None:
    register = erased.house.warehouse / "restricted" / "archive" / "register.jsonl"
    records = [json.loads(line) for line in register.read_text(encoding="utf-8").splitlines()]
    buried = [record["event"] for record in records if record["event"] in ("erased", "rewritten")]
    # The delivery and the notes whole; each delivery of the case without its rows, and that of judgements again.
    assert sorted(buried) == ["erased"] * 2 + ["rewritten"] * (len(OF_THE_CASE) + 1)
    assert [record["event"] for record in records].count("case_erased") == 1
    reasons = {record["reason"].split(": ")[1] for record in records if record["event"] in ("erased", "rewritten")}
    assert reasons == {f"{REASON}."}


def test_the_same_bytes_delivered_again_do_not_come_back_and_nobody_is_asked_to_mend_them(erased: Erased) -> None:
    told = dict(
        erased.house.ask("select file_name, count(*) from ops.load_file where reason like 'Erased on%' group by all")
    )
    assert told[f"{KIND}_{DELIVERY_KEY}.csv"] == 2
    assert set(erased.house.ask("select status from ops.load_file where file_name like 'judgement_%.xlsx'")) == {
        ("current",),
        ("same_bytes",),
    }
    returns = {path.name: path.read_text("utf-8-sig") for path in erased.house.warehouse.glob("restricted/returns/*")}
    # Of the judgements, what is left without the case is in force: there is nothing to tell.
    assert [name for name, text in returns.items() if "was erased" in text] == [f"return_{KIND}_{DELIVERY_KEY}.csv"]
    assert not any("mend it and deliver it again" in text for text in returns.values())


def test_the_newest_publication_can_be_verified(erased: Erased) -> None:
    now = erased.house.casebook("verify")
    assert now.returncode == 0, now.stdout + now.stderr
