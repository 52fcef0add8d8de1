"""Writes the files that follow from the contracts: `make contracts`."""

from pathlib import Path

from expectations import dictionary, sources
from expectations.reference import PROJECT


def contract_files() -> dict[Path, str]:
    """The content of every file that follows from the contracts."""
    return {
        dictionary.PAGE: dictionary.page(),
        PROJECT / "models" / "staging" / "delivery" / "_raw__sources.yml": sources.raw_sources(),
        PROJECT / "seeds" / "common" / "delivery_kinds.csv": sources.delivery_kinds(),
        PROJECT / "macros" / "contracts.sql": sources.macros(),
    }


def main() -> None:
    """Write all of them."""
    for path, content in contract_files().items():
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
