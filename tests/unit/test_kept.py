"""What is kept is taken only where it still holds: made of the same, or saying the same, and whole."""

from pathlib import Path

import pytest

from flows.base import render_cache as kept
from flows.base.render_cache import Answer, Kept, code, digest

BASIS, OTHER_BASIS = digest("tables"), digest("other tables")
SAID, OTHER_SAID = digest("rows"), digest("other rows")


def made(content: bytes = b"made") -> bytes:
    return content


def never() -> bytes:
    raise AssertionError("It need not be made.")


@pytest.fixture
def store(tmp_path: Path) -> Kept:
    """A store that keeps one form."""
    store = Kept(tmp_path / "kept")
    store.form("areas/BED.html", BASIS, SAID, made)
    return store


def test_what_is_made_of_the_same_is_carried_over(store: Kept) -> None:
    assert store.carried("areas/BED.html", BASIS) == b"made"


@pytest.mark.parametrize(("name", "basis"), [("areas/BED.html", OTHER_BASIS), ("areas/AVS.html", BASIS)])
def test_what_is_made_of_something_else_is_not(name: str, basis: bytes, store: Kept) -> None:
    assert store.carried(name, basis) is None


def test_what_nobody_knows_the_tables_of_is_never_carried_over(store: Kept) -> None:
    store.form("index.html", None, SAID, made)
    assert store.carried("index.html", None) is None
    assert store.form("index.html", None, SAID, never) == b"made"


def test_what_says_the_same_is_not_made_again_and_is_kept_under_its_new_basis(store: Kept) -> None:
    assert store.form("areas/BED.html", OTHER_BASIS, SAID, never) == b"made"
    assert store.carried("areas/BED.html", OTHER_BASIS) == b"made"
    assert store.carried("areas/BED.html", BASIS) is None


def test_what_says_something_else_is_made_anew(store: Kept) -> None:
    assert store.form("areas/BED.html", OTHER_BASIS, OTHER_SAID, lambda: b"anew") == b"anew"
    assert store.carried("areas/BED.html", OTHER_BASIS) == b"anew"


def test_answers_of_figures_are_kept_with_their_form(store: Kept) -> None:
    answers = {"scores": Answer(BASIS, SAID), "due": Answer(None, OTHER_SAID)}
    store.form("areas/BED.html", OTHER_BASIS, SAID, never, answers)
    form = store.read("areas/BED.html")
    assert form
    assert form.answers == answers
    assert store.carried("areas/BED.html", OTHER_BASIS) == b"made"
    assert store.read("areas/AVS.html") is None


@pytest.mark.parametrize("at", [0, 40, 80, -1])
def test_a_form_that_anyone_touched_is_as_good_as_none(at: int, store: Kept, tmp_path: Path) -> None:
    file = tmp_path / "kept" / "areas" / "BED.html"
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    assert store.carried("areas/BED.html", BASIS) is None
    assert store.form("areas/BED.html", BASIS, SAID, lambda: b"anew") == b"anew"


def test_so_is_one_of_a_version_that_laid_forms_out_otherwise(store: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LAYOUT", b"content first")
    assert store.carried("areas/BED.html", BASIS) is None
    assert store.read("areas/BED.html") is None
    assert store.form("areas/BED.html", BASIS, SAID, lambda: b"anew") == b"anew"


@pytest.mark.parametrize("length", [0, 10, 70, 96])
def test_so_is_one_that_a_full_disk_cut_off(length: int, store: Kept, tmp_path: Path) -> None:
    file = tmp_path / "kept" / "areas" / "BED.html"
    file.write_bytes(file.read_bytes()[:length])
    assert store.carried("areas/BED.html", BASIS) is None


def test_what_is_no_longer_made_and_what_dead_nights_left_is_dropped(store: Kept, tmp_path: Path) -> None:
    store.form("areas/AVS.html", BASIS, SAID, made)
    (tmp_path / "kept" / "areas" / ".BED.html.part").write_bytes(b"half")
    store.keep_only(["areas/BED.html"])
    assert [path.name for path in (tmp_path / "kept").rglob("*") if path.is_file()] == ["BED.html"]


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    store = Kept(None)
    assert store.form("index.html", BASIS, SAID, made) == b"made"
    assert store.carried("index.html", BASIS) is None
    store.keep_only([])
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
