"""Damage to the register is noticed by whatever reads it, and restored where a copy of what it said is left."""

import json
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from flows.base import sealed
from flows.base.errors import RegisterDamaged, WarehouseUnusable
from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.intake import catch_up as catching_up
from flows.intake import land, load
from flows.intake.archive import archive_path
from flows.intake.catch_up import catch_up
from flows.intake.register import append, read_lines, read_register
from flows.recover import withdraw
from flows.recover.as_of import as_of
from flows.recover.erase import erase_delivery
from flows.recover.rebuild import rebuild
from flows.recover.verify import verify
from tests.conftest import Deliver, Intake, RunIntake, copy_of, run_intake, write_delivery
from tests.samples import NAMES, csv_text, good_rows

JUDGEMENTS = NAMES["judgement"]
GOOD = csv_text(good_rows("judgement", 2))
TARGETS = "performance_year,area_code,measure_code,target,direction\n2004/05,ENW,ENF,0.8,higher\n"

Damage = Callable[[bytes], bytes]


def garble(number: int, position: int, byte: bytes = b"#") -> Damage:
    """A byte of a line (from 0) is another."""

    def damaging(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        line = lines[number]
        at = position % len(line)
        other = byte if line[at : at + 1] != byte else b"~"
        lines[number] = line[:at] + other + line[at + 1 :]
        return b"".join(lines)

    return damaging


def of_lines(change: Callable[[list[bytes]], list[bytes]]) -> Damage:
    """Whole lines are changed."""
    return lambda data: b"".join(change(data.splitlines(keepends=True)))


DAMAGES: dict[str, Damage] = {
    **{
        f"line {number + 1} garbled at {at}": garble(number, at) for number in (0, 2, 4) for at in (0, 30, -2, -20, -50)
    },
    "a line that begins with a bracket": garble(1, 0, b"["),
    "a digit that is another": lambda data: data.replace(b'"file_id": 2', b'"file_id": 1'),
    "the first line lost": of_lines(lambda lines: lines[1:]),
    "a line lost": of_lines(lambda lines: lines[:2] + lines[3:]),
    "the last line lost": of_lines(lambda lines: lines[:-1]),
    "the last half lost": lambda data: data[: len(data) // 2],
    "the last byte lost": lambda data: data[:-1],
    "nothing left": lambda _: b"",
    "only an end of line left": lambda _: b"\n",
    "a line twice": of_lines(lambda lines: lines[:2] + lines[1:]),
    "lines in another order": of_lines(lambda lines: [lines[1], lines[0], *lines[2:]]),
    "an empty line": of_lines(lambda lines: [lines[0], b"\n", *lines[1:]]),
    "noise": lambda data: bytes(range(256)) * (len(data) // 256),
    "noise after it": lambda data: data + b"noise\n",
}


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """Two nights and a withdrawal: six lines."""
    folder = tmp_path_factory.mktemp("nights")
    landing, warehouse = folder / "landing", folder / "warehouse"
    write_delivery(landing, JUDGEMENTS, GOOD)
    write_delivery(landing, "performance_target_2004-05.csv", TARGETS)
    run_intake(landing, warehouse)
    withdraw.withdraw(Warehouse(warehouse), "performance_target", "2004-05", "Wrong.")
    write_delivery(landing, JUDGEMENTS.replace(".csv", "_r2.csv"), GOOD)
    last = run_intake(landing, warehouse)
    assert len(read_lines(last.night.warehouse).whole) == 6
    return last


@pytest.fixture
def nights(two_nights: Intake, tmp_path: Path) -> Intake:
    """The same in folders of the test's own."""
    return copy_of(two_nights, tmp_path)


def another_night(nights: Intake) -> Intake:
    """The next night, to which nothing new came."""
    return run_intake(nights.night.landing, nights.night.warehouse.root)


@pytest.mark.parametrize("name", DAMAGES)
def test_any_damage_is_noticed_and_restored_byte_for_byte(name: str, nights: Intake) -> None:
    warehouse = nights.night.warehouse
    whole = warehouse.register.read_bytes()
    damaged = DAMAGES[name](whole)
    assert damaged != whole
    warehouse.register.write_bytes(damaged)
    with pytest.raises(RegisterDamaged, match=r"register is damaged .* `casebook rebuild`"):
        read_register(warehouse)
    with warehouse.connect() as connection:
        assert len(catch_up(warehouse, connection).files) == 3
    assert warehouse.register.read_bytes() == whole
    (aside,) = warehouse.archive.glob("register.damaged-*.jsonl")
    assert aside.read_bytes() == damaged
    read_register(warehouse)


@pytest.mark.parametrize("name", ["a line that begins with a bracket", "the last line lost", "nothing left"])
@pytest.mark.parametrize("has_warehouse", [True, False])
def test_a_rebuild_restores_a_damaged_register_and_leaves_no_delivery_out(
    name: str, has_warehouse: bool, nights: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    warehouse = nights.night.warehouse
    before = nights.query("select path, sha256, state from intake.file order by path")
    warehouse.register.write_bytes(DAMAGES[name](warehouse.register.read_bytes()))
    if not has_warehouse:
        warehouse.database.write_bytes(b"not a database")
    with caplog.at_level(logging.INFO, "casebook"):
        assert rebuild(warehouse) == 3
    assert nights.query("select path, sha256, state from intake.file order by path") == before
    assert ("restored as it was" if has_warehouse else "cannot be known any more") in caplog.text


def test_every_command_that_goes_by_the_register_refuses_a_damaged_one(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    run_id = "20300101T000000Z-0000"
    (warehouse.published / run_id).mkdir()
    (warehouse.published / run_id / "analyst.duckdb").write_bytes(b"")
    warehouse.register.write_bytes(DAMAGES["a line lost"](warehouse.register.read_bytes()))
    for ask in (lambda: verify(warehouse, run_id), lambda: as_of(warehouse, date(2006, 6, 15))):
        with pytest.raises(RegisterDamaged, match="line 3 is number 4: 1 lines before it are missing"):
            ask()


@pytest.mark.parametrize("command", ["withdraw", "erase", "night"])
def test_a_command_that_changes_the_warehouse_restores_the_register_first(command: str, nights: Intake) -> None:
    warehouse = nights.night.warehouse
    whole = warehouse.register.read_bytes()
    warehouse.register.write_bytes(DAMAGES["a line that begins with a bracket"](whole))
    match command:
        case "withdraw":
            withdraw.withdraw(warehouse, "judgement", "ESI-BED-2005", "Wrong.")
        case "erase":
            erase_delivery(warehouse, "judgement", "ESI-BED-2005", "Wrong.", lambda plan: None)
        case _:
            another_night(nights)
    assert warehouse.register.read_bytes().startswith(whole)
    assert len(read_register(warehouse).files) == 3


def test_an_older_register_put_in_its_place_gets_its_tombstones_back(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    older = {path: path.read_bytes() for path in (warehouse.register, warehouse.head)}
    erase_delivery(warehouse, "judgement", "ESI-BED-2005", "Asked for.", lambda plan: None)
    for path, data in older.items():
        path.write_bytes(data)
    with warehouse.connect() as connection:
        assert catch_up(warehouse, connection).erased.keys() == {1, 3}


def test_a_damaged_register_that_nothing_can_restore_is_refused_by_a_night(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    nights.query("delete from intake.event")
    warehouse.register.write_bytes(DAMAGES["a line lost"](warehouse.register.read_bytes()))
    with pytest.raises(RegisterDamaged, match="Run `casebook rebuild`"):
        another_night(nights)


@pytest.mark.parametrize("left", [1, 3])
def test_a_register_that_lost_whole_lines_and_has_no_copies_is_refused_by_its_head(left: int, nights: Intake) -> None:
    """What is left is whole, so that only the head says how much there was."""
    nights.query("delete from intake.event")
    register = nights.night.warehouse.register
    register.write_bytes(b"".join(register.read_bytes().splitlines(keepends=True)[:left]))
    with pytest.raises(RegisterDamaged, match=rf"it ends after line {left} of \d+"):
        another_night(nights)


def test_a_register_of_another_archive_is_refused_and_a_rebuild_goes_by_it(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    records = read_lines(warehouse).records
    (withdrawn,) = [record for record in records if record["event"] == "withdrawn"]
    withdrawn["reason"] = "Another."
    catching_up.put_back(warehouse, sealed.seal(records))
    with warehouse.connect() as connection, pytest.raises(WarehouseUnusable, match="does not belong to the archive"):
        catch_up(warehouse, connection)
    assert rebuild(warehouse) == 3
    assert nights.query("select reason from intake.withdrawal") == [("Another.",)]


def test_a_torn_last_line_is_none_and_its_place_is_taken_by_the_next(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    whole = warehouse.register.read_bytes()
    warehouse.register.write_bytes(whole + b'{"event": "landed", "file')
    assert len(read_register(warehouse).files) == 3
    append(warehouse, [{"event": "of no consequence", "on": date(2006, 1, 2)}])
    assert warehouse.register.read_bytes().startswith(whole + b'{"event": "of no consequence", "on": "2006-01-02"')
    assert another_night(nights).landed.new == 0


def test_an_event_that_this_version_does_not_know_is_left_as_it_is(deliver: Deliver, night: Night) -> None:
    deliver(JUDGEMENTS, GOOD)
    append(night.warehouse, [{"event": "renamed"}])
    land.land(night)
    assert [record["event"] for record in read_lines(night.warehouse).records] == ["renamed", "landed"]


def test_a_lost_head_is_no_damage_and_comes_back_with_the_next_event(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    garbled = warehouse.head.read_bytes().replace(b'"sequence": 6', b'"sequence": 9')
    for data in (None, b"", b"noise", b"\xff 12", garbled):
        if data is None:
            warehouse.head.unlink()
        else:
            warehouse.head.write_bytes(data)
        read_register(warehouse)
    append(warehouse, [{"event": "another"}])
    assert warehouse.register.read_bytes().endswith(warehouse.head.read_bytes())


def test_a_lost_head_comes_back_with_the_next_night_too(nights: Intake) -> None:
    """Until it does, nothing but the copies in the warehouse tells how long the register is."""
    head = nights.night.warehouse.head
    before = head.read_bytes()
    head.unlink()
    another_night(nights)
    assert head.read_bytes() == before


def test_a_warehouse_that_lost_its_copies_beside_a_register_without_a_head_is_refused(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    nights.query("delete from intake.event")
    warehouse.head.unlink()
    warehouse.register.write_bytes(b"".join(warehouse.register.read_bytes().splitlines(keepends=True)[:1]))
    with pytest.raises(WarehouseUnusable, match="Run `casebook rebuild`"):
        another_night(nights)
    assert rebuild(warehouse) == 3


def dying(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
    """A function of a module ends the process, as far as a test can."""

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, name, die)


def test_what_was_registered_and_not_entered_is_entered_by_the_next_night(
    deliver: Deliver, night: Night, intake: RunIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(JUDGEMENTS, GOOD)
    with monkeypatch.context() as patch:
        dying(patch, land, "enter")
        with pytest.raises(KeyboardInterrupt):
            land.land(night)
    next_night = intake()
    assert next_night.landed == land.Landed(files=1, new=0, unread=1)
    file = next_night.file(JUDGEMENTS)
    assert (file["state"], file["first_seen_run_id"]) == ("loaded", night.run_id)


def test_rows_that_were_registered_as_loaded_and_not_committed_are_loaded_by_the_next_night_as_of_then(
    deliver: Deliver, intake: RunIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(JUDGEMENTS, GOOD)
    with monkeypatch.context() as patch:
        dying(patch, load, "_summary")
        with pytest.raises(KeyboardInterrupt):
            intake()
    next_night = intake()
    file = next_night.file(JUDGEMENTS)
    registered = read_register(next_night.night.warehouse).files[1]
    assert (registered.loaded_at, registered.loaded_run_id) == (file["loaded_at"], next_night.night.run_id)
    assert [record["event"] for record in read_lines(next_night.night.warehouse).records] == [
        "landed", "loaded", "loaded",
    ]  # fmt: skip


def test_a_withdrawal_that_was_registered_and_not_recorded_is_recorded_by_the_next_command(
    nights: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = nights.night.warehouse
    with monkeypatch.context() as patch:
        dying(patch, withdraw, "record_withdrawal")
        with pytest.raises(KeyboardInterrupt):
            withdraw.withdraw(warehouse, "judgement", "ESI-BED-2005", "Wrong.")
    assert nights.query("select count(*) from intake.withdrawal") == [(1,)]
    with warehouse.connect() as connection:
        catch_up(warehouse, connection)
        catch_up(warehouse, connection)
    assert nights.query("select count(*) from intake.withdrawal") == [(2,)]


@pytest.mark.parametrize("is_older", [True, False])
def test_a_warehouse_that_was_lost_or_is_older_than_the_archive_says_to_rebuild(
    is_older: bool, deliver: Deliver, intake: RunIntake
) -> None:
    deliver(JUDGEMENTS, GOOD)
    warehouse = intake().night.warehouse
    older = warehouse.database.read_bytes()
    if is_older:
        deliver("performance_target_2004-05.csv", TARGETS)
        intake()
        deliver(JUDGEMENTS.replace(".csv", "_r2.csv"), GOOD)
        intake()
        warehouse.database.write_bytes(older)
    else:
        warehouse.database.unlink()
    with pytest.raises(WarehouseUnusable, match="Run `casebook rebuild`"):
        intake()


def test_an_archive_whose_register_and_warehouse_are_lost_is_not_taken_for_a_new_one(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    for path in (warehouse.register, warehouse.head, warehouse.database):
        path.unlink()
    with pytest.raises(RegisterDamaged, match="it is missing"):
        another_night(nights)


def test_a_register_without_seals_is_read_and_sealed_with_the_next_event(nights: Intake) -> None:
    warehouse = nights.night.warehouse
    unseal(warehouse)
    register = read_register(warehouse)
    assert len(register.files) == 3
    append(warehouse, [{"event": "another"}])
    assert len(read_lines(warehouse).whole) == 7
    assert read_register(warehouse) == register
    lines = warehouse.register.read_bytes().splitlines(keepends=True)
    warehouse.register.write_bytes(
        b"".join([json.dumps(read_lines(warehouse).records[0]).encode() + b"\n", *lines[1:]])
    )
    with pytest.raises(RegisterDamaged, match="line 1 cannot be read"):
        read_register(warehouse)


def unseal(warehouse: Warehouse) -> None:
    """The register as version 0 wrote it."""
    records = read_lines(warehouse).records
    warehouse.register.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    warehouse.head.unlink()


def test_an_event_without_what_its_kind_has_is_reported_as_damage(night: Night) -> None:
    append(night.warehouse, [{"event": "rewritten", "file_id": 1, "sha256": "", "size": 0, "reason": ""}])
    with pytest.raises(RegisterDamaged, match="line 1 does not fit"):
        read_register(night.warehouse)


def test_bytes_are_where_the_register_says(nights: Intake) -> None:
    for file in read_register(nights.night.warehouse).archived:
        assert archive_path(nights.night.warehouse, file.sha256).is_file()
