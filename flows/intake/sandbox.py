"""Workbooks and Parquet are read in a process of their own, with bounded memory and time.

Their libraries make room for whatever a file says it holds, and take the process with them where there is none: a
damaged or hostile file must cost its sender a sentence, and not the night.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from expectations.contract import Delivery
from expectations.deliveries import DELIVERIES
from flows.base.errors import Unreadable
from flows.base.settings import PROJECT
from flows.intake.formats import read_rows
from flows.intake.formats.bounds import LARGEST_CONTENT
from flows.intake.formats.records import Records

MOST_MEMORY = 2 << 30
"""Bytes of address space for the reading process. A workbook of 100,000 cells takes a tenth of it."""

MOST_SECONDS = 120

PLAIN_FORMATS = ("csv", "csv.gz")
"""Read where the night runs: a night has thousands of them."""

TOO_MUCH = "The file takes more memory or time to read than any delivery needs: save the table alone in a new file."

_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
_TABLE, _SENTENCE = b"T", b"S"


class Sandbox:
    """The reading process: started with the first file, and again after one that ended it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read_rows(self, path: Path, file_format: str, delivery: Delivery) -> Records:
        """`formats.read_rows` of the bytes at a path; CSV, which needs no library that trusts it, is read here.

        Errors: Unreadable, also where reading takes too much.
        """
        if file_format in PLAIN_FORMATS:
            return read_rows(path.read_bytes(), file_format, delivery)
        process = self._process or self._start()
        timer = threading.Timer(MOST_SECONDS, process.kill)
        timer.start()
        try:
            kind, content = self._ask(process, str(path), file_format, delivery.kind)
        # The process is gone: out of memory, out of time, or a library ended it.
        except (OSError, EOFError):
            self._end()
            raise Unreadable(TOO_MUCH) from None
        finally:
            timer.cancel()
        if kind == _SENTENCE:
            raise Unreadable(content.decode())
        return _received(content)

    def _ask(self, process: subprocess.Popen[bytes], *asked: str) -> tuple[bytes, bytes]:
        question, answer = process.stdin, process.stdout
        if question is None or answer is None:
            raise EOFError
        question.write(json.dumps(asked).encode() + b"\n")
        question.flush()
        kind, size = _exactly(answer, 1), int.from_bytes(_exactly(answer, 8))
        return kind, _exactly(answer, size)

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flows.intake.sandbox"],
            cwd=PROJECT,
            env={**_without_secrets(), **_ENVIRONMENT},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _without_secrets() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("CASEBOOK_", "PREFECT_"))}


def _exactly(source: IO[bytes], size: int) -> bytes:
    content = source.read(size)
    if len(content) < size:
        raise EOFError
    return content


def main() -> None:
    """Answer each line of standard input, a path, a format and a kind as JSON, with records or a sentence."""
    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    memory = MOST_MEMORY if allowed == resource.RLIM_INFINITY else min(MOST_MEMORY, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    for line in sys.stdin.buffer:
        path, file_format, of_kind = json.loads(line)
        kind, content = _answer(Path(path), file_format, DELIVERIES[of_kind])
        sys.stdout.buffer.write(kind + len(content).to_bytes(8))
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _answer(path: Path, file_format: str, delivery: Delivery) -> tuple[bytes, Any]:
    try:
        records = read_rows(path.read_bytes(), file_format, delivery)
        if records.cells.nbytes > LARGEST_CONTENT:
            return _SENTENCE, TOO_MUCH.encode()
        return _TABLE, _sent(records)
    except Unreadable as error:
        return _SENTENCE, str(error).encode()
    except MemoryError:
        return _SENTENCE, TOO_MUCH.encode()


def _sent(records: Records) -> memoryview:
    metadata = {"notes": json.dumps(records.notes), "fault": records.fault}
    table = records.cells.append_column("row", records.rows).replace_schema_metadata(metadata)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return memoryview(sink.getvalue())


def _received(content: bytes) -> Records:
    table = pa.ipc.open_stream(content).read_all()
    metadata = table.schema.metadata
    rows = table.column("row").combine_chunks()
    return Records(table.drop_columns("row"), rows, tuple(json.loads(metadata[b"notes"])), metadata[b"fault"].decode())


if __name__ == "__main__":
    main()
