"""Documents of the project as they stand on a page: without what pages have themselves, long lists under headings."""

import re

PARTS = {
    "Inspections, cases and scores": (
        *("scores", "cases", "questions", "ratings", "follow-ups", "programmes", "pools", "classification", "outcomes"),
        *("needs", "teams", "themes", "caseload", "caseloads", "surveys", "expectations", "recommendations", "context"),
        "sample design",
    ),
    "Comparisons and chance": ("comparing inspections", "comparing groups", "signals", "equality", "ethnicity"),
    "Performance": ("performance", "scorecard", "measures", "unpaid work", "IPPF"),
    "Printed figures": ("printed figures", "reconciliation", "reports"),
    "Deliveries": ("deliveries", "odd files", "orphans", "replay", "returns", "erasure", "calendar", "decisions"),
    "Publications and releases": (
        "publication",
        "releases",
        "disclosure",
        "revisions",
        "nights",
        "operations",
        "backup",
        "access",
    ),
    "Pages, downloads and queries": ("pages", "downloads", "analysts", "examples"),
}
"""The heading that subjects of assumptions stand under; a subject that is not named here stands under the last one."""

OTHERS = "Other subjects"
FOR_MAINTAINERS = re.compile(r"^Contents: .+?(?:\n\n|\Z)|(?<=\. )`make \w+` writes this page.+?\.(?=\n)", re.M | re.S)
"""The line of contents, which a page has itself, and how the file is made."""
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| (.+) \| (\w+) \|$", re.M)
DECISION = re.compile(r" \(decision \d{4}\)")


def as_page(text: str) -> str:
    """A document as a page has it."""
    own = text.partition("\n")[2] if text.startswith("# ") else text
    return _under_headings(FOR_MAINTAINERS.sub("", own))


def _under_headings(text: str) -> str:
    """A text whose numbered rows have a subject, with a table for each heading, and subjects in the order of names."""
    rows = list(ROW.finditer(text))
    if not rows:
        return text
    head = text[: rows[0].start()].rstrip().rsplit("\n\n", 1)
    parts = [_part(heading, head[1], rows) for heading in [*PARTS, OTHERS]]
    return "\n\n".join([head[0], *filter(None, parts), text[rows[-1].end() :].strip()]).rstrip() + "\n"


def _part(heading: str, head: str, rows: list[re.Match[str]]) -> str:
    own = [row for row in rows if _heading(row[2]) == heading]
    lines = [DECISION.sub("", row[0]) for row in sorted(own, key=lambda row: (row[2].lower(), int(row[1])))]
    return "\n".join([f"## {heading}\n", head, *lines]) if lines else ""


def _heading(subject: str) -> str:
    return next((heading for heading, subjects in PARTS.items() if subject in subjects), OTHERS)
