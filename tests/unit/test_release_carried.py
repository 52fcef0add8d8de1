"""The check of a draft finds every figure that a release before shows and the draft does not, or shows otherwise."""

from pathlib import Path

import duckdb
import pytest

from flows.release.carried import lost_figures

SHOWN = "select 'BED' as area_code, '2004/05' as performance_year, 30 as base, 'shown' as figure_status"


def public(file: Path, rows: str, revised: str = "select null::varchar where 1 = 0") -> Path:
    """A public file with these figures and revised years."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{file}' as made; create schema made.public")
        connection.execute(f"create table made.public.fct_figure as select *, false as is_revised from ({rows})")
        connection.execute(f"create table made.public.revision as select * from ({revised}) as years(performance_year)")
        connection.execute("create table made.public.dim_area as select 'BED' as area_code")
    return file


@pytest.fixture
def before(tmp_path: Path) -> Path:
    missing = "select 'CAM', '2004/05', null, 'not_available'"
    return public(tmp_path / "before.duckdb", f"{SHOWN} union all {missing}")


def test_a_draft_may_add_figures_and_fill_those_that_were_not_available(before: Path, tmp_path: Path) -> None:
    more = f"{SHOWN} union all select 'CAM', '2004/05', 20, 'shown' union all select 'BED', '2005/06', 25, 'shown'"
    assert lost_figures(before, public(tmp_path / "draft.duckdb", more)) == []


@pytest.mark.parametrize("rows", [SHOWN.replace("30", "29"), f"{SHOWN} where 1 = 0"])
def test_a_figure_that_changed_or_went_is_found(rows: str, before: Path, tmp_path: Path) -> None:
    draft = public(tmp_path / "draft.duckdb", rows)
    assert lost_figures(before, draft) == ["1 figures of fct_figure are not as the release before shows them"]


def test_a_revision_may_change_figures_of_its_years_and_no_later_release(before: Path, tmp_path: Path) -> None:
    year = "select '2004/05'"
    revision = public(tmp_path / "revision.duckdb", SHOWN.replace("30", "29"), year)
    assert lost_figures(before, revision) == []
    assert lost_figures(revision, public(tmp_path / "after.duckdb", SHOWN, year)) != []
