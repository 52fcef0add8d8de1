"""Themes: the unpaid work of each framework, over the first inspection of every area."""

from pathlib import Path

from bench.generator.files import write_delivery
from bench.generator.inspections import Inspection

RECOMMENDATIONS = ("enough good placements", "risk of harm known before work begins")


def write_themes(planned: list[Inspection], out: Path) -> None:
    """Write `theme` and `theme_recommendation` of each framework that has inspections."""
    for framework in sorted({inspection.framework_code for inspection in planned}):
        members = {
            inspection.area_code: inspection.inspection_id
            for inspection in reversed(planned)
            if inspection.framework_code == framework and not inspection.follow_up_of
        }
        _write_theme(f"{framework}-UPW", members, out / "theme")


def _write_theme(theme_code: str, members: dict[str, str], folder: Path) -> None:
    theme = {
        "theme_code": theme_code,
        "theme_title": "Unpaid work (invented)",
        "sample_group": "unpaid_work",
        "area_code": list(members),
        "inspection_id": list(members.values()),
        "cases_about": 40 * len(members),
    }
    write_delivery(folder, "theme", theme_code, theme)
    recommendations = {
        "theme_code": theme_code,
        "recommendation_no": [number for number, _ in enumerate(RECOMMENDATIONS, start=1)],
        "theme": list(RECOMMENDATIONS),
        "addressed_to": "Board",
        "status": "open",
    }
    write_delivery(folder, "theme_recommendation", theme_code, recommendations)
