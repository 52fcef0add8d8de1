"""dbt's events, some thirty a node, of which only warnings and errors are formatted: nights show no others."""

from typing import Any

from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager

HEARD = (EventLevel.WARN, EventLevel.ERROR)


class Warnings(EventManager):  # type: ignore[misc]  # the library has no types
    """Lets go of everything but warnings, which may be errors by dbt_project.yml, and errors."""

    def fire_event(self, e: Any, level: EventLevel | None = None, *more: Any, **named: Any) -> None:
        if named.get("force_warn_or_error_handling") or (level or e.level_tag()) in HEARD:
            super().fire_event(e, level, *more, **named)


def hear_warnings_alone() -> None:
    """For all calls of dbt in this process from now on."""
    ctx_set_event_manager(Warnings())
