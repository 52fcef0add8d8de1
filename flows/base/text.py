"""Delivered text on its way to people: never an order to their terminal."""

import unicodedata


def printable(text: str) -> str:
    """The text with `?` for what no terminal should be sent: control characters, and marks that turn text around."""
    return text if text.isprintable() else "".join(map(_shown, text))


def printable_lines(text: str) -> str:
    """The same, line by line."""
    return "\n".join(map(printable, text.splitlines()))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return " " if unicodedata.category(character) == "Zs" else "?"
