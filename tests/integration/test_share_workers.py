"""Large nights spread over Prefect's workers: two of them read and check the shares of a night."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows import land, serve, share_worker, shares
from flows.errors import CasebookError
from flows.folders import Warehouse
from flows.night import Night
from flows.share_worker import by_workers
from tests.conftest import Deliver
from tests.integration.test_schedule import ask, free_port
from tests.samples import GOOD, NAMES, csv_text, good_rows, spoilt

WORKERS = ("first", "second")


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server with the deployments and two workers for shares, alive for this module."""
    warehouse = Warehouse(tmp_path_factory.mktemp("workers") / "warehouse")
    warehouse.make()
    port = free_port()
    environment = serve.serving_environment(warehouse, Path("examples").absolute(), port)
    with serve.server(environment, port):
        serve.deploy(environment)
        start = [*serve.PREFECT, "worker", "start", "--pool", serve.SHARES_POOL, "--limit", "1", "--name"]
        workers = [
            subprocess.Popen([*start, name], env=environment, cwd=serve.PROJECT, stdout=subprocess.DEVNULL)
            for name in WORKERS
        ]
        try:
            with temporary_settings({PREFECT_API_URL: environment["PREFECT_API_URL"]}):
                yield port
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait()


@pytest.fixture
def landed(deliver: Deliver, night: Night, monkeypatch: pytest.MonkeyPatch) -> Night:
    """A night with files of every kind to be read, in four shares."""
    for kind in GOOD:
        deliver(NAMES[kind], csv_text(good_rows(kind, 3)))
    deliver(f"again/{NAMES['judgement']}", csv_text(spoilt("judgement", answer="good")))
    land.land(night)
    monkeypatch.setenv("CASEBOOK_THREADS", "4")
    monkeypatch.setattr(shares, "BYTES_TO_OPEN", 0)
    monkeypatch.setattr(shares, "BYTES_A_SHARE", sum(map(os.path.getsize, night.landing.rglob("*.csv"))) / 4)
    return night


def test_two_workers_come_to_what_one_process_comes_to(pool: int, landed: Night) -> None:
    here = [shares.examine(share) for share in shares.shares(landed)]
    parts = shares.shares(landed)
    there = dict(by_workers(parts))
    assert len(parts) == 4
    assert [there[place].read for place in range(4)] == [one.read for one in here]
    assert [there[place].checked.results for place in range(4)] == [one.checked.results for one in here]
    runs = ask(pool, "flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}})
    assert {run["work_pool_name"] for run in runs} == {serve.SHARES_POOL}


def test_a_share_that_fails_stops_the_night_with_its_name(
    pool: int, landed: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = shares.shares(landed)
    monkeypatch.setattr("flows.share_worker.hand_out", lambda share: share.batch.with_suffix(".lost"))
    with pytest.raises(CasebookError, match="share 000"):
        list(by_workers(parts))


def test_a_server_without_the_deployment_is_told(pool: int, landed: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_worker, "DEPLOYMENT", "share/unheard-of")
    with pytest.raises(CasebookError, match="no deployment share/unheard-of"):
        list(by_workers(shares.shares(landed)))


def test_a_night_does_not_wait_for_ever_for_workers_that_are_gone(
    pool: int, landed: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_worker, "_ended", lambda _: [])
    monkeypatch.setattr(share_worker, "MOST_SECONDS", -1)
    with pytest.raises(CasebookError, match="No share was read and checked"):
        list(by_workers(shares.shares(landed)[:1]))
