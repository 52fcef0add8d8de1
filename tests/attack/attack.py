"""The attack itself: what of schema `public` can be recovered that is a small count of people."""

from dataclasses import dataclass

import duckdb

from tests.attack.knowledge import gather
from tests.attack.solver import Knowledge, Name, narrow, solve

FEWEST, MOST = 1, 4


@dataclass(frozen=True)
class Result:
    """attacked: numbers in question; suppressed: those not shown; small: those that are 1 to 4 people, or a suppressed
    proportion; recovered: the small ones of which one value is left.
    """

    attacked: int
    suppressed: int
    small: int
    recovered: tuple[Name, ...]


def attack(connection: duckdb.DuckDBPyConnection) -> Result:
    """Everything that follows from the public tables, compared with the truth in the marts."""
    knowledge = gather(connection)
    hidden = {name for name in knowledge.low if knowledge.known(name) is None}
    truth = _truth(knowledge, gather(connection, "marts"))
    solve(knowledge)
    small = {name for name in knowledge.low if _is_small(knowledge, truth, name, hidden)}
    recovered = sorted((name for name in small if knowledge.known(name) is not None), key=str)
    return Result(len(knowledge.low), len(hidden), len(small), tuple(recovered))


def _truth(public: Knowledge, marts: Knowledge) -> Knowledge:
    """Every count of the public tables, and what follows from them, as it is."""
    truth = Knowledge(relations=[row for row in public.relations if row[1] == row[2]])
    for name in public.low:
        value = marts.known(name) if name in marts.low and name not in marts.proportions else None
        truth.published(name, None if name[0] == "added" else value)
    narrow(truth)
    return truth


def _is_small(knowledge: Knowledge, truth: Knowledge, name: Name, hidden: set[Name]) -> bool:
    if name in knowledge.proportions:
        return name[0] == "proportion" and ("relevant", *name[1:]) in hidden
    value = truth.known(name)
    return value is not None and FEWEST <= value <= MOST
