"""What is erased is in no file of the warehouse any more, and all the rest goes on."""

import pytest

from flows.base.errors import AnotherNightRunning, ArchiveIncomplete, CannotErase
from flows.base.night import alone
from flows.intake import delivery_writer
from flows.intake.archive import archive_path
from flows.intake.catch_up import catch_up
from flows.intake.formats import read_rows
from flows.intake.register import read_register
from flows.publish.publish import publications
from flows.recover.erase import Plan, erase_case, erase_delivery
from tests.conftest import Deliver, Intake, RunIntake
from tests.erasures import (
    CASE,
    FORMATS,
    NAMING,
    OTHER,
    RUN,
    SCOPE,
    ask_nothing,
    erase_it,
    holding,
    holding_case,
    in_publication,
    judgement,
    key_of_case,
)
from tests.samples import ANY, GOOD, NAMES, csv_text, good_rows


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
