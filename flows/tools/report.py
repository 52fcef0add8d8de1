"""The page of an inspection as a report on paper (PDF): scores, questions and findings, without the other long tables.

`python -m flows.tools.report ESI-BED-2005` prints it from the publication that readers get now.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.base.errors import CasebookError
from flows.base.settings import PROJECT, Settings

FOLDER = PROJECT / "target" / "reports"
BROWSER = "chromium"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--disable-background-networking")

BODY, REPORT_BODY = 'class="govuk-template__body"', 'class="govuk-template__body casebook-report"'

SECTION = re.compile(r'(?=<h2 class="govuk-heading-m")')
FIGURE = re.compile(r'<section class="casebook-figure" id="figure-([a-z_]+)".*?</section>', re.DOTALL)
QUERY = re.compile(r'<span class="casebook-ways">.*?(?=</p>\n</section>)', re.DOTALL)
KEPT = {"questions"}
"""Long tables that a report has."""


def report_of(page: str) -> str:
    """The page of an inspection without links to queries and data, without long tables that pages fold, and without
    the sections that are then empty."""
    whole, *sections = SECTION.split(FIGURE.sub(_kept, QUERY.sub("", page)))
    last, end, rest = sections[-1].partition('<section class="govuk-inset-text casebook-cite"')
    kept = [section for section in [*sections[:-1], last] if FIGURE.search(section)]
    return "".join([whole.replace(BODY, REPORT_BODY, 1), *kept, end, rest])


def _kept(figure: re.Match[str]) -> str:
    is_long = "<details" in figure[0] and "casebook-chart" not in figure[0]
    return "" if is_long and figure[1] not in KEPT else figure[0]


def print_report(site: Path, inspection_id: str, folder: Path) -> Path:
    """Print the report of an inspection into a folder. Returns the file.

    Errors: CasebookError where there is no such inspection, no browser, or the browser prints nothing.
    """
    page = site / "inspections" / f"{inspection_id}.html"
    if not page.is_file():
        known = ", ".join(sorted(path.stem for path in page.parent.glob("*.html")))
        raise CasebookError(f"There is no page of inspection {inspection_id}; there are: {known or 'none'}.")
    if shutil.which(BROWSER) is None:
        raise CasebookError(f"A report is printed by {BROWSER}: run make system-deps, which installs it.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{inspection_id}.pdf"
    target.unlink(missing_ok=True)
    with TemporaryDirectory() as name:
        sheet = Path(name) / "inspections" / page.name
        sheet.parent.mkdir()
        sheet.write_text(report_of(page.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.copytree(site / "assets", Path(name) / "assets")
        command = [BROWSER, *FLAGS, f"--print-to-pdf={target.resolve()}", sheet.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode or not target.is_file():
        raise CasebookError(f"{BROWSER} printed nothing: {done.stderr.strip()[-300:] or 'it said nothing'}.")
    return target


if __name__ == "__main__":
    try:
        inspection_id = sys.argv[1] if len(sys.argv) > 1 else ""
        print(print_report(Settings().warehouse / "current" / "site", inspection_id, FOLDER))  # noqa: T201 -- the answer of the command
    except CasebookError as error:
        sys.exit(str(error))
