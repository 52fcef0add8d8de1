"""The project's code in processes of their own that start at once: forked from one that has loaded the libraries.

Of Prefect they run the flow's functions alone, without a server: what a night does to a warehouse is the same.
"""

import logging
import multiprocessing
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from downloads import build as downloads_build
from flows.base.warehouse_paths import Warehouse
from pages import build as pages_build

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])

STANDARD = ("input", "output", "error")
"""Files for standard input, output and error, in the order of their descriptors."""


def casebook(
    arguments: Sequence[str], environment: Mapping[str, str], given: str | None = None, pages: bool = True
) -> subprocess.CompletedProcess[str]:
    """The command. given: on its standard input. pages: whether its nights build pages and downloads."""
    return run(command, list(arguments), pages, environment=environment, given=given)


def run(
    function: Callable[..., None], *arguments: Any, environment: Mapping[str, str], given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Call a function of a module in a process of its own; an exception ends it with exit code 1."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in STANDARD]
        files[0].write_text(given or "", encoding="utf-8")
        process = FORKS.Process(target=_run, args=(function, arguments, dict(environment), files))
        process.start()
        process.join()
        output, error = (file.read_text(encoding="utf-8") for file in files[1:])
    return subprocess.CompletedProcess(arguments, process.exitcode or 0, output, error)


def without_prefect(pages: bool = True) -> Any:
    """The module of the flow, its tasks replaced by what they run and its artifacts and events left out.

    pages: whether its nights build pages and downloads; without them they are quicker, for tests that look at neither.
    They are built in this process: a second one would have to load the libraries.
    """
    from prefect import Task

    from flows import nightly
    from flows.publish import report

    for name, value in list(vars(nightly).items()):
        if isinstance(value, Task):
            setattr(nightly, name, value.fn)
    # It keeps Prefect from looking into what tasks are given.
    setattr(nightly, "quote", lambda value: value)  # noqa: B010 -- a name that the module has imported
    for name in [name for name in vars(report) if name.startswith(("create_", "emit_"))]:
        setattr(report, name, lambda **_: None)
    if not pages:
        nightly.write_pages = nightly.write_downloads = lambda *_: None
    for module, name in ((pages_build, "PAGES"), (downloads_build, "BOOKS")):
        setattr(module, name, replace(getattr(module, name), worth_a_process=sys.maxsize))
    return nightly


def _run(
    function: Callable[..., None], arguments: Sequence[Any], environment: dict[str, str], files: list[Path]
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, file in enumerate(files):
        opened = os.open(file, os.O_RDONLY if descriptor == 0 else os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, descriptor)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os._exit(_exit_code(function, arguments))


def _exit_code(function: Callable[..., None], arguments: Sequence[Any]) -> int:
    code: int | str | None = 0
    try:
        function(*arguments)
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)  # noqa: T201 -- as Python does
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


def command(arguments: list[str], pages: bool = True) -> None:
    """The command in this process, which it ends. pages: whether its nights build pages and downloads."""
    from flows.cli import app as cli

    cli._night = partial(_night, pages)
    sys.argv = ["casebook", *arguments]
    cli.main()


def _night(with_pages: bool, where: Warehouse, landing: Path, business_date: date | None, accept_volumes: bool) -> str:
    """In the place of the command's own, which runs the flow on a server of Prefect's."""
    nightly = without_prefect(with_pages)
    logging.getLogger("casebook").setLevel(logging.DEBUG)
    line: str = nightly.nightly.fn(landing, where.root, business_date, accept_volumes)
    return line
