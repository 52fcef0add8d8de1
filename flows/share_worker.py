"""A share of a large night as a flow of its own, for Prefect's workers: the deployment `share` of prefect.yaml."""

import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound

from flows.errors import CasebookError
from flows.shares import Examined, Share, carry_out, hand_out, handed_in

DEPLOYMENT = "share/share"
SECONDS_BETWEEN_LOOKS = 2
MOST_SECONDS = 3600
"""How long the night waits while no share is finished: a machine that is gone does not say so."""


@flow(name="share", flow_run_name="share {order.stem}", log_prints=False)
def share(order: Path) -> None:
    """Read and check the files of one share. order: where the night wrote down what is to be done."""
    carry_out(order)


def by_workers(parts: Sequence[Share]) -> Iterator[tuple[int, Examined]]:
    """Examine shares as runs of the deployment, each by whichever worker takes it.

    Errors: CasebookError where there is no such deployment, a run failed, or none ends for an hour.
    """
    places = {_start(part): place for place, part in enumerate(parts)}
    last = time.monotonic()
    while places:
        for run in _ended(places):
            if not (run.state and run.state.is_completed()):
                raise CasebookError(
                    f"The flow run {run.name} of the deployment {DEPLOYMENT} did not complete, so not all deliveries "
                    "are checked and nothing is published: see what it says, mend it, and run the night again."
                )
            place = places.pop(run.id)
            last = time.monotonic()
            yield place, handed_in(parts[place])
        if time.monotonic() - last > MOST_SECONDS:
            raise CasebookError(
                f"No share was read and checked for an hour: is a worker running for the deployment {DEPLOYMENT}? "
                "Start one (docs/scaling.md) and run the night again."
            )
        time.sleep(SECONDS_BETWEEN_LOOKS if places else 0)


def _start(part: Share) -> UUID:
    try:
        run = run_deployment(DEPLOYMENT, parameters={"order": str(hand_out(part))}, timeout=0)
    except ObjectNotFound:
        raise CasebookError(
            f"Prefect's server has no deployment {DEPLOYMENT}, which CASEBOOK_SHARE_WORKERS asks for: deploy it "
            "(docs/operations.md), or leave the setting out. Nothing was lost."
        ) from None
    return cast(FlowRun, run).id


def _ended(runs: Collection[UUID]) -> list[FlowRun]:
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=list(runs))))
    return [run for run in found if run.state and run.state.is_final()]
