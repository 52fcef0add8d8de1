"""What the contents of a page lead to."""

import re
from collections.abc import Collection, Iterable

from figures import Figure, Page


def parts_of(page: Page, figures: Collection[str]) -> list[tuple[str, str]]:
    """What the contents of a page lead to, each with its anchor: sections and headings of its text, or its figures."""
    sections = [section for section in page.kind.sections if section.title]
    shown = [section.title for section in sections if not section.figures or _are_any(section.figures, figures)]
    headings = re.findall(r"^## (.+)$", page.text, re.MULTILINE)
    parts = [(title, slug(title)) for title in [*shown, *headings]]
    figures_alone = [(figure.title, f"figure-{figure.name}") for figure in page.kind.on_page if figure.name in figures]
    return parts if len(parts) > 1 or any(figure.group for figure in page.kind.figures) else figures_alone


def _are_any(these: Iterable[Figure], figures: Collection[str]) -> bool:
    return any(figure.name in figures for figure in these)


def slug(text: str) -> str:
    """A heading as an anchor."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
