"""Who is told of nights: once for each that failed or is missing, also after a restart, and nothing else."""

import json
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest

from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.service import notify
from flows.service.prefect_api import Api

NOW = datetime(2026, 1, 3, 9, tzinfo=UTC)
DAY = timedelta(days=1)


class Server(Api):
    """Prefect's, with flow runs that ended badly."""

    def __init__(self, **runs: str) -> None:
        super().__init__({"PREFECT_API_URL": "http://127.0.0.1:4200/api"})
        object.__setattr__(self, "runs", [{"id": run, "state": {"name": state}} for run, state in runs.items()])

    def post(self, what: str, body: object) -> Any:
        assert what == "flow_runs/filter"
        return self.__dict__["runs"]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """One that published on the day before."""
    warehouse = Warehouse(tmp_path)
    warehouse.make()
    warehouse.prefect_auth_file.touch()
    publish(warehouse, NOW - timedelta(hours=7))
    return warehouse


def publish(warehouse: Warehouse, begun: datetime) -> None:
    folder = warehouse.published / f"{begun:%Y%m%dT%H%M%SZ}-0000"
    folder.mkdir()
    (folder / "analyst.duckdb").touch()


@pytest.mark.parametrize("state", ["Failed", "Crashed", "TimedOut", "Cancelled"])
def test_a_night_that_ended_without_a_publication_is_reported_once(state: str, warehouse: Warehouse) -> None:
    (sentence,) = notify.report(Server(one=state), warehouse, NOW)
    assert f"ended as {state}" in sentence
    assert "http://127.0.0.1:4200/runs/flow-run/one" in sentence
    assert notify.report(Server(one=state), warehouse, NOW) == []
    (second,) = notify.report(Server(one=state, two="Failed"), warehouse, NOW)
    assert "flow-run/two" in second


def test_nights_as_they_should_be_are_not_reported(warehouse: Warehouse) -> None:
    assert notify.report(Server(), warehouse, NOW) == []


def test_a_missing_night_is_reported_once_26_hours_after_the_last_publication(warehouse: Warehouse) -> None:
    last = NOW - timedelta(hours=7)
    assert notify.report(Server(), warehouse, last + timedelta(hours=25, minutes=59)) == []
    (sentence,) = notify.report(Server(), warehouse, last + timedelta(hours=26))
    assert "since 2026-01-03 02:00 UTC" in sentence
    assert notify.report(Server(), warehouse, last + 9 * DAY) == []


def test_a_publication_by_whatever_night_ends_it_and_the_next_gap_is_reported_again(warehouse: Warehouse) -> None:
    assert notify.report(Server(), warehouse, NOW + 2 * DAY)
    publish(warehouse, NOW + 2 * DAY)
    assert notify.report(Server(), warehouse, NOW + 2 * DAY) == []
    assert notify.report(Server(), warehouse, NOW + 4 * DAY)


def test_where_nothing_was_ever_published_it_counts_from_the_first_serving(tmp_path: Path) -> None:
    empty = Warehouse(tmp_path)
    empty.make()
    empty.prefect_auth_file.touch()
    os.utime(empty.prefect_auth_file, (NOW.timestamp(), NOW.timestamp()))
    assert notify.report(Server(), empty, NOW + timedelta(hours=25)) == []
    assert len(notify.report(Server(), empty, NOW + timedelta(hours=27))) == 1
    assert notify.report(Server(), empty, NOW + timedelta(hours=28)) == []


def test_a_webhook_that_takes_nothing_is_tried_again_and_told_once(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_WEBHOOK", "https://hooks.example/casebook")
    sent: list[bytes] = []
    answers = iter([OSError("unreachable"), BytesIO(b"ok")])

    def open_url(request: Request, timeout: float) -> BytesIO:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        assert isinstance(request.data, bytes)
        sent.append(request.data)
        return answer

    monkeypatch.setattr(notify.urllib.request, "urlopen", open_url)
    assert notify.report(Server(one="Failed"), warehouse, NOW) == []
    assert len(notify.report(Server(one="Failed"), warehouse, NOW)) == 1
    assert notify.report(Server(one="Failed"), warehouse, NOW) == []
    assert ["ended as Failed" in json.loads(body)["text"] for body in sent] == [True]


@pytest.mark.parametrize("content", ["", "{", "{}", "7", "\udcff"])
def test_a_damaged_memory_of_what_was_reported_is_none(content: str, warehouse: Warehouse) -> None:
    file = warehouse.restricted / "reported.json"
    file.write_bytes(content.encode(errors="surrogateescape"))
    assert len(notify.report(Server(one="Failed"), warehouse, NOW)) == 1
    assert json.loads(file.read_text(encoding="utf-8")) == ["one"]


def test_a_notification_names_the_runbook_and_quotes_no_error_since_it_leaves_the_machine(warehouse: Warehouse) -> None:
    for sentence in notify.report(Server(one="Failed"), warehouse, NOW + 3 * DAY):
        assert sentence.endswith(".")
        assert "docs/operations/runbook.md" in sentence
    assert (PROJECT / "docs" / "operations" / "runbook.md").exists()
