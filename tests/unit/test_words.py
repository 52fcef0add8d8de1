"""Words of a status have a meaning in the key of a workbook."""

import re
from pathlib import Path

import pytest
import yaml

from figures import Column, Figure, Rows, kinds
from figures.words import STATUSES, WORDS, is_of_status, plain, words_in
from flows.base.settings import PROJECT

MODELS = sorted((PROJECT / "models" / "marts").rglob("_*__models.yml"))


def accepted(file: Path, columns: set[str]) -> set[str]:
    """The values that contracts allow for columns of these names."""
    found = set()
    for model in yaml.safe_load(file.read_text("utf-8"))["models"]:
        for column in model.get("columns", []):
            for test in column.get("data_tests", []) if column["name"] in columns else []:
                found |= set(test.get("accepted_values", {}).get("arguments", {}).get("values", []))
    return found


@pytest.mark.parametrize("file", MODELS, ids=lambda file: file.stem)
def test_every_word_that_a_contract_allows_for_a_status_on_a_page_has_a_meaning(file: Path) -> None:
    shown = {
        column.name for kind in kinds() for figure in kind.figures for column in figure.columns if is_of_status(column)
    }
    assert accepted(file, shown) - WORDS.keys() == set()


def test_a_key_has_each_word_of_a_status_once_and_no_other() -> None:
    columns = (
        Column(name="verdict", label="Verdict", show="tag"),
        Column(name="area_name", label="Area"),
        Column(name="agrees", label="Agrees", show="tag", words={"consistent": "Yes"}),
    )
    rows = [
        {"verdict": verdict, "area_name": "met", "agrees": "consistent"}
        for verdict in ("not derivable", None, "met", "met", "?")
    ]
    found = words_in([Rows(Figure(name="f", title="F", columns=columns), rows)])
    assert found == [("Met", WORDS["met"]), ("Not derivable", WORDS["not derivable"])]


def test_every_status_of_a_figure_has_a_meaning() -> None:
    docs = "\n".join(path.read_text("utf-8") for path in (PROJECT / "models").rglob("*.md"))
    (told,) = re.findall(r"{% docs figure_status %}(.*?){% enddocs %}", docs, re.DOTALL)
    assert set(re.findall(r"\b(shown|few_cases|not_applicable|not_available)\b", told)) <= STATUSES.keys()


@pytest.mark.parametrize(
    ("markdown", "words"),
    [("A *dot* is the [score](a.html).", "A dot is the score."), ("One\ntwo.\n\nThree.", "One two.\nThree.")],
)
def test_markdown_as_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words
