"""The data dictionary for senders, as the contracts give it."""

from expectations.canonical import FORMS, text
from expectations.contract import Column, Delivery
from expectations.deliveries import DELIVERIES
from expectations.reference import PROJECT

PAGE = PROJECT / "docs" / "reference" / "deliveries.md"
MARK = "<!-- From here on written by `make contracts` from expectations/deliveries/. -->\n"

_BECOMES = {"critical": "", "warning": " (a warning: loaded and flagged)", "info": " (loaded and counted)"}


def page() -> str:
    """The page as it is, with every kind of delivery, its columns and rules in place of what follows the mark."""
    by_hand, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    return by_hand + MARK + "".join(_delivery(delivery) for delivery in DELIVERIES.values())


def holds(column: Column) -> str:
    """What a column holds, in words for its sender."""
    if column.identifier:
        return "the case's identifier; published only as a keyed hash"
    if column.free_text:
        return "free text; must not name a case"
    if column.codes:
        return ("several, with `;` between, of " if column.many else "one of ") + ", ".join(column.codes)
    if column.bounds is None:
        return FORMS[column.type].meaning
    low, high = column.bounds
    if FORMS[column.type].spell is text:
        return f"{FORMS[column.type].meaning}, in the years {low} to {high}"
    several = "several, with `;` between, each " if column.many else ""
    words = ", or one of " + ", ".join(f"`{word}`" for word in column.words) if column.words else ""
    return f"{several}{FORMS[column.type].meaning}, from {low:,} to {high:,}{words}"


def _delivery(delivery: Delivery) -> str:
    keys = ", ".join(f"`{name}`" for name in delivery.key)
    columns = "\n".join(f"| `{c.file_header}` | {holds(c)} | {_may_be_empty(c)} |" for c in delivery.columns)
    rules = "".join(f"\n- {rule.sentence}{_BECOMES[rule.severity]}" for rule in delivery.rules)
    return (
        f"\n### {delivery.kind}\n\nOne row: {delivery.grain}. Unique by {keys}. "
        f"Example: `{delivery.file_key_example}`.\n\n"
        f"| column | holds | may be empty |\n| --- | --- | --- |\n{columns}\n{rules and rules + chr(10)}"
    )


def _may_be_empty(column: Column) -> str:
    if column.optional:
        return "yes, and the column may be missing"
    return "" if column.required else "yes"
