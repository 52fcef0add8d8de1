"""The process that writes the second half of the workbooks: `python -m downloads`, started by figures.build."""

from downloads.build import BOOKS
from figures.build import build_share

if __name__ == "__main__":
    build_share(BOOKS)
