"""The page of lineage says of what each table is made, down to deliveries, and what reads it."""

from typing import Any

from flows.tools import lineage
from flows.tools.lineage import Line

EXPOSURES = ("exposure.pages_area", "exposure.workbooks_area", "exposure.release_pages_area")
MANIFEST: dict[str, Any] = {
    "nodes": {name: {"schema": "marts", "alias": name.split(".")[1]} for name in ("model.dim_area", "model.fct_score")},
    "sources": {
        "source.judgement": {"source_name": "raw", "name": "judgement"},
        "source.file": {"source_name": "intake", "name": "file"},
    },
    "exposures": {
        "exposure.pages_area": {"label": "Area (pages)"},
        "exposure.workbooks_area": {"label": "Area (workbooks)"},
        "exposure.release_pages_area": {"label": "Area (pages of releases)"},
    },
    "metrics": {
        "metric.score": {"name": "score", "type": "derived"},
        "metric.scores_counted": {"name": "scores_counted", "type": "simple"},
    },
    "parent_map": {
        "model.dim_area": ["seed.areas"],
        "model.fct_score": ["model.int_score", "model.dim_area"],
        "model.int_score": ["model.stg_judgement", "model.int_score_kind"],
        "model.stg_judgement": ["source.judgement", "source.file"],
    },
    "child_map": {
        "model.fct_score": [*EXPOSURES, "semantic_model.scores", "test.of_score"],
        "semantic_model.scores": ["metric.scores_counted"],
        "metric.scores_counted": ["metric.score"],
    },
}


def test_a_table_is_traced_to_the_deliveries_below_it_and_to_those_who_read_it() -> None:
    assert lineage.line_of(MANIFEST, "model.fct_score") == Line(
        "marts.fct_score", ("judgement",), shown=("Area*",), released=("Area",), metrics=("score",)
    )


def test_a_table_of_seeds_alone_is_said_to_be_reference_data() -> None:
    page = lineage.page(MANIFEST, {"Areas, measures": ["model.dim_area"], "Scores": ["model.fct_score"]})
    assert "| `marts.dim_area` | none: reference data |  |  |  |\n" in page
    assert "[Areas, measures](#areas-measures) ·\n[Scores](#scores)\n" in page
    assert "| `marts.fct_score` | `judgement` | Area* | Area | `score` |\n" in page
