"""Passages that follow from contracts and seed measures, between two marks in YAML that is kept by hand."""

import re
from pathlib import Path

from expectations import staging
from expectations.deliveries import DELIVERIES
from expectations.reference import PROJECT, case_measures

_PASSAGE = re.compile(r"( *)# Written by `make contracts`: (.+)\n(?:\1- .*\n)*(\1# Written by hand\n)?")
_OF_MEASURES = {
    "terms of case measures": ("numerator", "denominator", ""),
    "columns of case measures": ("met", "relevant", "data_type: bigint, "),
}
"""Endings of the names of what a case adds to numerator and denominator, and what an entry says beside its meaning."""


def pages() -> dict[Path, str]:
    """The content of every page with such passages."""
    found = {page: page.read_text(encoding="utf-8") for page in (PROJECT / "models").rglob("_*.yml")}
    return {page: filled(text) for page, text in found.items() if _PASSAGE.search(text)}


def filled(text: str) -> str:
    """A page with every passage as it must be. Errors: ValueError for one that has no end or that nothing writes."""
    return _PASSAGE.sub(_passage, text)


def _passage(old: re.Match[str]) -> str:
    indent, what, end = old.groups()
    if not end:
        raise ValueError(f"The passage {what!r} must end with the line `# Written by hand`, below entries of one line.")
    return f"{indent}# Written by `make contracts`: {what}\n{_lines(what, indent)}{end}"


def _lines(what: str, indent: str) -> str:
    kind = what.removeprefix("columns of ")
    if kind in DELIVERIES:
        return staging.columns(DELIVERIES[kind], indent)
    if what in _OF_MEASURES:
        return _case_measures(what, indent)
    raise ValueError(f"No passage is {what!r}: it is `columns of <kind>`, or one of {', '.join(_OF_MEASURES)}.")


def _case_measures(what: str, indent: str) -> str:
    numerator, denominator, more = _OF_MEASURES[what]
    return "".join(
        f"{indent}- {{name: {code.lower()}_{numerator}, {more}description: "
        f'"What the case adds to the numerator of {code} (seed measures)."}}\n'
        f"{indent}- {{name: {code.lower()}_{denominator}, {more}description: "
        f'"What the case adds to the denominator of {code}."}}\n'
        for code in (measure["measure_code"] for measure in case_measures())
    )
