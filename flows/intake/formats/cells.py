"""A typed cell as a CSV would spell it."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; what a program stores beyond them is its rounding."""

LARGEST_PLAIN = 10**MOST_DIGITS
"""From here on a spreadsheet does not know every digit, and shows an exponent."""

MOST_DECIMALS = 12
"""More than any figure has: what is left of a computed number beyond them is dropped."""


def cell_text(cell: Any) -> str:
    """Dates ISO, numbers in plain decimal notation, whole ones without a point.

    A NUL, which no database text can hold, shows as the sign for what is no character.
    """
    # A workbook has hundreds of thousands of these two.
    if isinstance(cell, str):
        return cell.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    if isinstance(cell, float):
        return number_text(cell)
    return _other_text(cell)


def _other_text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "Y" if cell else "N"
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case bytes():
            return cell_text(cell.decode("utf-8"))
        case _:
            return str(cell)


def number_text(number: float) -> str:
    """A number as a spreadsheet shows it in full: 15 digits, with an exponent where more are before the point."""
    if number.is_integer() and abs(number) < LARGEST_PLAIN:
        return str(int(number))
    shown = format(number, f".{MOST_DIGITS}g")
    if not abs(number) < LARGEST_PLAIN:
        return shown.replace("e", "E")
    return decimal_text(Decimal(shown))


def decimal_text(number: Decimal) -> str:
    """Plain notation without needless zeros, to as many decimals as any figure has."""
    text = f"{number:.{MOST_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
