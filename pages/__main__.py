"""The process that builds the second half of the pages: `python -m pages`, started by figures.build."""

from figures.build import build_share
from pages.build import PAGES

if __name__ == "__main__":
    build_share(PAGES)
