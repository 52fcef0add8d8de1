"""Documents of the project as pages: long lists under headings, narrow tables as cards, nothing for maintainers."""

import re

from figures.documents import OTHERS, as_page
from flows.base.settings import PROJECT
from pages.render import markdown

HEAD = "# Assumptions\n\nWords.\n\n| no | subject | assumption | weight |\n| --- | --- | --- | --- |\n"


def test_numbered_rows_stand_under_the_heading_of_their_subject_in_the_order_of_subjects() -> None:
    text = HEAD + "| 1 | teams | One. | low |\n| 2 | IPPF | Two. | low |\n| 3 | cases | Tri (decision 0003). | high |\n"
    found = as_page(text)
    assert re.findall("^## (.+)$", found, re.M) == ["Inspections, cases and scores", "Performance"]
    assert re.findall(r"^\| (\d) .+ (\w+)\. \|", found, re.M) == [("3", "Tri"), ("1", "One"), ("2", "Two")]
    assert "decision" not in found


def test_a_subject_without_a_heading_stands_under_the_last() -> None:
    assert f"## {OTHERS}\n" in as_page(HEAD + "| 1 | weather | One. | low |\n")


def test_no_assumption_is_lost_on_its_page() -> None:
    text = (PROJECT / "docs" / "reference" / "assumptions.md").read_text(encoding="utf-8")
    numbers = re.findall(r"^\| (\d+) \|", text, re.M)
    assert sorted(re.findall(r"^\| (\d+) \|", as_page(text), re.M)) == sorted(numbers)


def test_a_page_has_its_own_contents_and_not_those_of_the_file() -> None:
    text = "# T\n\nWords. `make docs` writes this page from them.\n\nContents: [A](#a) ·\n[B](#b)\n\n## A\n\nMore.\n"
    assert as_page(text).split() == ["Words.", "##", "A", "More."]


def test_a_table_of_up_to_six_columns_is_cards_on_a_telephone_with_headings_that_have_a_capital() -> None:
    narrow = markdown("| term | `code` |\n| --- | --- |\n| a | b |\n")
    assert 'class="casebook-cards govuk-table"' in narrow
    assert "--c1:&quot;Term&quot;" in narrow
    assert ">Term</th>" in narrow
    heads = " | ".join("abcdefg")
    assert "casebook-cards" not in markdown(f"| {heads} |\n| {' | '.join(['---'] * 7)} |\n| {heads} |\n")
