"""What the contents of a page lead to: its sections and headings, or its figures; not what is left out."""

import pytest

from figures import Column, Figure, Kind, Page, Section
from pages.contents import parts_of

COLUMNS = (Column(name="a", label="A", head=True),)
ONE, OTHER = (Figure(name=name, title=name.title(), columns=COLUMNS) for name in ("one", "other"))
LISTED = Figure(name="listed", title="Listed", columns=COLUMNS, group="a")


def page(*sections: Section) -> Page:
    return Page(Kind(name="k", path="k.html", title="K", sections=sections), {})


@pytest.mark.parametrize(
    ("sections", "figures", "parts"),
    [
        (
            [Section(title="First part", figures=(ONE,)), Section(title="Second", figures=(OTHER,))],
            ["one", "other"],
            [("First part", "first-part"), ("Second", "second")],
        ),
        ([Section(title="First", figures=(ONE,)), Section(title="Second", figures=(OTHER,))], ["one"], 1),
        (
            [Section(title="", figures=(ONE, OTHER))],
            ["one", "other"],
            [("One", "figure-one"), ("Other", "figure-other")],
        ),
        ([Section(title="", figures=(ONE, LISTED))], ["one", "listed"], 0),
    ],
)
def test_contents_are_sections_or_else_figures_that_are_there(
    sections: list[Section], figures: list[str], parts: list[tuple[str, str]] | int
) -> None:
    found = parts_of(page(*sections), figures)
    assert parts in (found, len(found))
