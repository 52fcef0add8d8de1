"""A loaded row whose free text names a case that was ever delivered is held, whichever came first."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from expectations.deliveries import DELIVERIES
from expectations.identifiers import plain, reach
from flows.intake import free_text
from flows.intake.case_key import secret_key
from flows.intake.spelling import fingerprints, runs, spelling
from tests.conftest import Deliver, Intake, RunIntake
from tests.inspections import cases, inspection
from tests.samples import GOOD, csv_text, good_rows

CASES = Path(__file__).parents[1] / "data" / "cases"

FROM_A_LIST = {
    "area_code": "held where there is no such area",
    "framework_code": "held where there is no such framework",
    "question_code": "held where the framework has no such question",
    "sample_group": "held where there is no such group",
    "criterion_code": "held where the framework has no such criterion",
    "measure_code": "held where there is no such measure",
    "adjusted_rating": "held where it is no word of the criterion",
    "profile": "twelve numbers",
    "ethnicity": "published as the group that the seed gives to its code",
    "inspection_id": "the key in the file's name",
    "theme_code": "the key in the file's name",
    "need": "held where the seed has no such need",
}
"""Text columns without codes that a sender cannot write freely, and what bounds them."""


def recommendation(*themes: str, inspection_id: str = "ESI-BED-2005") -> str:
    """A delivery of a recommendation with a theme of its own, then one for each of these."""
    rows = good_rows("recommendation", len(themes) + 1)
    given = zip(rows, ("better plans", *themes), strict=True)
    return csv_text([{**row, "inspection_id": inspection_id, "theme": theme} for row, theme in given])


def nsmart(*references: str, area_code: str = "BED", team_code: str = "BED-01") -> str:
    """A delivery of these cases."""
    rows = good_rows("nsmart", len(references))
    more = {"area_code": area_code, "team_code": team_code}
    return csv_text([{**row, **more, "case_ref": case} for row, case in zip(rows, references, strict=True)])


def named(night: Intake) -> list[tuple[str, int, str]]:
    """File, row and reason of each row that is held because it names a case."""
    return night.query(
        "select file_name, row_number, named_case.reason from intake.named_case "
        "inner join intake.file using (file_id) order by all"
    )


UNPAID_WORK = "area_code,year,table,item,value,unit\nBED,1997,Placements,Gardens,1,count\n"

HELD = [("recommendation_ESI-BED-2005.csv", 3, "theme names a case: take the reference out")]


def test_a_row_that_names_a_case_is_held_however_it_is_written(deliver: Deliver, intake: RunIntake) -> None:
    themes = (
        "BED/2005/0001",
        "plan in case BED/2005/0001 to be reviewed",
        "as in BED/2005/0001.",
        "the plan of BED/2005/0001's supervisor",
        "(BED/2005/0001)",
        "\u201cBED/2005/0001\u201d",
        "case=BED/2005/0001!",
        "BED/2005/0001-BED/2005/0009",
        "BED/2005/0001/plan",
        "see bed/2005/0001",
        "two cases:\nBED/2005/0002;BED/2005/0001",
    )
    deliver("judgement_ESI-BED-2005.csv", csv_text(good_rows("judgement", 1)))
    deliver("recommendation_ESI-BED-2005.csv", recommendation(*themes))
    assert [row for _, row, _ in named(intake())] == [*range(3, len(themes) + 3)]


def test_a_row_that_names_no_case_is_not_held(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text(good_rows("judgement", 1)))
    themes = ("BED/2005/00011", "xBED/2005/0001", "BED 2005 0001", "BED/2005", "better plans")
    deliver("recommendation_ESI-BED-2005.csv", recommendation(*themes))
    assert named(intake()) == []


@pytest.mark.parametrize("first", ["judgement", "recommendation"])
def test_which_came_first_does_not_matter_and_the_row_stays_held(
    first: str, deliver: Deliver, intake: RunIntake
) -> None:
    contents = {
        "judgement": csv_text(good_rows("judgement", 1)),
        "recommendation": recommendation("as in BED/2005/0001"),
    }
    deliver(f"{first}_ESI-BED-2005.csv", contents.pop(first))
    assert named(intake()) == []
    ((kind, content),) = contents.items()
    deliver(f"{kind}_ESI-BED-2005.csv", content)
    assert named(intake()) == HELD
    assert named(intake()) == HELD


def test_the_identifier_of_a_delivery_that_is_gone_is_still_looked_for(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text(good_rows("judgement", 1)))
    intake()
    deliver("judgement_ESI-BED-2005_r2.csv", csv_text([{**GOOD["judgement"], "case_id": "BED/2005/0099"}]))
    deliver("recommendation_ESI-BED-2005.csv", recommendation("as in BED/2005/0001"))
    assert named(intake()) == HELD


def test_an_identifier_of_a_row_that_is_held_is_looked_for(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text([*good_rows("judgement", 3), {**GOOD["judgement"], "answer": "?"}]))
    deliver("recommendation_ESI-BED-2005.csv", recommendation("as in BED/2005/0001"))
    assert named(intake()) == HELD


def test_an_identifier_of_a_rejected_file_is_not_looked_for(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text([{**GOOD["judgement"], "answer": "?"}]))
    deliver("recommendation_ESI-BED-2005.csv", recommendation("as in BED/2005/0001"))
    night = intake()
    assert night.file("judgement_ESI-BED-2005.csv")["state"] == "rejected"
    assert named(night) == []


def test_an_identifier_is_recorded_for_its_own_file_only(deliver: Deliver, intake: RunIntake) -> None:
    """A row that says it is of another area would have that area's texts searched."""
    strange = {**GOOD["nsmart"], "record_no": "9", "area_code": "DVC", "case_ref": "AB12"}
    deliver("nsmart_BED_0404.csv", csv_text([*good_rows("nsmart", 3), strange]))
    deliver("nsmart_DVC_0404.csv", nsmart("DVC10001", area_code="DVC", team_code="AB12"))
    assert named(intake()) == []


