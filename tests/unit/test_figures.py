"""Figures as they are declared: complete, safe to link to, and never a league table of inspection scores."""

import re

import pytest

from figures import Chart, Column, Figure, Kind, kinds
from figures.edition import EDITIONS
from figures.show import NUMERIC
from pages.charts import CHARTS
from pages.row_charts import ROW_CHARTS

KINDS = [kind for edition in EDITIONS.values() for kind in kinds(edition)]
FIGURES = [(kind, figure) for kind in KINDS for figure in kind.figures]
EACH_FIGURE = pytest.mark.parametrize(
    ("kind", "figure"), FIGURES, ids=[f"{kind.edition.key}-{kind.name}-{figure.name}" for kind, figure in FIGURES]
)
EACH_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.edition.key}-{kind.name}")

INSPECTION_SCORES = re.compile(
    r"(?:marts|public)\.fct_(criterion_score|section_score|overall_score|thread_score|theme_score|question_score|equality_score"
    r"|area_comparison|management_rating|subsample_comparison|follow_up_change|inspection_change)\b"
)
SCORE = re.compile(r"(\w+_)?(score|score_pct|proportion|rating|change|difference|place|rank)$")


def is_league_table(figure: Figure, query: str) -> list[str]:
    """Why a figure would be a bare league table of inspection scores; nothing where it is none.

    It sets inspections side by side if its query reads scores of inspections and holds to neither one inspection nor
    one area. Then it must have intervals or limits, stand in no order but that of names, codes and dates, and give no
    place in an order.
    """
    read = query.lower()
    held = re.search(r"(inspection_id|area_code) = getvariable|\blimit 1\b", read)
    drawn = figure.chart.fields.values() if figure.chart else ()
    names = [*(column.name for column in figure.columns), *drawn]
    named = any(re.search(r"(area|inspection)_(name|title|code|id)$", name) for name in names)
    if not INSPECTION_SCORES.search(read) or held or not named or _is_caterpillar(figure):
        return []
    shown = [column for column in figure.columns if SCORE.fullmatch(column.name)]
    order = read.rpartition("order by")[2]
    why = [f"ordered by {word}" for word in re.findall(r"\w+", order) if SCORE.fullmatch(word) or word == "desc"]
    why += ["its query ranks"] if re.search(r"\b(rank|dense_rank|row_number|ntile)\(\) over", read) else []
    why += [f"a place: {column.name}" for column in figure.columns if re.search(r"(^|_)rank$", column.name)]
    if any(column.show in NUMERIC for column in shown) and not any(column.to for column in figure.columns):
        why.append("scores without an interval or limits")
    return why


def _is_caterpillar(figure: Figure) -> bool:
    """Scores in their order are no league table where the picture shows how far their intervals overlap."""
    return bool(figure.chart and figure.chart.kind == "caterpillar" and {"low", "high"} <= figure.chart.fields.keys())


@EACH_FIGURE
def test_no_figure_is_a_bare_league_table_of_inspection_scores(kind: Kind, figure: Figure) -> None:
    assert is_league_table(figure, kind.query(figure.name)) == []


NAME = Column(name="area_name", label="Area")
BARE = Column(name="score", label="Score", show="percent")
LIMITS = Column(name="limit_95_low", label="Limits", show="percent", to="limit_95_high")
READ = "select * from marts.fct_area_comparison where code = getvariable('code') order by "


@pytest.mark.parametrize(
    ("columns", "query", "why"),
    [
        ((NAME, BARE), READ + "area_name", ["scores without an interval or limits"]),
        ((NAME, BARE, LIMITS), READ + "score, area_name", ["ordered by score"]),
        ((NAME, BARE, LIMITS), READ + "area_name desc", ["ordered by desc"]),
        ((NAME, LIMITS), READ.replace("*", "rank() over (order by score) as n") + "area_name", ["its query ranks"]),
        ((NAME, BARE, LIMITS), READ + "area_name", []),
        ((NAME, BARE), READ.replace("code =", "inspection_id =") + "score", []),
        ((NAME,), "select area_name from marts.dim_area order by area_name", []),
    ],
)
def test_a_league_table_is_known_for_one(columns: tuple[Column, ...], query: str, why: list[str]) -> None:
    assert is_league_table(Figure(name="f", title="F", columns=columns), query) == why


@EACH_FIGURE
def test_pages_that_set_inspections_side_by_side_warn_of_ranking(kind: Kind, figure: Figure) -> None:
    query = kind.query(figure.name)
    side_by_side = INSPECTION_SCORES.search(query) and any(column.name == "area_name" for column in figure.columns)
    if not side_by_side or re.search(r"(inspection_id|area_code) = getvariable", query):
        return
    told = " ".join([kind.text, figure.text, *(section.text for section in kind.sections)])
    assert re.search(r"\brank", told)


@EACH_KIND
def test_a_kind_has_the_queries_that_it_names_and_no_other(kind: Kind) -> None:
    pages = {"pages"} if kind.keys else set()
    named = {figure.name for each in KINDS if each.name == kind.name for figure in each.figures} | pages
    assert {path.stem for path in kind.folder.glob("*.sql")} == named
    assert len({figure.name for figure in kind.figures}) == len(kind.figures)


@EACH_KIND
def test_a_kind_hangs_below_another(kind: Kind) -> None:
    by_name = {each.name: each for each in kinds(kind.edition)}
    steps = [kind]
    while steps[-1].parent:
        steps.append(by_name[steps[-1].parent])
        assert len(steps) < 5
    assert steps[-1].name == "home"


@EACH_FIGURE
def test_a_cell_leads_to_a_kind_of_page_that_there_is(kind: Kind, figure: Figure) -> None:
    shapes = {re.sub(r"{\w+}", "*", each.path) for each in kinds(kind.edition)}
    links = {re.sub(r"{\w+}", "*", column.link.partition("#")[0]) for column in figure.columns if column.link}
    assert links <= shapes


@EACH_FIGURE
def test_a_table_names_its_rows_and_a_picture_says_what_it_shows(kind: Kind, figure: Figure) -> None:
    if figure.columns and not figure.facts:
        assert sum(column.head for column in figure.columns) == 1
    if isinstance(figure.chart, Chart):
        assert figure.chart.kind in {*CHARTS, *ROW_CHARTS}
        assert "table" in figure.chart.description
    else:
        assert figure.columns
    if figure.sheet:
        assert len(figure.sheet) <= 31


@EACH_KIND
def test_headings_and_sheets_of_a_page_are_unlike_each_other(kind: Kind) -> None:
    for names in (
        [section.title.lower() for section in kind.sections],
        [figure.title.lower() for figure in kind.figures],
        [figure.sheet for figure in kind.figures if figure.sheet],
    ):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(("kind", "why"), [("caterpillar", []), ("intervals", ["ordered by score"])])
def test_scores_stand_in_their_order_in_a_caterpillar_plot_alone(kind: str, why: list[str]) -> None:
    fields = {"label": "area_name", "value": "score", "low": "ci_low", "high": "ci_high"}
    chart = Chart(kind=kind, fields=fields, description="Its numbers are in the table.")
    assert is_league_table(Figure(name="f", title="F", columns=(), chart=chart), READ + "score, area_name") == why
