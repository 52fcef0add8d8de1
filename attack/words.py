"""Words that stand for a share of few people: they must be those of the published counts."""

from attack.figures import Shown

FEWEST, FEWEST_SAFE = 20, 50
LOW, HIGH = 0.05, 0.95


def word_of(side: int, base: int, counted: bool) -> set[str]:
    """The words that may stand with a share of published counts."""
    if base < FEWEST:
        return {"few_people", "not_applicable"}
    if base >= FEWEST_SAFE:
        return {"shown"}
    share = side / base if counted else 1 - side / base
    near = {word for word, bound in (("low", LOW), ("high", HIGH)) if abs(share - bound) < 0.01}
    return near | {"low" if share < LOW else "high" if share > HIGH else "rough"} | ({"rough"} if near else set())


def word_contradicts(shown: Shown, side: int, base: int) -> bool:
    """Whether the word of a figure is not that of the published counts."""
    return bool(shown.word) and shown.word != "not_available" and shown.word not in word_of(side, base, shown.counted)
