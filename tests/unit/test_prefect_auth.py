"""Prefect's API has a string of its own for each warehouse, which only its owner can read."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.base.secret_file import write_once
from flows.base.warehouse_paths import Warehouse
from flows.intake.sandbox import _without_secrets
from flows.service import prefect_auth


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty one."""
    warehouse = Warehouse(tmp_path)
    warehouse.make()
    return warehouse


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_string_is_made_once_for_its_owner_alone_whatever_the_umask(umask: int, warehouse: Warehouse) -> None:
    before = os.umask(umask)
    try:
        string = prefect_auth.auth_string(warehouse)
    finally:
        os.umask(before)
    assert string == prefect_auth.auth_string(warehouse)
    assert len(string.partition(":")[2]) > 40
    assert mode(warehouse.prefect_auth_file) == 0o600


def test_two_warehouses_have_different_strings(warehouse: Warehouse, tmp_path: Path) -> None:
    other = Warehouse(tmp_path / "other")
    other.make()
    assert prefect_auth.auth_string(other) != prefect_auth.auth_string(warehouse)


def test_a_file_that_was_opened_to_others_is_closed_and_one_that_was_emptied_is_made_again(
    warehouse: Warehouse,
) -> None:
    prefect_auth.auth_string(warehouse)
    warehouse.prefect_auth_file.chmod(0o644)
    prefect_auth.auth_string(warehouse)
    assert mode(warehouse.prefect_auth_file) == 0o600
    warehouse.prefect_auth_file.write_text("")
    assert len(prefect_auth.auth_string(warehouse)) > 40
    assert mode(warehouse.prefect_auth_file) == 0o600


def test_of_secrets_made_at_once_the_first_one_counts(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda number: write_once(tmp_path / "secret", b"%d" % number), range(1, 33)))
    assert len(set(made)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


def test_no_origin_but_the_servers_own_pages_may_ask(warehouse: Warehouse) -> None:
    origin = "http://127.0.0.1:4200"
    assert prefect_auth.closed(warehouse, origin)["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == origin


def test_the_process_that_reads_hostile_files_does_not_have_the_string(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(prefect_auth.CLIENT, "casebook:secret")
    assert "casebook:secret" not in _without_secrets().values()
