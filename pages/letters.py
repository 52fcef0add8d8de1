"""How wide text is, near enough to give it room without asking a font."""

FONT_SIZE = 14
"""Pixels."""

WIDTHS = {
    0.23: "ijl'|",
    0.28: " .,:;!/\\fItI[]",
    0.36: '()r-`"{}',
    0.5: "cksvxyzJ*",
    0.59: "abdeghnopqu0123456789L?_$#+=<>~^",
    0.67: "TZABEFKPSVXY&",
    0.73: "CDHNRUw",
    0.78: "GOQ",
    0.84: "mM",
    0.95: "%W",
}
"""Letters by their width as a part of the font's size, in Arial or Liberation Sans; a little more, never less."""

_WIDTH = {letter: width for width, letters in WIDTHS.items() for letter in letters}

OTHER = 1.0
"""Of any other letter."""


def text_width(text: str) -> float:
    """Pixels that a line of text takes at most."""
    return FONT_SIZE * sum(_WIDTH.get(letter, OTHER) for letter in text)


def shortened(text: str, width: float) -> str:
    """As much of the text as is so wide (pixels), with an ellipsis where there is more."""
    if text_width(text) <= width:
        return text
    while text and text_width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
