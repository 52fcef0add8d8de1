"""dbt's exposures name the models that the figures of each kind of page and workbook read, in both editions."""

import pytest
import yaml

from figures import Figure, Kind, kind, kinds
from figures.dictionary import tables_in
from figures.edition import EDITIONS, PUBLIC
from flows.tools import exposures

KINDS = [kind for edition in EDITIONS.values() for kind in kinds(edition)]

NO_MODELS = {"ops.arrival", "ops.publication", "public.release"}
"""Tables that nights and releases write themselves."""


def test_the_exposures_follow_from_the_figures() -> None:
    assert exposures.PAGE.read_text(encoding="utf-8") == exposures.page(), "exposures are out of date: run `make docs`"


def test_a_page_and_its_workbook_depend_on_what_their_figures_read() -> None:
    pages, workbooks = exposures.exposures_of(kind("inspection"))
    assert (pages["name"], workbooks["name"]) == ("pages_inspection", "workbooks_inspection")
    assert {"ref('dim_inspection')", "ref('fct_criterion_score')"} <= set(pages["depends_on"])


def test_pages_of_releases_depend_on_the_models_of_releases_and_on_the_marts_that_releases_copy() -> None:
    pages, _ = exposures.exposures_of(kind("inspection", PUBLIC))
    assert pages["name"] == "release_pages_inspection"
    assert {"ref('public_fct_criterion_score')", "ref('dim_inspection')"} <= set(pages["depends_on"])
    assert "ref('fct_criterion_score')" not in pages["depends_on"]


def test_tables_that_are_no_models_are_left_out() -> None:
    assert exposures.models_in(["select * from ops.run inner join ops.load_file using (run_id)"]) == ["load_file"]


@pytest.mark.parametrize("each", KINDS, ids=[f"{each.edition.key}-{each.name}" for each in KINDS])
def test_every_page_and_workbook_with_figures_has_an_exposure_of_all_that_it_reads(each: Kind) -> None:
    found = {one["type"]: len(one["depends_on"]) for one in exposures.exposures_of(each)}
    assert found.get("dashboard", 0) == len(read_by(each, (*each.on_page, *each.for_scripts)))
    assert found.get("analysis", 0) == len(read_by(each, each.in_workbook))


def read_by(each: Kind, figures: tuple[Figure, ...]) -> set[str]:
    """The tables of models that figures of a kind read."""
    asked = exposures.queries(each, figures) if figures else []
    return {table for query in asked for table in tables_in(query)} - NO_MODELS


def test_every_exposure_reads_something_and_has_a_name_of_its_own() -> None:
    found = yaml.safe_load(exposures.page())["exposures"]
    assert len(found) > 30
    assert all(exposure["depends_on"] for exposure in found)
    assert len({exposure["name"] for exposure in found}) == len({exposure["label"] for exposure in found}) == len(found)
