"""How values are written: per cents, dates, words, and the shorthand for what is not there."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

SHORTHAND = {
    "few_people": "[c]",
    "high": "[high]",
    "low": "[low]",
    "not_applicable": "[z]",
    "not_available": "[x]",
}
"""What stands for a value that is missing, by the status beside it."""

MARKS = {"few_cases": "[u]", "rough": "rough"}
"""What stands behind a value that is there, by the status beside it."""

REVISED = "[r]"
"""What stands behind a value whose row has a true `is_revised`."""

MEANINGS = {
    "[c]": "confidential: of too few people to be shown",
    "[high]": "over 95 % of fewer than 50 people",
    "[low]": "under 5 % of fewer than 50 people",
    "[p]": "provisional: months are still to come or missing",
    "[r]": "revised since it was first published",
    "[u]": "unreliable: from few people or acts, to be read with care",
    "[x]": "not available",
    "[z]": "not applicable",
    "rough": "of 20 to 49 people: to be read with care",
}
"""Shorthand of the Analysis Function for what stands in a cell of a table."""

NAMES = {
    "drr": "DRR",
    "ippf": "IPPF",
    "mappa": "MAPPA",
    "nsmart": "NSmart",
    "oasys": "OASys",
    "ppo": "PPO",
    "roh": "risk of harm",
}
"""Words of codes that are not written as their own letters."""

PHRASES = {"no inspection of ours": "inspection not delivered"}
"""Words of codes that are not read as they are written."""

UNITS = {
    "percent": "%",
    "percent_of_target": "%",
    "days": " days",
    "criteria": " of the criteria",
    "gbp_m": " GBP million",
}


def text(value: Any) -> str:
    return str(value)


def whole(value: Any) -> str:
    """A count: 1,234."""
    return f"{value:,.0f}"


def number(value: Any) -> str:
    """At most two decimals: 0.5, 12, 3.25, and a true minus."""
    shown = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return shown.replace("-", "\N{MINUS SIGN}")


def given(value: Any) -> str:
    """A number with all its decimals: 9.744, 3,032."""
    return f"{value:,.9f}".rstrip("0").rstrip(".")


def decimals(value: Any) -> str:
    """To be reckoned with: 0.454545."""
    return f"{value:,.6f}"


def half_up(value: float, decimals: int = 0) -> float:
    """Rounded half up, binary noise aside: 0.545 of a whole is 55%, as reports print it."""
    shift = 10**decimals
    return float(math.floor(round(value * shift, 9) + 0.5) / shift)


def chance(value: Any) -> str:
    """A probability to three decimals: 0.013."""
    return f"{value:.3f}"


def percent(value: Any) -> str:
    """A proportion as a whole per cent: 67%."""
    return f"{half_up(value * 100):.0f}%"


def percent1(value: Any) -> str:
    """A proportion in per cent with one decimal: 66.7%."""
    return f"{half_up(value * 100, 1):,.1f}%"


def whole_percent(value: Any) -> str:
    """A number that is a per cent already: 67%."""
    return f"{value:,.0f}%"


def points(value: Any) -> str:
    """A difference of proportions in percentage points with its sign: +5, and a true minus."""
    rounded = half_up(value * 100)
    return "0" if rounded == 0 else f"{rounded:+.0f}".replace("-", "\N{MINUS SIGN}")


def change(value: Any) -> str:
    """A difference to one decimal with its sign: +0.4, and a true minus; one of less is 0.0, without a sign."""
    shown = f"{value:+,.1f}".replace("-", "\N{MINUS SIGN}")
    return shown if any(digit in shown for digit in "123456789") else "0.0"


def month(value: date) -> str:
    """March 2005."""
    return f"{value:%B %Y}"


def day(value: date) -> str:
    """14 March 2005."""
    return f"{value.day} {value:%B %Y}"


LINE = r"(?:seed|source) \d+,? lines? [\d, -]+"
"""Of our own copy of what is printed."""


def source(value: Any) -> str:
    """Where a figure is printed, without the line of our own copy: Bedfordshire ESI report 2006, B1."""
    return re.sub(rf",? \({LINE}[^)]*\)|, {LINE}(?=\))", "", str(value))


def yes_no(value: Any) -> str:
    return "Yes" if value else "No"


def word(value: Any) -> str:
    """A code as a word: `not derivable`, `as_planned` become Not derivable, As planned."""
    named = PHRASES.get(str(value), str(value))
    said = " ".join(NAMES.get(part, part) for part in named.replace("_", " ").split(" "))
    return said[:1].upper() + said[1:]


def spark(value: Any) -> str:
    """Numbers that a page draws as a small line; in words, what they are."""
    return "line"


SHOWS: dict[str, Callable[[Any], str]] = {
    "text": text,
    "whole": whole,
    "number": number,
    "given": given,
    "decimals": decimals,
    "chance": chance,
    "percent": percent,
    "percent1": percent1,
    "whole_percent": whole_percent,
    "points": points,
    "change": change,
    "month": month,
    "date": day,
    "source": source,
    "spark": spark,
    "yes_no": yes_no,
    "word": word,
    "tag": word,
    "printed": number,
}
"""Ways to write a value, by the name that figures use. A tag is a word that stands out, printed has a unit."""

FIGURES = {"percent", "percent1", "whole_percent", "number", "points", "change", "printed"}
"""Ways that make figures of several cases, which few cases make unreliable; counts are what they are."""

TIMES = {"month", "date"}
"""Ways that make times: a period of one month is written as that month."""

NUMERIC = FIGURES | {"whole", "given", "decimals", "chance"}
"""Ways that make numbers, set flush right."""


def places(column: Any, rows: Iterable[dict[str, Any]]) -> dict[Any, int]:
    """The decimals of the numbers of a `printed` column, by unit: as many as the one with most of them, two at most."""
    found: dict[Any, int] = {}
    for row in rows if column.show == "printed" else ():
        if row[column.name] is not None:
            unit = row[column.unit] if column.unit else None
            found[unit] = max(found.get(unit, 0), len(number(row[column.name]).partition(".")[2]))
    return found


def cell(column: Any, row: dict[str, Any], decimals: Mapping[Any, int] | None = None) -> str:
    """What stands in the cell of a column (figures.Column) for a row, as text. decimals: of its column, by unit."""
    value = row[column.name]
    if value is None:
        return missing(column, row)
    if column.words and str(value) in column.words:
        return str(column.words[str(value)])
    shown = SHOWS[column.show](value)
    if decimals:
        shown = f"{value:,.{decimals[row[column.unit] if column.unit else None]}f}".replace("-", "\N{MINUS SIGN}")
    if column.unit and row[column.unit]:
        shown += UNITS.get(row[column.unit], f" {row[column.unit]}")
    if column.to:
        last = SHOWS[column.show](row[column.to])
        shown = shown if column.show in TIMES and last == shown else f"{shown} to {last}"
    return " ".join(filter(None, (shown, mark(column, row))))


def mark(column: Any, row: dict[str, Any]) -> str:
    """What stands behind the value of a column (figures.Column), empty where nothing does."""
    if column.status is None or column.show not in FIGURES:
        return ""
    signs = (MARKS.get(str(row[column.status])), REVISED if row.get("is_revised") else None)
    return " ".join(filter(None, signs))


def missing(column: Any, row: dict[str, Any]) -> str:
    """What stands for a value that is not there."""
    status = str(row[column.status]) if column.status else ""
    return SHORTHAND.get(status, str(column.missing))
