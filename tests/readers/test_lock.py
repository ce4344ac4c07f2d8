"""The lock: what is written is what is read, and what changed is said at its line."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.errors import BadLock
from pubtool.model import Extent, Key, MissingText, SourceText, Unavailable
from pubtool.readers.lock import (
    Lock,
    Pin,
    find_changed,
    find_reread,
    find_unverifiable,
    read_lock,
    render_lock,
    report_changed,
    report_reread,
    text_digest,
)

DIGEST = "0123456789abcdef" * 4
OTHER = "f" * 64
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PINS = st.builds(
    Pin,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    origin=TEXTS,
    retrieved=TEXTS,
    extractor=TEXTS,
    version=TEXTS,
    text=TEXTS,
    extent=st.none() | st.sampled_from(Extent),
    pages=TEXTS,
    note=TEXTS,
)


@given(st.dictionaries(TEXTS.map(Key), PINS, max_size=4))
def test_what_is_written_is_what_is_read(pins: dict[Key, Pin]) -> None:
    text = render_lock(Lock(pins))
    assert read_lock(text, "sources.lock").pins == pins
    assert render_lock(read_lock(text, "sources.lock")) == text


def test_rendering_is_sorted_and_leaves_out_what_is_empty() -> None:
    first = Lock({Key("b"): Pin(DIGEST), Key("a:1"): Pin(DIGEST, extent=Extent.EXCERPT)})
    second = Lock(dict(reversed(list(first.pins.items()))))
    assert render_lock(first) == render_lock(second)
    tables = render_lock(first).split("\n\n", 1)[1]
    assert tables == (
        f'["a:1"]\nsha256 = "{DIGEST}"\nextent = "excerpt"\n\n[b]\nsha256 = "{DIGEST}"\n'
    )


def test_empty_lock_is_a_comment() -> None:
    assert tomllib.loads(render_lock(Lock())) == {}
    assert read_lock("", "sources.lock").pins == {}


def test_date_may_stand_without_quotation_marks() -> None:
    lock = read_lock(f'[a]\nsha256 = "{DIGEST}"\nretrieved = 2026-05-01\n', "sources.lock")
    assert lock.pins[Key("a")].retrieved == "2026-05-01"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[a]\nsha256 = \n", 2, "not TOML"),
        ("[a\n", 1, "not TOML"),
        ("[a]\nsha256 = 'x", 2, "not TOML"),
        (f'\n[a]\nsha256 = "{DIGEST}"\n[b]\n', 4, "sha256"),
        ('[a]\nsha256 = "beef"\n', 1, "64 hexadecimal"),
        (f'[a]\nsha256 = "{DIGEST}"\nextent = "some"\n', 1, "full, excerpt, second-hand"),
        (f'[a]\nsha256 = "{DIGEST}"\ncolour = "red"\n', 1, "colour"),
        (f'[a]\nsha256 = "{DIGEST}"\nnote = 3\n', 1, "note"),
        ('\n\na = "x"\n', 3, "not a table"),
        ('["a.b"]\nsha256 = 1\n', 1, "sha256"),
    ],
)
def test_malformed_lock_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(BadLock) as error:
        read_lock(text, "sources.lock")
    assert str(error.value).startswith(f"sources.lock:{line}: ")
    assert said in str(error.value)
    assert "mend the file" in str(error.value)


def text_of(key: str, digest: str) -> SourceText:
    return SourceText(Key(key), "words", path=f"sources/{key}.txt", sha256=digest)


def test_changed_text_is_an_error_at_its_table() -> None:
    text = f'# a comment\n\n[a]\nsha256 = "{DIGEST}"\n\n["b:1"]\nsha256 = "{DIGEST}"\n'
    lock = read_lock(text, "sources.lock")
    texts: dict[Key, Any] = {Key("a"): text_of("a", DIGEST), Key("b:1"): text_of("b:1", OTHER)}
    uses = {Key("b:1"): ("posts/a.md:3", "posts/b.md:9")}
    (finding,) = report_changed(lock, find_changed(lock, texts), uses)
    assert finding.code == "Q305"
    assert finding.severity.word == "error"
    assert text[finding.span.start : finding.span.end] == '["b:1"]'
    assert "b:1" in finding.message
    assert "on which 2 quotations rest (posts/a.md:3, posts/b.md:9);" in finding.message


def test_a_file_that_is_read_differently_is_told_apart_from_one_that_changed() -> None:
    text = f'[a]\nsha256 = "{DIGEST}"\ntext = "{OTHER}"\n\n[b]\nsha256 = "{DIGEST}"\n'
    lock = read_lock(text, "sources.lock")
    texts: dict[Key, Any] = {Key(key): text_of(key, DIGEST) for key in "ab"}
    assert find_changed(lock, texts) == {}
    assert find_reread(lock, texts) == {Key("a"): "sources/a.txt"}
    (finding,) = report_reread(lock, find_reread(lock, texts), {})
    assert "is read differently now" in finding.message
    same = Lock({Key("a"): Pin(DIGEST, text=text_digest("words"))})
    assert find_reread(same, texts) == {}


def test_unpinned_and_missing_texts_are_no_matter_of_the_lock() -> None:
    lock = read_lock(f'[gone]\nsha256 = "{DIGEST}"\n', "sources.lock")
    missing = MissingText(Key("gone"), Unavailable.MISSING, "no text")
    assert find_changed(lock, {Key("gone"): missing, Key("new"): text_of("new", OTHER)}) == {}
    assert find_changed(lock, {}) == {}


def test_a_pin_without_a_text_cannot_be_verified_and_says_why() -> None:
    text = "".join(f'[{key}]\nsha256 = "{DIGEST}"\n' for key in ("other", "gone", "there"))
    lock = read_lock(text, "sources.lock")
    missing = MissingText(Key("gone"), Unavailable.MISSING, "put it there")
    found = find_unverifiable(lock, {Key("gone"): missing, Key("there"): text_of("there", OTHER)})
    assert [(text[one.span.start : one.span.end], one.code) for one in found] == [
        ("[other]", "Q305"),
        ("[gone]", "Q305"),
    ]
    assert "references.bib has no such entry" in found[0].message
    assert found[1].message.endswith("put it there")
