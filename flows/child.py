"""A process that another one started must not outlive it, however that one ended."""

import os
import sys
import threading


def end_with_parent() -> None:
    """End this process once its standard input closes, as it does when the process that holds the other end is gone."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    sys.stdin.read()
    os._exit(0)
