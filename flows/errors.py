"""Errors of the night, each with a sentence for the person who must act."""


class CasebookError(Exception):
    """Anything that ends a night or a command for a reason a person can act on. `exit_code` is the command's."""

    exit_code = 1


class AnotherNightRunning(CasebookError):
    """A second night on the same warehouse; nothing was touched."""

    exit_code = 3


class KeyUnusable(CasebookError):
    """The secret of the case keys is missing or not the one that earlier publications were made with."""


class TransformFailed(CasebookError):
    """dbt could not build a layer or one of its tests failed; nothing is published."""


class EngineMissing(CasebookError):
    """What the models are to be built on is not there, or does not answer."""


class GateClosed(CasebookError):
    """The candidate publication broke an expectation; nothing is published."""


class PublicationPinned(CasebookError):
    """The night built a publication but a rollback keeps readers on an earlier one."""

    exit_code = 4


class NothingPublished(CasebookError):
    """A question about a publication where there is none."""


class WarehouseUnusable(CasebookError):
    """The restricted warehouse is damaged, lost or older than the archive: it must be rebuilt first."""


class ArchiveIncomplete(CasebookError):
    """Bytes that a rebuild needs are not in the archive; nothing was replaced."""


class RegisterDamaged(CasebookError):
    """The archive's register is not as it was written; nothing goes by it until it is restored."""


class CannotWithdraw(CasebookError):
    """A withdrawal of something that never came, or without a reason; nothing was changed."""


class CannotErase(CasebookError):
    """An erasure of something that is not held, or without a reason; nothing was changed."""


class NoSpace(CasebookError):
    """The disk is full or a limit on file sizes is reached."""


class NoPermission(CasebookError):
    """The user who runs the command may not write, or read, what it needs."""


class Unreadable(CasebookError):
    """A delivery that cannot be read at all; the message is the sentence for its sender."""
