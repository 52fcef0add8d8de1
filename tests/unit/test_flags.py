"""A file that is loaded although something is odd about it is flagged: what the reader saw, and what status shows."""

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.base.intake_tables import create_tables
from flows.base.night import Night
from flows.base.settings import PROJECT
from flows.cli.app import app
from flows.intake import land
from flows.publish import publish
from flows.publish.publish import building_folder
from tests.conftest import Deliver, read_new
from tests.samples import NAMES, csv_text, good_rows

TABLES = """
    create schema ops;
    create schema marts;
    create table ops.run as
        select $run_id as run_id, date '2006-06-15' as business_date, now()::timestamp as finished_at;
    create table ops.load_file as
        select
            1 as file_id, 'nsmart_BED_0404.csv' as file_name, 'nsmart' as kind, 'current' as status, null as reason,
            30 as rows_loaded, 0 as rows_duplicate, 0 as rows_quarantined, now()::timestamp as loaded_at;
    create table ops.quarantine_row (file_id bigint, reasons varchar[])
"""
FLAGS = "create table ops.file_flag as select 1 as file_id, 'unusual_volume' as flag, 'Is it whole?' as sentence"


def test_staging_knows_the_readers_warning_of_an_extra_column(deliver: Deliver, night: Night) -> None:
    deliver(NAMES["nsmart"], csv_text([{**row, "remarks": ""} for row in good_rows("nsmart", 2)]))
    land.land(night)
    (warning,) = read_new(night).warnings.values()
    staging = (PROJECT / "models" / "staging" / "delivery" / "stg_file.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        create_tables(connection)
        connection.executemany(
            """
            insert into intake.file (file_id, path, file_name, sha256, size_bytes, first_seen_run_id, state, warning)
            values (?, '', '', '', 0, '', 'loaded', ?)
            """,
            [(1, warning), (2, "data_period lies in the future."), (3, None), (4, f"{warning} And more.")],
        )
        files = staging.replace("{{ source('intake', 'file') }}", "intake.file")
        flagged = connection.execute(f"select file_id, has_extra_columns from ({files}) order by file_id").fetchall()
    assert flagged == [(1, True), (2, False), (3, False), (4, True)]


@pytest.fixture
def published(night: Night) -> Path:
    """A publication of one file, without flags; returns the analysts' file."""
    folder = building_folder(night)
    folder.mkdir()
    with duckdb.connect(str(folder / "analyst.duckdb")) as candidate:
        for statement in TABLES.split(";"):
            candidate.execute(statement, {"run_id": night.run_id} if "$" in statement else None)
    publish.publish(night)
    return night.warehouse.current / "analyst.duckdb"


def _status(published: Path) -> str:
    told = CliRunner().invoke(app, ["status", "--warehouse", str(published.parents[1])])
    assert told.exit_code == 0, told.output
    return told.output


def test_status_shows_the_files_that_a_person_should_look_at(published: Path) -> None:
    with duckdb.connect(str(published)) as connection:
        connection.execute(FLAGS)
    assert "unusual_volume" in _status(published)


def test_status_of_a_publication_from_before_there_were_flags_leaves_them_out(published: Path) -> None:
    told = _status(published)
    assert "nsmart" in told
    assert "unusual_volume" not in told
