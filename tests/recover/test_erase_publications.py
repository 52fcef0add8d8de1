"""Publications that have what is erased are made again without it, or removed."""

from collections.abc import Callable

import duckdb
import pytest

from flows.base.night import code_version
from flows.base.warehouse_paths import Warehouse
from flows.publish.publish import current_run, publications
from flows.recover import erase
from flows.recover.erase import erase_delivery
from flows.recover.verify import verify
from tests.conftest import Intake
from tests.erasures import (
    RUN,
    SCOPE,
    ask_nothing,
    built,
    die,
    erase_it,
    holding,
    in_publication,
    key_of_case,
)
from tests.samples import NAMES


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
    monkeypatch.setattr(erase, "make_again", die)
    with pytest.raises(KeyboardInterrupt):
        ERASURES[of](warehouse)
    verdict = verify(warehouse, None)
    assert verdict.answer == "erased"
    assert NAMES["judgement"] in verdict.sentence
