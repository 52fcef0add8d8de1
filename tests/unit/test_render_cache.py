"""A cached file is reused only where it was made of the same and is whole."""

from pathlib import Path

import pytest

from flows.base import render_cache
from flows.base.render_cache import CachedFile, RenderCache, code, digest

KEY, OTHER_KEY = digest("tables"), digest("other tables")
FILE = CachedFile(KEY, b"<p>made</p>\n<p>in lines</p>", {"scores": KEY, "due": OTHER_KEY})


@pytest.fixture
def cache(tmp_path: Path) -> RenderCache:
    """A cache with one file."""
    cache = RenderCache(tmp_path / "cache")
    cache.write("areas/BED.html", FILE)
    return cache


def test_what_is_made_of_the_same_is_reused(cache: RenderCache) -> None:
    assert cache.reused("areas/BED.html", KEY) == FILE.content


@pytest.mark.parametrize(("name", "key"), [("areas/BED.html", OTHER_KEY), ("areas/AVS.html", KEY)])
def test_what_is_made_of_something_else_is_not(name: str, key: str, cache: RenderCache) -> None:
    assert cache.reused(name, key) is None


def test_a_file_with_tables_of_unknown_content_is_never_reused_as_a_whole(cache: RenderCache) -> None:
    cache.write("index.html", CachedFile("", b"made", {"areas": KEY}))
    assert cache.reused("index.html", "") is None
    assert cache.read("index.html") == CachedFile("", b"made", {"areas": KEY})


def test_a_file_is_read_as_it_was_written_and_replaces_the_one_before(cache: RenderCache) -> None:
    assert cache.read("areas/BED.html") == FILE
    later = CachedFile(OTHER_KEY, b"later")
    cache.write("areas/BED.html", later)
    assert cache.read("areas/BED.html") == later


@pytest.mark.parametrize("at", [0, 40, 80, -1])
def test_a_file_that_anyone_touched_counts_as_missing(at: int, cache: RenderCache, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "areas" / "BED.html"
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert cache.read("areas/BED.html") is None


def test_so_does_one_of_another_layout(cache: RenderCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_cache, "LAYOUT", b"content, head")
    assert cache.read("areas/BED.html") is None


@pytest.mark.parametrize("length", [0, 10, 32, 96])
def test_so_does_one_that_a_full_disk_cut_off(length: int, cache: RenderCache, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "areas" / "BED.html"
    path.write_bytes(path.read_bytes()[:length])
    assert cache.read("areas/BED.html") is None


def test_what_is_no_longer_made_and_what_dead_nights_left_is_dropped(cache: RenderCache, tmp_path: Path) -> None:
    cache.write("areas/AVS.html", FILE)
    (tmp_path / "cache" / "areas" / ".BED.html.part").write_bytes(b"half")
    cache.keep_only(["areas/BED.html"])
    assert [path.name for path in (tmp_path / "cache").rglob("*") if path.is_file()] == ["BED.html"]


def test_without_a_folder_the_cache_is_empty(tmp_path: Path) -> None:
    cache = RenderCache(None)
    cache.write("index.html", FILE)
    assert cache.read("index.html") is None
    cache.keep_only([])
    assert list(tmp_path.iterdir()) == []


def test_the_code_is_another_when_any_file_or_package_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.base.code_fingerprint.PROJECT", tmp_path)
    (tmp_path / "figures" / "area").mkdir(parents=True)
    query = tmp_path / "figures" / "area" / "facts.sql"
    found = []
    for text in ("select 1", "select 2"):
        query.write_text(text)
        code.cache_clear()
        found.append(code())
    monkeypatch.setattr("flows.base.code_fingerprint.version", lambda _: "0")
    code.cache_clear()
    found.append(code())
    code.cache_clear()
    assert len(set(found)) == 3
