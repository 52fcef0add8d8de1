"""The process that builds the second half of the pages: `python -m pages FILE FOLDER [KEPT]`.

Their paths are on its standard input.
"""

import sys
from pathlib import Path

from flows.base.worker_process import own_share
from pages.build import build_share


def main() -> None:
    """Build, where something is kept with that, too."""
    candidate, folder, *kept = map(Path, sys.argv[1:])
    build_share(candidate, folder, kept[0] if kept else None, own_share())


if __name__ == "__main__":
    main()
