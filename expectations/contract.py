"""The words in which a delivery is described.

A `Delivery` says once what a file of its kind must hold. From it come the reader's column list, the Great
Expectations suite (`expectations.suite`) and the layout of the raw table, and by `make contracts` the data dictionary,
the dbt sources, the seed of kinds, the staging models and the columns that models list (`expectations.contracts`).
"""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "integer", "number", "figure", "date", "date_dmy", "period", "year", "span"]
Cadence = Literal["monthly", "yearly", "as_needed"]
"""monthly: a file for each sender and month, which is awaited; its key is the sender and the month (BED_0404).
yearly: a file for each performance year, which is its key (2004-05). as_needed: a file when there is something new."""

Severity = Literal["critical", "warning", "info"]
"""critical: the row is held. warning: it is loaded and its file flagged. info: it is loaded and counted."""

Bounds = tuple[int, int]
"""The least and the greatest value of a number; the first and the last year of a date, month or year."""

EARLIEST_YEAR, LATEST_YEAR = 1970, 2035
"""The working-day calendar covers exactly these years."""

CALENDAR: Bounds = (EARLIEST_YEAR, LATEST_YEAR)
OF_PEOPLE: Bounds = (1900, LATEST_YEAR)
"""Of what befalls a person: an order of today can go back further than the calendar."""

OF_PERIODS: Bounds = (1990, LATEST_YEAR)
COUNT: Bounds = (0, 1_000_000)
"""Of people, acts or days."""

NUMBERED: Bounds = (1, 1_000_000)
AMOUNT: Bounds = (0, 100_000_000)
"""Of people who live somewhere, hours worked and the like."""

PER_CENT: Bounds = (0, 100)

LONGEST_TEXT = 1_000
"""Characters a cell may have: the longest legitimate text (a reason, a theme) is a sentence or two."""


@dataclass(frozen=True)
class Column:
    """One column of a delivery.

    type: how its values are spelled, see `expectations.canonical.FORMS`.
    bounds: what no real value passes; every column has them whose type is not text.
    required: a row without a value is held. optional: the file may lack the column altogether.
    words: what may stand where a number does, kept as words: no figure is known, and print says why.
    codes: the values allowed; many: several values in one cell, `;` between them.
    identifier: names a person's case; becomes the keyed hash `case_key` when loaded.
    free_text: a sender can write what they like in it, so it is searched for identifiers of cases.
    header: what the file calls it, where that differs from `name` (a word that SQL reserves).
    as_printed: models have the text of the cell too, beside its number; so with words.
    meaning: what it means, for readers of models. Empty: a doc block of models/ that is named after it says so.
    """

    name: str
    type: ColumnType = "text"
    bounds: Bounds | None = None
    required: bool = True
    optional: bool = False
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    many: bool = False
    identifier: bool = False
    free_text: bool = False
    header: str = ""
    as_printed: bool = False
    meaning: str = ""

    def __post_init__(self) -> None:
        """Errors: ValueError for a number or date without bounds, or a text with them."""
        if (self.bounds is None) is not (self.type == "text"):
            raise ValueError(
                f"column {self.name} of type {self.type} must {'' if self.bounds is None else 'not '}have bounds"
            )

    @property
    def file_header(self) -> str:
        """The column's name as the file must spell it, in lower case."""
        return self.header or self.name

    @property
    def raw_name(self) -> str:
        """The column's name in the raw table: identifiers never arrive there."""
        return "case_key" if self.identifier else self.name


@dataclass(frozen=True)
class Rule:
    """A rule that a column list cannot say.

    wrong: SQL over the batch's text columns, true where a row breaks the rule (NULL counts as unbroken).
    sentence: what the sender must mend; never quotes a cell, because cells may hold identifiers.
    """

    name: str
    sentence: str
    wrong: str
    severity: Severity = "critical"


@dataclass(frozen=True)
class Delivery:
    """A kind of delivery: one row a `grain`, unique by `key`, in files named `<kind>_<file key>`.

    file_key: SQL that spells a row's own file key from its columns; empty where the key is free.
    cadence: how often a file is due. sender_in_key: the file key begins with the code of its sender.
    counts_in_figures: the figures of areas are computed from it, so its revisions are recorded beside theirs.
    case_scope: the column within which a case identifier names one case (an inspection, an area).
    case_source: the register of cases that the identifiers are from. It goes into their hashes: kinds that share it
    name the same cases, and to change it makes strangers of all cases already published.
    """

    kind: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    file_key: str = ""
    file_key_pattern: str = r".+"
    file_key_example: str = ""
    cadence: Cadence = "as_needed"
    sender_in_key: bool = False
    counts_in_figures: bool = False
    case_scope: str = ""
    case_source: str = ""
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        """Errors: ValueError for identifiers without scope and source, and for a month without its sender."""
        if self.identifier and not (self.case_scope and self.case_source):
            raise ValueError(f"delivery {self.kind} names cases: it must have a case_scope and a case_source")
        if self.cadence == "monthly" and not self.sender_in_key:
            raise ValueError(f"delivery {self.kind} is monthly: its key must begin with its sender (sender_in_key)")

    @property
    def subject(self) -> Literal["inspection", "performance"]:
        """What its rows are about, and the folder of its models."""
        return "inspection" if self.scope in ("inspection_id", "theme_code") else "performance"

    @property
    def scope(self) -> str:
        """The column that says whose a row is: a theme, else an inspection, else an area; empty where it has none."""
        names = {column.name for column in self.columns}
        return next((name for name in ("theme_code", "inspection_id", "area_code") if name in names), "")

    @property
    def free_texts(self) -> tuple[Column, ...]:
        """The columns that are searched for identifiers of cases."""
        return tuple(column for column in self.columns if column.free_text)

    @property
    def identifier(self) -> Column | None:
        """The column that names a person's case, if the delivery has one."""
        return next((column for column in self.columns if column.identifier), None)
