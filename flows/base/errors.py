"""Errors of the night, each with a sentence for the person who must act."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class CasebookError(Exception):
    """Anything that ends a night or a command for a reason a person can act on. `exit_code` is the command's."""

    exit_code = 1


class AnotherNightRunning(CasebookError):
    """A second night on the same warehouse; nothing was touched."""

    exit_code = 3


class KeyUnusable(CasebookError):
    """The secret of the case keys is missing or not the one that earlier publications were made with."""


@dataclass(frozen=True)
class Failure:
    """A data test, model or expectation that does not hold.

    rule: its name. table: the published table or the node of dbt that it is about. sentence: what happened, fit to be
    published. from_data: deliveries may be the cause, not the code or the machine. rows: how many it found; None for a
    model that stopped. query: SQL that finds them, in the file `database`. is_loss: rows are missing, so none is found.
    files: the deliveries that the rows come from, where the rule itself knows them.
    """

    rule: str
    table: str
    sentence: str
    from_data: bool = True
    rows: int | None = None
    query: str = ""
    database: Path | None = None
    is_loss: bool = False
    files: tuple[int, ...] = ()


class Broken(CasebookError):
    """The build does not hold: failures says what of it, nothing where that is not known."""

    def __init__(self, sentence: str, failures: Iterable[Failure] = ()) -> None:
        super().__init__(sentence)
        self.failures = tuple(failures)


class TransformFailed(Broken):
    """dbt could not build a layer or one of its tests failed; nothing is published."""


class SettingWrong(CasebookError):
    """A setting, or an argument, that cannot be meant so; nothing was touched."""

    exit_code = 2


class EngineMissing(CasebookError):
    """What the models are to be built on is not there, or does not answer."""


class GateClosed(Broken):
    """The candidate publication broke an expectation; nothing is published."""


class PublicationPinned(CasebookError):
    """The night built a publication but a rollback keeps readers on an earlier one."""

    exit_code = 4


class NothingPublished(CasebookError):
    """A question about a publication where there is none."""


class PublicationDamaged(CasebookError):
    """The file of a publication cannot be read any more."""


class NotAQuery(CasebookError):
    """SQL that is something other than one query of the publication; nothing was run."""


class WarehouseUnusable(CasebookError):
    """The restricted warehouse is damaged, lost or older than the archive: it must be rebuilt first."""


class ArchiveIncomplete(CasebookError):
    """Bytes that a rebuild needs are not in the archive; nothing was replaced."""


class RegisterDamaged(CasebookError):
    """The archive's register is not as it was written; nothing goes by it until it is restored."""


class CannotWithdraw(CasebookError):
    """A withdrawal of something that never came, or without a reason; nothing was changed."""


class CannotReadmit(CasebookError):
    """A readmission of something that is not set aside, or without a reason; nothing was changed."""


class CannotErase(CasebookError):
    """An erasure of something that is not held, or without a reason; nothing was changed."""


class CannotRelease(CasebookError):
    """A release that cannot be drafted, checked, published or retracted so; nothing was changed for readers."""


class NoSpace(CasebookError):
    """The disk is full or a limit on file sizes is reached."""


class NoPermission(CasebookError):
    """The user who runs the command may not write, or read, what it needs."""


class MachineRefused(CasebookError):
    """The machine has too few files or too little memory left, or its disk does not answer."""


class Unreadable(CasebookError):
    """A delivery that cannot be read at all; the message is the sentence for its sender."""
