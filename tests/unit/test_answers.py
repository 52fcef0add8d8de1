"""A figure is asked where its tables are not what they were, or where what it says must be written; never otherwise."""

from operator import attrgetter

import duckdb
import pytest

from figures import Page, Rows, answers, kind
from figures.answers import Answers
from figures.define import Figure
from flows.base.render_cache import Answer

PAGE = Page(kind("quality"), {})
FIGURES = PAGE.kind.on_page[:2]
FIRST, SECOND = (figure.name for figure in FIGURES)
MADE_OF = {FIRST: b"tables", SECOND: b"other tables"}


class Publication:
    """What figures say, and which were asked."""

    def __init__(self) -> None:
        self.says = {FIRST: [{"a": 1}], SECOND: [{"b": 2}]}
        self.asked: list[str] = []

    def rows_of(self, _: object, __: Page, figures: list[Figure]) -> list[Rows]:
        """As figures.read has it."""
        self.asked += [figure.name for figure in figures]
        return [Rows(figure, self.says[figure.name]) for figure in figures if self.says[figure.name]]


@pytest.fixture
def publication(monkeypatch: pytest.MonkeyPatch) -> Publication:
    """One whose figures can be changed."""
    publication = Publication()
    monkeypatch.setattr(answers, "rows_of", publication.rows_of)
    return publication


def ask(made_of: dict[str, bytes | None], before: dict[str, Answer]) -> Answers:
    """The answers of a page."""
    return Answers(duckdb.connect(), PAGE, FIGURES, made_of, attrgetter("rows"), before)


@pytest.fixture
def before(publication: Publication) -> dict[str, Answer]:
    """What the figures said on an earlier night."""
    said = ask(MADE_OF, {}).said
    publication.asked.clear()
    return said


def test_where_all_tables_are_what_they_were_nothing_is_asked(
    publication: Publication, before: dict[str, Answer]
) -> None:
    assert ask(MADE_OF, before).said == before
    assert publication.asked == []


def test_only_the_figure_whose_tables_changed_is_asked(publication: Publication, before: dict[str, Answer]) -> None:
    publication.says[SECOND] = [{"b": 3}]
    said = ask({**MADE_OF, SECOND: b"changed"}, before).said
    assert publication.asked == [SECOND]
    assert said[FIRST] == before[FIRST]
    assert said[SECOND].said != before[SECOND].said


def test_one_that_says_the_same_from_changed_tables_says_the_same(
    publication: Publication, before: dict[str, Answer]
) -> None:
    said = ask({**MADE_OF, SECOND: b"changed"}, before).said
    assert (said[SECOND].said, said[SECOND].basis) == (before[SECOND].said, b"changed")


def test_one_whose_tables_nobody_knows_is_always_asked(publication: Publication, before: dict[str, Answer]) -> None:
    unknown: dict[str, bytes | None] = {**MADE_OF, FIRST: None}
    said = ask(unknown, {**before, FIRST: Answer(None, before[FIRST].said)}).said
    assert publication.asked == [FIRST]
    assert said[FIRST] == Answer(None, before[FIRST].said)


def test_rows_come_in_order_and_each_figure_is_asked_once(publication: Publication, before: dict[str, Answer]) -> None:
    page = ask({**MADE_OF, SECOND: b"changed"}, before)
    assert page.said
    assert [rows.figure.name for rows in page.rows()] == [FIRST, SECOND]
    assert publication.asked == [SECOND, FIRST]


def test_a_figure_that_says_nothing_any_more_is_told_from_one_that_does(
    publication: Publication, before: dict[str, Answer]
) -> None:
    publication.says[FIRST] = []
    page = ask({**MADE_OF, FIRST: b"changed"}, before)
    assert page.said[FIRST].said != before[FIRST].said
    assert [rows.figure.name for rows in page.rows()] == [SECOND]
