"""A file INVENTED.txt says of what lies in and below its folder that it is invented, for as long as it lies there."""

from datetime import date
from pathlib import Path

import pytest

from figures import Publication
from flows.intake import invented, land
from flows.intake.register import read_register
from flows.recover.rebuild import rebuild
from flows.warehouse import changes
from tests.conftest import Deliver, Intake, RunIntake
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS, TARGETS = NAMES["judgement"], "performance_target_2004-05.csv"
GOOD = csv_text(good_rows("judgement", 2))
TARGET = "performance_year,area_code,measure_code,target,direction\n2004/05,ENW,ENF,0.8,higher\n"
MARK = "INVENTED.txt"
SAYS = "The cases in these deliveries are invented.\n"


def marked(done: Intake) -> dict[str, bool]:
    """Whether each registered file is marked, by its path."""
    return dict(done.query("select path, is_invented from intake.file order by file_id"))


def test_a_mark_says_it_of_its_folder_and_of_those_below(deliver: Deliver, intake: RunIntake) -> None:
    deliver(f"tried/{MARK}", SAYS)
    deliver(f"tried/further/below/{JUDGEMENTS}", GOOD)
    deliver(TARGETS, TARGET)
    assert marked(intake()) == {TARGETS: False, f"tried/further/below/{JUDGEMENTS}": True}


def test_a_landing_folder_without_a_mark_says_nothing(deliver: Deliver, intake: RunIntake) -> None:
    deliver(JUDGEMENTS, GOOD)
    done = intake()
    assert marked(done) == {JUDGEMENTS: False}
    assert read_register(done.night.warehouse).invented == []


def test_a_mark_is_no_delivery_and_is_not_passed_over_with_a_word(deliver: Deliver, intake: RunIntake) -> None:
    deliver(MARK, SAYS)
    deliver(JUDGEMENTS, GOOD)
    done = intake()
    assert (done.landed.files, done.landed.passed_over) == (1, 0)
    assert marked(done) == {JUDGEMENTS: True}


def test_a_mark_that_comes_or_goes_says_it_of_files_that_were_there(
    deliver: Deliver, intake: RunIntake, landing: Path
) -> None:
    deliver(JUDGEMENTS, GOOD)
    first = intake()
    mark = deliver(MARK, SAYS)
    second = intake()
    assert marked(second) == {JUDGEMENTS: True}
    mark.unlink()
    third = intake()
    assert marked(third) == {JUDGEMENTS: False}
    register = read_register(third.night.warehouse)
    assert register.invented_before(first.night.run_id) == frozenset()
    assert register.invented_before(second.night.run_id) == frozenset({1})
    assert register.invented_before() == frozenset()


def test_what_a_mark_says_is_an_input_of_the_build(
    deliver: Deliver, intake: RunIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "calendar", lambda _: "")
    deliver(JUDGEMENTS, GOOD)
    mark = deliver(MARK, SAYS)
    changes.complete(intake().night, {})
    assert changes.changed_inputs(intake().night) == frozenset()
    mark.unlink()
    assert changes.changed_inputs(intake().night) == {changes.INVENTED}


def test_a_mark_follows_a_file_that_is_moved_and_stays_with_one_that_is_gone(
    deliver: Deliver, intake: RunIntake, landing: Path
) -> None:
    deliver(JUDGEMENTS, GOOD)
    deliver(TARGETS, TARGET)
    assert not any(marked(intake()).values())
    deliver(f"tried/{MARK}", SAYS)
    (landing / JUDGEMENTS).rename(landing / "tried" / JUDGEMENTS)
    assert marked(intake()) == {JUDGEMENTS: True, TARGETS: False, f"tried/{JUDGEMENTS}": True}
    (landing / "tried" / JUDGEMENTS).unlink()
    assert marked(intake())[JUDGEMENTS]


def test_a_link_is_no_mark(deliver: Deliver, intake: RunIntake, landing: Path, tmp_path: Path) -> None:
    (tmp_path / MARK).write_text(SAYS, encoding="utf-8")
    (landing / MARK).symlink_to(tmp_path / MARK)
    deliver(JUDGEMENTS, GOOD)
    assert marked(intake()) == {JUDGEMENTS: False}


def test_a_rebuilt_warehouse_knows_what_is_invented(deliver: Deliver, intake: RunIntake) -> None:
    deliver(f"tried/{MARK}", SAYS)
    deliver(f"tried/{JUDGEMENTS}", GOOD)
    deliver(TARGETS, TARGET)
    done = intake()
    before = marked(done)
    rebuild(done.night.warehouse)
    assert marked(done) == before == {TARGETS: False, f"tried/{JUDGEMENTS}": True}


def test_a_night_that_died_after_the_register_marks_its_files_the_next_time(
    deliver: Deliver, intake: RunIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(JUDGEMENTS, GOOD)
    done = intake()
    deliver(MARK, SAYS)
    with monkeypatch.context() as patch:
        patch.setattr(invented, "record_invented", _dies)
        with pytest.raises(KeyboardInterrupt):
            land.land(done.night)
    done.night.warehouse.make()
    assert marked(intake()) == {JUDGEMENTS: True}
    assert len(read_register(done.night.warehouse).invented) == 1


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("deliveries", "of_them", "said"),
    [(3, 0, ""), (3, 3, "The cases behind these figures are"), (3, 1, "Some of the cases behind these figures are")],
)
def test_a_publication_says_whether_all_or_some_of_it_is_invented(deliveries: int, of_them: int, said: str) -> None:
    notice = Publication("R1", date(2006, 6, 15), deliveries, of_them).notice
    assert said in notice
    assert bool(notice) is bool(of_them)
