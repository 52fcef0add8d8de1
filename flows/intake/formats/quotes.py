"""Quotation marks in a CSV: which row they open in, and what is to be done where they do not close."""

from collections.abc import Sequence

LONGEST_CELL = "A cell of row {row} holds more than a million characters."


def takes_in_a_row(record: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a record of several lines is a row with others after it between two stray marks.

    A line after the first is such a row where it has the header's number of cells and shares one with the first,
    the area or inspection at least; a text with line breaks has neither.
    """
    first, *others = ([cell.strip() for cell in line.split(delimiter)] for line in delimiter.join(record).splitlines())
    return any(
        len(cells) >= width and any(one == other != "" for one, other in zip(first, cells, strict=False))
        for cells in others
    )


def swallows(row: int) -> str:
    """The sentence for a mark that takes in the rows after its own."""
    return (
        f"The quotation mark that opens in row {row} takes in the rows after it: "
        "close it, or take it out, and deliver the file again."
    )


def sentence(error: str, row: int, lines: Sequence[str], delimiter: str, width: int) -> str:
    """What is wrong with the marks of the record that begins in a row. error: of the csv module."""
    if takes_in_a_row(["".join(lines)], delimiter, width):
        return swallows(row)
    if "field larger" in error:
        return LONGEST_CELL.format(row=row)
    if "unexpected end of data" in error:
        return f"The quotation mark that opens in row {row} is not closed: close it, or take it out."
    if '\\"' in "".join(lines):
        return f'A quotation mark in row {row} is written as \\": write it twice inside a quoted cell, as "".'
    return (
        f"In row {row} text follows a closing quotation mark: put the whole cell in quotation marks, "
        "and write those inside it twice."
    )
