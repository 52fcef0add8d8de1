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

import pyarrow.parquet as pq
import pytest

from bench.generator import PRESETS, generate
from flows.intake.case_key import case_key
from flows.intake.delivery_writer import written
from tests.houses import KEY, House, NewHouse, texts

SCOPE, CASE = "ESI-AVS-2005", "AVS/2005/0007"
KIND, DELIVERY_KEY = "nsmart", "BED_0404"
FORMATS = {"case_sample": "csv.gz", "judgement": "xlsx", "case_outcome": "parquet"}
REASON = "Asked for"
JUDGED = "select count(*) from marts.fct_judgement"


@dataclass(frozen=True)
class Erased:
    """A house in which a case and a delivery were erased after its first night, and the erased bytes delivered again
    before its second. found: files that name them by identifier or key, before the erasure, after it and after the
    second night. judged: judgements of others, and of the case, that the first night published.
    """

    house: House
    found: list[set[str]]
    first_run: str
    judged: tuple[int, int]


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
    found = [_holding(house.warehouse, traces)]

    _erase(house, "case", SCOPE, given=CASE)
    _erase(house, "delivery", KIND, DELIVERY_KEY)
    found.append(_holding(house.warehouse, traces))

    for path in (delivery, next(house.landing.rglob("judgement_ESI*.xlsx"))):
        (house.landing / "again").mkdir(exist_ok=True)
        shutil.copy(path, house.landing / "again" / path.name)
    house.night()
    found.append(_holding(house.warehouse, traces))
    return Erased(house, found, first_run, judged)


def _pack(path: Path, file_format: str) -> None:
    """A delivery in another format; of judgements one more, which names the case and is held."""
    records = list(csv.reader(path.open(encoding="utf-8")))
    if path.name.startswith("judgement"):
        records.append([SCOPE, CASE, "B1.1", "nonsense"])
    path.with_suffix(f".{file_format}").write_bytes(written(records, file_format))
    path.unlink()


def _key(kind: str, scope: str, identifier: str) -> str:
    return case_key(KEY["CASEBOOK_CASE_KEY"].encode(), kind, scope, identifier)


def _erase(house: House, *what: str, given: str | None = None) -> None:
    done = house.casebook("erase", *what, "--reason", REASON, "--yes", given=given)
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
    assert len(archived) == len({*FORMATS, KIND, "notes.txt"}), archived
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


def test_the_register_has_a_tombstone_for_each_file(erased: Erased) -> None:
    register = erased.house.warehouse / "restricted" / "archive" / "register.jsonl"
    records = [json.loads(line) for line in register.read_text(encoding="utf-8").splitlines()]
    buried = [record["event"] for record in records if record["event"] in ("erased", "rewritten")]
    assert sorted(buried) == ["erased", "erased", "rewritten", "rewritten", "rewritten"]
    reasons = {record["reason"].split(": ")[1] for record in records if record["event"] in ("erased", "rewritten")}
    assert reasons == {f"{REASON}."}


def test_the_same_bytes_delivered_again_do_not_come_back_and_nobody_is_asked_to_mend_them(erased: Erased) -> None:
    told = dict(
        erased.house.ask("select file_name, count(*) from ops.load_file where reason like 'Erased on%' group by all")
    )
    assert (told[f"{KIND}_{DELIVERY_KEY}.csv"], told[f"judgement_{SCOPE}.xlsx"]) == (2, 1)
    returns = {path.name: path.read_text("utf-8-sig") for path in erased.house.warehouse.glob("restricted/returns/*")}
    # Of the judgements, what is left without the case is in force: there is nothing to tell.
    assert [name for name, text in returns.items() if "was erased" in text] == [f"return_{KIND}_{DELIVERY_KEY}.csv"]
    assert not any("mend it and deliver it again" in text for text in returns.values())


def test_a_publication_from_before_cannot_be_verified_and_the_newest_can(erased: Erased) -> None:
    before = erased.house.casebook("verify", erased.first_run)
    assert (before.returncode, "were erased" in before.stdout) == (7, True), before.stdout + before.stderr
    now = erased.house.casebook("verify")
    assert now.returncode == 0, now.stdout + now.stderr
