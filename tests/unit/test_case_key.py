"""The key of the case identifiers: made once, never replaced unnoticed."""

import hashlib
import hmac
from pathlib import Path

import pytest

from flows.base.errors import KeyUnusable
from flows.base.night import Night
from flows.intake.case_key import case_key, secret_key


def key_of(night: Night) -> bytes:
    """The key as a night gets it."""
    with night.warehouse.connect() as connection:
        return secret_key(night.warehouse, connection)


def test_a_case_key_is_an_hmac_sha256_of_the_identifier_in_its_scope() -> None:
    expected = hmac.new(b"key", b"inspection\x1fESI-BED-2005\x1fBED/2005/0001", hashlib.sha256).hexdigest()
    assert expected.startswith(case_key(b"key", "inspection", "ESI-BED-2005", "BED/2005/0001"))


def test_another_key_scope_kind_or_identifier_gives_another_case_key() -> None:
    keys = {
        case_key(b"key", "inspection", "A", "1"),
        case_key(b"other", "inspection", "A", "1"),
        case_key(b"key", "nsmart", "A", "1"),
        case_key(b"key", "inspection", "B", "1"),
        case_key(b"key", "inspection", "A", "2"),
    }
    assert len(keys) == 5


def test_the_key_is_made_on_first_use_and_stays(night: Night) -> None:
    first = key_of(night)
    assert len(first) >= 32
    assert key_of(night) == first
    assert night.warehouse.key_file.read_bytes() == first


def test_two_warehouses_have_keys_of_their_own(night: Night, tmp_path: Path) -> None:
    first = key_of(night)
    night.warehouse.root.rename(tmp_path / "elsewhere")
    night.warehouse.make()
    assert key_of(night) != first


def test_the_environment_can_hold_the_key(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_CASE_KEY", "from the environment")
    assert key_of(night) == b"from the environment"
    assert not night.warehouse.key_file.exists()


def test_a_missing_key_refuses_where_one_was_used(night: Night) -> None:
    key_of(night)
    night.warehouse.key_file.unlink()
    with pytest.raises(KeyUnusable, match="missing"):
        key_of(night)
    assert not night.warehouse.key_file.exists()


def test_an_emptied_key_file_refuses_as_a_missing_one(night: Night) -> None:
    key_of(night)
    night.warehouse.key_file.write_bytes(b"")
    with pytest.raises(KeyUnusable, match="missing"):
        key_of(night)


def test_a_missing_key_refuses_where_something_is_published(night: Night) -> None:
    (night.warehouse.published / "20060101T000000Z-aaaa").mkdir()
    with pytest.raises(KeyUnusable, match="missing"):
        key_of(night)


def test_another_key_refuses(night: Night) -> None:
    key_of(night)
    night.warehouse.key_file.write_bytes(b"another")
    with pytest.raises(KeyUnusable, match="not the one"):
        key_of(night)


def test_another_key_in_the_environment_refuses(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    key_of(night)
    monkeypatch.setenv("CASEBOOK_CASE_KEY", "another")
    with pytest.raises(KeyUnusable, match="not the one"):
        key_of(night)


def test_what_the_warehouse_remembers_of_the_key_is_not_the_key(night: Night) -> None:
    key = key_of(night)
    with night.warehouse.connect() as connection:
        query = "select value from intake.setting where name = 'case_key_check'"
        ((remembered,),) = connection.execute(query).fetchall()
    assert remembered not in key.decode()
    assert key.decode() not in remembered
