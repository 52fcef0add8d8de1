"""A standalone cluster of one master and workers on this machine's loopback, from the pip package."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Cluster:
    """address: what `CASEBOOK_SPARK_MASTER` names. page: of its master. workers: their processes."""

    address: str
    page: str
    workers: "list[subprocess.Popen[bytes]]"

    def state(self) -> dict[str, Any]:
        """What the master says of its workers and applications."""
        with urllib.request.urlopen(f"{self.page}/json/", timeout=10) as answer:
            return dict(json.load(answer))

    def alive(self) -> int:
        """How many workers the master can give work to."""
        return sum(worker["state"] == "ALIVE" for worker in self.state()["workers"])

    def kill_worker(self) -> None:
        """Kill one worker and the executors that it started, as a machine dies."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)
        self.workers[0].wait()


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Start a cluster whose logs are in the folder; its processes end with the block."""
    folder.mkdir(parents=True)
    port, page = _free_port(), _free_port()
    address = f"spark://{HOST}:{port}"
    at = ["--host", HOST]
    started = [_start(folder, "master.Master", [*at, "--port", str(port), "--webui-port", str(page)])]
    found = Cluster(address, f"http://{HOST}:{page}", started[1:])
    try:
        _wait(found, 0)
        for number in range(workers):
            own = ["--work-dir", str(folder / f"work-{number}"), "--webui-port", "0"]
            worker = _start(folder, "worker.Worker", [*at, *own, "--cores", "1", "--memory", "2g", address])
            started.append(worker)
            found.workers.append(worker)
        _wait(found, workers)
        yield found
    finally:
        for process in started:
            _end(process)


def _start(folder: Path, part: str, arguments: list[str]) -> "subprocess.Popen[bytes]":
    """In a group of its own, which has the executors of a worker."""
    import pyspark

    home = Path(pyspark.__file__).parent
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{part}", *arguments]
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST}
    with (folder / f"{part}.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(found: Cluster, workers: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            if found.alive() >= workers:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"The cluster at {found.address} did not start in {SECONDS_TO_START} s.")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