def test_a_short_identifier_is_looked_for_where_it_belongs(deliver: Deliver, intake: RunIntake) -> None:
    deliver("nsmart_BED_0404.csv", nsmart("X123"))
    deliver("nsmart_BED_0504.csv", nsmart("Y1", team_code="X123").replace("0404", "0504"))
    deliver("nsmart_DVC_0404.csv", nsmart("Z1", area_code="DVC", team_code="X123"))
    deliver("inspection_ESI-BED-2005.csv", inspection("ESI-BED-2005", "ESI"))
    deliver("recommendation_ESI-BED-2005.csv", recommendation("the X123 team"))
    assert named(intake()) == [("nsmart_BED_0504.csv", 2, "team_code names a case: take the reference out")]


def test_an_areas_reference_is_looked_for_in_its_inspections_once_their_area_is_known(
    deliver: Deliver, intake: RunIntake
) -> None:
    deliver("nsmart_BED_0404.csv", nsmart("BED10001"))
    deliver("recommendation_ESI-BED-2005.csv", recommendation("as in BED10001"))
    deliver("recommendation_ESI-DVC-2006.csv", recommendation("as in BED10001", inspection_id="ESI-DVC-2006"))
    assert named(intake()) == []
    deliver("inspection_ESI-BED-2005.csv", inspection("ESI-BED-2005", "ESI"))
    assert named(intake()) == HELD


def test_a_long_identifier_is_looked_for_everywhere(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text(good_rows("judgement", 1)))
    deliver("nsmart_DVC_0404.csv", nsmart("DVC10001", area_code="DVC", team_code="BED/2005/0001"))
    assert named(intake()) == [("nsmart_DVC_0404.csv", 2, "team_code names a case: take the reference out")]


def test_odd_identifiers_hold_nobody_elses_rows(deliver: Deliver, intake: RunIntake) -> None:
    odd = [
        *(
            "ESI-DVC-2006",
            "quality",
            "Board",
            "2004/05",
            "2004-05-06",
            "12/03/2005",
            "March 2005",
            "in",
            "1.1.1",
            "main",
        ),
        *("9", "BED-01", "AVS_0404"),
    ]
    judgements = [{**GOOD["judgement"], "case_id": one} for one in odd]
    deliver("judgement_ESI-BED-2005.csv", csv_text(judgements))
    deliver("nsmart_AVS_0404.csv", nsmart(*odd, area_code="AVS", team_code="AVS-01"))
    deliver("inspection_ESI-DVC-2006.csv", inspection("ESI-DVC-2006", "ESI").replace("BED", "DVC"))
    deliver("inspection_ESI-BED-2005.csv", inspection("ESI-BED-2005", "ESI"))
    deliver("recommendation_ESI-DVC-2006.csv", recommendation(*odd, " and ".join(odd), inspection_id="ESI-DVC-2006"))
    deliver("nsmart_BED_0404.csv", nsmart("BED10001", team_code="BED-01"))
    assert named(intake()) == []


