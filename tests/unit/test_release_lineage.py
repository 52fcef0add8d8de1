"""Only the step that perturbs reads exact figures: everything else that is public follows from what it lets through."""

import re
from pathlib import Path

import pytest

from flows.base.settings import PROJECT
from flows.release.figures import AS_PUBLISHED

RELEASE, PUBLIC = PROJECT / "models" / "release", PROJECT / "models" / "public"
SEEDS = {file.stem for file in (PROJECT / "seeds").rglob("*.csv")}

LET_THROUGH = {
    "prt_delivered_count": {"fct_performance_month"},
    "prt_printed_question": {"fct_question_score"},
    "prt_score": {"fct_criterion_score", "fct_section_score", "fct_overall_score", "fct_thread_score"},
    "prt_target": {"fct_performance_month"},
}
"""What is published without noise: service volumes, printed figures, scores in whole per cents and targets."""

PEOPLE = re.compile(r"cases|people|persons|numerator|denominator|responded|asked|positive|relevant|above_line|_key$")
"""What columns that count people, or name them, are called."""

NOT_COUNTED = {"numerator_is", "denominator_is", "printed_numerator", "planned_cases"}
"""Of the print, or of rules."""


def refs(text: str) -> set[str]:
    """The models and seeds that the SQL of a model refers to, those that a macro of releases refers to included."""
    found = set(re.findall(r"ref\('(\w+)'\)", text)) | set(re.findall(r"with_noise\('(\w+)'\)", text))
    levels = re.findall(r"'(\w+)': '\w+_code'", text) if "ref('fct_' ~ level" in text else []
    return found | {f"fct_{level}_score" for level in levels} | ({"prt_score"} if "published_score(" in text else set())


def unfounded(folder: Path, allowed: tuple[str, ...]) -> dict[str, set[str]]:
    """Of each model of a folder, what it reads beside seeds and models whose names begin so; seeds are rules."""
    read = {file.stem: refs(file.read_text(encoding="utf-8")) - SEEDS for file in folder.rglob("*.sql")}
    other = {model: {name for name in names if not name.startswith(allowed)} for model, names in read.items()}
    return {model: names for model, names in other.items() if names}


def test_no_public_model_reads_exact_figures() -> None:
    assert unfounded(PUBLIC, ("public_", "der_", "prt_", "rel_", "dim_")) == {}


def test_no_public_model_reads_dimensions_of_people() -> None:
    dimensions = {name for file in PUBLIC.rglob("*.sql") for name in refs(file.read_text(encoding="utf-8"))}
    assert {name for name in dimensions if name.startswith("dim_")} <= AS_PUBLISHED.keys()


def test_the_step_that_perturbs_reads_counts_through_noise_and_lets_through_what_is_listed() -> None:
    assert unfounded(RELEASE / "perturbed", ("cnt_", "prt_", "rel_")) == LET_THROUGH


@pytest.mark.parametrize("model", sorted((RELEASE / "perturbed").glob("*.sql")), ids=lambda file: file.stem)
def test_counts_of_people_are_read_with_their_noise_alone(model: Path) -> None:
    exact = {name for name in refs(model.read_text(encoding="utf-8")) if name.startswith("cnt_")}
    noisy = set(re.findall(r"with_noise\('(\w+)'\)", model.read_text(encoding="utf-8")))
    assert exact - noisy <= {"cnt_period", "cnt_pool_inspection"}


def test_nothing_but_the_step_that_perturbs_reads_exact_counts() -> None:
    readers = [
        file.parent.name
        for file in (PROJECT / "models").rglob("*.sql")
        if any(name.startswith("cnt_") for name in refs(file.read_text(encoding="utf-8")))
    ]
    assert set(readers) == {"counted", "perturbed"}


def test_a_model_that_reads_exact_figures_is_found(tmp_path: Path) -> None:
    (tmp_path / "public_leak.sql").write_text("select * from {{ ref('fct_performance_month') }}", encoding="utf-8")
    assert unfounded(tmp_path, ("public_", "prt_")) == {"public_leak": {"fct_performance_month"}}


def test_what_is_copied_as_published_counts_no_people() -> None:
    pages = [page.read_text(encoding="utf-8") for page in (PROJECT / "models" / "marts").rglob("_*__models.yml")]
    texts = dict(re.findall(r"\n  - name: (\w+)\n(.*?)(?=\n  - name: |\Z)", "\n".join(pages), re.S))
    for table, left_out in AS_PUBLISHED.items():
        columns = re.findall(r"\n +- (?:\{)?name: (\w+)", texts[table])
        counted = {column for column in columns if PEOPLE.search(column)} - set(left_out) - NOT_COUNTED
        assert not counted, f"{table} is copied with {counted}"
