"""Nights that are measured can begin."""

from pathlib import Path

import pytest

from bench import nights
from flows.base.places import require_places
from flows.base.warehouse_paths import Warehouse


def test_the_night_that_prepares_a_warehouse_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A night refuses to begin a warehouse where nothing was delivered."""
    began = []

    def night(name: str, landing: Path, warehouse: Path) -> None:
        require_places(landing, Warehouse(warehouse))
        began.append(name)

    monkeypatch.setattr(nights, "night", night)
    nights.prepared(tmp_path)
    assert began == ["preparing a warehouse"]
