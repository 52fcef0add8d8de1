"""`python -m attack` reads releases as the project writes them, and fails where limits are not met."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from attack.noise import Noise, Unreadable, read_noise
from attack.read import read_release
from flows.base.settings import PROJECT
from tests.attack.releases import Made, Method, made
from tests.attack.worlds import World
from tests.attack.written import write_noise, write_release

Ran = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table of noise as a file."""
    return write_noise(tmp_path_factory.mktemp("noise") / "noise.csv")


def run(*arguments: object) -> Ran:
    command = [sys.executable, "-m", "attack", *map(str, arguments)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_a_release_is_read_as_it_was_written(honest: Made, tmp_path: Path) -> None:
    found = read_release(write_release(honest.release, tmp_path))
    assert set(found.figures) == set(honest.release.figures)
    assert found.regions == honest.release.regions
    beside = {shown for shown in honest.release.shown if not shown.records.group}
    assert set(found.shown) == beside


def test_the_command_passes_a_release_by_the_method(honest: Made, table: Path, tmp_path: Path) -> None:
    ran = run(write_release(honest.release, tmp_path), "--noise", table)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.splitlines()[-1] == "The limits are met."


def test_the_command_refuses_a_release_with_exact_counts(country: World, table: Path, tmp_path: Path) -> None:
    ran = run(write_release(made(country, Method(4, "exact")).release, tmp_path), "--noise", table, "--json")
    said = json.loads(ran.stdout)
    assert (ran.returncode, said["met"]) == (1, False)
    assert "exact" in {finding["rule"] for finding in said["findings"]}


def test_a_folder_that_is_no_release_is_named(table: Path, tmp_path: Path) -> None:
    ran = run(tmp_path, "--noise", table)
    assert (ran.returncode, ran.stderr) == (2, f"{tmp_path}: is no release, because it has no public.duckdb\n")


def test_a_release_without_a_column_that_is_read_is_named(honest: Made, tmp_path: Path) -> None:
    folder = write_release(honest.release, tmp_path)
    with duckdb.connect(str(folder / "public.duckdb")) as connection:
        connection.execute("alter table public.public.fct_published_count drop column side_is")
    with pytest.raises(Unreadable, match="fct_published_count has no column side_is"):
        read_release(folder)


def test_a_release_without_counts_is_named(honest: Made, tmp_path: Path) -> None:
    folder = write_release(replace(honest.release, figures=[]), tmp_path)
    with pytest.raises(Unreadable, match="has no figures in fct_published_count"):
        read_release(folder)


def test_a_damaged_release_is_named(tmp_path: Path) -> None:
    (tmp_path / "public.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(Unreadable, match="cannot be read"):
        read_release(tmp_path)


def test_the_table_of_noise_is_read_as_it_was_written(table: Path, noise: Noise) -> None:
    assert (read_noise(table).rows == noise.rows).all()


@pytest.mark.parametrize("content", ["", "people,noise_row\n1,2\n", "people,noise_row,noise\n1,2,much\n"])
def test_a_file_that_is_no_table_of_noise_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "noise.csv").write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable, match="people, noise_row and noise"):
        read_noise(tmp_path / "noise.csv")


def test_a_missing_table_of_noise_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        read_noise(tmp_path / "noise.csv")
