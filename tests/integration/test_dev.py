"""`casebook dev build` builds what changed or failed, and what follows from it; on a project of three models."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.base.errors import TransformFailed
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import Warehouse
from flows.cli.app import app
from flows.tools import dev_build

MODELS = {
    "first": "select 1 as number",
    "second": "select number + 1 as number from {{ ref('first') }}",
    "other": "select 'x' as letter",
}
SETTINGS = "name: casebook\nversion: '1.0.0'\nprofile: casebook\n"

Write = Callable[[str, str], None]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the models of MODELS, built once; it takes in no deliveries."""
    folder = tmp_path_factory.mktemp("dev") / "project"
    shutil.copytree(PROJECT / "profiles", folder / "profiles")
    (folder / "models").mkdir()
    (folder / "dbt_project.yml").write_text(SETTINGS, encoding="utf-8")
    for model, sql in MODELS.items():
        write_model(folder, model, sql)
    with pytest.MonkeyPatch.context() as patch:
        in_project(folder, patch)
        assert built().keys() == MODELS.keys()
    return folder


@pytest.fixture
def write(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a model of a copy of the project."""
    shutil.copytree(project, tmp_path, dirs_exist_ok=True)
    in_project(tmp_path, monkeypatch)
    return partial(write_model, tmp_path)


def write_model(project: Path, model: str, sql: str) -> None:
    (project / "models" / f"{model}.sql").write_text(sql, encoding="utf-8")


def in_project(project: Path, patch: pytest.MonkeyPatch) -> None:
    """Builds are of this project."""
    for module in ("tools.dev_build", "base.code_fingerprint", "warehouse.dbt"):
        patch.setattr(f"flows.{module}.PROJECT", project)
    home = project / "target" / "dev"
    for name, path in {"HOME": home, "STATE": home / "state", "BUILT_FROM": home / "built_from"}.items():
        patch.setattr(dev_build, name, path)
    patch.setattr(dev_build, "_take_in", lambda night: night.warehouse.connect().close())


def built(selection: str | None = None) -> dict[str, str]:
    """Statuses of what a build built, by name."""
    return {node.name: node.status for node in dev_build.build(selection)}


def test_a_build_builds_what_changed_and_what_follows_from_it(write: Write) -> None:
    assert built() == {}
    write("second", "select number + 2 as number from {{ ref('first') }}")
    assert built() == {"second": "success"}
    write("first", "select 2 as number")
    assert built().keys() == {"first", "second"}


def test_what_failed_is_built_again_with_what_waited_for_it(write: Write) -> None:
    write("first", "select number from missing")
    assert built() == {"first": "error", "second": "skipped"}
    assert built() == {"first": "error", "second": "skipped"}
    write("first", MODELS["first"])
    assert built() == {"first": "success", "second": "success"}
    assert built() == {}


def test_a_selection_is_built_changed_or_not_and_leaves_the_rest_to_be_built(write: Write) -> None:
    write("other", "select 'y' as letter")
    assert built("first") == {"first": "success"}
    assert built() == {"other": "success"}


def test_a_model_that_adds_to_what_it_has_begins_again_when_it_changed(write: Write, tmp_path: Path) -> None:
    for number in (1, 2):
        write("added", f"{{{{ config(materialized='incremental') }}}} select {number} as number")
        assert built() == {"added": "success"}
    database = Warehouse(tmp_path / "target" / "dev" / "warehouse").database
    with duckdb.connect(str(database), read_only=True) as connection:
        (schema,) = connection.execute(
            "select schema_name from duckdb_tables() where table_name = 'added'"
        ).fetchone() or ("",)
        assert connection.execute(f"from {schema}.added").fetchall() == [(2,)]


def test_what_dbt_does_not_compare_begins_the_warehouse_again(write: Write, tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text(f"{SETTINGS}vars: {{factor: 2}}\n", encoding="utf-8")
    assert built().keys() == MODELS.keys()


def test_the_command_names_what_failed_and_ends_with_1(write: Write) -> None:
    write("first", "select number from missing")
    done = CliRunner().invoke(app, ["dev", "build"])
    assert done.exit_code == 1
    assert "model first: " in done.output
    assert "Built 2 seeds and models, ran 0 tests: 1 failed." in done.output


def test_a_project_that_cannot_be_parsed_is_said_in_a_sentence(write: Write) -> None:
    write("first", "select {{ ref('nowhere') }}")
    with pytest.raises(TransformFailed, match="could not parse"):
        dev_build.build()
