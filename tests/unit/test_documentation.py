"""Documentation hangs together: links resolve, every page can be found, decisions are dated, lines are short."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from flows.base.render_cache import CODE
from flows.base.settings import PROJECT

DOCS = PROJECT / "docs"
PAGES = sorted([*PROJECT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))

LONGEST_LINE = 120
TWO_SCREENS = 100
"""Lines; a longer page has a table of contents."""

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.M)
FENCED = re.compile(r"^ *```.*?^ *```$", re.M | re.S)
DECIDED = re.compile(r"\n- Status: \S.*\n- Date: \d{4}-\d\d-\d\d\b.*\n- Supersedes: \S")


def prose(text: str) -> str:
    """A page without its blocks of code, whose lines stay as empty ones."""
    return FENCED.sub(lambda block: "\n" * block[0].count("\n"), text)


def links(page: Path) -> Iterator[tuple[str, Path, str]]:
    """Links to files: as written, the file, and the heading within it."""
    for target in LINK.findall(prose(page.read_text(encoding="utf-8"))):
        if not re.match(r"\w+:", target):
            path, _, heading = target.partition("#")
            yield target, (page.parent / path).resolve() if path else page, heading


def anchor(heading: str) -> str:
    """The name by which a link finds a heading, as GitHub and most renderers make it."""
    plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
    return plain.replace(" ", "-")


def anchors(page: Path, level: int | None = None) -> set[str]:
    """Headings of a page as links name them; of one level, or of all."""
    found = HEADING.findall(prose(page.read_text(encoding="utf-8")))
    return {anchor(heading) for marks, heading in found if level in (None, len(marks))}


def broken(page: Path) -> list[str]:
    """Links of a page that lead nowhere."""
    return [
        target
        for target, file, heading in links(page)
        if not file.exists() or (heading and file.suffix == ".md" and heading not in anchors(file))
    ]


def reachable(start: Path) -> set[Path]:
    """Pages that somebody finds who begins at one and follows links."""
    found, waiting = {start}, [start]
    while waiting:
        fresh = {file for _, file, _ in links(waiting.pop()) if file.suffix == ".md" and file.exists()} - found
        found |= fresh
        waiting.extend(fresh)
    return found


def too_long(page: Path) -> list[str]:
    """Lines of text beyond the limit, but for tables, lines that are one link, and what a program writes."""
    by_hand, _, _ = page.read_text(encoding="utf-8").partition("<!-- From here on written by")
    lines = prose(by_hand).splitlines()
    return [
        f"line {number} has {len(line)} characters"
        for number, line in enumerate(lines, 1)
        if len(line) > LONGEST_LINE and not line.lstrip().startswith("|") and not LINK.fullmatch(line.strip())
    ]


def not_in_contents(page: Path) -> set[str]:
    """Second-level headings to which a page that needs a table of contents does not link."""
    if len(page.read_text(encoding="utf-8").splitlines()) <= TWO_SCREENS:
        return set()
    return anchors(page, level=2) - {heading for _, file, heading in links(page) if file == page}


def undecided(page: Path) -> list[str]:
    """The name of a decision that does not begin with its status, its date and what it supersedes."""
    head = "\n".join(page.read_text(encoding="utf-8").splitlines()[:6])
    return [] if DECIDED.search(head) else [page.name]


by_page = partial(pytest.mark.parametrize, ids=lambda page: page.relative_to(PROJECT).as_posix())


@by_page("page", PAGES)
def test_every_relative_link_resolves(page: Path) -> None:
    assert broken(page) == []


@by_page("page", PAGES)
def test_no_line_of_text_is_longer_than_the_limit(page: Path) -> None:
    assert too_long(page) == []


@by_page("page", [page for page in PAGES if page.is_relative_to(DOCS)])
def test_a_page_over_two_screens_links_to_each_of_its_sections(page: Path) -> None:
    assert not_in_contents(page) == set()


def test_every_page_is_reachable_from_the_table_of_contents() -> None:
    assert set(DOCS.rglob("*.md")) - reachable(DOCS / "README.md") == set()


@by_page("page", DECISIONS)
def test_every_decision_has_status_date_and_what_it_supersedes(page: Path) -> None:
    assert undecided(page) == []


def test_every_decision_is_listed() -> None:
    index = {file for _, file, _ in links(DOCS / "decisions" / "README.md")}
    assert set(DECISIONS) <= index
    assert len(DECISIONS) > 20


def test_pages_of_a_publication_are_made_again_when_a_text_on_them_changes() -> None:
    topics = (PROJECT / "figures" / "topic" / "pages.sql").read_text(encoding="utf-8")
    documents = re.findall(r"'([\w/-]+\.md)'", topics)
    assert len(documents) > 5
    assert [text for text in documents if not Path(text).is_relative_to("figures") and text not in CODE] == []


@pytest.mark.parametrize(
    ("check", "text", "found"),
    [
        (broken, "See [nothing](nowhere.md).", ["nowhere.md"]),
        (broken, "# Here\n\nSee [part](#there).", ["#there"]),
        (broken, "![Picture](missing.png)", ["missing.png"]),
        (broken, "# Who may read?\n\n[It](page.md#who-may-read), [web](https://example.org/nowhere.md)", []),
        (broken, "```\n[code](nowhere.md)\n```\n", []),
        (too_long, "x " * 70, ["line 1 has 140 characters"]),
        (too_long, "| " + "x " * 70, []),
        (too_long, "```\n" + "x" * 140 + "\n```\n", []),
        (too_long, "<!-- From here on written by `make` -->\n" + "x " * 70, []),
        (too_long, f"[A link]({'x' * 140})", []),
        (not_in_contents, "## One\n" + "\n" * TWO_SCREENS, ["one"]),
        (not_in_contents, "[One](#one)\n## One\n" + "\n" * TWO_SCREENS, []),
        (not_in_contents, "## One\n", []),
        (undecided, "# 1 A\n\n- Status: Accepted\n- Date: 2026-11-21\n- Supersedes: none\n", []),
        (undecided, "# 1 A\n\n- Status: Accepted\n- Supersedes: none\n", ["page.md"]),
        (undecided, "# 1 A\n\n- Status: \n- Date: 2026-11-21\n- Supersedes: none\n", ["page.md"]),
    ],
)
def test_what_is_wrong_is_found(
    tmp_path: Path, check: Callable[[Path], list[str] | set[str]], text: str, found: list[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    assert sorted(check(page)) == found


def test_a_page_that_nobody_links_to_is_found(tmp_path: Path) -> None:
    for name, text in {"README.md": "[a](a.md)", "a.md": "[b](b.md#part)", "b.md": "", "alone.md": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = {page.name for page in reachable(tmp_path / "README.md")}
    assert found == {"README.md", "a.md", "b.md"}
