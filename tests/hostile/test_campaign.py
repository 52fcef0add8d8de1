"""Whole nights over deliveries changed at random: whatever some senders deliver, the others' own figures stay.

How many: CASEBOOK_HOSTILE_EXAMPLES, in nights of FILES_A_NIGHT. At the end the same senders deliver all of it right,
and the marts, pools and ranks among them, are what they were without the changed deliveries.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.generator import PRESETS, generate
from tests.conftest import write_delivery
from tests.faults import nights
from tests.hostile.deliveries import EXAMPLES as EXAMPLE_FILES
from tests.hostile.mutations import GOOD, Mutated
from tests.hostile.test_mutations import EXAMPLES, FILES_A_NIGHT
from tests.hostile.test_mutations import generate as changed_deliveries
from tests.houses import House, NewHouse

SENDERS = ("CAM", "CHE", "CUM", "DUR", "ESS", "LAN", "NWA", "WYK")
"""Areas whose deliveries, and those of their inspections, are changed."""

LAST_REVISION = 9_999

SHARED_COLUMNS = re.compile("national|region|family|pooled|rank|limit|outside|dispers|standardised|places|mix_covered")
"""Columns that say how others stand: a pool, a rank, a limit."""

VERDICT_OF_POOLS = ("fct_area_performance_table", "verdict")
"""It is also about the figures of nation and region."""

SHARED_TABLES = {
    *("dim_area_profile", "fct_area_profile", "fct_ippf", "fct_unpaid_work", "fct_unpaid_work_reconciliation"),
    *("fct_theme_member", "fct_theme_score"),
}
"""A file of these may be about any area: rows can be added to those of others, and none may change."""

OF_FREE_TEXT = {
    "fct_ippf",
    "fct_ippf_reconciliation",
    "fct_recommendation",
    "fct_unpaid_work",
    "fct_unpaid_work_reconciliation",
}
"""Texts that a sender writes freely are in these. A row of one's own stays held where one once delivered a case that
its text names, and a recommendation keeps the status that it had."""

Figures = dict[str, set[tuple[object, ...]]]


def good_files(area: str, revision: int) -> Iterator[Mutated]:
    """A good delivery of every kind, made to be of an area."""
    return (Mutated(delivery, "csv", (), (), "quoted", area, revision) for delivery in GOOD)


def deliver(house: House, folder: str, files: list[Mutated]) -> None:
    """Into a folder each, as files of one name come at several paths."""
    for number, file in enumerate(files):
        write_delivery(house.landing, f"{folder}/{number:05}/{file.file_name}", file.data())


@pytest.fixture(scope="module")
def house(new_house: NewHouse, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A publication of two areas with their inspections, and of the senders' deliveries as long as they are right."""
    house = replace(new_house(tmp_path_factory.mktemp("campaign")), pages=False)
    generate(PRESETS["tiny"], house.landing)
    (inspection,) = EXAMPLE_FILES.rglob("inspection_OMI-NWA-2008.csv")
    for area in SENDERS:
        deliver(house, f"right/{area}", list(good_files(area, 1)))
        text = inspection.read_text(encoding="utf-8").replace("NWA", area)
        write_delivery(house.landing, f"right/inspection_OMI-{area}-2008.csv", text)
    publish(house)
    return house


def publish(house: House) -> None:
    """A night that must publish."""
    ended = nights.run(house)
    assert ended.exit_code == 0, ended.said[-20:]


def own_figures(house: House, areas: list[str], inspections: list[str], and_shared: bool = False) -> Figures:
    """Rows of every mart that are about an area or inspection of these. and_shared: with what says how others stand."""
    columns: dict[str, list[str]] = {}
    for table, column in house.ask(
        "select table_name, column_name from duckdb_columns() where schema_name = 'marts' order by column_index"
    ):
        columns.setdefault(table, []).append(column)
    found = {}
    for table, names in columns.items():
        scopes = {"inspection_id": inspections, "area_code": areas, "unit_code": areas}
        scope = next((name for name in scopes if name in names), None)
        if scope and table != "fct_performance_revision" and not table.startswith("dim_area"):
            own = ", ".join(name for name in names if and_shared or not is_shared(table, name))
            whose = ", ".join(f"'{one}'" for one in scopes[scope])
            found[table] = {
                tuple(map(str, row)) for row in house.ask(f"select {own} from marts.{table} where {scope} in ({whose})")
            }
    return found


def is_shared(table: str, column: str) -> bool:
    return bool(SHARED_COLUMNS.search(column)) or (table, column) == VERDICT_OF_POOLS


def changed(before: Figures, now: Figures) -> dict[str, list[tuple[object, ...]]]:
    """Rows that are not what they were, by table."""
    gone = {table: sorted(rows - now[table], key=str) for table, rows in before.items()}
    new = {table: sorted(now[table] - rows, key=str) for table, rows in before.items() if table not in SHARED_TABLES}
    return {table: (gone[table] + new.get(table, []))[:5] for table in before if gone[table] or new.get(table)}


def balance_faults(house: House) -> list[tuple[object, ...]]:
    """Files without a status, and files whose rows do not add up."""
    return house.ask(
        "select file_id, status from ops.load_file where status is null "
        "or rows_landed <> rows_loaded + rows_duplicate + rows_quarantined"
    )


@pytest.mark.long
def test_no_sender_moves_the_figures_of_others_and_nothing_stays_of_what_was_changed(house: House) -> None:
    areas = [area for (area,) in house.ask("select distinct area_code from marts.fct_performance_month")]
    areas = sorted(set(areas) - set(SENDERS))
    inspections = [
        one for one, area in house.ask("select inspection_id, area_code from marts.dim_inspection") if area in areas
    ]
    assert areas
    assert inspections
    right, before = house.contents(), own_figures(house, areas, inspections)
    with_pools = own_figures(house, areas, inspections, and_shared=True)
    files = [
        replace(one, area=SENDERS[number % len(SENDERS)], revision=number + 2)
        for number, one in enumerate(changed_deliveries(EXAMPLES))
    ]
    for night, start in enumerate(range(0, EXAMPLES, FILES_A_NIGHT)):
        deliver(house, f"night{night}", files[start : start + FILES_A_NIGHT])
        publish(house)
        assert changed(before, own_figures(house, areas, inspections)) == {}
        assert balance_faults(house) == []
    assert house.contents() != right
    for area in SENDERS:
        deliver(house, f"mended/{area}", list(good_files(area, LAST_REVISION)))
    publish(house)
    now = house.contents()
    assert {table for table in right if now[table] != right[table]} <= OF_FREE_TEXT
    assert changed(with_pools, own_figures(house, areas, inspections, and_shared=True)) == {}


def test_a_figure_that_moved_is_found() -> None:
    before: Figures = {"fct": {("BED", "1")}, "fct_ippf": {("BED", "1")}}
    assert changed(before, {"fct": {("BED", "2")}, "fct_ippf": {("BED", "1"), ("BED", "2")}}) == {
        "fct": [("BED", "1"), ("BED", "2")]
    }
    assert changed(before, {"fct": {("BED", "1")}, "fct_ippf": {("BED", "2")}}) == {"fct_ippf": [("BED", "1")]}
