"""A delivery's contract as a Great Expectations suite.

Every expectation is a query for the rows that break one rule, so its result names the rule, its weight and how many
rows fail, and the same query says which. `meta` carries what becomes of those rows:
held (critical), duplicate (an exact repeat: counted once), flagged (a warning: loaded, and a person should look),
counted (information: loaded, and counted so that a sender's share can be compared with its past).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import great_expectations as gx

from expectations.canonical import FORMS, Form
from expectations.contract import LONGEST_TEXT, Bounds, Column, ColumnType, Delivery, Rule, Severity
from expectations.identifiers import plain
from expectations.no_rows import ExpectQueryToFindNoRows
from expectations.reference import sql_list

Outcome = Literal["held", "duplicate", "flagged", "counted"]

OUTCOMES: dict[Severity, Outcome] = {"critical": "held", "warning": "flagged", "info": "counted"}

_SPREADSHEET_ERROR = "#(N/A|GETTING_DATA|[A-Z0-9/]+[!?])"
"""#REF!, #NAME?, #DIV/0! and their like: what a formula shows that has no value."""


@dataclass(frozen=True)
class RowQuery:
    """A rule with the query for the rows (file_id, row_number) that break it; `{batch}` stands for the table."""

    rule: Rule
    query: str
    outcome: Outcome


def delivery_suite(delivery: Delivery, business_date: date) -> gx.ExpectationSuite:
    """The suite for all new rows of one kind together; business_date tells what lies in the future."""
    return gx.ExpectationSuite(
        name=delivery.kind,
        expectations=[_expectation(query) for query in row_queries(delivery, business_date)],
    )


def row_queries(delivery: Delivery, business_date: date) -> list[RowQuery]:
    """Every rule of a delivery, in the order of its columns."""
    rules = [rule for column in delivery.columns for rule in _column_rules(column, business_date)]
    rules += [*_row_rules(delivery), *delivery.rules]
    return [_where(rule) for rule in rules] + _repeats(delivery)


def _expectation(row_query: RowQuery) -> ExpectQueryToFindNoRows:
    rule = row_query.rule
    return ExpectQueryToFindNoRows(
        unexpected_rows_query=row_query.query,
        description=rule.sentence,
        severity=rule.severity,
        meta={"rule": rule.name, "sentence": rule.sentence, "outcome": row_query.outcome},
    )


def _where(rule: Rule) -> RowQuery:
    wrong = rule.wrong.replace("{", "{{").replace("}", "}}")
    query = f"select file_id, row_number from {{batch}} where {wrong}"
    return RowQuery(rule, query, OUTCOMES[rule.severity])


def _column_rules(column: Column, business_date: date) -> list[Rule]:
    name, header = column.name, column.file_header
    rules = []
    if column.required:
        rules.append(Rule(f"{name}_given", f"{header} must not be empty", f"{name} is null"))
    if column.codes:
        rules.append(_codes_rule(column))
    if column.bounds:
        rules += _TYPE_RULES[column.type](column, FORMS[column.type], column.bounds)
    if column.type == "period":
        rules.append(_future_rule(column, business_date))
    return rules


def _plain_rule(column: Column) -> Rule:
    return Rule(
        f"{column.name}_plain",
        f"{column.file_header} reads as a year, a date, a number, words or a code: such references are not looked for "
        "in free text",
        plain(column.name),
        severity="warning",
    )


def _codes_rule(column: Column) -> Rule:
    codes = ", ".join(column.codes)
    if column.many:
        one = "|".join(column.codes)
        wrong = f"not regexp_full_match({column.name}, '({one})(;({one}))*')"
        sentence = f"{column.file_header} must hold only {codes}, with ; between several"
        return Rule(f"{column.name}_code", sentence, wrong)
    wrong = f"{column.name} not in ({sql_list(column.codes)})"
    return Rule(f"{column.name}_code", f"{column.file_header} must be one of {codes}", wrong)


def _number_rules(column: Column, form: Form, bounds: Bounds) -> list[Rule]:
    """A number of any length has a double, so none escapes its bounds."""
    name, header = column.name, column.file_header
    (low, high), one = bounds, f"({form.pattern})"
    spelled, meaning = one, f"{form.meaning} and nothing else"
    value = f"try_cast(rtrim({name}, '%') as double)"
    outside = f"{value} not between {low} and {high}"
    if column.many:
        spelled, meaning = f"{one}(;{one})*", "numbers, with ; between them"
        values = f"try_cast(string_split({name}, ';') as double[])"
        outside = f"list_min({values}) < {low} or list_max({values}) > {high}"
    wrong = f"not regexp_full_match({name}, '{spelled}')"
    if column.words:
        meaning = f"{form.meaning} or one of {', '.join(column.words)}"
        wrong += f" and {name} not in ({sql_list(column.words)})"
    return [
        Rule(f"{name}_{column.type}", f"{header} must be {meaning}", wrong),
        Rule(f"{name}_range", f"{header} must be from {low:,} to {high:,}", outside),
    ]


