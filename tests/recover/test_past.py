"""Which publication answers for a past date, and what is said of one that is built again from its inputs."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from flows.base import sealed
from flows.base.content_hash import content_query
from flows.base.errors import ArchiveIncomplete, CasebookError, NoPermission, NothingPublished
from flows.base.night import code_version
from flows.base.warehouse_paths import Warehouse
from flows.intake.archive import archive_path
from flows.intake.register import Register, append, read_lines, replace_register
from flows.recover import as_of, verify
from flows.recover.replay import Inputs, Replayed
from flows.warehouse.published_tables import PublishedTable

RUNS = {"20060601T020000Z-aaaa": "2006-06-01", "20060615T020000Z-bbbb": "2006-06-15"}
FIRST, SECOND = RUNS
SHA256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
"""Of the bytes `foo`."""


def publish(folder: Path, run_id: str, code: str | None = None, rows: int = 1, history: int = 0) -> Path:
    """A publication of two tables with as many rows, that names one delivery."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "analyst.duckdb"
    with duckdb.connect(str(file)) as publication:
        publication.execute("create schema marts; create schema ops")
        publication.execute(f"create table marts.fct_a as select range as a from range({rows})")
        publication.execute(f"create table marts.fct_history as select range as a from range({history})")
        known = ", ".join(f"('{run}', date '{day}', 'published')" for run, day in RUNS.items() if run <= run_id)
        publication.execute(f"create table ops.run as from (values {known}) as t (run_id, business_date, status)")
        publication.execute(
            "create table ops.load_file as select 1 as file_id, 'a.csv' as file_name, ? as sha256, 3 as rows_landed",
            [SHA256],
        )
        publication.execute(
            "create table ops.publication as select ? as run_id, ?::date as business_date, ? as code_version, "
            "'key' as case_key_check",
            [run_id, RUNS[run_id], code or code_version()],
        )
        tables = [("marts", "fct_a"), ("marts", "fct_history")]
        publication.execute(f"create table ops.publication_table as {content_query(tables, 'analyst')}")
    return file


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """The second of two publications is kept and current. The first had one delivery, the second one more."""
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.make()
    publish(warehouse.published / SECOND, SECOND)
    warehouse.current.symlink_to(Path("published") / SECOND)
    for file_id, (run_id, day) in enumerate(RUNS.items(), 1):
        landed = {
            "event": "landed", "file_id": file_id, "path": f"{file_id}.csv", "file_name": f"{file_id}.csv",
            "sha256": SHA256, "size": 3, "first_seen_run_id": run_id, "business_date": day, "reason": None,
        }  # fmt: skip
        loaded = {
            "event": "loaded", "run_id": run_id, "business_date": day, "loaded_at": f"{day} 02:00:00",
            "case_key_check": "key", "file_ids": [file_id],
        }  # fmt: skip
        append(warehouse, [landed, loaded])
    bytes_kept = archive_path(warehouse, SHA256)
    bytes_kept.parent.mkdir()
    bytes_kept.write_text("foo")
    return warehouse


@pytest.fixture
def replays(monkeypatch: pytest.MonkeyPatch) -> list[Inputs]:
    """The inputs of each replay, which gives a publication of one row."""
    made: list[Inputs] = []

    def replay(temporary: Warehouse, inputs: Inputs, history: Path | None, tested: bool = True) -> Replayed:
        made.append(inputs)
        tables = [
            PublishedTable("marts", name, f"marts.{name}", "", {}, may_shrink=False, from_history=name == "fct_history")
            for name in ("fct_a", "fct_history")
        ]
        return Replayed(publish(temporary.published / "replayed", inputs.run_id), tables)

    monkeypatch.setattr(verify, "replay", replay)
    monkeypatch.setattr(as_of, "replay", replay)
    return made


def test_the_last_publication_with_a_business_date_not_after_the_day_answers(
    warehouse: Warehouse, replays: list[Inputs]
) -> None:
    for day in ("2006-06-15", "2006-06-16", "2020-01-01"):
        past = as_of.as_of(warehouse, date.fromisoformat(day))
        assert (past.run_id, past.rebuilt) == (SECOND, False)
    assert as_of.as_of(warehouse, date(2006, 6, 14)).run_id == FIRST
    assert len(replays) == 1


def test_a_publication_kept_no_longer_is_built_from_what_was_loaded_until_then(
    warehouse: Warehouse, replays: list[Inputs]
) -> None:
    past = as_of.as_of(warehouse, date(2006, 6, 14))
    assert (past.rebuilt, past.deliveries, past.erased) == (True, 1, 0)
    assert past.file.parent == warehouse.as_of
    (inputs,) = replays
    assert (inputs.run_id, inputs.business_date, inputs.key_check) == (FIRST, date(2006, 6, 1), "key")
    assert [file.file_id for file in inputs.files] == [1]


