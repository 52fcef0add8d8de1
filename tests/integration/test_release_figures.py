"""Figures of releases: what a release showed stays, an erasure changes nothing, and a revision happens once."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from bench.shares import PROMISED_BASE, shares_of
from flows.base.errors import CannotRelease
from flows.base.warehouse_paths import Warehouse
from flows.release.carried import lost_figures
from flows.release.figures import build
from flows.release.noise import Secrets
from tests.integration.conftest import House

SECRETS = Secrets(b"secret of records", b"secret of rows")
OF_REVISION = Secrets(SECRETS.records, SECRETS.rows, b"another secret of records")
PERTURBED = "measure_code not in ('APC', 'ECP', 'DRR_START', 'BS_START', 'BS_AWARD', 'PSR', 'STAND', 'SICK')"

Rows = dict[str, set[tuple[object, ...]]]
"""Rows of each public table."""


def changed(publication: Path, copy: Path, *statements: str) -> Path:
    """A copy of a publication in which something is another or no more."""
    shutil.copy(publication, copy)
    copy.chmod(0o600)
    with duckdb.connect(str(copy)) as connection:
        for statement in statements:
            connection.execute(statement)
    return copy


@contextmanager
def opened(public: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A public file under another name than its own, which is that of its schema."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{public}' as release (read_only); use release")
        yield connection


def rows(public: Path) -> Rows:
    with opened(public) as connection:
        listed = "select table_name from duckdb_tables() where database_name = 'release'"
        tables = [name for (name,) in connection.execute(listed).fetchall()]
        return {name: set(connection.execute(f"from public.{name}").fetchall()) for name in tables}


def figures(public: Path) -> list[str]:
    """Tables whose figures are frozen, and marked once they are revised."""
    listed = "select table_name from duckdb_columns() where database_name = 'release' and column_name = 'is_revised'"
    return [str(table) for (table,) in asked(public, listed)]


def asked(public: Path, query: str, publication: Path | None = None) -> list[tuple[object, ...]]:
    """Rows of a query on a public file, with the publication as `exact`."""
    with opened(public) as connection:
        if publication:
            connection.execute(f"attach '{publication}' as exact (read_only)")
        return connection.execute(query).fetchall()


def without(months: str) -> list[str]:
    """Statements after which a publication lacks these months of areas."""
    return [f"delete from marts.{table} where {months}" for table in ("fct_standard_case", "fct_performance_month")]


@pytest.fixture(scope="module")
def publication(examples: House) -> Path:
    return examples.warehouse / "current" / "analyst.duckdb"


@pytest.fixture(scope="module")
def first(parsed: Warehouse, publication: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release cut when nothing had come since June 2005."""
    folder = tmp_path_factory.mktemp("first")
    cut = changed(publication, folder.parent / "cut.duckdb", *without("period_month > date '2005-06-01'"))
    build(cut, folder / "public.duckdb", [], SECRETS, known=parsed)
    return folder / "public.duckdb"