def test_a_key_that_is_delivered_later_is_no_identifier_any_more(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text([{**GOOD["judgement"], "case_id": "HMIP-2007-KENT"}]))
    deliver("recommendation_ESI-BED-2005.csv", recommendation("after HMIP-2007-KENT"))
    assert named(intake()) == HELD
    deliver("inspection_HMIP-2007-KENT.csv", inspection("HMIP-2007-KENT", "ESI"))
    assert named(intake()) == []


def test_plain_references_load_with_a_warning(deliver: Deliver, intake: RunIntake) -> None:
    plain_ones = ("2004/01", "2004/05", "200405", "1104", "12.03.2005", "CPO", "Mar-05", "old case")
    deliver("nsmart_BED_0404.csv", nsmart("BED10001", *plain_ones))
    night = intake()
    assert night.counts("nsmart_BED_0404.csv") == (9, 9, 0, 0)
    warning = night.file("nsmart_BED_0404.csv")["warning"]
    assert "case_ref reads as a year" in warning
    assert "not looked for in free text (8 rows)" in warning
    assert not any(one in warning for one in plain_ones)


def test_usual_references_load_without_a_warning(deliver: Deliver, intake: RunIntake) -> None:
    deliver(
        "nsmart_BED_0404.csv", nsmart("BED10001", "BED/2005/0001", "X1", "2005/0001", "A 12/34", "DEC1234", "CRN-9")
    )
    assert intake().file("nsmart_BED_0404.csv")["warning"] is None


@pytest.mark.parametrize(
    ("identifier", "where"),
    [
        ("BED/2005/0001", "everywhere"),
        ("BED1000111", "everywhere"),
        ("BED10001", "area"),
        ("BED-01", "own"),
        ("2005/0001", "own"),
        ("SMITH", "own"),
        ("2004/30", None),
        ("12 March 2004", None),
        ("Q1 2004/05", None),
        ("1,234.50", None),
        ("12th", None),
        ("LON-N", None),
        ("very_strong", None),
        ("the whole team", None),
    ],
)
def test_where_an_identifier_is_looked_for(identifier: str, where: str | None) -> None:
    with duckdb.connect() as connection:
        row = connection.execute(f"select {reach('word')}, {plain('word')} from (select ? as word)", [identifier])
        assert row.fetchone() == (where, where is None)


def test_an_identifier_is_compared_as_it_is_cut_from_a_text() -> None:
    for identifier in ("BED/2005/0001", "x 12  34", "(AB-1)", "\u00e9t\u00e9 9", "A_1.b"):
        assert spelling(identifier) in runs(f"the case {identifier}, of late")
        assert runs(identifier) >= {spelling(identifier)}


@pytest.mark.parametrize("first", ["judgement", "unpaid_work"])
@pytest.mark.parametrize("key", ["BED-2005-0001", "bed_2005_0001", "of_BED-2005-0001_x"])
def test_a_free_key_that_names_a_case_is_known_whichever_came_first(
    first: str, key: str, deliver: Deliver, intake: RunIntake
) -> None:
    name = f"unpaid_work_{key}.csv"
    contents = {
        "judgement": ("judgement_ESI-BED-2005.csv", csv_text(good_rows("judgement", 1))),
        "unpaid_work": (name, UNPAID_WORK),
    }
    for kind in sorted(contents, key=lambda kind: kind != first):
        deliver(*contents[kind])
        night = intake()
    files = "select file_name, state from intake.file semi join intake.named_file using (file_id)"
    assert night.query(files) == [(name, "loaded")]


