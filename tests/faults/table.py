"""Writes what `make faults` found into docs/operations/operations.md: python -m tests.faults.table."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from flows.base.settings import PROJECT
from tests.faults.record import FILE, KINDS, NOT_REACHED, NOT_TRIED, Fault

PAGE = PROJECT / "docs" / "operations" / "operations.md"
BEGIN, END = "<!-- written by make faults -->", "<!-- end of what make faults wrote -->"
LINE = 110
ROW = re.compile(r"\| (.*) \| (\d+) \| (.*) \|")
ALWAYS = {"random kills"}
WORDS = ("random kills", "ordinary nights after a fault", "publications read whole", "outputs without a traceback")


def main() -> None:
    """Replace the part of the page between the marks by the last run."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    run = json.loads(FILE.read_text(encoding="utf-8"))
    PAGE.write_text(f"{before}{BEGIN}\n{chr(10).join(_lines(run))}\n{END}{after}", encoding="utf-8")


def named() -> set[Fault]:
    """The faults that the page has a row for."""
    part = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    found, kind = set(), ""
    for line in part.splitlines():
        if line.startswith("### "):
            kind = line.removeprefix("### ")
        if row := ROW.fullmatch(line):
            found.add(Fault(kind, row[1].replace("\\|", "|")))
    return found


def _lines(run: dict[str, Any]) -> Iterator[str]:
    counts = ", ".join(
        f"{run['counts'].get(word, 0):,} {word}" for word in WORDS if word in ALWAYS | run["counts"].keys()
    )
    sentence = f"The run of {run['date']} took {run['minutes']} minutes on a machine of {run['cores']} cores: {counts}."
    yield from wrap(sentence, LINE)
    for kind in dict.fromkeys(KINDS.values()):
        rows = [row for row in run["rows"] if row["kind"] == kind]
        yield from ("", f"### {kind}", "", _summary(rows), "", "| fault | times | outcome |", "| --- | ---: | --- |")
        for row in rows:
            yield f"| {_cell(row['name'])} | {row['times']} | {_cell(row['outcome'])} |"


def _summary(rows: list[dict[str, Any]]) -> str:
    """How many faults ended in each way, by the first word of the outcome."""
    left_out = (NOT_TRIED, NOT_REACHED)
    ways = Counter(
        row["outcome"] if row["outcome"] in left_out else row["outcome"].split()[0].strip(":;,") for row in rows
    )
    return f"{len(rows)} faults: {', '.join(f'{count} {way}' for way, count in ways.most_common())}."


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    main()
