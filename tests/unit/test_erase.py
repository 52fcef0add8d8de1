"""What is erased is in no file of the warehouse any more, does not come back, and all the rest goes on."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.base.content_hash import content_query
from flows.base.errors import AnotherNightRunning, ArchiveIncomplete, CannotErase
from flows.base.night import alone, code_version
from flows.base.warehouse_paths import Warehouse
from flows.intake import delivery_writer
from flows.intake.archive import archive_path
from flows.intake.case_key import case_key
from flows.intake.catch_up import catch_up
from flows.intake.formats import read_rows
from flows.intake.register import read_register
from flows.intake.tombstones import read
from flows.publish.publish import current_run, publications
from flows.recover import erase, republish
from flows.recover.erase import Plan, erase_case, erase_delivery, finish_begun
from flows.recover.rebuild import rebuild
from flows.recover.replay import Inputs
from flows.recover.verify import verify
from tests.conftest import Deliver, Intake, RunIntake, copy_of, run_intake, write_delivery
from tests.samples import ANY, GOOD, NAMES, csv_text, good_rows, xlsx_bytes

SCOPE, CASE = "ESI-BED-2005", "BED/2005/0007"
OTHER = "BED/2005/00071"
RUN = "20060616T020000Z-0000"


def ask_nothing(plan: Plan) -> None:
    """Agree to any erasure."""


def judgement(case_id: str, question: str, answer: str = "sufficient") -> dict[str, str]:
    return {**GOOD["judgement"], "case_id": case_id, "question_code": question, "answer": answer}


ROWS = [
    *good_rows("judgement", 3),
    judgement(CASE, "1.1.1"),
    judgement(CASE, "1.1.2", "nonsense"),
    judgement(OTHER, "1.1.1"),
]
FORMATS: dict[str, bytes] = {
    "csv": csv_text(ROWS).encode(),
    "csv.gz": gzip.compress(csv_text(ROWS).encode()),
    "xlsx": xlsx_bytes([list(ROWS[0]), *(list(row.values()) for row in ROWS)]),
    "parquet": delivery_writer.written([list(ROWS[0]), *(list(row.values()) for row in ROWS)], "parquet"),
}


NAMING = {**GOOD["recommendation"], "recommendation_no": "2", "theme": f"as in {CASE.lower()}, which see"}
NOTES = f"About {CASE} of {SCOPE}\n"


@pytest.fixture
def delivered(taken_in: Intake, landing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Intake:
    """A delivery with the case, its copy, texts that name it, and another delivery; then a publication."""
    monkeypatch.setattr(republish, "_built", built_again)
    return copy_of(taken_in, tmp_path)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    landing = tmp_path_factory.mktemp("erase") / "landing"
    write_delivery(landing, NAMES["judgement"], FORMATS["csv"])
    write_delivery(landing, f"copy/{NAMES['judgement']}", FORMATS["csv"])
    write_delivery(landing, "notes.csv", NOTES)
    write_delivery(landing, NAMES["recommendation"], csv_text([GOOD["recommendation"], NAMING]))
    write_delivery(landing, NAMES["nsmart"], csv_text(good_rows("nsmart", 2)))
    done = run_intake(landing, landing.parent / "warehouse")
    with done.night.warehouse.connect() as connection:
        catch_up(done.night.warehouse, connection)
    publication(done.night.warehouse)
    return done


def publication(warehouse: Warehouse, run_id: str = RUN) -> Path:
    """A kept publication with the judgements of now, which readers get."""
    file = built(warehouse, warehouse.published / run_id, run_id)
    warehouse.current.unlink(missing_ok=True)
    warehouse.current.symlink_to(Path("published") / run_id)
    return file


def built(warehouse: Warehouse, folder: Path, run_id: str) -> Path:
    """An analysts' file of the restricted warehouse as it is, with a page."""
    file = folder / "analyst.duckdb"
    (folder / "site").mkdir(parents=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"attach '{warehouse.database}' as w (read_only)")
        connection.execute(
            """
            create schema ops; create schema marts;
            create table marts.fct_judgement as select case_key, question_code from w.raw.judgement;
            create table marts.fct_total as select count(*) as judgements from w.raw.judgement;
            create table ops.load_file as select * from w.intake.file;
            create table ops.run as select 'x' as run_id, date '2006-06-15' as business_date, 'published' as status;
            """
        )
        connection.execute(
            "create table ops.publication as select ? as run_id, date '2006-06-15' as business_date, "
            "? as code_version, null::varchar as case_key_check",
            [run_id, code_version()],
        )
        tables = content_query([("marts", "fct_judgement"), ("marts", "fct_total")], "analyst")
        connection.execute(f"create table ops.publication_table as {tables}")
        ((total,),) = connection.execute("select judgements from marts.fct_total").fetchall()
    (folder / "site" / "index.html").write_text(f"{total} judgements")
    return file


