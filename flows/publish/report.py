"""Report: what the night did, as `intake.run`, Prefect artifacts and one line a person can read."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import duckdb
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.base.errors import NothingPublished
from flows.base.night import Night
from flows.intake.check import Checked
from flows.intake.load import Loaded
from flows.publish import publish
from flows.warehouse.nodes import Node


def open_run(night: Night) -> None:
    """Record that the night has begun, and that nights which never ended have died."""
    with night.warehouse.connect() as connection:
        _end_past_nights(connection, night)
        connection.execute(
            "insert into intake.run (run_id, business_date, started_at, status, code_version) values (?, ?, ?, ?, ?)",
            [night.run_id, night.business_date, night.started_at, "running", night.code_version],
        )


def _end_past_nights(connection: duckdb.DuckDBPyConnection, night: Night) -> None:
    """One that readers were given has published, even if it ended before it could say so."""
    with suppress(NothingPublished):
        current = publish.current_run(night.warehouse)
        connection.execute("update intake.run set status = 'published' where run_id = ?", [current])
    connection.execute("update intake.run set status = 'died' where status = 'running'")


def count_run(night: Night, loaded: Loaded) -> None:
    """Record how much came in, as soon as it is known."""
    with night.warehouse.connect() as connection:
        connection.execute(
            "update intake.run set files_in = ?, rows_in = ? where run_id = ?",
            [loaded.files, loaded.rows_landed, night.run_id],
        )


def close_run(night: Night, status: str, stage_seconds: dict[str, float]) -> None:
    """Record how the night ended. status: published, pinned or failed."""
    with night.warehouse.connect() as connection:
        connection.execute(
            "update intake.run set status = ?, finished_at = ?, stage_seconds = ? where run_id = ?",
            [status, datetime.now(UTC).replace(tzinfo=None), json.dumps(stage_seconds), night.run_id],
        )


def _set_aside(night: Night) -> list[tuple[str, str, str]]:
    """Deliveries that tonight's publication is without and that are not mended: name, rule and sentence."""
    with night.warehouse.connect() as connection:
        return connection.execute(
            """
            select
                kind || '_' || delivery_key || case when revision > 1 then '_r' || revision else '' end,
                rule,
                sentence
            from ops.set_aside order by all
            """
        ).fetchall()


def node_artifact(layer: str, nodes: list[Node]) -> None:
    """What became of each dbt node of a layer."""
    create_table_artifact(
        key=f"dbt-{layer}",
        table=[{"node": n.name, "kind": n.kind, "status": n.status, "seconds": n.seconds} for n in nodes],
        description=f"dbt nodes of the {layer} layer, from run_results",
    )


def archive_artifact(files: int, damages: tuple[str, ...]) -> None:
    """What the night found of the part of the archive that it compared with its fingerprints."""
    found = "\n".join(f"- {damage}" for damage in damages) or "All of them are whole."
    create_markdown_artifact(
        key="archive", markdown=f"{files:,} archived files compared.\n\n{found}", description="Part of the archive"
    )


def report(night: Night, line: str, checked: Checked, stage_seconds: dict[str, float]) -> None:
    """The night's artifacts: summary, rules that found something, what is set aside, and the publication's link."""
    seconds = "\n".join(f"| {stage} | {value:.1f} |" for stage, value in stage_seconds.items())
    create_markdown_artifact(
        key="night",
        markdown=f"{line}\n\n| stage | seconds |\n| --- | ---: |\n{seconds}",
        description=f"Night {night.run_id}",
    )
    create_table_artifact(
        key="quality",
        table=[
            {"delivery": r.suite, "rule": r.sentence, "severity": r.severity, "rows": r.rows_failing}
            for r in checked.results
            if r.rows_failing
        ],
        description="Rules that rows delivered tonight broke",
    )
    create_table_artifact(
        key="set-aside",
        table=[{"delivery": name, "rule": rule, "why": why} for name, rule, why in _set_aside(night)],
        description="Deliveries that are left out because a rule fails with them",
    )
    create_table_artifact(
        key="sample-design",
        table=_samples_off_design(night),
        description="Parts of inspections' samples that are not as their programme planned them",
    )
    create_link_artifact(
        key="publication",
        link=night.warehouse.current.as_uri(),
        description="The publication that readers get",
    )


def _samples_off_design(night: Night) -> list[dict[str, object]]:
    """Rows of `fct_sample_design` that a person should look at: inspection, part, planned, actual, verdict."""
    with night.warehouse.connect() as connection:
        rows = connection.execute(
            """
            select inspection_id, part_title, planned_from, planned_to, round(actual, 3) as actual, verdict
            from marts.fct_sample_design where verdict <> 'as planned' order by inspection_id, part_title
            """
        )
        columns = [column[0] for column in rows.description]
        return [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]
