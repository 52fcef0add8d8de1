"""Editions: a figure is defined once, is public only where it says so, and reads the schema of its edition."""

import re

import pytest

from figures import Figure, Kind, kinds
from figures.dictionary import tables_in
from figures.edition import PUBLIC, STAFF, told_in
from figures.show import MEANINGS, SHORTHAND, cell

PUBLIC_FIGURES = [(kind, figure) for kind in kinds(PUBLIC) for figure in kind.figures]
EACH_PUBLIC = pytest.mark.parametrize(
    ("kind", "figure"), PUBLIC_FIGURES, ids=[f"{kind.name}-{figure.name}" for kind, figure in PUBLIC_FIGURES]
)

NEVER_PUBLIC = re.compile(
    r"(_team_|assessor|survey|equality_score|subsample|caseload\b|fct_reconviction|fct_oasys_change|load_file|quarantine"
    r"|theme_member|fct_pooled_score|inspection_change|follow_up)"
)
"""What the public edition does not have, by the names of tables."""


def test_a_line_of_a_query_is_in_the_edition_that_it_names() -> None:
    text = "select\n    a, -- staff\n    b, -- public\n    c -- a comment\nfrom marts.t\ninner join ops.u -- staff"
    assert STAFF.query(text) == "select\n    a,\n    c -- a comment\nfrom marts.t\ninner join ops.u"
    assert PUBLIC.query(text) == "select\n    b,\n    c -- a comment\nfrom public.t"


def test_a_figure_is_public_only_where_it_says_so_and_its_columns_where_they_do_not_say_otherwise() -> None:
    told = {
        "sections": [
            {
                "title": {"staff": "Ours", "public": "Theirs"},
                "figures": [
                    {"name": "inside"},
                    {"name": "both", "editions": ["staff", "public"], "columns": [{"name": "a"}, {"name": "b"}]},
                    {"name": "outside", "editions": ["public"], "columns": [{"name": "c", "editions": ["staff"]}]},
                ],
            }
        ]
    }
    (staff,), (public,) = told_in(told, STAFF)["sections"], told_in(told, PUBLIC)["sections"]
    assert (staff["title"], [each["name"] for each in staff["figures"]]) == ("Ours", ["inside", "both"])
    assert (public["title"], [each["name"] for each in public["figures"]]) == ("Theirs", ["both", "outside"])
    assert [len(each["columns"]) for each in public["figures"]] == [2, 0]


@pytest.mark.parametrize("editions", [["everyone"], []])
def test_an_edition_that_there_is_not_is_refused(editions: list[str]) -> None:
    with pytest.raises(ValueError, match="are not of staff, public"):
        told_in([{"name": "figure", "editions": editions}], STAFF)


@EACH_PUBLIC
def test_a_public_figure_reads_the_public_schema_alone(kind: Kind, figure: Figure) -> None:
    query = kind.query(figure.name)
    assert {table.partition(".")[0] for table in tables_in(query)} <= {"public"}
    assert not re.search(r"\b(marts|ops)\.|-- (staff|public)$", query, re.M)
    assert not [table for table in tables_in(query) if NEVER_PUBLIC.search(table)]


def test_a_public_figure_that_reads_what_is_never_public_is_found() -> None:
    assert NEVER_PUBLIC.search("public.fct_team_score")
    assert not NEVER_PUBLIC.search("public.fct_performance_equality")


@pytest.mark.parametrize("kind", kinds(PUBLIC), ids=lambda kind: kind.name)
def test_no_text_of_a_public_page_leads_to_one_that_is_not_public(kind: Kind) -> None:
    staff_only = {each.path for each in kinds(STAFF)} - {each.path for each in kinds(PUBLIC)}
    texts = [kind.text, *(text for each in kind.sections for text in (each.text, *(f.text for f in each.figures)))]
    links = re.findall(r"\]\(([^)]+)\)", " ".join(texts))
    assert not set(links) & staff_only


@pytest.mark.parametrize("edition", [STAFF, PUBLIC], ids=lambda edition: edition.key)
def test_the_shorthand_of_an_edition_has_a_meaning(edition: object) -> None:
    assert set(edition.shorthand) <= MEANINGS.keys()  # type: ignore[attr-defined]
    assert set(SHORTHAND.values()) <= {*STAFF.shorthand, *PUBLIC.shorthand}


@pytest.mark.parametrize(
    ("row", "written"),
    [
        ({"score": 0.93, "status": "shown", "is_revised": False}, "93%"),
        ({"score": 0.93, "status": "shown", "is_revised": True}, "93% [r]"),
        ({"score": 0.93, "status": "rough", "is_revised": False}, "93% rough"),
        ({"score": 0.93, "status": "rough", "is_revised": True}, "93% rough [r]"),
        ({"score": None, "status": "few_people"}, "[c]"),
        ({"score": None, "status": "low"}, "[low]"),
        ({"score": None, "status": "high"}, "[high]"),
    ],
)
def test_figures_that_are_rough_revised_or_not_shown_say_so(row: dict[str, object], written: str) -> None:
    from figures import Column

    assert cell(Column(name="score", label="Score", show="percent", status="status"), row) == written
