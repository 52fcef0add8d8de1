"""The examples of docs/reference/access.md and the notebook run on a publication and give the published figures."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pytest_socket import disable_socket, enable_socket

from flows.base.settings import PROJECT
from tests.houses import House

PAGE = PROJECT / "docs" / "reference" / "access.md"
NOTEBOOK = PROJECT / "analyses" / "bedfordshire.py"
RUN = {"python": [sys.executable, "-c"], "sh": ["sh", "-c"], "r": ["Rscript", "-e"]}
"""How each language is run; what is in another is said on the page not to be."""

NEEDS = re.compile(r"\b(\w+)::|\blibrary\((\w+)\)")
"""The packages of R that an example uses."""


def snippets() -> list[tuple[str, str]]:
    """Language and text of every example on the page, in order."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def desk(examples: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An analyst's folder: the warehouse, the notebooks and the project of the metrics stand in it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "warehouse").symlink_to(examples.warehouse)
    for name in ("analyses", "dbt_project.yml", "macros", "models", "profiles", "seeds", "selectors.yml"):
        (folder / name).symlink_to(PROJECT / name)
    (folder / "tests").mkdir()
    (folder / "tests" / "dbt").symlink_to(PROJECT / "tests" / "dbt")
    return folder


@pytest.fixture
def no_network() -> Iterator[None]:
    """Whatever opens a socket fails."""
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


def run(desk: Path, language: str, text: str) -> str:
    """What an example writes; it must end well."""
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {"HOME": str(desk), "PATH": tools, "COLUMNS": "200"}
    done = subprocess.run([*RUN[language], text], cwd=desk, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def require_r(text: str) -> None:
    """Skip an example in R where R or a package of it is not installed."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    for package in {name for names in NEEDS.findall(text) for name in names if name}:
        if subprocess.run(
            ["Rscript", "-e", f"loadNamespace('{package}')"], capture_output=True, check=False
        ).returncode:
            pytest.skip(f"R has no package {package}")


def marks(text: str) -> list[pytest.MarkDecorator]:
    """Metrics, for which the project is parsed, are long; test_metrics.py asks the same more quickly."""
    return [pytest.mark.long] if "mf query" in text else []


@pytest.mark.parametrize(
    ("language", "text"), [pytest.param(*each, marks=marks(each[1])) for each in snippets() if each[0] in RUN]
)
def test_an_example_of_the_page_runs_as_it_stands(desk: Path, language: str, text: str) -> None:
    if language == "r":
        require_r(text)
    written = run(desk, language, text)
    assert written
    if "ESI-BED-2005" in text:
        assert re.findall(r"\b(?:55|75|66)\b", written)[:1] == ["55"]
        assert {"55", "75", "66"} <= set(re.findall(r"\b\d\d\b", written))


def test_examples_in_other_languages_are_said_not_to_be_run() -> None:
    for part in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE):
        others = {language for language in re.findall(r"^```(\w+)$", part, flags=re.MULTILINE) if language not in RUN}
        assert not others or "Not run by our tests." in part


def test_an_open_connection_keeps_its_publication_and_the_next_gets_the_new(tmp_path: Path) -> None:
    current = tmp_path / "current"
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        with duckdb.connect(str(tmp_path / name / "analyst.duckdb")) as connection:
            connection.execute(f"create table publication as select '{name}' as run_id")
    current.symlink_to("first")
    with duckdb.connect(str(current / "analyst.duckdb"), read_only=True) as before:
        (tmp_path / "next").symlink_to("second")
        (tmp_path / "next").replace(current)
        with duckdb.connect(str(current / "analyst.duckdb"), read_only=True) as after:
            assert after.execute("from publication").fetchall() == [("second",)]
        assert before.execute("from publication").fetchall() == [("first",)]


@pytest.mark.usefixtures("no_network")
def test_the_notebook_comes_out_at_the_published_figures(examples: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_WAREHOUSE", str(examples.warehouse))
    monkeypatch.syspath_prepend(str(NOTEBOOK.parent))
    import bedfordshire  # type: ignore[import-not-found]

    _, made = bedfordshire.app.run()
    sheet = made["sheet"].set_index("code")
    assert sheet.loc[["B", "C", "D", "Overall"], "recomputed"].tolist() == [55, 75, 66, 67]
    percentages = sheet.dropna(subset=["published"])
    assert (percentages["recomputed"] == percentages["published"]).all()
    assert sheet.loc["A1", "word"] == "Partly met"
    assert made["remade"] == pytest.approx(made["b1"]["score"], abs=1e-12)
    assert made["standard_error"] == pytest.approx(made["b1"]["standard_error"], abs=1e-12)
    assert made["interval"] == pytest.approx((made["b1"]["ci_low"], made["b1"]["ci_high"]), abs=1e-12)