def test_a_key_that_names_no_case_is_no_named_file(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text(good_rows("judgement", 1)))
    for key in ("BED_2005", "BED-2005-00011", "2005"):
        deliver(f"unpaid_work_{key}.csv", UNPAID_WORK.replace("Placements", key))
    assert intake().query("select * from intake.named_file") == []


def test_hashes_differ_by_key() -> None:
    one, other = (fingerprints(key, ["BED/2005/0001"]) for key in (b"one", b"other"))
    assert one.tolist() != other.tolist()
    assert one.tolist() == fingerprints(b"one", ["BED/2005/0001"]).tolist()


def test_the_warehouse_holds_hashes_and_no_identifier(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text([{**GOOD["judgement"], "case_id": "SECRET/2005/1"}]))
    deliver("recommendation_ESI-BED-2005.csv", recommendation("as in SECRET/2005/1"))
    night = intake()
    for table in ("case_identifier", "free_text_run"):
        assert "SECRET" not in str(night.query(f"select * from intake.{table}")).upper()
    assert named(night) == HELD


def test_every_column_of_a_text_is_named_once(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text(good_rows("judgement", 2)))
    row = {**GOOD["recommendation"], "theme": "BED/2005/0001 and BED/2005/0002", "addressed_to": "BED/2005/0001"}
    deliver("recommendation_ESI-BED-2005.csv", csv_text([row]))
    reason = "addressed_to names a case: take the reference out; theme names a case: take the reference out"
    assert named(intake()) == [("recommendation_ESI-BED-2005.csv", 2, reason)]


def test_a_column_is_named_by_its_header(deliver: Deliver, intake: RunIntake) -> None:
    deliver("nsmart_BED_0404.csv", nsmart("BED10001"))
    deliver("unpaid_work_2005.csv", "area_code,year,table,item,value,unit\nBED,1997,of BED10001,a,1,count\n")
    assert named(intake()) == [("unpaid_work_2005.csv", 2, "table names a case: take the reference out")]


def test_the_smallest_inputs_get_what_they_must(deliver: Deliver, intake: RunIntake) -> None:
    case_ids = {f"BED/2005/{number:04}": "main" for number in range(1, 100)}
    deliver("case_sample_ESI-BED-2005.csv", cases("ESI-BED-2005", case_ids))
    deliver("performance_target_2004-05.csv", csv_text(good_rows("performance_target", 2)))
    for path in CASES.iterdir():
        deliver(path.name, path.read_bytes())
    night = intake()
    row = ("recommendation_ESI-BED-2005_r3.csv", 2, "theme names a case: take the reference out")
    assert named(night) == [row]
    assert night.file("judgement_ESI-BED-2005_r3.csv")["state"] == "rejected"
    assert night.counts("nsmart_BED_1104.csv") == (30, 30, 0, 0)
    assert "not looked for in free text (30 rows)" in night.file("nsmart_BED_1104.csv")["warning"]
    assert named(intake()) == [row]


@pytest.mark.parametrize("kind", DELIVERIES)
def test_every_text_column_is_free_or_bounded(kind: str) -> None:
    for column in DELIVERIES[kind].columns:
        if column.type == "text" and not column.codes and not column.identifier:
            assert column.free_text != (column.name in FROM_A_LIST), column.name
        else:
            assert not column.free_text, column.name


def test_the_gate_names_the_rows_that_a_text_can_come_from(deliver: Deliver, intake: RunIntake) -> None:
    deliver("judgement_ESI-BED-2005.csv", csv_text(good_rows("judgement", 1)))
    deliver("recommendation_ESI-BED-2005.csv", recommendation("as in BED/2005/0001"))
    night = intake()
    with night.night.warehouse.connect() as connection:
        # A row that should be held and is not, for want of what the next lines stand for.
        connection.execute("delete from intake.named_case")
        texts = ["as in BED/2005/0001", "better plans"]
        whose = {"source": ["inspection"] * 2, "scope": ["ESI-BED-2005"] * 2}
        shown = pa.table({"place": [0, 1], **whose, "text": texts})
        found = free_text.named_in(connection, shown, secret_key(night.night.warehouse, connection))
    assert found == {0: (free_text.Place(2, "recommendation_ESI-BED-2005.csv", 3, "theme"),)}
