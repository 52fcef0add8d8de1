"""Rows of figures as scripts, since pages that are opened from a folder can load nothing else."""

import json
from collections.abc import Iterable

from figures import Page, Rows
from figures.show import MARKS, MEANINGS, REVISED, SHORTHAND

WORDS = {
    **{status: MEANINGS[sign] for status, sign in (SHORTHAND | MARKS).items()},
    "provisional": MEANINGS["[p]"],
    "revised": MEANINGS[REVISED],
}
"""What is said of a figure, by its status."""


def data_path(page: Page) -> str:
    """Where the rows of a page's figures that scripts load stand in the site."""
    return f"assets/data/{page.path.removesuffix('.html')}.js"


def data_script(page: Page, found: Iterable[Rows]) -> str:
    """A script that adds to CASEBOOK_DATA, by the path of the page, the columns and rows of figures by their name."""
    figures: dict[str, object] = {rows.figure.name: _table(rows) for rows in found}
    name, data = _json(page.path), _json({**figures, "words": WORDS})
    return f"(window.CASEBOOK_DATA ??= {{}})[{name}] = {data};\n"


def _table(found: Rows) -> dict[str, object]:
    columns = [column.name for column in found.figure.columns]
    return {"columns": columns, "rows": [[row[name] for name in columns] for row in found.rows]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
