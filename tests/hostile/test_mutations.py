"""Deliveries changed at random, cell by cell and byte by byte: the night goes on, nothing is lost, all is explained.

How many and from which seed: CASEBOOK_HOSTILE_EXAMPLES and CASEBOOK_HOSTILE_SEED. The same seed gives the same files.
"""

import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from expectations import suite
from flows.intake import check
from tests.conftest import Intake, run_intake, write_delivery
from tests.hostile.contract import COLUMNS, IDENTIFIERS, KEYS, OPTIONAL, Row, canonical, columns, row_fits, wrong_rows
from tests.hostile.mutations import GOOD, Mutated, mutated

EXAMPLES = int(os.environ.get("CASEBOOK_HOSTILE_EXAMPLES", "300"))
SEED = int(os.environ.get("CASEBOOK_HOSTILE_SEED", "20090120"))
FILES_A_NIGHT = 500
LONGEST_SENTENCE = 2_000
SHORTENED = re.compile(r"\d+([.,]\d+)?[eE]\+\d+|\d+[.,]\d+[eE]\d+|\d{7,}00000", re.A)
"""A case's identifier that a spreadsheet has rounded."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the words about it, loaded rows and reasons of held ones by their number."""

    kind: str
    key: str
    state: str
    reason: str | None
    warning: str | None
    loaded: dict[int, Row]
    held: dict[int, list[str]]


def generate(count: int) -> list[Mutated]:
    """So many changed deliveries, each of them another file."""
    found: dict[tuple[str, bytes], Mutated] = {}

    @seed(SEED)
    @settings(
        max_examples=2 * count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated())
    def collect(one: Mutated) -> None:
        found.setdefault((one.file_name, one.data()), one)

    collect()
    assert len(found) >= count
    return list(found.values())[:count]


def take_in(files: list[Mutated], folder: Path) -> dict[str, list[str]]:
    """What is wrong after a night over these files, by path; a night that crashes is wrong for all of them."""
    for number, file in enumerate(files):
        write_delivery(folder / "landing", path_of(number, file), file.data())
    try:
        outcome = outcome_of(run_intake(folder / "landing", folder / "warehouse"))
    # Whatever ends the night is the fault that is looked for.
    except Exception as error:
        return {path_of(number, file): [f"the night ended: {error!r}"] for number, file in enumerate(files)}
    return {
        path: wrong
        for number, file in enumerate(files)
        for path in [path_of(number, file)]
        if (wrong := list(faults(outcome[path], file)))
    }


def path_of(number: int, file: Mutated) -> str:
    """A folder a file, so that every file keeps its name."""
    return f"{number:05}/{file.file_name}"


def outcome_of(night: Intake) -> dict[str, Outcome]:
    """What became of each file of the night, by path."""
    held: dict[int, dict[int, list[str]]] = defaultdict(dict)
    for file_id, number, reasons in night.query("select file_id, row_number, reasons from intake.held_row"):
        held[file_id][number] = reasons
    loaded = {kind: loaded_rows(night, kind) for kind in COLUMNS}
    files = night.query("select path, file_id, kind, delivery_key, state, reason, warning from intake.file")
    return {
        path: Outcome(kind, key, state, reason, warning, loaded[kind][file_id], held[file_id])
        for path, file_id, kind, key, state, reason, warning in files
    }


def loaded_rows(night: Intake, kind: str) -> dict[int, dict[int, Row]]:
    """Loaded rows by file and number, under the names that the delivery has for its columns."""
    raw = {name: {"table": "table_title", IDENTIFIERS.get(kind): "case_key"}.get(name, name) for name in columns(kind)}
    found: dict[int, dict[int, Row]] = defaultdict(dict)
    for file_id, number, *cells in night.query(
        f"select file_id, row_number, {', '.join(raw.values())} from raw.{kind}"
    ):
        found[file_id][number] = dict(zip(raw, cells, strict=True))
    return found


def faults(outcome: Outcome, file: Mutated) -> Iterator[str]:
    """Everything that the night has done wrong with one file."""
    if outcome.state == "same_bytes":
        return
    yield from sentence_faults(outcome.reason, outcome.state == "rejected")
    yield from sentence_faults(outcome.warning, False)
    yield from row_faults(outcome)
    if file.has_known_cells:
        yield from fate_faults(outcome, file)


