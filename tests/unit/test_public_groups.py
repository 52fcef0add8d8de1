"""Public tables list every group of people that can be delivered, so that a row does not say that somebody is there."""

import csv
from pathlib import Path

from expectations.deliveries import DELIVERIES
from flows.base.settings import PROJECT

LISTED = PROJECT / "seeds" / "release" / "public_groups.csv"
ETHNICITIES = PROJECT / "seeds" / "common" / "ethnicities.csv"


def test_every_group_that_can_be_delivered_is_listed() -> None:
    listed = _pairs("characteristic", "category", LISTED)
    grouped = {characteristic for characteristic, _ in listed} - {"ethnicity_group"}
    delivered = {
        (column.name, code)
        for kind in ("nsmart", "case_sample")
        for column in DELIVERIES[kind].columns
        if column.name in grouped
        for code in column.codes
    }
    ethnic = {("ethnicity_group", group) for _, group in _pairs("ethnicity_code", "ethnicity_group", ETHNICITIES)}
    assert listed == delivered | ethnic | {("ethnicity_group", "Not known")}
    assert {characteristic for characteristic, _ in delivered} == grouped


def _pairs(first: str, second: str, seed: Path) -> set[tuple[str, str]]:
    with seed.open(encoding="utf-8", newline="") as file:
        return {(row[first], row[second]) for row in csv.DictReader(file)}
