"""Which identifiers of cases are looked for in free text, and where: the words of the rule as SQL.

An identifier is looked for everywhere only where nobody else can have written it by chance. What reads as a year, a
date, a number or a code never is, or one sender's odd references would hold the rows of others.
"""

from functools import cache

from expectations.deliveries import DELIVERIES
from expectations.reference import codes, sql_list

SHORTEST_EVERYWHERE, SHORTEST_IN_AREA = 10, 7
"""Characters of an identifier with letters and digits that is looked for everywhere, and in all deliveries about its
area. A shorter one can be the code of a team, as can one of digits alone: it is looked for in deliveries of its own
inspection or area."""

_MONTH = (
    "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?"
    "|dec(ember)?)"
)
_YEAR = "(19|20)[0-9]{2}"
_DAY = "[0-9]{1,2}(st|nd|rd|th)?"
_BETWEEN = "[ /.,-]*"

PLAIN_SHAPES = (
    "[£$€+-]?[0-9][0-9.,]*(e[+-]?[0-9]+)?(%|st|nd|rd|th)?",
    "[0-9]{1,2}[/.-][0-9]{1,4}",
    "[0-9]{4}[/.-][0-9]{1,2}",
    f"{_YEAR}[/.-]{_YEAR}",
    "[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}([t ][0-9:.]+z?)?",
    f"({_DAY}{_BETWEEN})?{_MONTH}({_BETWEEN}'?({_YEAR}|[0-9]{{2}}))?",
    f"{_MONTH}{_BETWEEN}{_DAY}([ /.,-]+{_YEAR})?",
    f"{_YEAR}{_BETWEEN}{_MONTH}({_BETWEEN}{_DAY})?",
    r"[^0-9]*\pL[^\pL0-9]+\pL[^0-9]*",
    f"(fy|q[1-4]|h[12])?{_BETWEEN}{_YEAR}([/-]([0-9]{{2}}|{_YEAR}))?{_BETWEEN}(q[1-4]|h[12])?",
)
"""What reads as a number, a performance year, a month, a date, several words or a year: regular expressions without
case."""

_USUAL = (
    "regexp_matches({0}, '^[A-Za-z].*[0-9]') "
    "and not regexp_matches({0}, '(?i)^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fy|q|h)')"
)
"""Letters first, then a digit, and no word of a calendar: most identifiers, which need no look at the shapes."""


@cache
def plain(identifier: str) -> str:
    """SQL: whether an identifier (an SQL expression) reads as a year, a date, a number, words or a code."""
    shapes = "|".join(PLAIN_SHAPES).replace("'", "''")
    known = _known_codes()
    numbered = [code for code in known if any(map(str.isdigit, code))]
    return (
        f"case when {_USUAL.format(identifier)} then {_is_one_of(identifier, numbered)} "
        f"else {_is_one_of(identifier, known)} or regexp_full_match({identifier}, '(?i)({shapes})') end"
    )


def _is_one_of(value: str, codes: list[str]) -> str:
    """SQL: whether a value is one of many codes. `in` would compare them with every value, also where the value is too
    long for any of them."""
    return f"(length({value}) <= {max(map(len, codes))} and list_contains([{sql_list(codes)}], {value}))"


def reach(identifier: str) -> str:
    """SQL: where an identifier is looked for (everywhere, area or own); NULL for one that is not."""
    mixed = f"(upper({identifier}) <> lower({identifier}) and regexp_matches({identifier}, '[0-9]'))"
    return (
        f"case when {plain(identifier)} then null "
        f"when length({identifier}) >= {SHORTEST_EVERYWHERE} and {mixed} then 'everywhere' "
        f"when length({identifier}) >= {SHORTEST_IN_AREA} and {mixed} then 'area' else 'own' end"
    )


def _known_codes() -> list[str]:
    """The codes that a delivery may have in other columns, so that swapped columns name no case."""
    listed = {code for delivery in DELIVERIES.values() for column in delivery.columns for code in column.codes}
    return sorted(listed | codes())
