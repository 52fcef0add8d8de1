"""What follows from the contracts in the dbt project: raw sources, the seed of kinds and the macro of their columns."""

import csv
import io
from collections.abc import Iterable

from expectations.contract import EARLIEST_YEAR, LATEST_YEAR, Column, Delivery
from expectations.deliveries import DELIVERIES
from expectations.dictionary import holds
from expectations.reference import case_measures

WRITTEN = "Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file."

_HEAD = f"""\
# {WRITTEN}
version: 2

sources:
  - name: raw
    schema: raw
    description: Loaded rows of every delivery, as text and pseudonymised. Checked before they came here.
    tables:
"""
_FROM_THE_FILE = tuple((name, f"{{{{ doc('{name}') }}}}") for name in ("file_id", "row_number"))


def raw_sources() -> str:
    """The dbt sources of schema `raw`, as YAML: a table for each kind, with its columns."""
    return _HEAD + "".join(map(_table, DELIVERIES.values()))


def delivery_kinds() -> str:
    """The seed `delivery_kinds`, as CSV: what models must know of a kind."""
    seed = io.StringIO()
    rows = csv.writer(seed, lineterminator="\n")
    rows.writerow(("kind", "subject", "cadence", "sender_in_key", "counts_in_figures"))
    for delivery in DELIVERIES.values():
        flags = (int(delivery.sender_in_key), int(delivery.counts_in_figures))
        rows.writerow((delivery.kind, delivery.subject, delivery.cadence, *flags))
    return seed.getvalue()


def macros() -> str:
    """The macros of what models must know when compiled: kinds of delivery, case measures, years of the calendar."""
    return (
        f"{{# {WRITTEN} #}}\n\n"
        "{# Each kind of delivery: its subject, and its columns as its raw table names them. #}\n"
        + _list_macro("deliveries", map(_kind_entry, DELIVERIES.values()))
        + "\n{# Each measure counted case by case: its terms of a case, and whether it counts cases. #}\n"
        + _list_macro("case_measures", map(_measure_entry, case_measures()))
        + "\n{# The first and the last year of the working-day calendar. #}\n"
        f"{{% macro calendar_years() %}}\n    {{{{ return([{EARLIEST_YEAR}, {LATEST_YEAR}]) }}}}\n{{% endmacro %}}\n"
    )


def _list_macro(name: str, entries: Iterable[str]) -> str:
    return f"{{% macro {name}() %}}\n    {{{{ return([\n{''.join(entries)}    ]) }}}}\n{{% endmacro %}}\n"


def _table(delivery: Delivery) -> str:
    columns = [*_FROM_THE_FILE, *((column.raw_name, as_delivered(column)) for column in delivery.columns)]
    listed = "".join(f'          - {{name: {name}, description: "{holds}"}}\n' for name, holds in columns)
    return (
        f"      - name: {delivery.kind}\n"
        f'        description: "Grain: {delivery.grain}, per file (superseded files stay). '
        'Unique by file_id and row_number."\n'
        f"        columns:\n{listed}"
    )


def as_delivered(column: Column) -> str:
    """What a column of a raw table holds, for readers of models."""
    if column.identifier:
        return "{{ doc('load_case_key') }}"
    return f"As delivered: {holds(column)}{'' if column.required else ' (may be NULL)'}."


def _kind_entry(delivery: Delivery) -> str:
    columns = ", ".join(f"'{column.raw_name}'" for column in delivery.columns)
    return f"        {{'kind': '{delivery.kind}', 'subject': '{delivery.subject}', 'columns': [{columns}]}},\n"


def _measure_entry(measure: dict[str, str]) -> str:
    code, counts_cases = measure["measure_code"], measure["denominator_counts_people"] == "1"
    return (
        f"        {{'measure_code': '{code}', 'code': '{code.lower()}', 'counts_cases': {str(counts_cases).lower()}, "
        f"'numerator': '{measure['case_numerator']}', 'denominator': '{measure['case_denominator']}'}},\n"
    )
