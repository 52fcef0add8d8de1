"""Loading: good rows into the raw tables, identifiers replaced, each file and row accounted for."""

import os
import re
import stat

import pytest

from flows.base.errors import KeyUnusable
from flows.base.night import Night
from flows.intake import land, load, shares
from tests.conftest import Deliver, RunIntake
from tests.samples import GOOD, NAMES, csv_text, good_rows, spoilt


def test_rows_landed_are_loaded_duplicate_or_held_over_a_whole_night(deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["nsmart"], csv_text([*spoilt("nsmart", sex="X"), good_rows("nsmart", 1)[0]]))
    deliver(NAMES["judgement"], csv_text(good_rows("judgement", 2)))
    deliver(NAMES["recommendation"], "not,the,columns\n1,2,3\n")
    deliver("notes.txt", "hello")
    night = intake()
    loaded = night.loaded
    assert (loaded.rows_landed, loaded.rows_loaded, loaded.rows_duplicate, loaded.rows_held) == (6, 4, 1, 1)
    assert night.counts(NAMES["nsmart"]) == (4, 2, 1, 1)
    states = night.query("select state, count(*) from intake.file group by state order by state")
    assert states == [("loaded", 2), ("rejected", 2)]


def test_a_rejected_file_has_no_row_counts(deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["judgement"], "")
    file = intake().file(NAMES["judgement"])
    assert (file["state"], file["reason"]) == ("rejected", "The file is empty.")
    assert [file[name] for name in ("rows_landed", "rows_loaded", "rows_duplicate", "rows_held")] == [None] * 4


@pytest.mark.parametrize("kind", ["judgement", "nsmart"])
def test_raw_tables_hold_a_keyed_hash_and_no_delivered_identifier(
    kind: str, deliver: Deliver, intake: RunIntake
) -> None:
    identifier = {"judgement": "case_id", "nsmart": "case_ref"}[kind]
    rows = [{**row, identifier: f"SECRET-{number}"} for number, row in enumerate(good_rows(kind, 2))]
    deliver(NAMES[kind], csv_text(rows))
    night = intake()
    everything = str(night.query(f"select * from raw.{kind}")) + str(night.query("select * from intake.held_row"))
    assert "SECRET" not in everything
    keys = [key for (key,) in night.query(f"select case_key from raw.{kind}")]
    assert len(set(keys)) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}", key) for key in keys)


def test_a_case_has_one_key_in_every_delivery_of_its_inspection(deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["judgement"], csv_text([GOOD["judgement"], {**GOOD["judgement"], "question_code": "1.1.2"}]))
    outcome = {"inspection_id": "ESI-BED-2005", "case_id": GOOD["judgement"]["case_id"], "oasys_start": "9"}
    rest = {"oasys_latest": "", "oasys_rescored_on": "", "reconvicted_on": ""}
    deliver("case_outcome_ESI-BED-2005.csv", csv_text([{**outcome, **rest}]))
    query = "select case_key from raw.judgement union all select case_key from raw.case_outcome"
    keys = intake().query(query)
    assert (len(keys), len(set(keys))) == (3, 1)


def test_the_restricted_folder_and_the_key_are_their_owners_only(deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["judgement"], csv_text(good_rows("judgement", 1)))
    previous = os.umask(0)
    try:
        warehouse = intake().night.warehouse
    finally:
        os.umask(previous)
    assert stat.S_IMODE(warehouse.restricted.stat().st_mode) == 0o700
    assert stat.S_IMODE(warehouse.key_file.stat().st_mode) == 0o600


def test_a_restricted_folder_that_was_opened_up_is_closed_again(night: Night) -> None:
    night.warehouse.restricted.chmod(0o755)
    night.warehouse.make()
    assert stat.S_IMODE(night.warehouse.restricted.stat().st_mode) == 0o700


def test_a_night_whose_key_is_refused_loads_nothing_and_the_next_catches_up(
    deliver: Deliver, intake: RunIntake
) -> None:
    deliver(NAMES["judgement"], csv_text(good_rows("judgement", 1)))
    warehouse = intake().night.warehouse
    key = warehouse.key_file.read_bytes()
    warehouse.key_file.unlink()
    deliver("judgement_X.csv", csv_text([{**GOOD["judgement"], "inspection_id": "X"}]))
    with pytest.raises(KeyUnusable):
        intake()
    warehouse.key_file.write_bytes(key)
    assert intake().counts("judgement_X.csv") == (1, 1, 0, 0)


def test_a_night_that_dies_while_loading_leaves_nothing_half_loaded(
    deliver: Deliver, night: Night, intake: RunIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(NAMES["judgement"], csv_text(good_rows("judgement", 2)))
    land.land(night)
    examined = shares.examine_all(night)

    def die(*_: object) -> None:
        raise RuntimeError("died")

    with monkeypatch.context() as patch:
        patch.setattr(load, "_finish_files", die)
        with pytest.raises(RuntimeError, match="died"):
            load.load(night, examined.read, examined.checked)
    with night.warehouse.connect() as connection:
        assert connection.execute("select count(*) from raw.judgement").fetchone() == (0,)
    assert intake().counts(NAMES["judgement"]) == (2, 2, 0, 0)


def test_a_warning_does_not_reject_its_file(deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["judgement"], csv_text([{**row, "remarks": "x"} for row in good_rows("judgement", 2)]))
    night = intake()
    assert night.counts(NAMES["judgement"]) == (2, 2, 0, 0)
    assert "remarks" in night.file(NAMES["judgement"])["warning"]


def test_a_correction_is_loaded_beside_its_forerunner(deliver: Deliver, intake: RunIntake) -> None:
    deliver(NAMES["judgement"], csv_text(good_rows("judgement", 2)))
    deliver("judgement_ESI-BED-2005_r2.csv", csv_text(good_rows("judgement", 3)))
    night = intake()
    revisions = night.query("select revision, rows_loaded from intake.file order by revision")
    assert revisions == [(1, 2), (2, 3)]
