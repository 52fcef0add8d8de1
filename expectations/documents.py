"""Data Docs: pages of what Great Expectations found on the last night, for those who may enter the restricted folder.

Great Expectations writes a page a suite, as it does everywhere. Its pages ask five servers for scripts and styles, and
its index is empty without them; so all that is taken out, and the index is our own. Only counts come in: nothing
delivered is on a page, and a page that should hold markup all the same can run and load nothing.
"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, RunIdentifier
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)

from expectations.engine import RuleResult

STYLE = """
body { font: 16px/1.4 arial, "Liberation Sans", sans-serif; margin: 1rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; margin: .5rem 0 1.5rem } td, th { border: 1px solid #b1b4b6; padding: .3rem .6rem }
th { text-align: left } .number { text-align: right; white-space: nowrap } .breadcrumb { list-style: none; padding: 0 }
.btn-group, .btn, .card, [data-toggle=collapse], footer { display: none }
.text-success::before { content: "\\2714" } .text-danger::before { content: "\\2718" }
.text-warning::before { content: "!" }
"""
HEAD = (
    '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    f"content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>{STYLE}</style>"
)
"""The policy forbids a page to load or run anything, whatever it holds."""

_SCRIPT = re.compile(r"<script\b.*?</script>|<style\b.*?</style>|<link\b[^>]*>|<meta\b[^>]*>|<img\b[^>]*>", re.S | re.I)
_HANDLER = re.compile(r"\son\w+=\"[^\"]*\"", re.I)
_OUTWARD = re.compile(r"<a\b[^>]*href=\"(?:https?:|[^\"]*expectations/)[^\"]*\"[^>]*>(.*?)</a>", re.S | re.I)

WEIGHTS = ("critical", "warning", "info")
TONIGHT = ("checked", "expectations", "critical broken", "warnings broken", "information")

TREND = ("night", "delivery", "rows checked", "held by a rule", "warnings", "information")
"""What a row of the trend says: business date, kind, and rows counted once for each rule that they break."""


def write(
    folder: Path, run_id: str, suites: Mapping[str, Sequence[RuleResult]], trend: Sequence[Sequence[object]]
) -> None:
    """The pages into a folder that is not there yet: `index.html` and one a suite.

    suites: results by the name of what was checked. trend: rows as `TREND` says, newest first.
    """
    context = gx.get_context(mode="ephemeral")
    # Great Expectations reads a name that looks like a time as one, and stops where its last digits are no time zone.
    run = RunIdentifier(run_name=f"night_{run_id}", run_time=datetime.now(UTC))
    for suite, results in suites.items():
        _store(context, suite, run, results)
    context.add_data_docs_site(site_name="quality", site_config=_site(folder))
    context.build_data_docs(["quality"])
    _keep_pages(folder)
    pages = {path.stem: path.relative_to(folder) for path in sorted(folder.rglob("*.html"))}
    (folder / "index.html").write_text(_index(run_id, suites, pages, trend), encoding="utf-8")


def _site(folder: Path) -> dict[str, object]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "site_section_builders": {"expectations": "None", "profiling": "None"},
    }


def _store(
    context: gx.data_context.AbstractDataContext, suite: str, run: RunIdentifier, results: Sequence[RuleResult]
) -> None:
    broken = sum(1 for result in results if result.rows_failing)
    outcome = ExpectationSuiteValidationResult(
        success=not broken,
        results=[result.evidence for result in results],
        suite_name=suite,
        statistics={
            "evaluated_expectations": len(results),
            "successful_expectations": len(results) - broken,
            "unsuccessful_expectations": broken,
            "success_percent": 100 * (len(results) - broken) / len(results),
        },
        meta={"run_id": run},
    )
    identifier = ValidationResultIdentifier(ExpectationSuiteIdentifier(suite), run, suite)
    context.validation_results_store.set(identifier, outcome)


def _keep_pages(folder: Path) -> None:
    """Nothing but pages, and in them nothing that loads, runs or leads out of the site."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.suffix != ".html" or path.name == "index.html":
            path.unlink()
            continue
        page = _OUTWARD.sub(r"\1", _HANDLER.sub("", _SCRIPT.sub("", path.read_text(encoding="utf-8"))))
        path.write_text(page.replace("<head>", f"<head>{HEAD}", 1), encoding="utf-8")


def _index(
    run_id: str,
    suites: Mapping[str, Sequence[RuleResult]],
    pages: Mapping[str, Path],
    trend: Sequence[Sequence[object]],
) -> str:
    rows = [
        f'<tr><td><a href="{html.escape(str(pages[suite]))}">{html.escape(suite)}</a></td>'
        + "".join(map(_cell, (len(results), *(_broken(results, severity) for severity in WEIGHTS))))
        + "</tr>"
        for suite, results in suites.items()
    ]
    history = ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in trend]
    return (
        f'<!DOCTYPE html><html lang="en"><head>{HEAD}<title>Data Docs</title></head><body>'
        f"<h1>Data Docs</h1><p>Night {html.escape(run_id)}</p>"
        f"<h2>Tonight</h2><table><tr>{_heads(TONIGHT)}</tr>" + "".join(rows) + "</table>"
        f"<h2>The last nights with deliveries</h2><table><tr>{_heads(TREND)}</tr>"
        + "".join(history)
        + "</table></body></html>\n"
    )


def _broken(results: Sequence[RuleResult], severity: str) -> int:
    return sum(1 for result in results if result.rows_failing and result.severity == severity)


def _heads(names: Sequence[str]) -> str:
    return "".join(f"<th>{name}</th>" for name in names)


def _cell(value: object) -> str:
    return f'<td class="number">{value:,}</td>' if isinstance(value, int) else f"<td>{html.escape(str(value))}</td>"
