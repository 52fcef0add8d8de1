"""Writes the files that follow from the contracts: `make contracts`."""

from pathlib import Path

from expectations import dictionary, passages, sources, staging
from expectations.deliveries import DELIVERIES
from expectations.reference import PROJECT


def contract_files() -> dict[Path, str]:
    """The content of every file that follows from the contracts."""
    return {
        dictionary.PAGE: dictionary.page(),
        PROJECT / "models" / "staging" / "delivery" / "_raw__sources.yml": sources.raw_sources(),
        PROJECT / "seeds" / "common" / "delivery_kinds.csv": sources.delivery_kinds(),
        PROJECT / "macros" / "contracts.sql": sources.macros(),
        **_staging(),
        **passages.pages(),
    }


def _staging() -> dict[Path, str]:
    folders = {kind: PROJECT / "models" / "staging" / delivery.subject for kind, delivery in DELIVERIES.items()}
    models = {folders[kind] / f"stg_{kind}.sql": staging.model(delivery) for kind, delivery in DELIVERIES.items()}
    pages = {folder / f"_{folder.name}__models.yml": staging.page(folder.name) for folder in folders.values()}
    return models | pages


def main() -> None:
    """Write all of them."""
    for path, content in contract_files().items():
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
