"""The command as its entry point runs it, in this process: with the sentence and the exit code that a person gets."""

import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.cli import app as cli


class Staying:
    """In the place of `stop.Leaving`, which would end the tests' own process."""

    def fail(self, exit_code: int) -> None:
        sys.exit(exit_code)


@dataclass(frozen=True)
class Ended:
    """How a command ended. out, err: what it wrote."""

    code: int
    out: str
    err: str


class Command:
    """Runs commands; whatever they are given, none may end with a traceback."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch
        monkeypatch.setattr(cli.stop, "Leaving", Staying)

    def __call__(self, *arguments: str | Path) -> Ended:
        self._monkeypatch.setattr(sys, "argv", ["casebook", *map(str, arguments)])
        self._capsys.readouterr()
        before, handlers = os.umask(0o022), list(logging.getLogger("casebook").handlers)
        os.umask(before)
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            os.umask(before)
            logging.getLogger("casebook").handlers = handlers
        said = self._capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Ended(code, said.out, said.err)
