"""Build pages or workbooks of a publication, in two processes. What is as it was is reused from an earlier night."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import duckdb

from figures.read import Publication, publication_of
from flows.base.render_cache import CachedFile, RenderCache
from flows.base.warehouse_paths import PUBLIC_FILE, open_public
from flows.base.worker_process import own_share, second_process


@dataclass(frozen=True)
class Job:
    """A file to build. key: digest of all that decides its content, empty where that is not known. make: the file."""

    key: str
    make: Callable[[], CachedFile]


@dataclass(frozen=True)
class Product:
    """What is built of a publication.

    module: run as `python -m MODULE` by the second process. folder: in the publication's folder and in the cache.
    jobs: every file by its name. filled: a cached file as the file of a publication. worth_a_process: files to make
    for which a second process, which takes a second to begin, is of use.
    """

    module: str
    jobs: Callable[[duckdb.DuckDBPyConnection, RenderCache], Mapping[str, Job]]
    filled: Callable[[bytes, Publication], bytes]
    worth_a_process: int


@dataclass(frozen=True)
class Built:
    """How many files there are, and how many of them were reused."""

    files: int
    reused: int


def build(
    product: Product,
    candidate: Path,
    folder: Path,
    cache: Path | None,
    meanwhile: Callable[[duckdb.DuckDBPyConnection], None] = lambda _: None,
) -> Built:
    """Write the files of the analysts' file `candidate` into a folder. The same file makes the same bytes.

    cache: where files are cached from night to night; without it every file is made. meanwhile: what else this process
    does while the second is at work. Errors: CasebookError where the second process does not end well.
    """
    with opened(candidate) as connection:
        share = _Share(product, connection, folder, RenderCache(cache))
        left = share.reuse()
        here, there = (left[::2], left[1::2]) if len(left) >= product.worth_a_process else (left, [])
        arguments = json.dumps([str(candidate), str(folder), str(cache) if cache else None])
        with second_process(product.module, [arguments], there) if there else nullcontext():
            meanwhile(connection)
            share.make(here)
        share.cache.keep_only(share.jobs)
    return Built(len(share.jobs), len(share.jobs) - len(left))


def build_share(product: Product) -> None:
    """What the second process does: make the files whose names are on its standard input."""
    candidate, folder, cache = json.loads(sys.argv[1])
    names = own_share()
    with opened(Path(candidate)) as connection:
        _Share(product, connection, Path(folder), RenderCache(Path(cache) if cache else None)).make(names)


def opened(candidate: Path) -> duckdb.DuckDBPyConnection:
    """A connection that reads. One thread: the second process has the other core."""
    if candidate.name == PUBLIC_FILE:
        return open_public(candidate, threads=1)
    return duckdb.connect(str(candidate), read_only=True, config={"threads": 1})


class _Share:
    """What one process does of the files."""

    def __init__(
        self, product: Product, connection: duckdb.DuckDBPyConnection, folder: Path, cache: RenderCache
    ) -> None:
        self._product = product
        self._publication = publication_of(connection)
        self._folder = folder
        self.cache = cache
        self.jobs = product.jobs(connection, cache)

    def reuse(self) -> list[str]:
        """Write the files that need not be made. Returns the names of the others."""
        for name in {name.rpartition("/")[0] for name in self.jobs}:
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        return [name for name, job in self.jobs.items() if not self._reuse(name, job.key)]

    def make(self, names: Iterable[str]) -> None:
        for name in names:
            file = self.jobs[name].make()
            self.cache.write(name, file)
            self._write(name, file.content)

    def _reuse(self, name: str, key: str) -> bool:
        content = self.cache.reused(name, key)
        if content is not None:
            self._write(name, content)
        return content is not None

    def _write(self, name: str, content: bytes) -> None:
        (self._folder / name).write_bytes(self._product.filled(content, self._publication))
