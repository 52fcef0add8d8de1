"""What a workbook holds: the figures of a page, a sheet each, with the notes that they need."""

from dataclasses import dataclass, replace
from itertools import chain

from downloads.cells import Cell, Heading, fields_of, shorthand_in
from figures import Figure, Page, Rows, Section
from figures.show import MEANINGS, cell
from figures.words import plain, words_in
from flows.base.render_cache import RUN_ID

NOTES, KEY = "Notes", "Key"

NO_TABLE = "This workbook has no tables yet: nothing has been delivered that they could show."


@dataclass(frozen=True)
class Sheet:
    """A table and what stands above it.

    table_name: unlike that of every other table of its workbook. instructions: how the sheet is to be read. source: the
    publication and the query behind the table.
    """

    name: str
    title: str
    table_name: str
    headings: list[Heading]
    rows: list[list[Cell]]
    instructions: str = "This worksheet contains one table."
    source: str | None = None

    @property
    def legend(self) -> list[str]:
        """What the shorthand in it means."""
        return [f"{sign} {MEANINGS[sign]}." for sign in shorthand_in(self.rows)]


@dataclass(frozen=True)
class Book:
    """A workbook. facts: what it is about, a line each. sheets: contents and notes first; none without any table.
    shorthand: that its cover explains.

    Where it says of which publication it is stand marks (flows.base.render_cache).
    """

    title: str
    facts: list[str]
    sheets: list[Sheet]
    shorthand: tuple[str, ...] = tuple(MEANINGS)


def book_of(page: Page, found: list[Rows], notice: str = "") -> Book:
    """The workbook of a page. found: what its figures say (figures.rows_of).

    notice: what stands on its cover and above each table where deliveries are invented.
    """
    with_rows = {each.figure.name: each for each in found if each.rows}
    notes = _Notes()
    sheets = [
        _sheet(page, with_rows[figure.name], notes.numbers(section.text, figure.text))
        for section, figure in chain.from_iterable(map(_in_workbook, page.kind.sections))
        if figure.name in with_rows
    ]
    edition = page.kind.edition
    facts = [
        f"{edition.name} edition. {edition.banner}",
        *([notice] if notice else []),
        *_facts(page, found),
        f"{edition.unit.capitalize()} ({edition.cited}): {RUN_ID}",
    ]
    if not sheets:
        return Book(page.title, [*facts, NO_TABLE], [], edition.shorthand)
    if words := words_in(each for each in found if each.figure.sheet):
        sheets = [_key(words), *sheets]
    if notes.texts:
        sheets = [_notes(notes.texts), *sheets]
    left_out = [f.sheet for f in page.kind.in_workbook if f.sheet and f.name not in with_rows]
    sheets = [_contents(sheets, left_out), *sheets]
    told = [replace(each, instructions=f"{each.instructions} {notice}".strip()) for each in sheets]
    return Book(page.title, facts, told, edition.shorthand)


class _Notes:
    """Texts that explain sheets, each once, numbered in the order in which sheets need them."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def numbers(self, *texts: str) -> list[int]:
        """Numbers of the notes with these texts (Markdown); an empty text needs none."""
        plain_texts = [plain(text) for text in texts if text]
        self.texts += [text for text in dict.fromkeys(plain_texts) if text not in self.texts]
        return [self.texts.index(text) + 1 for text in plain_texts]


def _in_workbook(section: Section) -> list[tuple[Section, Figure]]:
    return [(section, figure) for figure in section.figures if figure.sheet]


def _sheet(page: Page, rows: Rows, notes: list[int]) -> Sheet:
    figure = rows.figure
    fields = fields_of(figure)
    return Sheet(
        name=str(figure.sheet),
        title=" ".join([figure.title, *(f"[note {number}]" for number in notes)]),
        table_name=figure.name,
        headings=[field.heading for field in fields],
        rows=[[field.cell(row) for field in fields] for row in rows.rows],
        instructions=f"{Sheet.instructions} Notes are on the worksheet {NOTES}." if notes else Sheet.instructions,
        source=f"Source: {page.kind.edition.unit} {RUN_ID}; query: site/{page.kind.query_path(figure)}",
    )


def _contents(sheets: list[Sheet], left_out: list[str]) -> Sheet:
    absent = f" Not in this workbook, because there is nothing to show: {', '.join(left_out)}." if left_out else ""
    return Sheet(
        name="Contents",
        title="Table of contents",
        table_name="table_of_contents",
        headings=[Heading("Worksheet", head=True), Heading("Table")],
        rows=[[Cell(sheet.name, sheet=sheet.name), Cell(sheet.title.partition(" [note")[0])] for sheet in sheets],
        instructions=f"{Sheet.instructions}{absent}",
    )


def _notes(texts: list[str]) -> Sheet:
    return Sheet(
        name=NOTES,
        title="Notes",
        table_name="notes",
        headings=[Heading("Note", head=True), Heading("Text")],
        rows=[[Cell(f"[note {number}]"), Cell(text)] for number, text in enumerate(texts, 1)],
    )


def _key(words: list[tuple[str, str]]) -> Sheet:
    return Sheet(
        name=KEY,
        title="Key to words of a status",
        table_name="key_to_words",
        headings=[Heading("Word", head=True), Heading("Meaning")],
        rows=[[Cell(word), Cell(meaning)] for word, meaning in words],
    )


def _facts(page: Page, found: list[Rows]) -> list[str]:
    facts = [each for each in found if each.figure.facts]
    told = [(column.label, cell(column, row)) for each in facts for row in each.rows for column in each.figure.columns]
    texts = {text for _, text in told}
    keys = [(key.replace("_", " ").capitalize(), value) for key, value in page.keys.items() if value not in texts]
    return [f"{label}: {text}" for label, text in [*keys, *told]]
