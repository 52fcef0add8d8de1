"""What is erased is in no file of the warehouse any more, does not come back, and all the rest goes on."""

import gzip
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.base.content_hash import content_query
from flows.base.errors import AnotherNightRunning, ArchiveIncomplete, CannotErase, WarehouseUnusable
from flows.base.night import alone
from flows.base.warehouse_paths import Warehouse
from flows.cli.app import app
from flows.intake import delivery_writer as rewrite
from flows.intake.archive import archive_path
from flows.intake.case_key import case_key
from flows.intake.catch_up import catch_up
from flows.intake.formats import read_rows
from flows.intake.register import read_register
from flows.recover import erase
from flows.recover.erase import Search, erase_case, erase_delivery
from flows.recover.rebuild import rebuild
from flows.recover.verify import verify
from tests.conftest import Deliver, Intake, RunIntake
from tests.samples import ANY, GOOD, NAMES, csv_text, good_rows, xlsx_bytes

SCOPE, CASE = "ESI-BED-2005", "BED/2005/0007"
OTHER = "BED/2005/00071"
RUN = "20060616T020000Z-0000"


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
    "parquet": rewrite.written([list(ROWS[0]), *(list(row.values()) for row in ROWS)], "parquet"),
}


@pytest.fixture
def delivered(deliver: Deliver, intake: RunIntake) -> Intake:
    """A delivery with the case, its copy, a stray file that names it, and another delivery; then a publication."""
    deliver(NAMES["judgement"], FORMATS["csv"])
    deliver(f"copy/{NAMES['judgement']}", FORMATS["csv"])
    deliver("notes.csv", f"About {CASE} of {SCOPE}\n")
    deliver(NAMES["nsmart"], csv_text(good_rows("nsmart", 2)))
    done = intake()
    with done.night.warehouse.connect() as connection:
        catch_up(done.night.warehouse, connection)
    publication(done.night.warehouse)
    return done


def publication(warehouse: Warehouse) -> Path:
    """A kept publication with the judgements of now."""
    file = warehouse.published / RUN / "analyst.duckdb"
    file.parent.mkdir()
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"attach '{warehouse.database}' as w (read_only)")
        connection.execute(
            """
            create schema ops; create schema marts;
            create table marts.fct_judgement as select case_key, question_code from w.raw.judgement;
            create table marts.fct_total as select count(*) as judgements from w.raw.judgement;
            comment on table marts.fct_judgement is 'It''s judgements.';
            comment on column marts.fct_judgement.case_key is 'A case.';
            create table ops.load_file as select *, file_id as n from w.intake.file;
            create table ops.run as select 'x' as run_id, date '2006-06-15' as business_date, 'published' as status;
            """
        )
        tables = content_query([("marts", "fct_judgement"), ("marts", "fct_total")], "analyst")
        connection.execute(f"create table ops.publication_table as {tables}")
    warehouse.current.symlink_to(Path("published") / RUN)
    return file


