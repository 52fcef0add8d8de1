"""The index of releases, and the first page of each: what is new, what was revised, and where everything is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from figures.show import day
from pages.render import markdown, template


class Release(Protocol):
    """What a release says of itself (flows.release.manifest)."""

    @property
    def name(self) -> str: ...
    @property
    def notes(self) -> str: ...
    @property
    def revised(self) -> tuple[str, ...]: ...
    @property
    def released_at(self) -> datetime | None: ...
    @property
    def retracted_at(self) -> datetime | None: ...
    @property
    def reason(self) -> str: ...
    @property
    def next_due(self) -> date: ...


def index_page(releases: Sequence[Release]) -> str:
    """All releases, the newest first, each with date, notes and what was revised; and when the next is due."""
    shown = [release for release in reversed(releases) if not release.retracted_at]
    due = day(shown[0].next_due) if shown else None
    return template("releases").render(releases=list(reversed(releases)), due=due, **HELPERS)


def release_page(release: Release, up: str = "") -> str:
    """The first page of a release, at its permanent address. up: the way to its folder, for a page below it."""
    return template("release").render(release=release, up=up, **HELPERS)


HELPERS = {"day": day, "markdown": markdown}
