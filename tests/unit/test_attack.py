"""The attack works out what can be worked out, and nothing else."""

from tests.attack.solver import Knowledge, solve


def numbers(**shown: float | None) -> Knowledge:
    """Counts by name; None is suppressed."""
    knowledge = Knowledge()
    for name, value in shown.items():
        knowledge.published((name,), value)
    return knowledge


def test_one_suppressed_part_is_what_the_total_leaves() -> None:
    knowledge = numbers(total=20, shown=17, hidden=None)
    knowledge.total(("total",), [("shown",), ("hidden",)])
    solve(knowledge)
    assert knowledge.known(("hidden",)) == 3


def test_two_suppressed_parts_hide_each_other() -> None:
    knowledge = numbers(total=20, first=None, second=None)
    knowledge.total(("total",), [("first",), ("second",)])
    solve(knowledge)
    assert knowledge.known(("first",)) is None


def test_equations_with_two_unknowns_each_are_solved_together() -> None:
    knowledge = numbers(ab=5, bc=7, ac=6, a=None, b=None, c=None)
    for first, second in ("ab", "bc", "ac"):
        knowledge.total((first + second,), [(first,), (second,)])
    solve(knowledge)
    assert [knowledge.known((name,)) for name in "abc"] == [2, 3, 4]


def test_whole_counts_follow_from_a_rounded_rate() -> None:
    knowledge = numbers(met=None, asked=30)
    knowledge.relate({("met",): 1, ("asked",): -0.095}, 0, float("inf"))
    knowledge.relate({("met",): 1, ("asked",): -0.105}, -float("inf"), 0)
    solve(knowledge)
    assert knowledge.known(("met",)) == 3


def test_a_rounded_rate_of_many_leaves_a_count_open() -> None:
    knowledge = numbers(met=None, asked=1000)
    knowledge.relate({("met",): 1, ("asked",): -0.005}, 0, float("inf"))
    knowledge.relate({("met",): 1, ("asked",): -0.015}, -float("inf"), 0)
    solve(knowledge)
    assert knowledge.known(("met",)) is None
