"""`python -m attack RELEASE_FOLDER...`: attacks releases in the order of their publication, the newest last.

Exits with 0 where all limits are met, with 1 where one is not, and with 2 where something cannot be read.
"""

import argparse
import json
import sys
from pathlib import Path

from attack.behind import findings as behind_figures
from attack.beside import findings as beside_figures
from attack.downloads import findings as of_downloads
from attack.noise import Unreadable
from attack.pages import findings as of_pages
from attack.read import noise_of, read_release
from attack.report import as_json, lines
from attack.run import Attacked, attack
from attack.scorecards import of_columns, of_scorecards
from attack.scores import findings as of_scores


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m attack", description="Attacks releases of figures.")
    parser.add_argument("release", nargs="+", type=Path, help="folders of releases, the newest last")
    parser.add_argument("--noise", type=Path, help="the table of noise; from a release or the project where left out")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    return parser.parse_args()


def run(folders: list[Path], noise: Path | None) -> Attacked:
    """The attack on the releases in these folders.

    Errors: Unreadable where a folder is no release or the table of noise is missing.
    """
    releases = [read_release(folder) for folder in folders]
    newest = folders[-1]
    reads = (of_pages, of_downloads, behind_figures, beside_figures, of_scorecards, of_columns, of_scores)
    others = [finding for of in reads for finding in of(newest)]
    return attack(releases, noise_of(folders, noise), others)


def main() -> int:
    """Runs the command; its exit code."""
    given = _arguments()
    try:
        found = run(given.release, given.noise)
    except Unreadable as problem:
        print(problem, file=sys.stderr)  # noqa: T201 -- the command line of a package of its own
        return 2
    said = json.dumps(as_json(found), indent=2) if given.json else "\n".join(lines(found))
    print(said)  # noqa: T201 -- as above
    return 0 if found.met else 1


if __name__ == "__main__":
    sys.exit(main())
