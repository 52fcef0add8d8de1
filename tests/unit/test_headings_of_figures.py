"""The heading of a figure that its section has said already is for those who hear the page alone."""

import pytest

from figures import Column, Figure, Section
from pages.render import _is_said

COLUMNS = (Column(name="a", label="A", head=True),)


def figure(title: str, *, search_only: bool = False) -> Figure:
    return Figure(name=title.lower(), title=title, columns=COLUMNS, search_only=search_only)


@pytest.mark.parametrize(
    ("section", "title", "said"),
    [
        ("Areas", "Area", True),
        ("Criteria", "Criterion", True),
        ("Areas", "All areas against target", False),
        ("Questions", "Questions of all criteria", False),
    ],
)
def test_a_heading_says_what_its_only_figure_is_called_but_for_an_ending(section: str, title: str, said: bool) -> None:
    only = figure(title)
    found = figure("Found", search_only=True)
    assert _is_said(Section(title=section, figures=(only, found)), only) == said
    assert not _is_said(Section(title=section, figures=(only, figure("Other"))), only)
