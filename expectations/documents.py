"""Data Docs: pages of what Great Expectations found on the last night, for those who may enter the restricted folder.

One page a suite and an index. Those that Great Expectations writes ask five servers for scripts and styles; these hold
counts only, nothing that was delivered, and a page can load and run nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from expectations.engine import RuleResult

STYLE = """
body { font: 16px/1.4 arial, "Liberation Sans", sans-serif; margin: 1rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; margin: .5rem 0 1.5rem } td, th { border: 1px solid #b1b4b6; padding: .3rem .6rem }
th { text-align: left } .number { text-align: right; white-space: nowrap }
"""
HEAD = (
    '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    f"content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>{STYLE}</style>"
)
"""The policy forbids a page to load or run anything, whatever it holds."""

WEIGHTS = ("critical", "warning", "info")
TONIGHT = ("checked", "expectations", "critical broken", "warnings broken", "information")

TREND = ("night", "delivery", "rows checked", "held by a rule", "warnings", "information")
"""The columns of the trend: business date, kind, and rows counted once for each rule that they break."""

RULES = ("expectation", "what must hold", "severity", "what follows", "result", "rows that break it")


def write(
    folder: Path, run_id: str, suites: Mapping[str, Sequence[RuleResult]], trend: Sequence[Sequence[object]]
) -> None:
    """The pages into a folder that has none yet: `index.html` and one a suite.

    suites: results by the name of what was checked. trend: rows as `TREND` says, newest first.
    """
    folder.mkdir(exist_ok=True)
    tonight = [_in_brief(suite, results) for suite, results in suites.items()]
    body = f"<h2>Tonight</h2>{_table(TONIGHT, tonight)}<h2>The last nights with deliveries</h2>{_table(TREND, trend)}"
    _write(folder / "index.html", "Data Docs", run_id, body)
    for suite, results in suites.items():
        rules = sorted(results, key=lambda result: result.rows_failing == 0)
        _write(folder / f"{suite}.html", f"Expectations on {suite}", run_id, _table(RULES, map(_rule, rules)))


def _in_brief(suite: str, results: Sequence[RuleResult]) -> tuple[object, ...]:
    link = Markup('<a href="{0}.html">{0}</a>').format(suite)
    return link, len(results), *(_broken(results, severity) for severity in WEIGHTS)


def _rule(result: RuleResult) -> tuple[object, ...]:
    verdict = "broken" if result.rows_failing else "holds"
    return result.rule, result.sentence, result.severity, result.outcome, verdict, result.rows_failing


def _broken(results: Sequence[RuleResult], severity: str) -> int:
    return sum(1 for result in results if result.rows_failing and result.severity == severity)


def _write(path: Path, title: str, run_id: str, body: str) -> None:
    path.write_text(
        f'<!DOCTYPE html><html lang="en"><head>{HEAD}<title>{escape(title)}</title></head><body>'
        f"<h1>{escape(title)}</h1><p>Night {escape(run_id)}</p>{body}</body></html>\n",
        encoding="utf-8",
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in heads)
    lines = ["".join(map(_cell, row)) for row in rows]
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _cell(value: object) -> str:
    return f'<td class="number">{value:,}</td>' if isinstance(value, int) else f"<td>{escape(value)}</td>"
