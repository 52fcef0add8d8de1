"""Questions to Prefect's API in plain HTTP: what `make serve` asks of its own server, without loading Prefect."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.base.errors import CasebookError
from flows.service import prefect_auth

DEPLOYMENT = "nightly"
RELEASES = ("release-draft", "release-publish")
SECONDS_TO_ANSWER = 20
MOST_RUNS = 200
"""Prefect's server gives no more at once."""


class NoAnswer(CasebookError):
    """Prefect's server is gone, or fails."""


@dataclass(frozen=True)
class Api:
    """A server's API. environment: names it (PREFECT_API_URL), and the string that it asks for."""

    environment: Mapping[str, str]

    def post(self, what: str, body: object) -> Any:
        """What it answers. Errors: NoAnswer."""
        request = urllib.request.Request(  # noqa: S310 -- our own server
            f"{self.environment['PREFECT_API_URL']}/{what}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **prefect_auth.header(self.environment)},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:  # noqa: S310 -- our own server
                content = answer.read()
        except OSError as error:
            raise NoAnswer(f"Prefect's server does not answer {what}: {error}") from error
        return json.loads(content) if content else None

    def of_deployment(self, flow_runs: Mapping[str, object], *others: str) -> list[dict[str, Any]]:
        """The flow runs of the nightly deployment that a filter of Prefect's lets through. others: deployments too.

        Errors: NoAnswer.
        """
        filters = {"flow_runs": flow_runs, "deployments": named(DEPLOYMENT, *others), "limit": MOST_RUNS}
        return list(self.post("flow_runs/filter", filters))


def named(*deployments: str) -> dict[str, object]:
    """A filter of Prefect's for deployments."""
    return {"name": {"any_": list(deployments)}}
