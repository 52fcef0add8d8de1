"""Who is to know of a night that failed or did not come, and of a delivery set aside: a sentence to a webhook.

`make serve` looks for them itself and reports each once. Triggers of Prefect's go by events: a server that is killed
loses some of them and holds others back for a quarter of an hour when it is back, and none knows of nights by command.
No sentence quotes an error, as it leaves the machine and an error may quote what was delivered.
"""

import json
import logging
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from flows.base.errors import CasebookError
from flows.base.night import started
from flows.base.settings import Settings
from flows.base.warehouse_paths import Warehouse
from flows.publish import publish
from flows.publish.publication import reading
from flows.service.prefect_api import Api

LOG = logging.getLogger("casebook.serve")

ENDED_BADLY = ("FAILED", "CRASHED", "CANCELLED")
LOOK_BACK = timedelta(days=1)
LONGEST_WITHOUT = timedelta(hours=26)
SECONDS_TO_ANSWER = 20
SET_ASIDE = """
    select kind || '_' || delivery_key || case when revision > 1 then '_r' || revision else '' end, run_id, rule
    from ops.set_aside"""


def report(api: Api, warehouse: Warehouse, now: datetime) -> list[str]:
    """Send what is not reported yet; returns the sentences. What cannot be sent is sent with a later look.

    Errors: NoAnswer.
    """
    before = _reported(warehouse)
    found = {**_failures(api, now), **_missing(warehouse, now), **_set_aside(warehouse)}
    news = {mark: said for mark, said in found.items() if mark not in before}
    sent = {mark: said for mark, said in news.items() if _send(said)}
    _remember(warehouse, before, [mark for mark in found if mark in before or mark in sent])
    return list(sent.values())


def _failures(api: Api, now: datetime) -> dict[str, str]:
    """Flow runs of the last day that ended without a publication, and what to say of each."""
    ended = {
        "state": {"type": {"any_": list(ENDED_BADLY)}},
        "end_time": {"after_": (now - LOOK_BACK).isoformat()},
    }
    pages = api.environment["PREFECT_API_URL"].removesuffix("/api")
    return {
        run["id"]: f"Casebook's night ended as {run['state']['name']} and readers keep the last publication: open "
        f"{pages}/runs/flow-run/{run['id']}, find its last sentence in docs/operations/runbook.md, "
        "and do what it says there."
        for run in api.of_deployment(ended)
    }


def _missing(warehouse: Warehouse, now: datetime) -> dict[str, str]:
    """The publication after which nights are missing, and what to say of that; nothing where none is missing."""
    newest = next(reversed(publish.publications(warehouse)), "")
    # Where nothing was ever published it counts from the day on which this machine began to serve.
    since = started(newest) if newest else _modified(warehouse.prefect_auth_file)
    if now - since < LONGEST_WITHOUT:
        return {}
    sentence = (
        f"No night of Casebook's has published since {since:%Y-%m-%d %H:%M} UTC: start one by hand (casebook nightly) "
        "and find what it says in docs/operations/runbook.md."
    )
    return {f"nothing since {newest or 'the beginning'}": sentence}


def _set_aside(warehouse: Warehouse) -> dict[str, str]:
    """Deliveries that the current publication is without because a rule fails with them, and what to say of each."""
    try:
        with reading(publish.published_file(warehouse, publish.current_run(warehouse))) as connection:
            rows = connection.execute(SET_ASIDE).fetchall()
    except (CasebookError, duckdb.Error):
        return {}
    return {
        f"set aside {name} by {run_id}": f"Casebook set {name} aside, because {rule} fails with it, and published the "
        "rest: casebook status says more, and docs/operations/runbook.md what to do."
        for name, run_id, rule in rows
    }


def _send(sentence: str) -> bool:
    """Send a sentence to the webhook of the settings; where there is none, it is in the log alone."""
    webhook = Settings().webhook
    if webhook is None:
        LOG.warning(sentence)
        return True
    # Slack, Mattermost and Teams show `text`.
    body = json.dumps({"text": sentence}).encode()
    try:
        request = urllib.request.Request(  # noqa: S310 -- the operator's own address
            webhook.get_secret_value(), data=body, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER):  # noqa: S310
            LOG.warning(sentence)
            return True
    except (OSError, ValueError) as error:
        LOG.warning("%s (The webhook does not take this: %s. It is sent again later.)", sentence, error)
        return False


def _reported(warehouse: Warehouse) -> list[str]:
    """Flow runs and publications of which something was said."""
    try:
        return list(map(str, json.loads(_file(warehouse).read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return []


def _remember(warehouse: Warehouse, before: list[str], now: list[str]) -> None:
    if now == before:
        return
    part = _file(warehouse).with_suffix(".part")
    part.write_text(json.dumps(now), encoding="utf-8")
    part.replace(_file(warehouse))


def _file(warehouse: Warehouse) -> Path:
    return warehouse.restricted / "reported.json"


def _modified(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
