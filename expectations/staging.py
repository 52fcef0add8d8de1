"""The staging models: the raw table of each kind with names, types and codes, as its contract says."""

from collections.abc import Iterator
from functools import cache

from expectations.contract import Column, Delivery
from expectations.deliveries import DELIVERIES
from expectations.reference import doc_blocks
from expectations.sources import WRITTEN, as_delivered

_SQL_TYPES = {"number": "double", "date": "date"}
_FEW = 1_000
"""A whole number below it is a grade, a level or a score and fits into an int; what counts may be longer."""


def model(delivery: Delivery) -> str:
    """The staging model of a kind, as SQL."""
    staged = [entry for column in delivery.columns for entry in _staged(column)]
    listed = ",\n    ".join(name if sql == name else f"{sql} as {name}" for name, sql in staged)
    other_rows = " and {{ names_no_case() }}" if delivery.free_texts else ""
    return (
        f"-- {WRITTEN}\nselect\n    file_id,\n    row_number,\n    {listed}\n"
        f"from {{{{ source('raw', '{delivery.kind}') }}}} as delivered\n"
        f"where {{{{ is_not_set_aside() }}}}{other_rows}\n"
    )


def page(subject: str) -> str:
    """The YAML of the staging models of a subject."""
    entries = (_entry(delivery) for delivery in DELIVERIES.values() if delivery.subject == subject)
    return f"# {WRITTEN}\nversion: 2\n\nmodels:\n" + "\n".join(entries)


def _entry(delivery: Delivery) -> str:
    return (
        f"  - name: stg_{delivery.kind}\n    description: >\n"
        f"      Deliveries of kind {delivery.kind}, typed. Grain: {delivery.grain}, per file; superseded files are\n"
        "      still in here. Primary key: file_id, row_number. Nothing is checked against other deliveries yet.\n"
        f"    columns:\n{columns(delivery, '      ')}"
    )


def columns(delivery: Delivery, indent: str) -> str:
    """What the columns of its staging model mean, as YAML, for it and for models that pass all of them on."""
    means = {name: _block(delivery, name) for name in ("file_id", "row_number")}
    for column in delivery.columns:
        means |= {name: _meaning(delivery, column, name) for name, _ in _staged(column)}
    return "".join(f'{indent}- {{name: {name}, description: "{meaning}"}}\n' for name, meaning in means.items())


def _staged(column: Column) -> Iterator[tuple[str, str]]:
    """Name and SQL of each column that staging makes of a delivered one."""
    name = column.raw_name
    yield name, _typed(column)
    if column.type == "period":
        yield "period_month", f"{{{{ mmyy_to_month('{name}') }}}}"
    if column.as_printed or column.words:
        yield f"printed_{name}", name


def _typed(column: Column) -> str:
    name = column.raw_name
    if column.codes == ("0", "1"):
        return f"{name} = '1'"
    if column.type == "date_dmy":
        return f"{{{{ to_date_dmy('{name}') }}}}"
    value = f"{{{{ printed_number('{name}') }}}}" if column.words else name
    sql_type = _sql_type(column)
    return f"cast({value} as {sql_type})" if sql_type else value


def _sql_type(column: Column) -> str:
    """The type that its text is cast to; empty where it stays as it is."""
    if column.type == "integer" and column.bounds:
        return "int" if column.bounds[1] < _FEW else "bigint"
    return "" if column.many else _SQL_TYPES.get(column.type, "")


def _meaning(delivery: Delivery, column: Column, name: str) -> str:
    if name == f"printed_{column.name}":
        return f"The text of `{column.name}` as it was printed."
    if name == column.raw_name and column.meaning:
        return column.meaning
    return _block(delivery, name) or as_delivered(column)


def _block(delivery: Delivery, name: str) -> str:
    """The doc block named after a column: that of the kind, else of its subject, else of any delivery."""
    prefixes = (delivery.kind, delivery.subject[:4], "load", "insp")
    found = next((f"{prefix}_{name}" for prefix in prefixes if f"{prefix}_{name}" in _blocks()), "")
    return f"{{{{ doc('{found}') }}}}" if found else ""


@cache
def _blocks() -> set[str]:
    return doc_blocks()