def test_a_second_question_builds_nothing_until_the_code_or_the_inputs_change(
    warehouse: Warehouse, replays: list[Inputs], monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2006, 6, 14)
    assert as_of.as_of(warehouse, day).file == as_of.as_of(warehouse, day).file
    assert len(replays) == 1
    monkeypatch.setattr(as_of, "code_version", lambda: "another")
    as_of.as_of(warehouse, day)
    assert len(replays) == 2
    append(warehouse, [{"event": "erased", "file_id": 1, "reason": "Erased."}])
    past = as_of.as_of(warehouse, day)
    assert (past.deliveries, past.erased) == (0, 1)
    assert len(replays) == 3


def test_only_so_many_past_publications_stay(
    warehouse: Warehouse, replays: list[Inputs], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_of, "KEPT_FILES", 2)
    for code in "abc":
        monkeypatch.setattr(as_of, "code_version", lambda code=code: code)
        newest = as_of.as_of(warehouse, date(2006, 6, 1)).file
    assert len(list(warehouse.as_of.iterdir())) == 2
    assert newest.exists()
    as_of.forget(warehouse)
    assert list(warehouse.as_of.iterdir()) == []


def test_before_the_first_publication_and_in_the_future_there_is_no_answer(warehouse: Warehouse) -> None:
    with pytest.raises(NothingPublished, match="first publication is for 2006-06-01"):
        as_of.as_of(warehouse, date(2006, 5, 31))
    with pytest.raises(CasebookError, match="in the future"):
        as_of.as_of(warehouse, date.today() + timedelta(days=3))


def test_without_any_publication_the_loads_of_the_archive_answer(warehouse: Warehouse, replays: list[Inputs]) -> None:
    (warehouse.published / SECOND / "analyst.duckdb").unlink()
    (warehouse.published / SECOND).rmdir()
    past = as_of.as_of(warehouse, date(2006, 6, 20))
    assert (past.run_id, past.rebuilt, past.deliveries) == (SECOND, True, 2)


def test_where_the_newest_publication_is_damaged_an_earlier_one_tells_of_the_nights(warehouse: Warehouse) -> None:
    publish(warehouse.published / FIRST, FIRST)
    (warehouse.published / SECOND / "analyst.duckdb").write_bytes(b"this is no database")
    assert as_of.published_runs(warehouse) == [(FIRST, date(2006, 6, 1))]


def test_what_was_built_for_a_question_and_is_damaged_is_built_again(
    warehouse: Warehouse, replays: list[Inputs]
) -> None:
    file = as_of.as_of(warehouse, date(2006, 6, 1)).file
    file.write_bytes(b"this is no database")
    assert as_of.as_of(warehouse, date(2006, 6, 1)).file == file
    assert len(replays) == 2
    with duckdb.connect(str(file), read_only=True) as connection:
        assert connection.execute("from marts.fct_a").fetchall()


@pytest.mark.usefixtures("replays")
def test_a_publication_that_is_damaged_is_different(warehouse: Warehouse) -> None:
    (warehouse.published / SECOND / "analyst.duckdb").write_bytes(b"this is no database")
    verdict = verify.verify(warehouse, None)
    assert (verdict.answer, verdict.exit_code) == ("different", 5)
    assert "is damaged" in verdict.sentence


@pytest.mark.usefixtures("replays")
def test_a_publication_that_comes_out_again_is_the_same(warehouse: Warehouse) -> None:
    verdict = verify.verify(warehouse, None)
    assert (verdict.answer, verdict.exit_code) == ("same", 0)


@pytest.mark.usefixtures("replays")
def test_a_publication_that_was_changed_is_different_and_the_table_is_named(warehouse: Warehouse) -> None:
    with duckdb.connect(str(warehouse.published / SECOND / "analyst.duckdb")) as publication:
        publication.execute("update marts.fct_a set a = 7")
    verdict = verify.verify(warehouse, SECOND)
    assert (verdict.answer, verdict.exit_code) == ("different", 5)
    assert "different: marts.fct_a." in verdict.sentence