@pytest.fixture(scope="module")
def second(parsed: Warehouse, publication: Path, first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release after it, cut when of September 2004 one case was erased and one corrected, and all had come."""
    folder = tmp_path_factory.mktemp("second")
    cases = "marts.fct_standard_case"
    of_september = f"from {cases} where area_code = 'BED' and period_month = '2004-09-01'"
    erased = changed(
        publication,
        folder.parent / "erased.duckdb",
        f"delete from {cases} where case_key = (select min(case_key) {of_september})",
        f"update {cases} set cmp_met = 1 - cmp_met where case_key = (select max(case_key) {of_september})",
    )
    build(erased, folder / "public.duckdb", [first], SECRETS, known=parsed)
    return folder / "public.duckdb"


@pytest.fixture(scope="module")
def revised(parsed: Warehouse, publication: Path, first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A revision of 2004/05 in the place of the second, when Bedfordshire's files of September 2004 were withdrawn."""
    folder = tmp_path_factory.mktemp("revised")
    withdrawn = without("area_code = 'BED' and period_month = date '2004-09-01'")
    build(
        changed(publication, folder.parent / "withdrawn.duckdb", *withdrawn),
        folder / "public.duckdb",
        [first],
        OF_REVISION,
        ["2004/05"],
        parsed,
    )
    return folder / "public.duckdb"


def test_every_row_shown_is_carried_over_though_a_case_was_erased_and_one_corrected(first: Path, second: Path) -> None:
    before, after = rows(first), rows(second)
    assert {table: shown - after[table] for table, shown in before.items() if shown - after[table]} == {}
    assert len(after["fct_published_count"]) > len(before["fct_published_count"])
    assert lost_figures(first, second) == []


def test_a_revision_counts_its_years_again_and_marks_all_and_counts_others_as_any_release_does(
    second: Path, revised: Path
) -> None:
    for table in figures(revised):
        marks = f"select performance_year = '2004/05', is_revised from public.{table} group by all"
        assert {*asked(revised, marks)} <= {(True, True), (False, False)}, table
        other = f"select * from public.{table} where performance_year <> '2004/05' order by all"
        assert asked(revised, other) == asked(second, other), table
    perturbed = "select base, side from public.fct_published_count where base_is = 'perturbed' order by all"
    assert asked(revised, perturbed) != asked(second, perturbed)


def test_a_figure_that_a_revision_cannot_count_again_stays_as_it_was_shown(second: Path, revised: Path) -> None:
    quarter = """
        select base, side from public.fct_published_count
        where measure_code = 'CMP' and pool_code = 'BED' and period_month = '2004-09-01'
    """
    assert asked(revised, quarter) == asked(second, quarter)
    for table in figures(second):
        count = f"select performance_year, count(*) from public.{table} group by all order by all"
        assert asked(revised, count) == asked(second, count), table


def test_a_group_is_listed_whether_anybody_is_in_it_or_not(first: Path) -> None:
    lists = """
        select distinct characteristic, string_agg(category, ';' order by category)
        from public.fct_published_count
        where characteristic <> 'none' group by measure_code, pool_code, period_month, characteristic order by all
    """
    assert asked(first, lists)[2:] == [("risk_of_harm", "H;L;M;V"), ("sex", "F;M;U")]
    assert len(asked(first, lists)) == 4
    nobody = "select distinct base, side from public.fct_published_count where category = 'U'"
    assert asked(first, nobody) == [(0, 0)]


@pytest.mark.long
def test_a_second_revision_of_a_year_is_refused(
    parsed: Warehouse, publication: Path, revised: Path, tmp_path: Path
) -> None:
    with pytest.raises(CannotRelease, match="2004/05 was revised before"):
        build(publication, tmp_path / "public.duckdb", [revised], SECRETS, ["2004/05"], parsed)
    assert list(tmp_path.iterdir()) == []


def test_a_publication_of_another_version_is_refused(parsed: Warehouse, publication: Path, tmp_path: Path) -> None:
    other = changed(publication, tmp_path / "other.duckdb", "drop table marts.fct_ippf")
    with pytest.raises(CannotRelease, match=r"made by another version of Casebook: it has no marts\.fct_ippf"):
        build(other, tmp_path / "public.duckdb", [], SECRETS, known=parsed)
    assert not (tmp_path / "public.duckdb").exists()


def test_nothing_of_the_counting_is_left_and_no_secret_or_person_is_in_the_file(second: Path) -> None:
    assert [file.name for file in second.parent.iterdir()] == ["public.duckdb"]
    content = second.read_bytes()
    assert not [secret for secret in (SECRETS.records, SECRETS.rows) if secret in content]
    named = "select table_name, column_name from duckdb_columns() where schema_name = 'public'"
    assert not [found for found in asked(second, named) if found[1] in {"case_key", "record_key", "cell_key"}]


def test_a_status_never_contradicts_the_share_beside_it(second: Path) -> None:
    wrong = """
        select * from public.fct_performance_period inner join public.dim_measure using (measure_code)
        where status = 'met' and direction = 'higher' and scaled_value < target - 1e-9
        or status = 'met' and direction = 'lower' and scaled_value > target + 1e-9
        or status <> 'met' and direction = 'higher' and scaled_value >= target
    """
    assert asked(second, wrong) == []


def test_a_share_is_what_the_counts_beside_it_make_in_whole_per_cents(second: Path) -> None:
    wrong = f"""
        select * from public.fct_performance_period
        where {PERTURBED} and value is not null
        and abs(value - floor(round(100 * numerator / denominator, 9) + 0.5) / 100) > 1e-9
    """
    assert asked(second, wrong) == []


@pytest.mark.parametrize("level", ["question", "criterion", "section", "overall", "thread"])
def test_what_reports_printed_stands_as_printed(publication: Path, second: Path, level: str) -> None:
    key = f"inspection_id, sample_group, {level}_code, published_score_pct"
    printed = f"select {key} from public.fct_{level}_score where published_score_pct is not null"
    as_delivered = f"select {key} from exact.marts.fct_{level}_score"
    assert asked(second, f"{printed} except {as_delivered}", publication) == []


@pytest.mark.parametrize("secrets", ["second", "revised"])
def test_shares_of_a_hundred_people_are_within_three_points(
    publication: Path, secrets: str, request: pytest.FixtureRequest
) -> None:
    shares = [
        share for share in shares_of(publication, request.getfixturevalue(secrets)) if share.base >= PROMISED_BASE
    ]
    assert len(shares) > 4000
    assert {"areas, to date", "regions, periods", "groups of cases", "questions of inspections"} <= {
        share.kind for share in shares
    }
    assert sum(share.is_near for share in shares) / len(shares) >= 0.99


@pytest.mark.long
def test_an_unfrozen_release_would_show_the_erased_case(
    second: Path, tmp_path: Path, without_earlier: Callable[[Path], Path]
) -> None:
    shown = "select base, side from public.fct_published_count where performance_year = '2004/05' order by all"
    assert asked(without_earlier(tmp_path), shown) != asked(second, shown)


@pytest.fixture
def without_earlier(parsed: Warehouse, second: Path) -> Callable[[Path], Path]:
    """Builds what the second release would be if it knew of none before."""

    def made(folder: Path) -> Path:
        target = folder / "public.duckdb"
        build(second.parent.parent / "erased.duckdb", target, [], SECRETS, known=parsed)
        return target

    return made