def _date_rules(column: Column, form: Form, bounds: Bounds) -> list[Rule]:
    parsed = f"try_strptime({column.name}, '{form.parse}')"
    outside = f"{parsed} is null or year({parsed}) not between {bounds[0]} and {bounds[1]}"
    return [_in_years(column, form, bounds, outside)]


def _year_rules(column: Column, form: Form, bounds: Bounds) -> list[Rule]:
    name, year = column.name, f"try_cast(left({column.name}, 4) as integer)"
    outside = f"{year} not between {bounds[0]} and {bounds[1]}"
    uneven = f"contains({name}, '/') and ({year} + 1) % 100 <> try_cast(right({name}, 2) as integer)"
    return [_in_years(column, form, bounds, f"{outside} or {uneven}")]


def _period_rules(column: Column, form: Form, bounds: Bounds) -> list[Rule]:
    """Two digits of a year are of the hundred years from the first on: those after the last are typing errors."""
    first, last = (f"'{year % 100:02}'" for year in bounds)
    return [_in_years(column, form, bounds, f"right({column.name}, 2) > {last} and right({column.name}, 2) < {first}")]


def _in_years(column: Column, form: Form, bounds: Bounds, outside: str) -> Rule:
    return Rule(
        f"{column.name}_{column.type.removesuffix('_dmy')}",
        f"{column.file_header} must be {form.meaning} in the years {bounds[0]} to {bounds[1]}",
        f"{column.name} is not null and (not regexp_full_match({column.name}, '{form.pattern}') or {outside})",
    )


_TYPE_RULES: dict[ColumnType, Callable[[Column, Form, Bounds], list[Rule]]] = {
    "integer": _number_rules,
    "number": _number_rules,
    "figure": _number_rules,
    "date": _date_rules,
    "date_dmy": _date_rules,
    "period": _period_rules,
    "year": _year_rules,
    "span": _year_rules,
}


def _future_rule(column: Column, business_date: date) -> Rule:
    month = f"try_strptime({column.name}, '%m%y')"
    return Rule(
        f"{column.name}_not_future",
        f"{column.file_header} lies in the future of the night's business date",
        f"regexp_full_match({column.name}, '[0-9]{{4}}') and {month} > date '{business_date.isoformat()}'",
        severity="warning",
    )


def _row_rules(delivery: Delivery) -> list[Rule]:
    texts = [column for column in delivery.columns if column.type == "text" and not column.codes]
    formula = " or ".join(f"left({column.name}, 1) in ('=', '+', '-', '@')" for column in texts)
    error = " or ".join(
        f"(starts_with({column.name}, '#') and regexp_full_match({column.name}, '{_SPREADSHEET_ERROR}'))"
        for column in delivery.columns
    )
    longest = ", ".join(f"length({column.name})" for column in delivery.columns)
    rules = [
        Rule("cells_match", "the row must have as many cells as the header", "not cells_match"),
        Rule(
            "cell_length",
            f"a cell must not be longer than {LONGEST_TEXT:,} characters",
            f"greatest({longest}) > {LONGEST_TEXT}",
        ),
        Rule("no_formula", "a text must not begin with =, +, - or @", formula),
        Rule("no_spreadsheet_error", "a cell must not hold an error of the spreadsheet, such as #N/A or #REF!", error),
    ]
    if delivery.identifier:
        rules.append(_plain_rule(delivery.identifier))
    if delivery.file_key:
        own_key = Rule(
            "file_key",
            f"{_columns_of(delivery.file_key, delivery)} must be what the file's name says",
            f"file_key <> {delivery.file_key}",
        )
        rules.append(own_key)
    return rules


def _columns_of(expression: str, delivery: Delivery) -> str:
    return " and ".join(column.file_header for column in delivery.columns if column.name in expression)


def _repeats(delivery: Delivery) -> list[RowQuery]:
    """Rows with a key that came before in their file: exact repeats count once, contradictory ones are all held."""
    key = ", ".join(delivery.key)
    content = ", ".join(column.name for column in delivery.columns)
    columns = _columns_of(" ".join(delivery.key), delivery)
    given = " and ".join(f"{name} is not null" for name in delivery.key)
    contradictory = (
        "with repeated as ("
        f"select file_id, {key} from {{batch}} where {given} group by all having count(*) > 1) "
        f"select file_id, row_number from {{batch}} semi join repeated using (file_id, {key}) "
        f"qualify count(distinct row({content})) over (partition by file_id, {key}) > 1"
    )
    exact = (
        "with repeated as ("
        f"select file_id, {key} from {{batch}} group by all having count(*) > 1) "
        f"select file_id, row_number from {{batch}} semi join repeated using (file_id, {key}) "
        f"qualify row_number() over (partition by file_id, cells_match, {content} order by row_number) > 1"
    )
    contradicted = Rule("key_contradicted", f"{columns} must not come twice in a file with different content", "")
    repeat = Rule("exact_repeat", "an exact repeat of an earlier row counts once", "", "info")
    return [RowQuery(contradicted, contradictory, "held"), RowQuery(repeat, exact, "duplicate")]
