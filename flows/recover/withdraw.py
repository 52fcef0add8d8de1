"""Withdraw: an operator takes a delivery out of the next publication; who, when and why stays on record.

Nothing is removed: the rows stay in raw, the bytes in the archive, and earlier publications keep what they have.
"""

from datetime import UTC, datetime

import duckdb

from expectations.deliveries import DELIVERIES
from flows.base.errors import CannotWithdraw, CasebookError
from flows.base.machine_errors import user
from flows.base.night import alone
from flows.base.warehouse_paths import Warehouse
from flows.intake.catch_up import announce, catch_up
from flows.intake.event_rows import record_withdrawal
from flows.intake.events import Withdrawal, withdrawn_event

LONGEST_REASON = 300
"""Characters of a reason: it is published beside the file."""


def withdraw(warehouse: Warehouse, kind: str, key: str, reason: str, revision: int | None = None) -> Withdrawal:
    """Take out one revision of a delivery, or by default all that have come; a later revision counts again.

    Errors: CannotWithdraw where there is nothing to take out; AnotherNightRunning.
    """
    reason = one_sentence(reason, CannotWithdraw)
    if not warehouse.database.exists():
        raise CannotWithdraw(f"There is no warehouse at {warehouse.root}: name it with --warehouse.")
    with alone(warehouse), warehouse.connect() as connection:
        catch_up(warehouse, connection)
        known = _revisions(connection, kind, key)
        if revision is not None and revision not in known:
            raise CannotWithdraw(
                f"There is no revision {revision} of {kind} {key}: there is {', '.join(map(str, known))}."
            )
        first, last = (known[0], known[-1]) if revision is None else (revision, revision)
        withdrawal = Withdrawal(kind, key, first, last, reason, user(), datetime.now(UTC).replace(tzinfo=None))
        connection.execute("begin")
        announce(warehouse, connection, [withdrawn_event(withdrawal)])
        record_withdrawal(connection, withdrawal)
        connection.execute("commit")
    return withdrawal


def one_sentence(reason: str, error: type[CasebookError]) -> str:
    """The reason as one line that ends as a sentence does. Errors: as named, where it is none."""
    words = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if not words:
        raise error("Say why with --reason: it is published.")
    if len(words) > LONGEST_REASON:
        raise error(f"The reason is longer than {LONGEST_REASON} characters: say it in a sentence.")
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _revisions(connection: duckdb.DuckDBPyConnection, kind: str, key: str) -> list[int]:
    """Revisions of a delivery that could be read, in order."""
    if kind not in DELIVERIES:
        raise CannotWithdraw(f"There is no kind of delivery {kind}; kinds are {', '.join(DELIVERIES)}.")
    rows = connection.execute(
        "select revision, bool_or(state <> 'rejected') from intake.file where kind = ? and delivery_key = ? "
        "group by revision order by revision",
        [kind, key],
    ).fetchall()
    if not rows:
        raise CannotWithdraw(f"No delivery {kind} {key} has come: casebook query 'select kind, key from load_file'.")
    readable = [revision for revision, is_readable in rows if is_readable]
    if not readable:
        raise CannotWithdraw(f"Every file of {kind} {key} was rejected: there is nothing to withdraw.")
    return readable
