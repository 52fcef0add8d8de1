"""The report of an inspection on paper: its page without queries, folded tables and sections that are then empty."""

import shutil
from pathlib import Path

import pytest

from flows.base.errors import CasebookError
from flows.tools import report
from flows.tools.report import print_report, report_of


def figure(name: str, inside: str) -> str:
    source = (
        '<p><span class="casebook-ways"><a class="govuk-link" href="../queries/x.html">Query</a> with a = b</span></p>'
    )
    return f'<section class="casebook-figure" id="figure-{name}">\n{inside}\n{source}\n</section>'


PAGE = "\n".join(
    (
        '<body class="govuk-template__body"><h1>Bedfordshire</h1>',
        figure("facts", "Cases 100"),
        '<h2 class="govuk-heading-m">Scores</h2>',
        figure("intervals", '<div class="casebook-chart">a picture</div><details>its table</details>'),
        figure("questions", "<details>all questions</details>"),
        '<h2 class="govuk-heading-m">Teams</h2>',
        figure("teams", "<details>scores by team</details>"),
        '<section class="govuk-inset-text casebook-cite">Cite this</section></body>',
    )
)


def test_a_report_has_findings_pictures_and_questions() -> None:
    told = report_of(PAGE)
    for words in ("Bedfordshire", "Cases 100", "Scores", "a picture", "all questions", "Cite this"):
        assert words in told


@pytest.mark.parametrize("words", ["scores by team", "Teams", "Query", "with a = b"])
def test_a_report_has_no_other_long_table_no_empty_section_and_no_query(words: str) -> None:
    assert words not in report_of(PAGE)


def test_a_page_of_a_report_is_styled_as_one() -> None:
    assert '<body class="govuk-template__body casebook-report">' in report_of(PAGE)


def test_an_unknown_inspection_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "inspections").mkdir()
    (tmp_path / "inspections" / "ESI-BED-2005.html").touch()
    with pytest.raises(CasebookError, match="no page of inspection ESI-BED-2006; there are: ESI-BED-2005"):
        print_report(tmp_path, "ESI-BED-2006", tmp_path)


def test_a_machine_without_a_browser_is_told_what_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inspections").mkdir()
    (tmp_path / "inspections" / "ESI-BED-2005.html").touch()
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(CasebookError, match="make system-deps"):
        print_report(tmp_path, "ESI-BED-2005", tmp_path)


def test_a_browser_that_prints_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inspections").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "inspections" / "ESI-BED-2005.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(report, "BROWSER", "true")
    with pytest.raises(CasebookError, match="true printed nothing"):
        print_report(tmp_path, "ESI-BED-2005", tmp_path)