def holding(warehouse: Warehouse, text: str) -> list[str]:
    """Files of the warehouse in which the text stands; of CSV, DuckDB and JSON none is packed here."""
    return [str(path) for path in warehouse.root.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def holding_case(warehouse: Warehouse) -> set[str]:
    """Files in which the case stands, and not just another whose identifier begins as its does."""
    return {path for end in (",", " ", '"', "'", "\n") for path in holding(warehouse, f"{CASE}{end}")}


def in_publication(warehouse: Warehouse, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse.current / "analyst.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def key_of_case(warehouse: Warehouse) -> str:
    return case_key(warehouse.key_file.read_bytes(), "inspection", SCOPE, CASE)


def test_what_an_earlier_version_left_of_its_batch_goes_too(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    (warehouse.restricted / "batch.duckdb").write_text(f"{CASE},")
    erase_case(warehouse, SCOPE, CASE, "Asked for.")
    assert not (warehouse.restricted / "batch.duckdb").exists()


def test_an_erased_case_stands_in_no_file_of_the_warehouse(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    warehouse.returns.mkdir()
    (warehouse.returns / "return_x.csv").write_text(f"{CASE},")
    warehouse.as_of.mkdir()
    (warehouse.as_of / "x.duckdb").write_text(f"{CASE},")
    key = key_of_case(warehouse)
    assert len(holding_case(warehouse)) >= 3
    assert holding(warehouse, key)
    done = erase_case(warehouse, SCOPE, CASE, "Asked for")
    assert (done.files, done.rewritten, done.rows, done.purged.rows) == (1, 2, 4, 1)
    assert holding_case(warehouse) == set()
    assert holding(warehouse, key) == []
    assert holding(warehouse, OTHER)


def test_deliveries_go_on_without_the_case(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    erase_case(warehouse, SCOPE, CASE, "Asked for.")
    assert delivered.query(
        "select state, rows_landed, rows_loaded, rows_held from intake.file where kind = 'judgement' order by state"
    ) == [("loaded", 4, 4, 0), ("same_bytes", None, None, None)]
    assert delivered.query("select count(*) from raw.nsmart") == [(2,)]
    assert delivered.query("select count(*) from intake.setting where name = 'built_inputs'") == [(0,)]


def test_a_landing_copy_is_not_taken_in_again(delivered: Intake, intake: RunIntake, deliver: Deliver) -> None:
    erase_case(delivered.night.warehouse, SCOPE, CASE, "Asked for.")
    again = intake()
    assert (again.landed.new, again.batch.files) == (0, 0)
    deliver(f"anew/{NAMES['judgement']}", FORMATS["csv"])
    last = intake()
    assert last.landed.new == 1
    file = last.file(f"anew/{NAMES['judgement']}")
    assert file["state"] == "rejected"
    assert file["reason"].endswith(": Asked for.")
    assert not archive_path(delivered.night.warehouse, file["sha256"]).exists()


def test_a_rebuild_after_an_erasure_has_not_the_case(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    key = key_of_case(warehouse)
    erase_case(warehouse, SCOPE, CASE, "Asked for.")
    before = delivered.query("from intake.file order by all"), delivered.query("from raw.judgement order by all")
    rebuild(warehouse)
    assert (
        delivered.query("from intake.file order by all"),
        delivered.query("from raw.judgement order by all"),
    ) == before
    assert delivered.query("select count(*) from raw.judgement where case_key = ?", key) == [(0,)]


def test_a_kept_publication_has_no_row_of_the_case_and_tells_so(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    key = key_of_case(warehouse)
    rows = in_publication(warehouse, "from marts.fct_judgement")
    erase_case(warehouse, SCOPE, CASE, "Asked for.")
    left = in_publication(warehouse, "from marts.fct_judgement")
    assert sorted(left) == sorted(row for row in rows if row[0] != key)
    assert in_publication(warehouse, "from marts.fct_total") == [(len(rows),)]
    told = in_publication(warehouse, "from ops.publication_table order by all")
    tables = content_query([("marts", "fct_judgement"), ("marts", "fct_total")], "analyst")
    assert told == in_publication(warehouse, tables)
    assert in_publication(warehouse, "select rows_erased from ops.erasure") == [(1,)]
    comments = "select comment from duckdb_columns() where column_name = 'case_key' and not internal"
    assert in_publication(warehouse, comments) == [("A case.",)]
    assert list(warehouse.current.resolve().iterdir()) == [warehouse.current.resolve() / "analyst.duckdb"]


@pytest.mark.parametrize("of_case", [True, False])
def test_verify_answers_erased(delivered: Intake, of_case: bool) -> None:
    warehouse = delivered.night.warehouse
    if of_case:
        erase_case(warehouse, SCOPE, CASE, "Asked for.")
    else:
        erase_delivery(warehouse, "judgement", SCOPE, "Asked for.")
    verdict = verify(warehouse, None)
    assert verdict.answer == "erased"
    assert NAMES["judgement"] in verdict.sentence


def test_an_erased_delivery_leaves_its_number_and_a_sentence(delivered: Intake, intake: RunIntake) -> None:
    warehouse = delivered.night.warehouse
    sha256 = delivered.file(NAMES["judgement"])["sha256"]
    done = erase_delivery(warehouse, "judgement", SCOPE, "Sent in error")
    assert (done.files, done.rewritten, len(done.paths)) == (2, 0, 2)
    assert not archive_path(warehouse, sha256).exists()
    rows = delivered.query("select state, reason, rows_landed from intake.file where kind = 'judgement'")
    assert [(state, landed) for state, _, landed in rows] == [("rejected", None)] * 2
    assert all(reason.startswith("Erased on 20") and reason.endswith(": Sent in error.") for _, reason, _ in rows)
    assert delivered.query("select count(*) from raw.judgement") == [(0,)]
    assert delivered.query("select count(*) from intake.held_row") == [(0,)]
    assert in_publication(warehouse, "from marts.fct_judgement") == []
    assert intake().landed.new == 0


@pytest.mark.parametrize("step", ["purge", "remake", "_sweep"])
def test_an_erasure_that_died_is_finished_by_the_same_command(
    delivered: Intake, intake: RunIntake, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    warehouse = delivered.night.warehouse
    with monkeypatch.context() as patch:
        patch.setattr(erase, step, _die)
        with pytest.raises(KeyboardInterrupt):
            erase_case(warehouse, SCOPE, CASE, "Asked for.")
    if step != "_sweep":
        with pytest.raises(WarehouseUnusable, match="same `casebook erase` again"):
            intake()
        erase_case(warehouse, SCOPE, CASE, "Asked for.")
    else:
        with pytest.raises(CannotErase, match="No delivery and no kept publication"):
            erase_case(warehouse, SCOPE, CASE, "Asked for.")
    assert holding_case(warehouse) == set()
    assert in_publication(warehouse, "select count(*) from marts.fct_judgement") == [(4,)]
    assert intake().batch.files == 0


def _die(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_of_any_format_is_rewritten_in_it(deliver: Deliver, intake: RunIntake, file_format: str) -> None:
    name = NAMES["judgement"].replace(".csv", f".{file_format}")
    deliver(name, FORMATS[file_format])
    before = intake()
    assert before.counts(name) == (6, 5, 0, 1)
    done = erase_case(before.night.warehouse, SCOPE, CASE, "Asked for.")
    assert (done.rewritten, done.rows) == (1, 2)
    assert before.counts(name) == (4, 4, 0, 0)


def test_records_of_uneven_length_come_back_as_they_were() -> None:
    data = b'a,b\n1,"x, ""y"""\n2\n3,4,5\n'
    records = read_rows(data, "csv", ANY).cells.to_pylist()
    rows = [list(record.values()) for record in records]
    assert read_rows(rewrite.written(rows, "csv"), "csv", ANY).cells.to_pylist() == records


@pytest.mark.parametrize(
    ("cells", "in_scope", "is_row"),
    [
        ([SCOPE, CASE], False, True),
        (["ESI-BED-2006", CASE], False, False),
        (["ESI-BED-2006", CASE], True, True),
        ([SCOPE, OTHER], True, False),
        ([None, f"see {CASE}."], True, True),
    ],
)
def test_a_row_is_the_cases_by_identifier_within_its_scope(
    cells: list[str | None], in_scope: bool, is_row: bool
) -> None:
    assert Search(SCOPE, CASE).is_row(cells, in_scope) is is_row


@pytest.mark.parametrize(
    ("scope", "case", "reason", "sentence"),
    [
        (SCOPE, "BED/2005/9999", "Asked for.", "No delivery and no kept publication"),
        ("ESI-XXX-2005", CASE, "Asked for.", "No delivery and no kept publication"),
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
        erase_case(warehouse, scope, case, reason)
    assert read_register(warehouse).erased_bytes == {}


def test_a_delivery_whose_bytes_are_lost_can_be_erased(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    archive_path(warehouse, delivered.file(NAMES["judgement"])["sha256"]).unlink()
    with pytest.raises(ArchiveIncomplete):
        erase_delivery(warehouse, "nsmart", "BED_0404", "Asked for.")
    assert read_register(warehouse).erased == {}
    assert erase_delivery(warehouse, "judgement", SCOPE, "Asked for.").files == 2


def test_an_erasure_does_not_cross_a_running_night(delivered: Intake) -> None:
    warehouse = delivered.night.warehouse
    with alone(warehouse), pytest.raises(AnotherNightRunning):
        erase_delivery(warehouse, "judgement", SCOPE, "Asked for.")


def test_the_command_asks_first_and_shows_no_identifier(delivered: Intake) -> None:
    arguments = [
        "erase",
        "case",
        SCOPE,
        "--reason",
        "Asked for.",
        "--warehouse",
        str(delivered.night.warehouse.root),
    ]
    refused = CliRunner().invoke(app, arguments, input=f"{CASE}\nn\n")
    assert refused.exit_code == 1
    assert read_register(delivered.night.warehouse).erased_bytes == {}
    done = CliRunner().invoke(app, [*arguments, "--yes"], input=f"{CASE}\n", catch_exceptions=False)
    assert done.exit_code == 0
    assert NAMES["judgement"] in done.stdout
    assert CASE not in refused.output + done.output


@pytest.mark.parametrize("named", ["BED/2005/00\u200b07", "\ufeffBED/2005/0007", "BED/2005/0007\u00a0"])
def test_a_case_is_found_however_its_identifier_is_spelled(named: str, deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["judgement"], csv_text([*good_rows("judgement", 2), judgement(named, "1.1.1")]))
    warehouse = intake().night.warehouse
    with warehouse.connect() as connection:
        catch_up(warehouse, connection)
    assert erase_case(warehouse, SCOPE, CASE, "Asked for.").rows == 1
    assert holding(warehouse, named) == []