def sentence_faults(sentence: str | None, must_be: bool) -> Iterator[str]:
    """One clear sentence: printable, on one line, of a length that is read, with an end."""
    if sentence is None:
        if must_be:
            yield "rejected without a sentence"
    elif not (sentence.isprintable() and sentence.endswith(".") and len(sentence) <= LONGEST_SENTENCE):
        yield f"no clear sentence: {sentence[:300]!r}"


def row_faults(outcome: Outcome) -> Iterator[str]:
    """What loaded must fit its contract, and what is held must say why."""
    for number, row in outcome.loaded.items():
        if not row_fits(outcome.kind, outcome.key, row):
            yield f"row {number} does not fit and is loaded: {row}"
    if both := outcome.loaded.keys() & outcome.held.keys():
        yield f"rows {sorted(both)} are loaded and held"
    keys = Counter(tuple(row[name] for name in KEYS[outcome.kind].split()) for row in outcome.loaded.values())
    if any(count > 1 for count in keys.values()):
        yield "a key is loaded twice"
    for number, reasons in outcome.held.items():
        if not reasons or not all(reason and reason.isprintable() for reason in reasons):
            yield f"row {number} is held without a reason: {reasons}"


def fate_faults(outcome: Outcome, file: Mutated) -> Iterator[str]:
    """Where the cells are known: the file's fate, and which of its rows are held, must be those of the contract."""
    expected = expected_fate(outcome.kind, outcome.key, file.records())
    if isinstance(expected, str):
        if outcome.state != "rejected":
            yield f"must be rejected ({expected}) and is {outcome.state}"
        return
    landed, held, repeated = expected
    if outcome.state == "rejected":
        if len(held) * 2 <= len(landed):
            yield f"must not be rejected: {outcome.reason}"
        return
    fates = (("held", held, set(outcome.held)), ("loaded", landed - held - repeated, set(outcome.loaded)))
    for title, ours, theirs in fates:
        if ours != theirs:
            yield f"{title} must be rows {sorted(ours)} and are {sorted(theirs)}"


def expected_fate(kind: str, file_key: str, records: list[list[str]]) -> str | tuple[set[int], set[int], set[int]]:
    """Why the file must be rejected; or numbers of its rows, of those held, and of exact repeats."""
    if any("\0" in cell for record in records for cell in record):
        return "NUL"
    if any(len(cell) > 1 << 20 for record in records for cell in record):
        return "cell"
    # A row without anything in it is none, but counts.
    numbered = {n: record for n, record in enumerate(records, 1) if any(named_as(cell) for cell in record)}
    if not numbered:
        return "empty"
    first, *others = numbered
    header = [named_as(cell) for cell in numbered[first]]
    wanted = columns(kind)
    missing = [name for name in wanted if name not in header and (kind, name) not in OPTIONAL]
    if missing or any(header.count(name) > 1 for name in wanted):
        return "columns"
    body = {n: numbered[n] for n in others if any(cell.strip() for cell in numbered[n])}
    if not body:
        return "no rows"
    second = [named_as(cell) for cell in body[min(body)]]
    if (second + [""] * len(header))[: len(header)] == header:
        return "two headers"
    if any(
        SHORTENED.fullmatch(_as_row(wanted, header, record).get(IDENTIFIERS.get(kind, "")) or "")
        for record in body.values()
    ):
        return "identifier"
    rows = [(_as_row(wanted, header, record), _is_whole(wanted, header, record)) for record in body.values()]
    numbers = list(body)
    held, repeated = wrong_rows(kind, file_key, rows)
    return set(numbers), {numbers[n - 1] for n in held}, {numbers[n - 1] for n in repeated}


