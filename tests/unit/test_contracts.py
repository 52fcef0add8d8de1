"""The delivery contracts say what the specification says, and accept the example deliveries."""

from dataclasses import replace
from pathlib import Path

import pytest

from expectations.canonical import FORMS
from expectations.contract import Column, ColumnType
from expectations.deliveries import DELIVERIES
from flows.base.settings import PROJECT
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.fit import fit_header
from flows.intake.formats import read_rows
from tests.conftest import run_intake, write_delivery
from tests.hostile.contract import COLUMNS, IDENTIFIERS, KEYS, OPTIONAL, columns

EXAMPLES = PROJECT / "examples"

OTHER_WORDS = {"integer": "int", "number": "num", "date_dmy": "dmy"}
"""What tests/hostile/contract.py calls a type, where that is not its name."""


def column(kind: str, name: str) -> Column:
    """A column of a contract."""
    return next(column for column in DELIVERIES[kind].columns if column.file_header == name)


def stated(column: Column) -> str:
    """A column of a contract in the words of tests/hostile/contract.py."""
    may_be_empty = "" if column.required else "?"
    if column.codes:
        return f"{'many' if column.many else ''}{{{','.join(column.codes)}}}{may_be_empty}"
    if column.bounds is None:
        return may_be_empty
    word = "twelve" if column.many else "grade" if column.words and column.type == "integer" else column.type
    low, high = column.bounds
    return f"{OTHER_WORDS.get(word, word)}:{low}:{high}{may_be_empty}"


def test_every_kind_of_the_specification_has_a_contract_and_no_other() -> None:
    assert set(DELIVERIES) == set(COLUMNS)


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_contract_has_the_columns_of_the_specification(kind: str) -> None:
    assert {column.file_header: stated(column) for column in DELIVERIES[kind].columns} == columns(kind)
    assert [column.file_header for column in DELIVERIES[kind].columns] == list(columns(kind))


def test_case_keys_come_from_the_registers_that_they_always_came_from() -> None:
    """Another source would give each case another key, and no case could be followed from earlier publications."""
    sources = {kind: delivery.case_source for kind, delivery in DELIVERIES.items() if delivery.identifier}
    kinds = ("case_sample", "judgement", "case_outcome", "case_need", "case_classification")
    of_inspections = dict.fromkeys(kinds, "inspection")
    assert sources == {**of_inspections, "nsmart": "nsmart"}


@pytest.mark.parametrize("kind", ["nsmart", "performance_return"])
def test_areas_owe_a_file_a_month(kind: str) -> None:
    assert DELIVERIES[kind].cadence == "monthly"


def test_a_kind_that_names_cases_says_from_which_register() -> None:
    with pytest.raises(ValueError, match="case_source"):
        replace(DELIVERIES["nsmart"], case_source="")


def test_a_monthly_kind_has_its_sender_in_its_key() -> None:
    with pytest.raises(ValueError, match="sender_in_key"):
        replace(DELIVERIES["nsmart"], sender_in_key=False)


@pytest.mark.parametrize("type_", [type_ for type_ in FORMS if type_ != "text"])
def test_a_number_or_date_without_bounds_is_no_column(type_: ColumnType) -> None:
    with pytest.raises(ValueError, match="bounds"):
        Column("reported", type_)


def test_a_text_has_no_bounds() -> None:
    with pytest.raises(ValueError, match="bounds"):
        Column("reported", bounds=(0, 1))


@pytest.mark.parametrize("kind", KEYS)
def test_a_contract_has_the_grain_of_the_specification(kind: str) -> None:
    headers = {column.name: column.file_header for column in DELIVERIES[kind].columns}
    assert [headers[name] for name in DELIVERIES[kind].key] == KEYS[kind].split()


def test_only_columns_that_the_specification_calls_optional_may_lack() -> None:
    optional = {(d.kind, column.file_header) for d in DELIVERIES.values() for column in d.columns if column.optional}
    assert optional == OPTIONAL


def test_ethnicity_never_holds_a_row_for_its_code() -> None:
    assert column("nsmart", "ethnicity").codes == column("case_sample", "ethnicity").codes == ()


@pytest.mark.parametrize("kind", IDENTIFIERS)
def test_a_case_identifier_is_declared_and_has_a_scope(kind: str) -> None:
    assert DELIVERIES[kind].identifier is not None
    assert DELIVERIES[kind].case_scope in columns(kind)


def test_every_example_has_a_name_and_header_that_its_contract_takes() -> None:
    for path in EXAMPLES.rglob("*.csv"):
        name = parse_name(path.name)
        assert isinstance(name, DeliveryName), path.name
        delivery = DELIVERIES[name.kind]
        table, extra = fit_header(read_rows(path.read_bytes(), name.format, delivery), delivery)
        assert extra == []
        assert table.num_rows > 0


def test_no_row_of_the_examples_is_held_or_repeated(tmp_path: Path) -> None:
    folders = ("ESI-BED-2005", "OMI-NWA-2008", "performance_target")
    areas = ("nsmart/nsmart_BED_*.csv", "performance_return/performance_return_BED_*.csv")
    paths = [path for folder in folders for path in (EXAMPLES / folder).iterdir()]
    for path in [*paths, *(path for area in areas for path in EXAMPLES.glob(area))]:
        write_delivery(tmp_path / "landing", path.name, path.read_bytes())
    night = run_intake(tmp_path / "landing", tmp_path / "warehouse")
    assert (night.checked.rejected, night.checked.warnings) == ({}, {})
    assert night.loaded.rows_loaded == night.loaded.rows_landed > 10_000
