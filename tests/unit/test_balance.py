"""The integrity tests of the balance can fail: each finds what is planted, and nothing where nothing is."""

import re
from collections.abc import Callable, Iterator

import duckdb
import pytest

from expectations.deliveries import DELIVERIES
from flows.base.settings import PROJECT
from tests.models import broken_rows, rendered

ROWS, STATES, FILES = "delivery_rows_balance", "delivery_each_row_in_one_state", "delivery_files_balance"

BALANCED = """
    create table stg_file as from (values (1, 3), (2, null), (3, null), (4, 1), (5, null), (6, 2))
        as t (file_id, rows_loaded);
    create table load_file as from (values
        (1, 'current', null, 7, 2, 1, 2, 2), (2, 'rejected', 'Cut short.', null, null, null, null, null),
        (3, 'same_bytes', null, null, null, null, null, null), (4, 'superseded', null, 1, 1, 0, 0, 0),
        (5, 'withdrawn', 'A test file.', null, null, null, null, null), (6, 'set_aside', 'A test fails.', 2, 0, 0, 2, 0)
    ) as t (file_id, status, reason, rows_landed, rows_loaded, rows_duplicate, rows_quarantined, rows_erased);
    create table stg_raw_row as from (values (1, 1), (1, 2), (1, 3), (4, 1), (6, 1), (6, 2)) as t (file_id, row_number);
    create table stg_held_row as from (values (1, 4)) as t (file_id, row_number);
    create table int_delivery__orphan as from (values (1, 3)) as t (file_id, row_number);
    create table quarantine_row as from stg_held_row union all from int_delivery__orphan
        union all from stg_raw_row where file_id = 6;
"""
"""File 1 has seven rows: two count, one is a repeat, one is held, one waits for its parent, two are erased.
File 6 is set aside: both of its rows are held."""

PLANTED = {
    "a row that is nowhere": (ROWS, "update load_file set rows_landed = 8 where file_id = 1"),
    "a row erased and not counted": (ROWS, "update load_file set rows_erased = 1 where file_id = 1"),
    "a row held and not counted": (ROWS, "insert into quarantine_row values (1, 1)"),
    "a row counted and not held": (ROWS, "delete from quarantine_row where row_number = 4"),
    "a row released, which still counts as held": (ROWS, "delete from quarantine_row where row_number = 3"),
    "a row that raw lost": (STATES, "delete from stg_raw_row where file_id = 4"),
    "a row that raw has twice": (STATES, "update stg_raw_row set row_number = 2 where row_number = 1 and file_id = 1"),
    "rows of a file that nobody knows": (STATES, "insert into stg_raw_row values (9, 1)"),
    "rows of a rejected file": (STATES, "insert into stg_raw_row values (2, 1)"),
    "a row both held and loaded": (STATES, "update stg_held_row set row_number = 2"),
    "a row that waits and is not there": (STATES, "update int_delivery__orphan set row_number = 5"),
    "a row held twice": (STATES, "insert into quarantine_row values (1, 4)"),
    "a file that was lost": (FILES, "delete from load_file where file_id = 3"),
    "a file that nobody delivered": (FILES, "delete from stg_file where file_id = 3"),
    "a file told twice": (FILES, "insert into load_file from load_file where file_id = 4"),
    "a file in a state of its own": (FILES, "update load_file set status = 'lost' where file_id = 3"),
    "a file without a state": (FILES, "update load_file set status = null where file_id = 3"),
    "a rejection without a reason": (FILES, "update load_file set reason = null where file_id = 2"),
    "a withdrawal without a reason": (FILES, "update load_file set reason = null where file_id = 5"),
    "a file set aside without a reason": (FILES, "update load_file set reason = null where file_id = 6"),
    "a row of a set-aside file that is not held": (ROWS, "delete from quarantine_row where file_id = 6"),
}


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """Tables that balance."""
    with duckdb.connect() as connection:
        connection.execute(BALANCED)
        yield connection


@pytest.mark.parametrize("test", [ROWS, STATES, FILES])
def test_what_balances_is_left_alone(warehouse: duckdb.DuckDBPyConnection, test: str) -> None:
    assert broken_rows(warehouse, test) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_found(warehouse: duckdb.DuckDBPyConnection, planted: str) -> None:
    test, change = PLANTED[planted]
    warehouse.execute(change)
    assert broken_rows(warehouse, test) != []


def over_all_kinds(model: str, **functions: Callable[..., str]) -> str:
    """The SQL of a model that loops over the kinds of delivery."""
    path = next((PROJECT / "models").rglob(f"{model}.sql"))
    return rendered(path.read_text(encoding="utf-8"), "contracts", "deliveries", **functions)


def test_rows_of_every_kind_are_in_the_balance() -> None:
    counted = re.findall(r"raw\.(\w+)", over_all_kinds("stg_raw_row", source=lambda schema, kind: f"{schema}.{kind}"))
    assert counted == list(DELIVERIES)


@pytest.mark.parametrize("subject", ["inspection", "performance"])
def test_a_row_of_any_kind_waits_while_its_parent_is_missing(subject: str) -> None:
    kinds = {kind for kind, delivery in DELIVERIES.items() if delivery.subject == subject}
    with duckdb.connect() as connection:
        for kind in kinds:
            connection.execute(
                f"create table int_{subject}__current_{kind} as "
                f"from (values ('{kind}', 1, 'Wait.'), ('{kind}', 2, null)) as t (file_id, row_number, missing_parent)"
            )
        sql = over_all_kinds(f"int_{subject}__orphan", ref=str, row_json=lambda _: "'{}'")
        assert set(connection.execute(sql).fetchall()) == {(kind, 1, "Wait.", "{}") for kind in kinds}
