"""The process that writes the second half of the workbooks: `python -m downloads FILE FOLDER [KEPT]`.

Their names are on its standard input.
"""

import sys
from pathlib import Path

from downloads.build import write_share
from flows.base.worker_process import own_share


def main() -> None:
    """Write, where something is kept with that, too."""
    candidate, folder, *kept = map(Path, sys.argv[1:])
    write_share(candidate, folder, kept[0] if kept else None, own_share())


if __name__ == "__main__":
    main()
