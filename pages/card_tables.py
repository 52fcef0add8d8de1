"""Tables of few columns, whose rows are cards on a telephone (casebook.scss)."""

from collections.abc import Iterable
from itertools import pairwise

from markdown_it.token import Token

MOST_IN_CARDS = 6
"""Columns of a table whose rows are cards."""


def as_cards(tokens: list[Token]) -> None:
    """Let the table that tokens begin with have headings with a capital, and cards where there is no room."""
    closed = next(number for number, token in enumerate(tokens) if token.type == "thead_close")
    heads = [words for opened, words in pairwise(tokens[:closed]) if opened.type == "th_open"]
    for first in (head.children[0] for head in heads if head.children):
        first.content = first.content[:1].upper() + first.content[1:]
    if len(heads) <= MOST_IN_CARDS:
        tokens[0].attrSet("class", "casebook-cards")
        tokens[0].attrSet("style", cards(head.content[:1].upper() + head.content[1:] for head in heads))


def cards(labels: Iterable[str]) -> str:
    """The headings of a table's columns for the style sheet, which writes them into cards where there is no room."""
    quoted = (label.replace("\\", r"\\").replace('"', r"\"") for label in labels)
    return ";".join(f'--c{number}:"{label}"' for number, label in enumerate(quoted, 1))
