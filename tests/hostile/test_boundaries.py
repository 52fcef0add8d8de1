"""Every column of every kind with the values at its bounds and around them, in every notation: each row's fate is that
of the contract."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from expectations import suite
from flows.intake import read
from tests.hostile.contract import KEYS, WORDS, columns
from tests.hostile.mutations import GOOD, Mutated
from tests.hostile.test_mutations import take_in
from tests.shortened import some_of

EVERY_TYPE = (
    "case_sample_ESI-BED-2005",
    "performance_target_2004-05",
    "ippf_NWA_2007",
    "caseload_NWA_2007",
    "nsmart_BED_0404",
)
"""Deliveries that have columns of every type between them; `make test-long` tries those of every kind."""

NOTATIONS = (
    *("", "0", "-0", "+0", "00", "1", "+1", "01", "-1", "1.0", "1.", ".1", "0.5", "-0.5", "1.000000000000001"),
    *(
        "0.9999999999999",
        "12.333333333333334",
        "1e-05",
        "1E2",
        "1e+2",
        "1e",
        "1e99",
        "-1e99",
        "1e999",
        "1e-99",
        "1e-999",
    ),
    *("4294967296", "9223372036854775807", "9223372036854775808", "9" * 15, "9" * 38, "9" * 40, "9" * 41, "9" * 400),
    *("1,000", "1_000", "1 000", "1\u00a0000", "\uff11\uff12", "\u0663", "1\u200b2", "\u200e1", "\u2212" + "1", "--1"),
    *(
        "0x10",
        "NaN",
        "inf",
        "-Infinity",
        "1/2",
        "50%",
        "50 %",
        "+050.0%",
        "%",
        "5%%",
        "1;2",
        "NULL",
        "none",
        "N/a",
        "#N/A",
    ),
)
DATES = (
    *("2004-02-29", "2005-02-29", "2004-2-9", "29/02/2004", "29/02/2005", "9/2/2004", "2004-06-01T00:00", "20040601"),
    *("0404", "404", "1304", "0089", "0189", "0190", "1299", "0100", "1235", "0136", "0170", "2004/05", "2004/06"),
    *("1999/00", "2004-05", "2004-13", "2004", "2004/5", "2\u200b004", "\u0662\u0660\u0660\u0664", "04.06.2004"),
)
TEXTS = (
    *("x" * 1_000, "x" * 1_001, "x" * 1_000 + "\u200b", "e\u0301" * 1_000, "  two  words ", "two\u00a0words", "\u200b"),
    *(
        "\u200b=1+1",
        "\ufeff@x",
        "\u00ad-1",
        "\u2011" + "1",
        "\x07",
        "\u202egnp",
        "a\nb",
        "a \r\n b",
        "\u3000a",
        "\u034f",
    ),
)


def around(type_: str) -> tuple[str, ...]:
    """Values at the bounds of a type and just outside."""
    base, *bounds = type_.removesuffix("?").split(":")
    if not bounds:
        return ()
    low, high = map(int, bounds)
    if base in ("int", "num", "figure", "grade", "twelve"):
        steps = (low - 1, low, low + 1, high - 1, high, high + 1)
        return (*map(str, steps), f"{low - 0.001}", f"{high}.001", f"{high}.0000000001", f"{low}e0", f"+0{high}")
    years = (low - 1, low, high, high + 1, 1000, 9999)
    shapes = ("{0}-01-01", "{0}-12-31", "01/01/{0}", "31/12/{0}", "01{1:02}", "12{1:02}", "{0}/{2:02}", "{0}", "{0}-12")
    return tuple(shape.format(year, year % 100, (year + 1) % 100) for year in years for shape in shapes)


def values(type_: str) -> tuple[str, ...]:
    """What a column of a type is tried with: all that is near to it, and something of the rest."""
    base = type_.removesuffix("?").partition(":")[0]
    near = {"": TEXTS, "int": NOTATIONS, "num": NOTATIONS, "twelve": NOTATIONS}
    near |= dict.fromkeys(("figure", "grade"), (*NOTATIONS, *WORDS, "N/A", " Under  Review", "####"))
    far = (*NOTATIONS[::5], *DATES[::6], *TEXTS[::4])
    return tuple(dict.fromkeys((*around(type_), *near.get(base, TEXTS if "{" in base else DATES), *far)))


def types(delivery: str) -> dict[str, str]:
    """The columns of a delivery and their types."""
    kind = next(kind for kind in sorted(KEYS, key=len, reverse=True) if delivery.startswith(f"{kind}_"))
    return {name: type_ for name, type_ in columns(kind).items() if name in GOOD[delivery][0]}


def trials(delivery: str) -> list[Mutated]:
    """A file for each column and every few values, so that most rows of it stay as they are."""
    header, rows = GOOD[delivery][0], len(GOOD[delivery]) - 1
    a_file = max(rows // 2, 1)
    found = []
    for name, type_ in types(delivery).items():
        place, tried = header.index(name), values(type_)
        for first in range(0, len(tried), a_file):
            part = tried[first : first + a_file]
            changes = tuple(("set a cell", row, place, value) for row, value in enumerate(part, 1))
            found.append(Mutated(delivery, "csv", changes, (), "quoted"))
    return found


@pytest.mark.parametrize("delivery", some_of(GOOD, *EVERY_TYPE))
def test_values_at_the_bounds_of_a_column_are_loaded_or_held_as_the_contract_says(
    delivery: str, tmp_path: Path
) -> None:
    files = trials(delivery)
    assert len({change[2] for file in files for change in file.cells}) == len(GOOD[delivery][0])
    wrong = take_in(files, tmp_path)
    assert {path: (told, files[int(path[:5])].cells) for path, told in wrong.items()} == {}


def test_a_column_without_its_bounds_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(suite._TYPE_RULES, "integer", lambda *_: [])
    beyond = Mutated("recommendation_ESI-BED-2005", "csv", (("set a cell", 3, 1, "1000001"),), ())
    ((_, faults),) = take_in([beyond], tmp_path).items()
    assert any("row 4 does not fit and is loaded" in fault for fault in faults)


def test_a_cell_that_is_not_spelled_canonically_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "canonical", lambda table, _: (table, {}))
    spelled = Mutated("recommendation_ESI-BED-2005", "csv", (("set a cell", 3, 2, "two  words"),), ())
    ((_, faults),) = take_in([spelled], tmp_path).items()
    assert any("row 4 does not fit and is loaded" in fault for fault in faults)


def test_every_type_is_tried_by_make_test_too() -> None:
    def tried(deliveries: Iterable[str]) -> set[str]:
        """Types without their bounds and the words of their lists."""
        return {re.split("[:{?]", type_)[0] for delivery in deliveries for type_ in types(delivery).values()}

    assert tried(EVERY_TYPE) == tried(GOOD)


def test_every_kind_is_tried() -> None:
    assert {kind for kind in KEYS if any(delivery.startswith(f"{kind}_") for delivery in GOOD)} == set(KEYS)
