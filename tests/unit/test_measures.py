"""A measure is a row of seed measures: what must follow from it elsewhere is there, or a test says what is missing."""

import csv
import re

import pytest
import yaml

from expectations.reference import case_measures
from flows.base.settings import PROJECT

MEASURES = [row["measure_code"] for row in case_measures()]


def seed(name: str) -> list[dict[str, str]]:
    """Rows of a seed of performance."""
    with (PROJECT / "seeds" / "performance" / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def model(name: str) -> str:
    """The text of a model."""
    return next((PROJECT / "models").rglob(f"{name}.sql")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def terms() -> set[str]:
    """What int_performance__case_standard can count of a case: its conditions and amounts."""
    made = re.findall(r" as (\w+),?\n", model("int_performance__case_timing") + model("int_performance__case_standard"))
    delivered = re.findall(r"(\w+),?\n", model("stg_nsmart"))
    return {*made, *delivered}


@pytest.mark.parametrize("measure", case_measures(), ids=MEASURES)
def test_what_a_measure_counts_is_a_term_of_the_cases(measure: dict[str, str], terms: set[str]) -> None:
    code, counted = measure["measure_code"], {measure["case_numerator"], measure["case_denominator"]}
    assert counted <= terms, f"measures.csv: {code} counts what int_performance__case_standard lacks: {counted - terms}"


def test_every_measure_of_cases_says_who_its_cases_are() -> None:
    of_cases = [row["measure_code"] for row in seed("measures") if row["derived_from"] == "nsmart"]
    assert of_cases == MEASURES, "measures.csv: a measure derived from nsmart needs case_numerator and case_denominator"


def test_every_case_measure_is_published_case_by_case() -> None:
    pages = (PROJECT / "models" / "marts").rglob("_*.yml")
    declared = [yaml.safe_load(page.read_text(encoding="utf-8")) for page in pages]
    marts = {mart["name"]: mart for page in declared for mart in page.get("models", [])}
    published = {column["name"] for column in marts["fct_standard_case"]["columns"]}
    needed = {f"{measure.lower()}_{end}" for measure in MEASURES for end in ("met", "relevant")}
    assert needed <= published, (
        f"{sorted(needed - published)} are not in the contract of fct_standard_case: run `make contracts`"
    )


def test_every_measure_of_the_scorecard_has_a_weight_and_no_other() -> None:
    counted = {row["measure_code"] for row in seed("measures") if row["in_scorecard"] == "1"}
    weighted = {row["measure_code"] for row in seed("scorecard/scorecard_weights")}
    assert counted == weighted, f"measures.csv and scorecard_weights.csv differ on {sorted(counted ^ weighted)}"