def named_as(cell: str) -> str:
    """A cell of a header as names are compared."""
    return " ".join(re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", cell).split()).lower()


def _as_row(wanted: dict[str, str], header: list[str], record: list[str]) -> Row:
    cells = dict(zip(header, record, strict=False))
    return {name: canonical(type_, cells.get(name, "")) for name, type_ in wanted.items()}


def _is_whole(wanted: dict[str, str], header: list[str], record: list[str]) -> bool:
    """Empty cells at the end may lack."""
    named = max(place for place, name in enumerate(header, 1) if name)
    needed = max(header.index(name) for name, type_ in wanted.items() if name in header and not type_.endswith("?"))
    return len(record) > needed and not any(cell.strip() for cell in record[named:])


def smallest(file: Mutated, folder: Path) -> tuple[Mutated, list[str]]:
    """The fewest changes with which the file alone still goes wrong, and how."""
    wrong = take_in([file], folder / "0")
    for number, smaller in enumerate(file.smaller()):
        found = take_in([smaller], folder / f"1{number}")
        if found:
            return smallest(smaller, folder / f"2{number}")
    return file, next(iter(wrong.values()), ["only together with other files"])


@pytest.mark.parametrize("night", range(-(-EXAMPLES // FILES_A_NIGHT)))
def test_changed_deliveries_are_loaded_held_or_rejected_and_each_is_explained(
    night: int, all_files: list[Mutated], tmp_path: Path
) -> None:
    files = all_files[night * FILES_A_NIGHT : (night + 1) * FILES_A_NIGHT]
    wrong = take_in(files, tmp_path / "all")
    if not wrong:
        return
    first = next(file for number, file in enumerate(files) if path_of(number, file) in wrong)
    if len(wrong) == len(files):
        first = next((one for n, one in enumerate(files) if take_in([one], tmp_path / f"alone{n}")), first)
    small, told = smallest(first, tmp_path / "small")
    pytest.fail(
        f"{len(wrong)} of {len(files)} files (seed {SEED}); the first, made as small as it goes:\n"
        f"{small}\n{told}\n{small.data()[:2_000]!r}"
    )


@pytest.fixture(scope="module")
def all_files() -> list[Mutated]:
    """The changed deliveries of every night."""
    print(f"{EXAMPLES} changed deliveries from seed {SEED}")  # noqa: T201 -- shown with a failure
    return generate(EXAMPLES)


IN_ORDER = 120
"""Changed deliveries that arrive in several orders."""


def test_verdicts_do_not_depend_on_the_order_in_which_files_of_one_night_arrive(
    all_files: list[Mutated], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_CASE_KEY", "one key for all three")
    # Of files with the same bytes the first to arrive is loaded. Workbooks tell the second in which they are made.
    files = {file.data(): file for file in all_files[:IN_ORDER]}
    first, *others = (
        verdicts(files, order, tmp_path / name)
        for name, order in {
            "as_made": range(len(files)),
            "reversed": range(len(files))[::-1],
            "shuffled": random.Random(SEED).sample(range(len(files)), len(files)),
        }.items()
    )
    assert {outcome.state for outcome in first} >= {"loaded", "rejected"}
    assert any(outcome.held for outcome in first)
    assert others == [first, first]


def verdicts(files: dict[bytes, Mutated], order: Sequence[int], folder: Path) -> list[Outcome]:
    """What became of each file, by its bytes, in the order of `files`, after a night that came upon them in another."""
    made = list(files.items())
    places = {number: path_of(place, made[number][1]) for place, number in enumerate(order)}
    for number, path in places.items():
        write_delivery(folder / "landing", path, made[number][0])
    outcome = outcome_of(run_intake(folder / "landing", folder / "warehouse"))
    return [outcome[places[number]] for number in range(len(files))]


def test_a_night_that_holds_nothing_back_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_faults = check._write_faults
    monkeypatch.setattr(check, "_write_faults", lambda connection, _: write_faults(connection, []))
    wrong_code = Mutated("judgement_ESI-BED-2005", "csv", (("set a cell", 3, 3, "good"),), ())
    ((_, told),) = take_in([wrong_code], tmp_path).items()
    assert any("row 4 does not fit and is loaded" in fault for fault in told)
    assert any("held must be rows [4]" in fault for fault in told)


def test_a_night_that_holds_a_good_row_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "LONGEST_TEXT", 10)
    monkeypatch.setattr(check, "_mostly_failing", lambda *_: {})
    (told,) = take_in([Mutated("judgement_ESI-BED-2005", "csv", (), ())], tmp_path).values()
    assert any(fault.startswith("held must be rows []") for fault in told)


def test_unchanged_deliveries_of_every_kind_and_format_have_no_fault(tmp_path: Path) -> None:
    formats = ("csv", "csv.gz", "xlsx", "parquet")
    files = [Mutated(delivery, file_format, (), ()) for delivery in GOOD for file_format in formats]
    assert take_in(files, tmp_path) == {}