@pytest.mark.usefixtures("replays")
@pytest.mark.parametrize(
    ("then", "now", "answer", "exit_code"),
    [
        ("0.1 + 0.2", "0.3", "same but for last bits", 0),
        ("0.30000001", "0.3", "different", 5),
        ("null", "0.3", "different", 5),
    ],
)
def test_floats_that_differ_in_their_last_bits_alone_are_distinguished_from_figures_that_moved(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, then: str, now: str, answer: str, exit_code: int
) -> None:
    replay = getattr(verify, "replay")  # noqa: B009 -- the one of the tests, by the name of an import

    def replayed(temporary: Warehouse, inputs: Inputs, history: Path | None, tested: bool) -> Replayed:
        again: Replayed = replay(temporary, inputs, history)
        with_floats(again.file, now)
        return again

    with_floats(warehouse.published / SECOND / "analyst.duckdb", then)
    monkeypatch.setattr(verify, "replay", replayed)
    verdict = verify.verify(warehouse, None)
    assert (verdict.answer, verdict.exit_code) == (answer, exit_code)
    assert "marts.fct_a" in verdict.sentence


def with_floats(file: Path, value: str) -> None:
    """The table has one row with an area and this float, and another with none."""
    value = " + ".join(f"{part}::double" for part in value.split(" + "))
    with duckdb.connect(str(file)) as publication:
        publication.execute(
            f"create or replace table marts.fct_a as from (values ('BED', {value}), ('BED', null)) as t (area, score)"
        )


@pytest.mark.usefixtures("replays")
def test_a_table_of_earlier_nights_is_not_compared(warehouse: Warehouse) -> None:
    (warehouse.published / SECOND / "analyst.duckdb").unlink()
    publish(warehouse.published / SECOND, SECOND, history=5)
    assert verify.verify(warehouse, None).answer == "same"


@pytest.mark.usefixtures("replays")
@pytest.mark.parametrize(("rows", "said"), [(1, "every table is the same"), (2, "different: marts.fct_a")])
def test_other_rules_are_told_with_what_they_change(warehouse: Warehouse, rows: int, said: str) -> None:
    (warehouse.published / SECOND / "analyst.duckdb").unlink()
    publish(warehouse.published / SECOND, SECOND, code="abc", rows=rows)
    verdict = verify.verify(warehouse, None)
    assert (verdict.answer, verdict.exit_code) == ("rules changed", 6)
    assert said in verdict.sentence


@pytest.mark.usefixtures("replays")
def test_a_publication_made_again_after_an_erasure_says_so(warehouse: Warehouse) -> None:
    with duckdb.connect(str(warehouse.published / SECOND / "analyst.duckdb")) as publication:
        publication.execute(
            "create table ops.erasure as select timestamp '2006-07-01' as made_again_at, 'Asked for.' as reason"
        )
    verdict = verify.verify(warehouse, None)
    assert (verdict.answer, verdict.exit_code) == ("same", 0)
    assert "(made again on 2006-07-01 after an erasure: Asked for.), built again from" in verdict.sentence


def test_an_input_that_was_erased_is_told(warehouse: Warehouse) -> None:
    append(warehouse, [{"event": "erased", "file_id": 1, "reason": "Erased."}])
    verdict = verify.verify(warehouse, None)
    assert (verdict.answer, verdict.exit_code) == ("erased", 7)
    assert "a.csv" in verdict.sentence


def test_an_input_that_is_gone_without_a_tombstone_is_an_error(warehouse: Warehouse) -> None:
    archive_path(warehouse, SHA256).unlink()
    with pytest.raises(ArchiveIncomplete, match="1 deliveries"):
        verify.verify(warehouse, None)


def test_an_input_that_the_register_does_not_know_is_an_error(warehouse: Warehouse) -> None:
    records = [record for record in read_lines(warehouse).records if record.get("file_id") != 1]
    replace_register(warehouse, sealed.seal(records))
    with pytest.raises(ArchiveIncomplete, match="does not know 1 of the deliveries"):
        verify.verify(warehouse, None)


def test_a_publication_that_is_not_kept_cannot_be_verified(warehouse: Warehouse) -> None:
    with pytest.raises(NothingPublished, match=f"kept are: {SECOND}"):
        verify.verify(warehouse, FIRST)


def test_a_reader_is_answered_from_what_is_retained_and_told_who_can_build_the_rest(
    warehouse: Warehouse, replays: list[Inputs], monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: Warehouse) -> Register:
        raise PermissionError("Permission denied")

    monkeypatch.setattr(as_of, "read_register", closed)
    assert as_of.as_of(warehouse, date(2006, 6, 15)).run_id == SECOND
    with pytest.raises(NoPermission, match="is not retained"):
        as_of.as_of(warehouse, date(2006, 6, 14))
    assert replays == []
