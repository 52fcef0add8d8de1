"""The deployment as `make serve` serves it: it runs on schedule, recovers by itself, and answers to the operator alone.

A server that looks healthy but schedules nothing must fail here.
"""

import json
import os
import socket
import stat
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from prefect import flow
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from flows.base.errors import CasebookError, GateClosed
from flows.base.warehouse_paths import Warehouse
from flows.recover import turn
from flows.service import prefect_auth, prefect_records, prefect_server, prefect_settings, serve, watch
from flows.service.prefect_api import DEPLOYMENT, Api, named

SECONDS_TO_SCHEDULE = 60
EVIL = "https://evil.example"


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((serve.HOST, 0))
        return int(listener.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A server with the deployment, and its environment."""

    warehouse: Warehouse
    port: int
    environment: dict[str, str]

    @property
    def api(self) -> Api:
        return Api(self.environment)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Alive for this module. Its database was broken when it started."""
    warehouse = Warehouse(tmp_path_factory.mktemp("serve") / "warehouse")
    warehouse.make()
    home = warehouse.restricted / "prefect-server"
    home.mkdir()
    prefect_records.database(home).write_bytes(b"noise" * 5000)
    port = free_port()
    environment = serve.serving_environment(warehouse, Path("examples").absolute(), port)
    with serve.server(warehouse, environment, port):
        serve.deploy(environment)
        yield Served(warehouse, port, environment)


def test_future_nights_are_scheduled_at_two_in_london(served: Served) -> None:
    deadline = time.monotonic() + SECONDS_TO_SCHEDULE
    runs: list[dict[str, Any]] = []
    while not runs and time.monotonic() < deadline:
        runs = served.api.of_deployment({"state": {"type": {"any_": ["SCHEDULED"]}}})
        time.sleep(0 if runs else 1)
    times = [datetime.fromisoformat(run["expected_start_time"]).astimezone(ZoneInfo("Europe/London")) for run in runs]
    assert len(times) >= 2
    assert {(time.hour, time.minute) for time in times} == {(2, 0)}
    assert len({time.date() for time in times}) == len(times)


def test_prefect_keeps_no_place_that_a_dead_night_could_hold(served: Served) -> None:
    """The warehouse's lock, which the operating system frees, keeps nights apart."""
    (deployment,) = served.api.post("deployments/filter", {"deployments": named(DEPLOYMENT)})
    assert deployment["name"] == "nightly"
    assert deployment["global_concurrency_limit"] is None


def test_a_run_whose_process_is_gone_ends_as_crashed(served: Served) -> None:
    (deployment,) = served.api.post("deployments/filter", {"deployments": named(DEPLOYMENT)})
    run = served.api.post(f"deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})["id"]
    for state in ("PENDING", "RUNNING"):
        served.api.post(f"flow_runs/{run}/set_state", {"state": {"type": state}, "force": True})
    assert watch.end_dead_runs(served.api, datetime.now(UTC)) == []
    assert watch.end_dead_runs(served.api, datetime.now(UTC) + timedelta(minutes=3)) == [run]
    (ended,) = served.api.of_deployment({"state": {"type": {"any_": ["CRASHED"]}}})
    assert ended["id"] == run
    assert ended["end_time"] is not None
    assert watch.end_dead_runs(served.api, datetime.now(UTC) + timedelta(minutes=3)) == []


def test_a_night_that_has_nothing_to_do_is_skipped_in_prefect_too(served: Served) -> None:
    with temporary_settings(
        {
            PREFECT_API_URL: served.environment["PREFECT_API_URL"],
            PREFECT_API_AUTH_STRING: served.environment[prefect_auth.CLIENT],
        }
    ):
        flow(lambda: turn._skipped("A later night has published."), name="skipping")(return_state=True)
    (run,) = served.api.post("flow_runs/filter", {"flows": {"name": {"any_": ["skipping"]}}})
    state = run["state"]
    assert (state["name"], state["type"], state["message"]) == ("Skipped", "COMPLETED", "A later night has published.")


def attack(url: str, body: dict[str, Any] | None = None, **headers: str) -> int:
    """The status with which a request without credentials, or with those given, is answered."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


ATTACKS = {
    "deployments/{deployment}/create_flow_run": {"job_variables": {"command": "id"}},
    "block_documents/filter": {"include_secrets": True},
    "flow_runs/filter": {},
    "logs/filter": {},
    "artifacts/filter": {},
    "variables/filter": {},
    "events": [],
    "admin/database/clear": {"confirm": True},
}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic Y2FzZWJvb2s6"}, {"Host": "evil.example"}], ids=str)
@pytest.mark.parametrize("what", ATTACKS)
def test_another_user_of_the_machine_can_neither_run_nor_read_anything(
    what: str, headers: dict[str, str], served: Served
) -> None:
    (deployment,) = served.api.post("deployments/filter", {"deployments": named(DEPLOYMENT)})
    url = f"{served.environment['PREFECT_API_URL']}/{what.format(deployment=deployment['id'])}"
    assert attack(url, ATTACKS[what], **headers) == 401


def test_with_the_string_the_same_is_answered(served: Served) -> None:
    """The attacks are refused for lack of it, not because they ask for what is not there."""
    url = f"{served.environment['PREFECT_API_URL']}/flow_runs/filter"
    assert attack(url, {}, **prefect_auth.header(served.environment)) == 200


def test_a_web_page_of_another_origin_is_let_nowhere(served: Served) -> None:
    for method in ("GET", "OPTIONS"):
        request = urllib.request.Request(
            f"{served.environment['PREFECT_API_URL']}/health",
            method=method,
            headers={"Origin": EVIL, "Access-Control-Request-Method": "POST"},
        )
        try:
            allowed = urllib.request.urlopen(request, timeout=10).headers
        except urllib.error.HTTPError as refused:
            allowed = refused.headers
        assert allowed.get("access-control-allow-origin") is None


def test_the_string_is_in_no_list_of_processes(served: Served) -> None:
    string = prefect_auth.auth_string(served.warehouse).encode()
    shown = {path: path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()}
    assert any(b"flows.service.prefect_server" in arguments for arguments in shown.values())
    assert [path for path, arguments in shown.items() if string.partition(b":")[2] in arguments] == []
    assert stat.S_IMODE(served.warehouse.prefect_auth_file.stat().st_mode) == 0o600


def test_the_server_listens_on_this_machine_alone(served: Served) -> None:
    ports = Path("/proc/net/tcp").read_text(encoding="utf-8").splitlines()[1:]
    listening = [line.split()[1] for line in ports if line.split()[3] == "0A"]
    assert f"0100007F:{served.port:04X}" in listening
    assert f"00000000:{served.port:04X}" not in listening


def test_the_broken_database_was_set_aside(served: Served) -> None:
    aside = served.warehouse.restricted / "prefect-server" / "prefect.db.before"
    assert aside.read_bytes().startswith(b"noise")


def test_a_second_make_serve_says_so(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "SECONDS_TO_STOP", 0)
    again = serve.server(served.warehouse, served.environment, served.port)
    with pytest.raises(CasebookError, match="are served already"), again:
        pass


def test_a_port_that_another_program_has_is_told(served: Served, tmp_path: Path) -> None:
    other = Warehouse(tmp_path / "other")
    other.make()
    environment = serve.serving_environment(other, tmp_path, served.port)
    started = serve.server(other, environment, served.port)
    with pytest.raises(CasebookError, match=f"Port {served.port} is not free"), started:
        pass


def test_a_night_by_command_has_a_server_that_is_as_closed_and_makes_its_database_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its database was lost after an earlier night had migrated it."""
    warehouse = Warehouse(tmp_path)
    warehouse.make()
    home = prefect_settings.home(warehouse)
    unset = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    monkeypatch.setattr(os, "environ", unset)
    prefect_settings.use(warehouse)
    with prefect_server.starting(warehouse) as wait_until_it_answers:
        wait_until_it_answers()
        environment = dict(os.environ)
        assert attack(f"{environment['PREFECT_API_URL']}/flow_runs/filter", {}) == 401
        assert Api(environment).post("flow_runs/filter", {}) == []
    assert "PREFECT_API_URL" not in os.environ
    assert prefect_records.is_migrated(home)


def test_a_server_that_fails_is_told_in_a_sentence_and_its_database_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefect_records.database(tmp_path).touch()
    gone = prefect_server._failure_told(tmp_path)
    with pytest.raises(CasebookError, match=r"failed while the night ran .*prefect\.db\.before"), gone:
        raise httpx.ConnectError("All connection attempts failed")
    assert not prefect_records.database(tmp_path).exists()


def test_what_stopped_the_night_is_told_where_its_server_failed_after_it() -> None:
    gone = httpx.ConnectError("All connection attempts failed")
    gone.__context__ = GateClosed("An expectation is broken.")
    with pytest.raises(GateClosed, match="broken"), prefect_server._failure_told(None):
        raise gone


def test_other_errors_stay_as_they_are() -> None:
    with pytest.raises(ZeroDivisionError), prefect_server._failure_told(None):
        raise ZeroDivisionError


def test_a_night_does_not_wait_for_a_server_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.make()
    monkeypatch.setenv(prefect_auth.CLIENT, "")
    for url in (f"http://{serve.HOST}:{free_port()}/api", "nonsense"):
        monkeypatch.setenv("PREFECT_API_URL", url)
        prefect_server.use_one_that_answers(warehouse)
        assert "PREFECT_API_URL" not in os.environ


def test_a_night_uses_the_server_of_make_serve(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", served.environment["PREFECT_API_URL"])
    monkeypatch.setenv(prefect_auth.CLIENT, "casebook:wrong")
    prefect_server.use_one_that_answers(served.warehouse)
    assert "PREFECT_API_URL" not in os.environ
    monkeypatch.setenv("PREFECT_API_URL", served.environment["PREFECT_API_URL"])
    monkeypatch.delenv(prefect_auth.CLIENT)
    prefect_server.use_one_that_answers(served.warehouse)
    assert os.environ["PREFECT_API_URL"] == served.environment["PREFECT_API_URL"]