def built_again(warehouse: Warehouse, temporary: Warehouse, inputs: Inputs, erasures: republish.Erasures) -> Path:
    """What a replay builds: here what the restricted warehouse has, which was made again before."""
    assert not any(file.reason for file in inputs.files if file.rows_erased)
    file = built(warehouse, temporary.published / "built", inputs.run_id)
    republish._note(file, erasures)
    return file.parent


def holding(warehouse: Warehouse, text: str) -> list[str]:
    """Files of the warehouse in which the text is found; of CSV, DuckDB and JSON none is packed here."""
    return [str(path) for path in warehouse.root.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def holding_case(warehouse: Warehouse) -> set[str]:
    """Files in which the case is found, and not just another whose identifier begins as its does."""
    spelled = (f"{case}{end}" for case in (CASE, CASE.lower()) for end in (",", " ", '"', "'", "\n"))
    return {path for text in spelled for path in holding(warehouse, text)}


def in_publication(warehouse: Warehouse, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse.current / "analyst.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def key_of_case(warehouse: Warehouse) -> str:
    return case_key(warehouse.key_file.read_bytes(), "inspection", SCOPE, CASE)


def erase_it(warehouse: Warehouse, agree: erase.Agree = ask_nothing) -> Plan:
    return erase_case(warehouse, SCOPE, CASE, "Asked for", agree)


def test_an_erased_case_is_found_in_no_file_of_the_warehouse(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    warehouse.returns.mkdir()
    (warehouse.returns / "return_x.csv").write_text(f"{CASE},")
    warehouse.as_of.mkdir()
    (warehouse.as_of / "x.duckdb").write_text(f"{CASE},")
    (warehouse.restricted / "batch.duckdb").write_text(f"{CASE},")
    key = key_of_case(warehouse)
    assert len(holding_case(warehouse)) >= 5
    assert holding(warehouse, key)
    erase_it(warehouse)
    assert holding_case(warehouse) == set()
    assert holding(warehouse, key) == []
    assert holding(warehouse, OTHER)


def test_what_would_go_is_known_before_and_nothing_goes_without_agreement(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    plans: list[Plan] = []

    def refuse(plan: Plan) -> None:
        plans.append(plan)
        raise CannotErase("No.")

    before = {path: path.read_bytes() for path in warehouse.archive.rglob("*") if path.is_file()}
    with pytest.raises(CannotErase, match=r"No\."):
        erase_it(warehouse, refuse)
    assert {path: path.read_bytes() for path in warehouse.archive.rglob("*") if path.is_file()} == before
    (plan,) = plans
    assert (plan.files, plan.rewritten, plan.rows, plan.named, plan.publications, plan.unreadable) == (1, 3, 4, 1, 1, 0)
    assert plan.all_rows == 5
    assert NAMES["recommendation"] in plan.paths
    assert erase_it(warehouse) == plan


def test_deliveries_go_on_without_the_case_and_their_rows_balance(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    erase_it(warehouse)
    counts = "select state, rows_landed, rows_loaded, rows_held, rows_erased from intake.file where kind = ? order by 1"
    assert delivered.query(counts, "judgement") == [("loaded", 6, 4, 0, 2), ("same_bytes", None, None, None, 2)]
    assert delivered.query(counts, "recommendation") == [("loaded", 2, 1, 0, 1)]
    assert delivered.query("select count(*) from raw.nsmart") == [(2,)]
    assert delivered.query("select count(*) from intake.named_case") == [(0,)]
    assert delivered.query("select count(*) from intake.setting where name = 'built_inputs'") == [(0,)]


@pytest.mark.parametrize("identifier", ["M", "BED", SCOPE, "sufficient", CASE.lower(), "BED/2005/000", "1.1.1", "ESI"])
def test_only_the_columns_of_cases_have_cases_and_they_are_compared_exactly(delivered: Intake, identifier: str) -> None:
    warehouse = delivered.night.warehouse
    before = warehouse.register.read_bytes(), delivered.query("from raw.judgement order by all")
    for scope in (SCOPE, "BED"):
        with pytest.raises(CannotErase, match=r"No delivery has this case.*Nothing was changed"):
            erase_case(warehouse, scope, identifier, "A slip.", ask_nothing)
    assert (warehouse.register.read_bytes(), delivered.query("from raw.judgement order by all")) == before
    assert publications(warehouse) == [RUN]


def test_a_case_of_another_inspection_with_the_same_identifier_stays(deliver: Deliver, delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    with pytest.raises(CannotErase, match="No delivery has this case"):
        erase_case(warehouse, "ESI-BED-2006", CASE, "Asked for.", ask_nothing)


def test_an_identifier_in_a_column_where_it_does_not_belong_goes_with_its_row(
    deliver: Deliver, intake: RunIntake
) -> None:
    swapped = {**GOOD["judgement"], "case_id": "sufficient", "question_code": "1.1.1", "answer": CASE}
    deliver(NAMES["judgement"], csv_text([*good_rows("judgement", 3), judgement(CASE, "1.1.1"), swapped]))
    done = intake()
    plan = erase_it(done.night.warehouse)
    assert (plan.rows, plan.named) == (1, 1)
    assert holding_case(done.night.warehouse) == set()


def test_a_case_of_nsmart_is_erased_from_the_extracts_of_its_area(deliver: Deliver, intake: RunIntake) -> None:
    rows = [{**row, "case_ref": f"BED1000{row['record_no']}"} for row in good_rows("nsmart", 3)]
    deliver(NAMES["nsmart"], csv_text(rows))
    done = intake()
    plan = erase_case(done.night.warehouse, "BED", "BED10002", "Asked for.", ask_nothing)
    assert (plan.rows, plan.named) == (1, 0)
    assert done.query("select record_no from raw.nsmart order by 1") == [("1",), ("3",)]


INSPECTION = {
    "inspection_id": SCOPE,
    "framework_code": "ESI",
    "area_code": "BED",
    "inspection_title": "Bedfordshire",
    "fieldwork_from": "2005-01-10",
    "fieldwork_to": "2005-01-14",
    "published_on": "",
    "follow_up_of": "",
    "performance_year": "",
}


@pytest.mark.parametrize(
    ("identifier", "teams"), [("AB12345", {"BED": 1, "NWL": 0}), ("AB1", {"BED": 0, "NWL": 0})], ids=["area", "own"]
)
def test_a_short_identifier_takes_texts_of_its_own_inspection_or_area_alone(
    deliver: Deliver, intake: RunIntake, identifier: str, teams: dict[str, int]
) -> None:
    deliver(f"inspection_{SCOPE}.csv", csv_text([INSPECTION]))
    deliver(NAMES["judgement"], csv_text([*good_rows("judgement", 2), judgement(identifier, "1.1.1")]))
    deliver(NAMES["recommendation"], csv_text([GOOD["recommendation"], {**NAMING, "theme": f"as {identifier}"}]))
    for area in teams:
        rows = [{**row, "area_code": area, "team_code": "T-01"} for row in good_rows("nsmart", 3)]
        deliver(f"nsmart_{area}_0404.csv", csv_text([*rows[:2], {**rows[2], "team_code": identifier}]))
    done = intake()
    plan = erase_case(done.night.warehouse, SCOPE, identifier, "Asked for.", ask_nothing)
    assert (plan.rows, plan.named) == (1, 1 + sum(teams.values()))
    erased = done.query("select delivery_key, rows_erased from intake.file where kind = 'nsmart' order by 1")
    assert erased == [(f"{area}_0404", rows) for area, rows in teams.items()]


AGAIN: dict[str, tuple[str, str, tuple[object, ...]]] = {
    "the same bytes": (f"again/{NAMES['judgement']}", csv_text(ROWS), ("same_bytes", None, None, 2)),
    "new bytes": (
        NAMES["judgement"].replace(".csv", "_r2.csv"),
        csv_text([*ROWS, judgement(OTHER, "1.1.2")]),
        ("loaded", 7, 5, 2),
    ),
    "a text": (
        NAMES["recommendation"].replace(".csv", "_r2.csv"),
        csv_text([{**GOOD["recommendation"], "addressed_to": "Board"}, NAMING]),
        ("loaded", 2, 1, 1),
    ),
    "an unreadable file": ("again/notes.csv", f"{NOTES}more of {CASE}.", ("rejected", None, None, 0)),
    "nothing but the case": (
        NAMES["judgement"].replace(".csv", "_r3.csv"),
        csv_text([judgement(CASE, "1.1.1")]),
        ("rejected", None, None, 0),
    ),
}


@pytest.mark.parametrize("again", AGAIN)
def test_an_erased_case_does_not_come_back_from_the_landing_folder(
    delivered: Intake, deliver: Deliver, intake: RunIntake, again: str
) -> None:
    warehouse = delivered.night.warehouse
    erase_it(warehouse)
    quiet = intake()
    assert (quiet.landed.new, quiet.batch.files) == (0, 0)
    path, content, outcome = AGAIN[again]
    deliver(path, content)
    done = intake()
    file = done.file(path)
    assert tuple(file[name] for name in ("state", "rows_landed", "rows_loaded", "rows_erased")) == outcome
    assert outcome[0] != "rejected" or file["reason"].startswith("Erased on 20")
    assert holding_case(warehouse) == set()
    assert intake().landed.new == 0
    before = done.query("from intake.file order by all")
    rebuild(warehouse)
    assert done.query("from intake.file order by all") == before


def test_a_night_that_dies_when_it_has_refused_rows_leaves_nothing_of_them(
    delivered: Intake, deliver: Deliver, intake: RunIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_it(delivered.night.warehouse)
    path, content, outcome = AGAIN["new bytes"]
    deliver(path, content)
    with monkeypatch.context() as patch:
        patch.setattr("flows.intake.land.enter", _die)
        with pytest.raises(KeyboardInterrupt):
            intake()
    file = intake().file(path)
    assert tuple(file[name] for name in ("state", "rows_landed", "rows_loaded", "rows_erased")) == outcome


def older_archive(warehouse: Warehouse, older: Path) -> None:
    """Put the archive of before back; the restricted warehouse is lost."""
    shutil.rmtree(warehouse.archive)
    shutil.copytree(older / "archive", warehouse.archive)
    warehouse.database.unlink()
    rebuild(warehouse)


def older_archive_and_warehouse(warehouse: Warehouse, older: Path) -> None:
    """Put both back as they were before."""
    older_archive(warehouse, older)
    shutil.copytree(older / "archive", warehouse.archive, dirs_exist_ok=True)
    shutil.copy(older / "warehouse.duckdb", warehouse.database)


def shorter_register(warehouse: Warehouse, older: Path) -> None:
    """The register is that of before, the restricted warehouse is lost, and the erased bytes are gone."""
    for name in ("register.jsonl", "register.head"):
        shutil.copy(older / "archive" / name, warehouse.archive / name)
    warehouse.database.unlink()
    rebuild(warehouse)


@pytest.mark.parametrize("restore", [older_archive, older_archive_and_warehouse, shorter_register])
def test_what_was_erased_does_not_come_back_from_before(
    delivered: Intake, tmp_path: Path, restore: Callable[[Warehouse, Path], None]
) -> None:
    """The tombstones beside the key are all that is left of the erasures."""
    warehouse = delivered.night.warehouse
    shutil.copytree(warehouse.restricted, tmp_path / "older")
    erase_it(warehouse)
    erase_delivery(warehouse, "nsmart", "BED_0404", "Sent in error.", ask_nothing)
    restore(warehouse, tmp_path / "older")
    finish_begun(warehouse)
    assert delivered.query("select count(*) from raw.judgement") == [(4,)]
    assert delivered.query("select count(*) from raw.nsmart") == [(0,)]
    assert holding_case(warehouse) == set()
    assert not read_register(warehouse).is_unfinished


def test_tombstones_that_were_lost_in_their_second_place_are_written_again(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    erase_it(warehouse)
    kept = read(warehouse.erased_cases)
    assert [record["event"] for record in kept] == ["case_erased", "bytes_erased"]
    for damage in (b"", b"garbled\n"):
        warehouse.erased_cases.write_bytes(damage)
        finish_begun(warehouse)
        assert read(warehouse.erased_cases) == kept
    assert kept[0]["case"] not in (CASE, key_of_case(warehouse))


def test_a_rebuild_after_an_erasure_has_not_the_case(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    key = key_of_case(warehouse)
    erase_it(warehouse)
    before = delivered.query("from intake.file order by all"), delivered.query("from raw.judgement order by all")
    rebuild(warehouse)
    assert (
        delivered.query("from intake.file order by all"),
        delivered.query("from raw.judgement order by all"),
    ) == before
    assert delivered.query("select count(*) from raw.judgement where case_key = ?", key) == [(0,)]


def test_a_kept_publication_is_made_again_with_its_totals_and_pages_and_says_so(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    assert in_publication(warehouse, "from marts.fct_total") == [(5,)]
    erase_it(warehouse)
    assert in_publication(warehouse, "from marts.fct_total") == [(4,)]
    assert (warehouse.current / "site" / "index.html").read_text() == "4 judgements"
    ((reason, code),) = in_publication(warehouse, "select reason, code_version_before from ops.erasure")
    assert (str(reason).startswith("Erased on 20"), code) == (True, code_version())
    assert [path.name for path in warehouse.published.iterdir()] == [RUN]
    assert oct((warehouse.published / RUN).stat().st_mode & 0o777) == "0o750"


def test_a_publication_that_has_nothing_of_it_stays_as_it_is(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    file = warehouse.published / RUN / "analyst.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("delete from ops.load_file where kind in ('judgement', 'recommendation')")
    before = file.stat().st_ino
    assert erase_it(warehouse).publications == 0
    assert file.stat().st_ino == before


@pytest.mark.parametrize("fault", ["damaged", "of a version that does not name its inputs"])
def test_a_publication_that_cannot_be_made_again_is_removed_and_readers_get_another(
    delivered: Intake, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    warehouse = delivered.night.warehouse
    earlier = RUN.replace("0616", "0615")
    built(warehouse, warehouse.published / earlier, earlier)
    if fault == "damaged":
        (warehouse.published / RUN / "analyst.duckdb").write_bytes(b"this is no database")
    else:
        with duckdb.connect(str(warehouse.published / RUN / "analyst.duckdb")) as connection:
            connection.execute("drop table ops.publication")
    warehouse.pin_file.write_text(RUN)
    erase_it(warehouse)
    assert (publications(warehouse), current_run(warehouse)) == ([earlier], earlier)
    assert f"{RUN} cannot be made again without what was erased, so it is removed" in caplog.text
    assert not warehouse.pin_file.exists()
    assert holding(warehouse, key_of_case(warehouse)) == []


ERASURES: dict[str, Callable[[Warehouse], object]] = {
    "a case": erase_it,
    "a delivery": lambda warehouse: erase_delivery(warehouse, "judgement", SCOPE, "Asked for.", ask_nothing),
}


@pytest.mark.parametrize("of", ERASURES)
def test_verify_answers_erased_until_the_publication_is_made_again(
    delivered: Intake, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    warehouse = delivered.night.warehouse
    monkeypatch.setattr(erase, "make_again", _die)
    with pytest.raises(KeyboardInterrupt):
        ERASURES[of](warehouse)
    verdict = verify(warehouse, None)
    assert verdict.answer == "erased"
    assert NAMES["judgement"] in verdict.sentence


def test_an_erased_delivery_leaves_its_number_and_a_sentence(
    delivered: Intake, deliver: Deliver, intake: RunIntake
) -> None:
    warehouse = delivered.night.warehouse
    sha256 = delivered.file(NAMES["judgement"])["sha256"]
    done = erase_delivery(warehouse, "judgement", SCOPE, "Sent in error", ask_nothing)
    assert (done.files, done.rewritten, done.rows, len(done.paths)) == (2, 0, 6, 2)
    assert not archive_path(warehouse, sha256).exists()
    rows = delivered.query("select state, reason, rows_landed from intake.file where kind = 'judgement'")
    assert [(state, landed) for state, _, landed in rows] == [("rejected", None)] * 2
    assert all(reason.startswith("Erased on 20") and reason.endswith(": Sent in error.") for _, reason, _ in rows)
    assert delivered.query("select count(*) from raw.judgement") == [(0,)]
    assert delivered.query("select count(*) from intake.held_row") == [(0,)]
    assert in_publication(warehouse, "from marts.fct_judgement") == []
    assert intake().landed.new == 0
    deliver(f"anew/{NAMES['judgement']}", FORMATS["csv"])
    last = intake()
    assert last.file(f"anew/{NAMES['judgement']}")["state"] == "rejected"
    assert not archive_path(warehouse, sha256).exists()
    with pytest.raises(CannotErase, match="was erased before"):
        erase_delivery(warehouse, "judgement", SCOPE, "Sent in error", ask_nothing)


def again(warehouse: Warehouse) -> None:
    """The same command, which finds the case gone once it has finished what was begun."""
    with pytest.raises(CannotErase, match="This case was erased before"):
        erase_it(warehouse)


STEPS: dict[str, Callable[[Warehouse], object]] = {
    "the next night": finish_begun,
    "the same command": again,
}


@pytest.mark.parametrize("by", STEPS)
@pytest.mark.parametrize("step", ["bury", "remake", "_sweep", "make_again"])
def test_an_erasure_that_died_is_finished_by_the_next_command_or_night(
    delivered: Intake, intake: RunIntake, monkeypatch: pytest.MonkeyPatch, step: str, by: str
) -> None:
    warehouse = delivered.night.warehouse
    with monkeypatch.context() as patch:
        patch.setattr(erase, step, _die)
        with pytest.raises(KeyboardInterrupt):
            erase_it(warehouse)
    STEPS[by](warehouse)
    assert holding_case(warehouse) == set()
    assert in_publication(warehouse, "select count(*) from marts.fct_judgement") == [(4,)]
    assert intake().batch.files == 0
    assert not read_register(warehouse).is_unfinished


def _die(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_of_any_format_is_rewritten_in_it(deliver: Deliver, intake: RunIntake, file_format: str) -> None:
    name = NAMES["judgement"].replace(".csv", f".{file_format}")
    deliver(name, FORMATS[file_format])
    before = intake()
    assert before.counts(name) == (6, 5, 0, 1)
    done = erase_it(before.night.warehouse)
    assert (done.rewritten, done.rows) == (1, 2)
    assert before.counts(name) == (6, 4, 0, 0)


def test_records_of_uneven_length_come_back_as_they_were() -> None:
    data = b'a,b\n1,"x, ""y"""\n2\n3,4,5\n'
    records = read_rows(data, "csv", ANY).cells.to_pylist()
    rows = [list(record.values()) for record in records]
    assert read_rows(delivery_writer.written(rows, "csv"), "csv", ANY).cells.to_pylist() == records


@pytest.mark.parametrize(
    ("scope", "case", "reason", "sentence"),
    [
        (SCOPE, "BED/2005/9999", "Asked for.", "No delivery has this case"),
        ("ESI-XXX-2005", CASE, "Asked for.", "No delivery has this case"),
        (SCOPE, CASE, f"About {CASE}.", "must not name the case"),
        (SCOPE, CASE, " ", "Say why"),
        (SCOPE, " ", "Asked for.", "Name the inspection"),
    ],
)
def test_what_is_not_held_cannot_be_erased(
    delivered: Intake, scope: str, case: str, reason: str, sentence: str
) -> None:
    warehouse = delivered.night.warehouse
    with pytest.raises(CannotErase, match=sentence):
        erase_case(warehouse, scope, case, reason, ask_nothing)
    assert read_register(warehouse).erased_bytes == {}


def test_a_delivery_whose_bytes_are_lost_can_be_erased(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    archive_path(warehouse, delivered.file(NAMES["judgement"])["sha256"]).unlink()
    with pytest.raises(ArchiveIncomplete):
        erase_delivery(warehouse, "nsmart", "BED_0404", "Asked for.", ask_nothing)
    assert read_register(warehouse).erased == {}
    assert erase_delivery(warehouse, "judgement", SCOPE, "Asked for.", ask_nothing).files == 2


def test_an_erasure_does_not_cross_a_running_night(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    with alone(warehouse), pytest.raises(AnotherNightRunning):
        erase_delivery(warehouse, "judgement", SCOPE, "Asked for.", ask_nothing)


@pytest.mark.parametrize("named", ["BED/2005/00\u200b07", "\ufeffBED/2005/0007", "BED/2005/0007\u00a0"])
def test_a_case_is_found_however_its_identifier_is_spelled(named: str, deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["judgement"], csv_text([*good_rows("judgement", 2), judgement(named, "1.1.1")]))
    warehouse = intake().night.warehouse
    with warehouse.connect() as connection:
        catch_up(warehouse, connection)
    assert erase_it(warehouse).rows == 1
    assert holding(warehouse, named) == []
