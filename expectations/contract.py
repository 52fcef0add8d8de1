"""The words in which a delivery is described.

A `Delivery` says once what a file of its kind must hold. From it come the reader's column list, the Great
Expectations suite (`expectations.suite`), the layout of the raw table and the drift test against the dbt sources.
"""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "integer", "number", "date", "date_dmy", "period", "year", "figure"]
Severity = Literal["critical", "warning", "info"]
"""critical: the row is held. warning: it is loaded and its file flagged. info: it is loaded and counted."""

EARLIEST_YEAR, LATEST_YEAR = 1970, 2035
"""Dates outside these years are taken for typing errors; the working-day calendar covers exactly these years."""

LONGEST_TEXT = 1_000
"""Characters a cell may have: the longest legitimate text (a reason, a theme) is a sentence or two."""


@dataclass(frozen=True)
class Column:
    """One column of a delivery.

    type: text; integer; number (decimal point, no thousands separator); date (yyyy-mm-dd); date_dmy (dd/mm/yyyy);
    period (MMYY, a month); year (a performance year such as 2004/05); figure (a number, perhaps with a per cent sign).
    required: a row without a value is held. optional: the file may lack the column altogether.
    codes: the values allowed; many: several codes in one cell, `;` between them.
    minimum, maximum: the range of a number; a maximum needs a minimum.
    identifier: names a person's case; becomes the keyed hash `case_key` when loaded.
    free_text: a sender can write what they like in it, so it is searched for identifiers of cases.
    header: what the file calls it, where that differs from `name` (a word that SQL reserves).
    """

    name: str
    type: ColumnType = "text"
    required: bool = True
    optional: bool = False
    codes: tuple[str, ...] = ()
    many: bool = False
    minimum: float | None = None
    maximum: float | None = None
    identifier: bool = False
    free_text: bool = False
    header: str = ""

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
    case_scope: the column within which a case identifier names one case (an inspection, an area).
    """

    kind: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    file_key: str = ""
    file_key_pattern: str = r".+"
    file_key_example: str = ""
    case_scope: str = ""
    rules: tuple[Rule, ...] = ()

    @property
    def scope(self) -> str:
        """The column that says whose a row is: an inspection, else an area; empty where a kind has neither."""
        names = {column.name for column in self.columns}
        return next((name for name in ("inspection_id", "area_code") if name in names), "")

    @property
    def free_texts(self) -> tuple[Column, ...]:
        """The columns that are searched for identifiers of cases."""
        return tuple(column for column in self.columns if column.free_text)

    @property
    def identifier(self) -> Column | None:
        """The column that names a person's case, if the delivery has one."""
        return next((column for column in self.columns if column.identifier), None)
