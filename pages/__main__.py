"""The process that builds the second half of the pages: `python -m pages FILE FOLDER`.

It ends when whoever started it does, which it notices by its standard input.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from flows.child import end_with_parent
from pages.build import build_half


def main() -> None:
    """Build, and say on standard output what was built."""
    candidate, folder = map(Path, sys.argv[1:])
    end_with_parent()
    built = build_half(candidate, folder, 1)
    sys.stdout.write(json.dumps(asdict(built)))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
