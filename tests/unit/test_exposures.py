"""dbt's exposures name the marts that the figures of each kind of page and workbook read."""

import yaml

from figures import kind
from flows.tools import exposures


def test_the_exposures_follow_from_the_figures() -> None:
    assert exposures.PAGE.read_text(encoding="utf-8") == exposures.page(), "exposures are out of date: run `make docs`"


def test_a_page_and_its_workbook_depend_on_what_their_figures_read() -> None:
    pages, workbooks = exposures.exposures_of(kind("inspection"))
    assert (pages["name"], workbooks["name"]) == ("pages_inspection", "workbooks_inspection")
    assert {"ref('dim_inspection')", "ref('fct_criterion_score')"} <= set(pages["depends_on"])


def test_tables_that_are_no_models_are_left_out() -> None:
    assert exposures.marts_in(["select * from ops.run inner join ops.load_file using (run_id)"]) == ["load_file"]


def test_pages_of_text_alone_have_no_exposure() -> None:
    assert exposures.exposures_of(kind("about")) == []


def test_every_exposure_reads_something() -> None:
    found = yaml.safe_load(exposures.page())["exposures"]
    assert len(found) > 10
    assert all(exposure["depends_on"] for exposure in found)
