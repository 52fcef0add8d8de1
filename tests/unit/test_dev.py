"""`casebook dev build` builds what changed or failed, and what follows from it; on a project of three models."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import dev
from flows.cli import app
from flows.night import Night
from flows.settings import PROJECT

MODELS = {
    "first": "select 1 as number",
    "second": "select number + 1 as number from {{ ref('first') }}",
    "other": "select 'x' as letter",
}
SETTINGS = "name: casebook\nversion: '1.0.0'\nprofile: casebook\n"

Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a model of a project of its own, which has those of MODELS and takes in no deliveries."""

    def write(model: str, sql: str) -> None:
        (tmp_path / "models" / f"{model}.sql").write_text(sql, encoding="utf-8")

    shutil.copytree(PROJECT / "profiles", tmp_path / "profiles")
    (tmp_path / "models").mkdir()
    (tmp_path / "dbt_project.yml").write_text(SETTINGS, encoding="utf-8")
    for model, sql in MODELS.items():
        write(model, sql)
    for module in ("dev", "code", "transform"):
        monkeypatch.setattr(f"flows.{module}.PROJECT", tmp_path)
    home = tmp_path / "target" / "dev"
    monkeypatch.setattr(dev, "HOME", home)
    monkeypatch.setattr(dev, "STATE", home / "state")
    monkeypatch.setattr(dev, "BUILT_FROM", home / "built_from")
    monkeypatch.setattr(dev, "_take_in", _nothing_to_take_in)
    return write


def _nothing_to_take_in(night: Night) -> None:
    night.warehouse.connect().close()


def built(selection: str | None = None) -> dict[str, str]:
    """Statuses of what a build built, by name."""
    return {node.name: node.status for node in dev.build(selection)}


def test_a_build_builds_what_changed_and_what_follows_from_it(write: Write) -> None:
    assert built().keys() == MODELS.keys()
    assert built() == {}
    write("second", "select number + 2 as number from {{ ref('first') }}")
    assert built() == {"second": "success"}
    write("first", "select 2 as number")
    assert built().keys() == {"first", "second"}


def test_what_failed_is_built_again_with_what_waited_for_it(write: Write) -> None:
    built()
    write("first", "select number from missing")
    assert built() == {"first": "error", "second": "skipped"}
    assert built() == {"first": "error", "second": "skipped"}
    write("first", MODELS["first"])
    assert built() == {"first": "success", "second": "success"}
    assert built() == {}


def test_a_selection_is_built_changed_or_not_and_leaves_the_rest_to_be_built(write: Write) -> None:
    built()
    write("other", "select 'y' as letter")
    assert built("first") == {"first": "success"}
    assert built() == {"other": "success"}


def test_what_dbt_does_not_compare_begins_the_warehouse_again(write: Write, tmp_path: Path) -> None:
    built()
    (tmp_path / "dbt_project.yml").write_text(f"{SETTINGS}vars: {{factor: 2}}\n", encoding="utf-8")
    assert built().keys() == MODELS.keys()


def test_the_command_names_what_failed_and_ends_with_1(write: Write) -> None:
    write("first", "select number from missing")
    done = CliRunner().invoke(app, ["dev", "build"])
    assert done.exit_code == 1
    assert "model first: " in done.output
    assert "Built 3 seeds and models, ran 0 tests: 1 failed." in done.output


def test_a_project_that_cannot_be_parsed_is_said_in_a_sentence(write: Write) -> None:
    write("first", "select {{ ref('nowhere') }}")
    with pytest.raises(dev.transform.TransformFailed, match="could not parse"):
        dev.build()
