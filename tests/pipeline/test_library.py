"""The library on disk: only what has changed is read, and what cannot be believed is read anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool.checker.index import Index
from pubtool.model import Key, MissingText, SourceText, Unavailable
from pubtool.pipeline.library import Wanted, open_library

TEXTS = {
    Key("harbour"): "The keeper shall light the lamp at dusk.",
    Key("cellar"): "Oil is stored in the cellar below the stairs.",
    Key("pilot"): "A pilot must trust the soundings.",
}


class Shelf:
    """A project's library, and which sources were read for it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.texts = dict(TEXTS)
        self.read: list[Key] = []

    def open(self) -> Index:
        self.read = []
        wanted = [Wanted(key, text) for key, text in self.texts.items()]
        opened = open_library(self.root, "", lambda: wanted, self._read)
        self.missing = opened.missing
        return opened.index

    def _read(self, key: Key) -> SourceText | MissingText:
        self.read.append(key)
        if not self.texts[key]:
            return MissingText(key, Unavailable.EMPTY, "it is empty")
        return SourceText(key, self.texts[key])

    def files(self) -> dict[str, bytes]:
        folder = self.root / ".pubtool" / "index"
        return {path.name: path.read_bytes() for path in folder.glob("*.segment")}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path)
    shelf.open()
    return shelf


def told(index: Index) -> dict[Key, str]:
    return {key: index.source(key).text for key in index.live}


def test_a_second_run_reads_no_source(shelf: Shelf) -> None:
    index = shelf.open()
    assert shelf.read == []
    assert told(index) == dict(sorted(TEXTS.items()))


def test_a_changed_source_is_read_alone_and_no_other_file_is_touched(shelf: Shelf) -> None:
    before = shelf.files()
    shelf.texts[Key("pilot")] = "A pilot must trust his soundings."
    assert told(shelf.open())[Key("pilot")] == "A pilot must trust his soundings."
    assert shelf.read == ["pilot"]
    assert before.items() <= shelf.files().items()
    assert "the soundings" not in str(told(shelf.open()))


def test_a_source_that_is_gone_is_held_no_more(shelf: Shelf) -> None:
    del shelf.texts[Key("cellar")]
    assert list(shelf.open().live) == ["harbour", "pilot"]
    assert shelf.read == []


def test_a_source_without_a_text_is_remembered_with_its_reason(shelf: Shelf) -> None:
    shelf.texts[Key("cellar")] = ""
    shelf.open()
    assert shelf.read == ["cellar"]
    shelf.open()
    assert shelf.read == []
    assert shelf.missing[Key("cellar")].detail == "it is empty"


Spoil = Callable[[Path], object]
SPOILT: dict[str, Spoil] = {
    "gone": lambda path: path.unlink(),
    "torn": lambda path: path.write_bytes(path.read_bytes()[:-5]),
    "foreign": lambda path: path.write_bytes(b"something else"),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("name", SPOILT)
@pytest.mark.parametrize("pattern", ["*.segment", "manifest.json"])
def test_what_cannot_be_believed_is_made_anew(shelf: Shelf, name: str, pattern: str) -> None:
    for path in (shelf.root / ".pubtool" / "index").glob(pattern):
        SPOILT[name](path)
    assert told(shelf.open()) == dict(sorted(TEXTS.items()))
    shelf.open()
    assert shelf.read == []


def damage(path: Path) -> None:
    """Change a letter of a text in place, so that size and times are as before."""
    before = path.stat()
    head, _, tail = path.read_bytes().rpartition(b"the soundings")  # the texts stand last
    path.write_bytes(head + b"the foundings" + tail)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_text_that_is_damaged_in_place_is_read_anew(shelf: Shelf) -> None:
    for path in (shelf.root / ".pubtool" / "index").glob("*.segment"):
        damage(path)
    index = shelf.open()
    assert shelf.read == []
    assert told(index) == dict(sorted(TEXTS.items()))
    assert shelf.read == ["pilot"]
    shelf.open()
    assert shelf.read == list(TEXTS)
    shelf.open()
    assert shelf.read == []


def test_a_segment_that_was_only_copied_is_believed(shelf: Shelf) -> None:
    for path in (shelf.root / ".pubtool" / "index").glob("*.segment"):
        os.utime(path, ns=(0, 0))
    assert told(shelf.open()) == dict(sorted(TEXTS.items()))
    assert shelf.read == []


def test_nothing_is_asked_of_a_source_where_the_fingerprint_is_the_last_run_s(shelf: Shelf) -> None:
    asked = []

    def wanted() -> list[Wanted]:
        asked.append(1)
        return [Wanted(key, text) for key, text in TEXTS.items()]

    def open_it(fingerprint: str) -> Index:
        return open_library(shelf.root, fingerprint, wanted, lambda key: SourceText(key, "")).index

    for fingerprint in ("one", "one", "two", "two", ""):
        assert told(open_it(fingerprint)) == dict(sorted(TEXTS.items()))
    assert len(asked) == 3


def test_a_fingerprint_is_worth_nothing_where_a_segment_is_gone(shelf: Shelf) -> None:
    def open_it() -> Index:
        wanted = [Wanted(key, text) for key, text in TEXTS.items()]
        return open_library(
            shelf.root, "one", lambda: wanted, lambda key: SourceText(key, TEXTS[key])
        ).index

    open_it()
    for path in (shelf.root / ".pubtool" / "index").glob("*.segment"):
        path.unlink()
    assert told(open_it()) == dict(sorted(TEXTS.items()))


def test_many_small_segments_are_joined(shelf: Shelf) -> None:
    for number in range(12):
        shelf.texts[Key(f"k{number:02}")] = f"Words of the source number {number}, and no others."
        index = shelf.open()
        assert shelf.read == [f"k{number:02}"]
    assert len(shelf.files()) < 10
    assert told(index) == dict(sorted(shelf.texts.items()))


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / ".pubtool").write_text("a file, where the folder should be")
    shelf = Shelf(tmp_path)
    assert told(shelf.open()) == dict(sorted(TEXTS.items()))


def test_another_text_of_one_source_leaves_the_index_as_it_is(shelf: Shelf) -> None:
    index = shelf.open()
    other = index.with_text(SourceText(Key("pilot"), "A pilot may trust the soundings."))
    assert told(other) == {**TEXTS, Key("pilot"): "A pilot may trust the soundings."}
    assert told(index) == TEXTS
    new = index.with_text(SourceText(Key("tide"), "The tide waits for nobody."))
    assert told(new) == {**TEXTS, Key("tide"): "The tide waits for nobody."}
